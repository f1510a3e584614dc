import * as z from 'zod/mini';
import type { Person } from '../../src/domain/member.ts';
import type { Failure } from '../wecom-shared/api.ts';
import type { WecomAppClient } from './client.ts';

const personShape = z.object({ userid: z.string(), name: z.optional(z.string()) });
const agentShape = z.object({
  allow_partys: z.nullish(z.object({ partyid: z.array(z.number()) })),
  allow_userinfos: z.nullish(z.object({ user: z.array(z.object({ userid: z.string() })) })),
});
const departmentShape = z.object({ userlist: z.array(personShape) });

/**
 * Everybody in the app's range, by user id in lower case: its departments with theirs below, and those named singly. The
 * first call that fails ends it.
 */
export async function peopleInRange(client: WecomAppClient): Promise<readonly Person[] | Failure> {
  const agent = await client.agent();
  if (!agent.ok) return agent;
  const range = z.safeParse(agentShape, agent.body).data;
  const people = new Map<string, Person>();
  const take = ({ userid, name = '' }: z.infer<typeof personShape>) =>
    void people.set(userid.toLowerCase(), { user: userid.toLowerCase(), name });
  for (const id of range?.allow_partys?.partyid ?? []) {
    const answer = await client.department(id);
    if (!answer.ok) return answer;
    z.safeParse(departmentShape, answer.body).data?.userlist.forEach(take);
  }
  for (const { userid } of range?.allow_userinfos?.user ?? []) {
    if (people.has(userid.toLowerCase())) continue;
    const answer = await client.user(userid);
    if (!answer.ok) return answer;
    take(z.safeParse(personShape, answer.body).data ?? { userid });
  }
  return [...people.values()].toSorted((a, b) => (a.user < b.user ? -1 : 1));
}
