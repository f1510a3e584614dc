import * as z from 'zod/mini';
import type { Card, Conversation, Outgoing } from '../../src/domain/message.ts';
import type { Notebook } from '../../src/ports/notebook.ts';
import { cardParts } from './cards.ts';
import type { FeishuClient } from './client.ts';
import { verdictOn } from './errors.ts';
import type { Answer } from './http.ts';

/**
 * Cards that follow a record. What was sent about it is noted, so that a pressed card can show what came of it, and an
 * older one no longer offers what is past. open.feishu.cn › 更新已发送的消息卡片: for 14 days.
 * Notes: `card:feishu:<chat>:<record>` is the newest card's message, `card:feishu:<message>` what that card shows. Not by
 * the app: what is said unasked to somebody bound by the list of members names none.
 */
const KEPT_MS = 14 * 24 * 3_600_000;
/** In a group, news of a record within this time changes the card that tells of it instead of adding another. */
const DIGEST_MS = 15 * 60_000;

export interface Followed {
  /** Shows a card in the place of an earlier one; nothing where there is none to change and it has to be sent. */
  inPlace(
    outgoing: Outgoing,
    now: number,
  ): Promise<{ readonly messageId: string; readonly answer: Answer } | undefined>;
  /** Notes a card that was sent or changed, and retires the one before. */
  sent(outgoing: Outgoing, messageId: string, now: number): Promise<void>;
}

const newestShape = z.object({ message: z.string(), at: z.number() });
const noteShape = z.object({ follows: z.string(), card: z.unknown(), conversation: z.unknown() });
type Note = { readonly follows: string; readonly card: Card; readonly conversation: Conversation };

export function followedCards(client: FeishuClient, notebook: Notebook): Followed {
  const newestKey = ({ conversation }: Outgoing, record: string) => `card:feishu:${conversation.id}:${record}`;
  const noteKey = (message: string) => `card:feishu:${message}`;
  const noteOf = async (message: string, now: number): Promise<Note | undefined> =>
    z.safeParse(noteShape, await notebook.read(noteKey(message), now)).data as Note | undefined;
  const newestOf = async (outgoing: Outgoing, now: number) =>
    z.safeParse(newestShape, await notebook.read(newestKey(outgoing, outgoing.reply.follows!), now)).data;

  /** The pressed card where it shows the same record; unasked news in a group: the card just sent about it. */
  async function placeFor(outgoing: Outgoing, now: number): Promise<string | undefined> {
    const { reply, replyTo, pressed, conversation } = outgoing;
    if (pressed) return (await noteOf(replyTo!, now))?.follows === reply.follows ? replyTo : undefined;
    if (replyTo !== undefined || conversation.kind !== 'group') return undefined;
    const newest = await newestOf(outgoing, now);
    return newest && now - newest.at < DIGEST_MS ? newest.message : undefined;
  }

  /** Takes the buttons off a card that is no longer the newest or whose button has been used. */
  async function retire(message: string, line: string, now: number): Promise<void> {
    const note = await noteOf(message, now);
    if (!note || note.card.actions.length === 0) return;
    const card = { ...note.card, actions: [], footer: line };
    const content = cardParts({ card }, note.conversation);
    if (content?.length !== 1) return;
    const answer = await client.update(message, content[0]!);
    if (answer.ok || verdictOn(answer) !== 'later') await notebook.erase(noteKey(message));
  }

  return {
    async inPlace(outgoing, now) {
      const { card, follows, worded } = outgoing.reply;
      if (!card || follows === undefined) return undefined;
      const place = await placeFor(outgoing, now);
      const content = place === undefined ? undefined : cardParts({ card, head: worded }, outgoing.conversation);
      if (place === undefined || content?.length !== 1) return undefined;
      return { messageId: place, answer: await client.update(place, content[0]!) };
    },

    async sent(outgoing, messageId, now) {
      const { conversation, reply, replyTo, pressed } = outgoing;
      if (reply.follows === undefined) return;
      if (!reply.card) return pressed ? retire(replyTo!, USED, now) : undefined;
      const before = await newestOf(outgoing, now);
      const note: Note = { follows: reply.follows, card: reply.card, conversation };
      await notebook.write(noteKey(messageId), note, now + KEPT_MS);
      await notebook.write(newestKey(outgoing, reply.follows), { message: messageId, at: now }, now + KEPT_MS);
      if (before && before.message !== messageId) await retire(before.message, OLDER, now);
    },
  };
}

const USED = '✓ 已办，结果见回复。';
const OLDER = '这张卡片之后有新进展，请看最新的一张。';
