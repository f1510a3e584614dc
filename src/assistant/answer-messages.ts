import type { InboundMessage, Outgoing, Reply } from '../domain/message.ts';
import { inGroup } from './in-group.ts';
import type { Schools } from '../domain/schools.ts';
import type { Archive } from '../ports/archive.ts';
import type { Shelves } from '../library/shelf.ts';
import type { LanguageModel } from '../ports/language-model.ts';
import type { Platform } from '../ports/platform.ts';
import type { Kept, Store, Waiting } from '../ports/store.ts';
import type { Desk } from './desk.ts';
import { DIALOGUE_MS, type Turn } from './converse.ts';
import { recorded } from './record-answer.ts';
import { type Helpers, respond } from './respond.ts';

/** What the background work needs from the world. */
export interface Work {
  readonly store: Store;
  readonly desk: Desk;
  readonly platforms: ReadonlyMap<string, Platform>;
  readonly schools: Schools;
  readonly archive: Archive;
  readonly now: () => number;
  readonly random: () => number;
  readonly log: (event: string, fields?: Readonly<Record<string, unknown>>) => void;
  /** Reads what the built-in reader does not place and words rulings, under watch; all works without. */
  readonly model?: LanguageModel;
  /** The schools' documents, to quote from. */
  readonly shelves?: Shelves;
}

const LEASE_MS = 60_000;
const AT_ONCE = 20;
/** Platforms honour a send key for an hour; later tries could repeat a message. */
/** A message that fails this often is answered with an apology instead of being tried for ever. */
const MOST_ATTEMPTS = 5;
const LAST_TRY_MS = 50 * 60_000;
/** A question older than this is answered with an apology for the delay. */
const LATE_MS = 5 * 60_000;

/** The school's calendar day; China has one time zone. */
export const dayOf = (now: number): string => new Date(now + 8 * 3_600_000).toISOString().slice(0, 10);

export const dialogueId = (m: InboundMessage): string =>
  `${m.platform}:${m.app}:${m.conversation.id}:${m.conversation.thread ?? ''}:${m.from}`;

/** At most 50 characters, the same for every try: a hash of the question's id and the step. */
export async function sendKey(messageId: string, step: number): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`${messageId}#${step}`));
  return [...new Uint8Array(digest)]
    .slice(0, 20)
    .map((b) => b.toString(16).padStart(2, '0'))
    .join('');
}

/** What helps with one turn: the model, and the shelf of the school that asks. */
export const helpersOf = ({ model, shelves, now }: Work, { school, day }: Pick<Turn, 'school' | 'day'>): Helpers => ({
  model,
  shelf: shelves && (() => shelves.of(school.id, day, now())),
});

async function answerOne(kept: Kept, work: Work): Promise<void> {
  const { message, school } = kept;
  const now = work.now();
  const profile = work.schools.on(school, dayOf(now));
  if (!profile || (message.conversation.kind === 'group' && !message.addressed && !message.action))
    return work.store.answered(kept, [], null, now);
  const id = dialogueId(message);
  const dialogue = await work.store.dialogue(school, id, now);
  const turn = {
    text: message.text,
    school: profile,
    day: dayOf(now),
    dialogue,
    ...(message.action && { action: message.action }),
  };
  const turned = await recorded(turn, await respond(turn, work.desk, helpersOf(work, turn)), work);
  const late = now - message.sentAt > LATE_MS;
  const said = message.conversation.kind === 'group' ? inGroup(turned) : turned.reply;
  const reply = late ? { ...said, text: `（迟到的回复）${said.text}` } : said;
  await work.store.answered(
    kept,
    [await outgoingOf(message, reply)],
    { id, value: turned.dialogue, expiresAt: now + DIALOGUE_MS },
    now,
  );
}

const outgoingOf = async (message: InboundMessage, reply: Reply): Promise<Outgoing> => ({
  key: await sendKey(message.id, 0),
  platform: message.platform,
  app: message.app,
  conversation: message.conversation,
  replyTo: message.messageId,
  reply,
});

/** Logs under a reference that the person is told too; gives up with an apology in the end. */
async function failed(kept: Kept, error: unknown, work: Work): Promise<void> {
  const reference = (await sendKey(kept.message.id, 0)).slice(0, 8);
  work.log('answer-failed', { reference, attempts: kept.attempts, error: String(error) });
  if (kept.attempts < MOST_ATTEMPTS) return;
  const reply = { text: `这个问题我没能答上来，已经记下（编号 ${reference}）。请换个说法再问，或者直接问学校办公室。` };
  await work.store.answered(kept, [await outgoingOf(kept.message, reply)], null, work.now());
}

/** Full jitter: a random wait up to a ceiling that doubles, at most a minute. */
export const backOff = (attempts: number, random: () => number): number =>
  Math.round(random() * Math.min(60_000, 1000 * 2 ** attempts)) + 200;

/** Sends what one chat is owed, in order; the first that must wait keeps the rest of its chat waiting. */
async function sendChat(list: readonly Waiting[], work: Work): Promise<void> {
  let blocked: { at: number; why: string } | null = null;
  for (const { outgoing, attempts, createdAt } of list) {
    if (blocked) {
      await work.store.sendLater(outgoing.key, blocked.at, blocked.why);
      continue;
    }
    const now = work.now();
    const platform = work.platforms.get(outgoing.platform);
    const result = platform
      ? await platform
          .send(outgoing, now)
          .catch((error: unknown) => ({ kind: 'try-later' as const, after: now, why: String(error) }))
      : { kind: 'undeliverable' as const, why: `no platform ${outgoing.platform}` };
    if (result.kind === 'sent') await work.store.sent(outgoing.key);
    else if (result.kind === 'undeliverable' || now - createdAt > LAST_TRY_MS) {
      await work.store.undeliverable(outgoing.key, result.why);
      work.log('send-dead', { key: outgoing.key, why: result.why });
    } else {
      blocked = { at: Math.max(result.after, now + backOff(attempts, work.random)), why: result.why };
      await work.store.sendLater(outgoing.key, blocked.at, blocked.why);
      work.log('send-later', { key: outgoing.key, why: result.why, attempts });
    }
  }
}

/** One round: answers what was kept and sends what is due. Returns how much was done, so that a caller can go on. */
export async function workOnce(work: Work): Promise<number> {
  const messages = await work.store.claimMessages(work.now(), LEASE_MS, AT_ONCE);
  for (const kept of messages) await answerOne(kept, work).catch((error: unknown) => failed(kept, error, work));
  const sends = await work.store.claimSends(work.now(), LEASE_MS, AT_ONCE);
  const chats = Map.groupBy(sends, (s) => `${s.outgoing.platform}:${s.outgoing.conversation.id}`);
  await Promise.all([...chats.values()].map((list) => sendChat(list, work)));
  return messages.length + sends.length;
}
