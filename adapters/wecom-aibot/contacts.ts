import * as z from 'zod/mini';
import type { Conversation } from '../../src/domain/message.ts';
import type { Notebook } from '../../src/ports/notebook.ts';

/**
 * Chats somebody has spoken to the bot in: only those can be written to unasked (智能机器人长连接 › 主动推送, 101463).
 * What could not be delivered for want of it is noted for the doctor.
 */
const KEPT_MS = 365 * 24 * 3_600_000;
const TOLD_MS = 30 * 24 * 3_600_000;
const MOST_TOLD = 20;

const keyOf = ({ id }: Conversation) => `spoke:wecom-aibot:${id}`;
const GROUPS = 'groups:wecom-aibot';
const UNREACHED = 'unreached:wecom-aibot';
const unreachedShape = z.array(z.object({ kind: z.enum(['group', 'direct']), id: z.string(), at: z.number() }));
export type Unreached = z.infer<typeof unreachedShape>[number];

/** Groups too are listed, as WeCom shows their ids nowhere. */
export async function noteContact(notebook: Notebook, chat: Conversation, now: number): Promise<void> {
  await notebook.write(keyOf(chat), true, now + KEPT_MS);
  if (chat.kind === 'direct') return;
  const others = (await groupsIn(notebook, now)).filter((id) => id !== chat.id);
  await notebook.write(GROUPS, [chat.id, ...others].slice(0, MOST_TOLD), now + KEPT_MS);
}

/** Groups somebody has named the bot in, the latest first. */
export const groupsIn = async (notebook: Notebook, now: number): Promise<readonly string[]> =>
  z.safeParse(z.array(z.string()), await notebook.read(GROUPS, now)).data ?? [];

export const hasSpoken = async (notebook: Notebook, chat: Conversation, now: number): Promise<boolean> =>
  (await notebook.read(keyOf(chat), now)) === true;

export const howToReach = ({ kind, id }: Pick<Conversation, 'kind' | 'id'>): string =>
  kind === 'group'
    ? `群 ${id} 里还没有人 @ 过智能机器人，它不能先发消息：请在那个群里 @ 它说一句话，之后的提醒就能发进去`
    : `${id} 还没有和智能机器人说过话，它不能先发消息：请本人先找它说一句话，或者提醒改用自建应用`;

export async function noteUnreached(notebook: Notebook, chat: Conversation, now: number): Promise<void> {
  const { kind, id } = chat;
  const others = (await unreachedIn(notebook, now)).filter((one) => one.id !== id);
  await notebook.write(UNREACHED, [{ kind, id, at: now }, ...others].slice(0, MOST_TOLD), now + TOLD_MS);
}

/** Those still not spoken to. */
export async function unreachedIn(notebook: Notebook, now: number): Promise<readonly Unreached[]> {
  const noted = z.safeParse(unreachedShape, await notebook.read(UNREACHED, now)).data ?? [];
  const spoken = await Promise.all(noted.map((chat) => hasSpoken(notebook, chat, now)));
  return noted.filter((_, index) => !spoken[index]);
}
