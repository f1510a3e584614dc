import type { InboundMessage, Outgoing } from '../domain/message.ts';
import type { Work } from './answer-messages.ts';

/**
 * People who have blocked the bot or left: the platform says so, and nothing more is sent to them unasked until they
 * speak again. Once a week it is tried all the same: the school may have let them in again, and they would miss what
 * waits for them.
 */
const KEPT_MS = 7 * 24 * 3_600_000;

type World = Pick<Work, 'notebook' | 'now'>;
const keyOf = (platform: string, person: string) => `gone:${platform}:${person}`;

/** Who is written to directly and unasked; whoever asked is there. */
const toldUnasked = ({ platform, conversation, to, replyTo }: Outgoing): string | undefined =>
  conversation.kind === 'direct' && replyTo === undefined ? keyOf(platform, to ?? conversation.id) : undefined;

export async function isGone(outgoing: Outgoing, { notebook, now }: World): Promise<boolean> {
  const key = toldUnasked(outgoing);
  return key !== undefined && (await notebook.read(key, now())) === true;
}

/** Returns whether it was not known before. */
export async function noteGone({ platform, conversation, to }: Outgoing, { notebook, now }: World): Promise<boolean> {
  if (conversation.kind !== 'direct') return true;
  const key = keyOf(platform, to ?? conversation.id);
  if ((await notebook.read(key, now())) === true) return false;
  await notebook.write(key, true, now() + KEPT_MS);
  return true;
}

/** Whoever speaks is there again. */
export async function isBack({ platform, from }: InboundMessage, { notebook, now }: World): Promise<void> {
  const key = keyOf(platform, from);
  if ((await notebook.read(key, now())) === true) await notebook.erase(key);
}
