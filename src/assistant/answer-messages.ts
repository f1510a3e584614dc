import type { InboundMessage, Outgoing, Reply } from '../domain/message.ts';
import type { Schools } from '../domain/schools.ts';
import type { Archive } from '../ports/archive.ts';
import type { Shelves } from '../library/shelves.ts';
import type { LanguageModel } from '../ports/language-model.ts';
import type { Notebook } from '../ports/notebook.ts';
import type { Platform, Sent } from '../ports/platform.ts';
import type { Dialogue, Kept, Store, Waiting } from '../ports/store.ts';
import type { Desk } from './desk.ts';
import { DIALOGUE_MS, type Turn } from './converse.ts';
import { keptForLibrary } from './receive-for-library.ts';
import { type OfficeWorld, placeOf } from './office-turn.ts';
import type { Helpers } from './respond.ts';
import { withPapers } from './hand-papers.ts';
import { withQuote } from './quoted.ts';
import { takeTurn } from './take-turn.ts';
import { withItsWords } from '../wording/beside-card.ts';
import { withNotice } from './working.ts';
import { rosterOf } from '../office/members/roster.ts';
import { unboundMember } from '../office/members/unbound.ts';
import type { SchoolProfile } from '../domain/school.ts';
import type { Intake } from './take-document.ts';

/** What the background work needs from the world. */
export interface Work {
  readonly store: Store;
  readonly desk: Desk;
  readonly platforms: ReadonlyMap<string, Platform>;
  readonly schools: Schools;
  readonly archive: Archive;
  /** The registers of the schools and the working calendar. */
  readonly office: OfficeWorld;
  readonly notebook: Notebook;
  readonly now: () => number;
  readonly random: () => number;
  readonly log: (event: string, fields?: Readonly<Record<string, unknown>>) => void;
  /** Reads what the built-in reader does not place and words rulings, under watch; all works without. */
  readonly model?: LanguageModel;
  /** The schools' documents, to quote from. */
  readonly shelves?: Shelves;
  /** Where files go that are sent to the assistant. */
  readonly intake?: Intake;
}

const LEASE_MS = 60_000;
const AT_ONCE = 20;
/** A message that fails this often is answered with an apology instead of being tried for ever. */
const MOST_ATTEMPTS = 5;
/**
 * As long as Feishu itself goes on delivering to us. Platforms honour a send key for an hour after it has arrived, and
 * tries follow each other within a minute, so a lost acknowledgement is met by the next of them.
 */
const LAST_TRY_MS = 6 * 3_600_000;
/** A platform that is slow to answer keeps only its own chats waiting. */
const PATIENCE_MS = 500;
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
export const helpersOf = ({ model, shelves, now }: Work, { school }: Pick<Turn, 'school'>): Helpers => ({
  model,
  shelf: shelves && (() => shelves.of(school.id, now())),
});

async function answerOne(kept: Kept, work: Work): Promise<void> {
  const { message, school } = kept;
  const now = work.now();
  const profile = work.schools.on(school, dayOf(now));
  if (!profile || (message.conversation.kind === 'group' && !message.addressed && !message.action))
    return work.store.answered(kept, [], null, now);
  if (message.prompt) return work.store.answered(kept, [await outgoingOf(message, message.prompt)], null, now);
  const received = await keptForLibrary(kept, work);
  if (received) return work.store.answered(kept, [await outgoingOf(message, received)], null, now);
  const id = dialogueId(message);
  const dialogue = await dialogueOf(message, school, now, work);
  const by = await memberBehind(message, profile, work);
  const heard = {
    ...(await withQuote(message, work.platforms.get(message.platform))),
    action: message.action,
    school: profile,
    by,
    place: placeOf(message),
    dialogue,
    at: now,
  };
  const late = (said: Reply): Reply =>
    now - message.sentAt > LATE_MS ? { ...said, text: `（迟到的回复）${said.text}` } : said;
  const talk = (value: Dialogue | null) => ({ id, value, expiresAt: now + DIALOGUE_MS });
  const platform = work.platforms.get(message.platform);
  const { reply: _, ...answer } = await outgoingOf(message, { text: '' });
  const turn = () =>
    takeTurn(heard, message.id, work, async ({ reply, about }) => ({
      replies: [{ ...answer, reply: late(reply) }],
      answers: { kept, talk: talk({ ...(dialogue ?? { question: '', facts: {} }), ...(about && { about }) }) },
    }));
  const { made: taken, noticed } = work.model
    ? await withNotice(platform, answer, work.now, turn)
    : { made: await turn(), noticed: false };
  if (!taken.committed)
    await work.store.answered(kept, [{ ...answer, reply: late(taken.reply) }], talk(taken.dialogue), now);
  // What says that the answer is being made must not stand there for ever.
  if (noticed && (await work.store.isRecalled(message.id)))
    await platform?.send({ ...answer, reply: { text: '消息已撤回，不再作答。' } }, work.now());
}

/** What is being talked about; in a thread that has just been opened, what was talked about where it was opened. */
async function dialogueOf(message: InboundMessage, school: string, now: number, { store }: Work) {
  const here = await store.dialogue(school, dialogueId(message), now);
  if (here || message.conversation.thread === undefined) return here;
  const { thread: _, ...outside } = message.conversation;
  return store.dialogue(school, dialogueId({ ...message, conversation: outside }), now);
}

/** The member behind a platform's id, or somebody the school has not bound. */
async function memberBehind({ platform, app, from, conversation }: InboundMessage, profile: SchoolProfile, work: Work) {
  const shown = await work.office.ledgers.forSchool(profile.id).show();
  const chat = conversation.kind === 'direct' ? { chat: conversation.id } : {};
  return (
    rosterOf(shown, profile).byAccount(platform, app, from) ?? unboundMember({ platform, app, user: from, ...chat })
  );
}

const outgoingOf = async (message: InboundMessage, reply: Reply): Promise<Outgoing> => ({
  key: await sendKey(message.id, 0),
  platform: message.platform,
  app: message.app,
  conversation: message.conversation,
  to: message.from,
  ...(message.messageId && { replyTo: message.messageId }),
  ...(message.action && message.messageId && { pressed: true as const }),
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
  for (const { school, outgoing, attempts, createdAt } of list) {
    if (blocked) {
      await work.store.sendLater(outgoing.key, blocked.at, blocked.why);
      continue;
    }
    const now = work.now();
    const platform = work.platforms.get(outgoing.platform);
    const result = platform
      ? await handOut(platform, outgoing, school, work).catch((error: unknown) => ({
          kind: 'try-later' as const,
          after: now,
          why: String(error),
        }))
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

/** Sends it with the papers its receiver may have now. */
async function handOut(platform: Platform, outgoing: Outgoing, school: string, work: Work): Promise<Sent> {
  const now = work.now();
  const handed = await withPapers(outgoing, work.schools.on(school, dayOf(now)), platform, work);
  const { reply, ...rest } = handed.outgoing;
  return platform.send({ ...rest, reply: withItsWords(reply) }, now, handed.files);
}

/** Lets what has come meanwhile be acknowledged: an embedded database answers at once, so nothing else would. */
const othersFirst = () => new Promise<void>((done) => setTimeout(done));

/** Each conversation in its order; with a model, which takes seconds, several beside one another. */
async function answerAll(messages: readonly Kept[], work: Work): Promise<void> {
  const inOrder = async (list: readonly Kept[]) => {
    for (const kept of list) {
      await answerOne(kept, work).catch((error: unknown) => failed(kept, error, work));
      await othersFirst();
    }
  };
  if (!work.model) return inOrder(messages);
  const chats = Map.groupBy(messages, ({ message: m }) => `${m.platform}:${m.conversation.id}`);
  await Promise.all(
    [...chats.values()].map(async (list) => {
      await inOrder(list);
      await sendDue(work);
    }),
  );
}

async function sendDue(work: Work, slow?: Set<Promise<void>>): Promise<number> {
  const sends = await work.store.claimSends(work.now(), LEASE_MS, AT_ONCE);
  const chats = Map.groupBy(sends, (s) => `${s.outgoing.platform}:${s.outgoing.conversation.id}`);
  const all = Promise.all([...chats.values()].map((list) => sendChat(list, work))).then(() => {});
  if (!slow) await all;
  else if ((await Promise.race([all, patience()])) === 'enough') leave(all, slow, work);
  return sends.length;
}

const patience = () => new Promise<'enough'>((done) => setTimeout(done, PATIENCE_MS, 'enough'));

/** Their leases keep what is on its way, and what follows it in the same chat, from being taken up again. */
function leave(sending: Promise<void>, slow: Set<Promise<void>>, { log }: Work): void {
  const ended = sending
    .catch((error: unknown) => log('work-failed', { error: String(error) }))
    .finally(() => slow.delete(ended));
  slow.add(ended);
}

/**
 * One round: answers what was kept and sends what is due. Returns how much was done, so that a caller can go on.
 * @param slow where a round need not wait for slow platforms: takes in what is still being sent.
 */
export async function workOnce(work: Work, slow?: Set<Promise<void>>): Promise<number> {
  const messages = await work.store.claimMessages(work.now(), LEASE_MS, AT_ONCE);
  // Reading a file takes seconds: whoever only asks has the answer before it begins.
  const files = messages.filter(({ message }) => message.file);
  await answerAll(
    messages.filter(({ message }) => !message.file),
    work,
  );
  const sent = await sendDue(work, slow);
  if (files.length === 0) return messages.length + sent;
  await answerAll(files, work);
  return messages.length + sent + (await sendDue(work, slow));
}
