import * as z from 'zod/mini';
import { failed, NO_ANSWER, type Failure } from '../wecom-shared/api.ts';
import type { WecomAppClient } from './client.ts';

/**
 * Groups that the app makes (应用发送消息到群聊会话, 90244): the only ones it can write to, and it hears nothing in them.
 * Its visible range must be the root department.
 */
export interface AppGroup {
  readonly chat: string;
  readonly name: string;
  readonly members: number;
}

const infoShape = z.object({
  chat_info: z.object({
    chatid: z.string(),
    name: z._default(z.string(), ''),
    userlist: z._default(z.array(z.string()), []),
  }),
});

export async function groupOf(client: WecomAppClient, chat: string): Promise<AppGroup | Failure> {
  const answer = await client.group(chat);
  if (!answer.ok) return answer;
  const info = z.safeParse(infoShape, answer.body).data?.chat_info;
  return info
    ? { chat: info.chatid, name: info.name, members: info.userlist.length }
    : failed(NO_ANSWER, 'no such group');
}

/** The owner is one of the members. A new group shows in WeCom once something is said in it. */
export async function madeGroup(
  client: WecomAppClient,
  name: string,
  owner: string,
  members: readonly string[],
): Promise<AppGroup | Failure> {
  const answer = await client.createGroup(name, owner, [...new Set([owner, ...members])]);
  if (!answer.ok) return answer;
  return groupOf(client, String(answer.body['chatid'] ?? ''));
}
