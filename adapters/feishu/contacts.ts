import * as z from 'zod/mini';
import type { Person } from '../../src/domain/member.ts';
import type { FeishuClient } from './client.ts';
import { toldPlainly } from './errors.ts';
import type { Answer } from './http.ts';

/** Everybody in the app's contact range by open_id, or why not. */
export type Contacts = { readonly people: readonly Person[] } | { readonly why: string };

const MOST_PAGES = 400;
const page = z.object({ has_more: z.optional(z.boolean()), page_token: z.nullish(z.string()) });
const scopeShape = z.object({
  department_ids: z.nullish(z.array(z.string())),
  user_ids: z.nullish(z.array(z.string())),
});
const departmentsShape = z.object({ items: z.nullish(z.array(z.object({ open_department_id: z.string() }))) });
const personShape = z.object({
  open_id: z.string().check(z.regex(/^ou_[\w-]{1,120}$/)),
  name: z.string(),
  status: z.nullish(z.object({ is_resigned: z.nullish(z.boolean()) })),
});
const peopleShape = z.object({ items: z.nullish(z.array(personShape)) });
const oneShape = z.object({ user: personShape });

class Refused extends Error {}

/**
 * The people of the app's contact range, by department. open.feishu.cn › 获取通讯录授权范围, 获取子部门列表,
 * 获取部门直属用户列表. Needs contact:contact.base:readonly; names come only with it.
 */
export async function contactsOf(client: FeishuClient): Promise<Contacts> {
  try {
    const granted = await all(
      client,
      '/contact/v3/scopes?department_id_type=open_department_id&page_size=100',
      scopeShape,
    );
    const roots = granted.flatMap((g) => g.department_ids ?? []);
    const inside = await Promise.all(
      roots.map((id) =>
        all(
          client,
          `${department(id)}/children?fetch_child=true&department_id_type=open_department_id&page_size=50`,
          departmentsShape,
        ),
      ),
    );
    const departments = new Set([
      ...roots,
      ...inside.flat().flatMap((d) => (d.items ?? []).map((i) => i.open_department_id)),
    ]);
    const people = new Map<string, Person>();
    for (const id of departments)
      for (const { items } of await all(client, inDepartment(id), peopleShape))
        for (const p of items ?? []) add(people, p);
    for (const id of granted.flatMap((g) => g.user_ids ?? [])) add(people, (await one(client, id)).user);
    return { people: [...people.values()] };
  } catch (error) {
    if (error instanceof Refused) return { why: error.message };
    throw error;
  }
}

const department = (id: string) => `/contact/v3/departments/${encodeURIComponent(id)}`;
const inDepartment = (id: string) =>
  `/contact/v3/users/find_by_department?department_id=${encodeURIComponent(id)}&department_id_type=open_department_id&user_id_type=open_id&page_size=50`;

function add(people: Map<string, Person>, { open_id: user, name, status }: z.infer<typeof personShape>): void {
  if (!status?.is_resigned) people.set(user, { user, name });
}

/** Every page of a list. */
async function all<T>(client: FeishuClient, path: string, shape: z.ZodMiniType<T>): Promise<T[]> {
  const pages: T[] = [];
  let token = '';
  for (let n = 0; n < MOST_PAGES; n++) {
    const data = dataOf(await client.ask(path + (token && `&page_token=${encodeURIComponent(token)}`)));
    pages.push(read(shape, data));
    const { has_more: more, page_token: next } = read(page, data);
    if (!more || !next) break;
    token = next;
  }
  return pages;
}

const one = async (client: FeishuClient, id: string) =>
  read(oneShape, dataOf(await client.ask(`/contact/v3/users/${encodeURIComponent(id)}?user_id_type=open_id`)));

function dataOf(answer: Answer): unknown {
  if (!answer.ok) throw new Refused(toldPlainly(answer));
  return answer.body['data'];
}

function read<T>(shape: z.ZodMiniType<T>, data: unknown): T {
  const result = z.safeParse(shape, data);
  if (!result.success) throw new Refused('通讯录的回应看不懂');
  return result.data;
}
