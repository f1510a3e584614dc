import { dayAt } from '../domain/china-time.ts';
import type { InboundMessage, Outgoing, Reply } from '../domain/message.ts';
import type { Schools } from '../domain/schools.ts';
import type { Archive } from '../ports/archive.ts';
import type { Shelves } from '../library/shelves.ts';
import type { LanguageModel } from '../ports/language-model.ts';
import type { Notebook } from '../ports/notebook.ts';
import type { Platform } from '../ports/platform.ts';
import type { Dialogue, Kept, Store } from '../ports/store.ts';
import { commandOf } from './commands.ts';
import type { Desk } from './desk.ts';
import { DIALOGUE_MS, type Turn } from './converse.ts';
import { arriving, keptForLibrary } from './receive-for-library.ts';
import { type OfficeWorld, placeOf } from './office-turn.ts';
import type { Helpers } from './respond.ts';
import { isBack } from './gone.ts';
import { withQuote } from './quoted.ts';
import { sendDue } from './send-answers.ts';
import { takeTurn } from './take-turn.ts';
import { left, soonOr, type UnderWay } from './under-way.ts';
import { withNotice } from './working.ts';
import { keyFrom } from '../office/send-key.ts';
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
/** Chats with a slow answer under way beyond which no more is taken up. */
const MOST_CHATS = 100;

export const dialogueId = (m: InboundMessage): string =>
  `${m.platform}:${m.app}:${m.conversation.id}:${m.conversation.thread ?? ''}:${m.from}`;

/** At most 50 characters, the same for every try: a hash of the question's id and the step. */
export const sendKey = (messageId: string, step: number): Promise<string> => keyFrom(`${messageId}#${step}`);

/** What helps with one turn: the model, and the shelf of the school that asks. */
export const helpersOf = ({ model, shelves, now }: Work, { school }: Pick<Turn, 'school'>): Helpers => ({
  model,
  shelf: shelves && (() => shelves.of(school.id, now())),
});

async function answerOne(kept: Kept, work: Work): Promise<void> {
  const { message, school } = kept;
  const now = work.now();
  const profile = work.schools.on(school, dayAt(now));
  if (!profile || (message.conversation.kind === 'group' && !message.addressed && !message.action))
    return work.store.answered(kept, [], null, now);
  await isBack(message, work);
  if (message.prompt) return work.store.answered(kept, [await outgoingOf(message, message.prompt)], null, now);
  const received = await keptForLibrary(kept, work);
  if (received) return work.store.answered(kept, [await outgoingOf(message, received)], null, now);
  const id = dialogueId(message);
  const dialogue = await dialogueOf(message, school, now, work);
  const by = await memberBehind(message, profile, work);
  const heard = {
    ...(await withQuote(message, work.platforms.get(message.platform))),
    action: message.action,
    file: message.file && arriving(message.file, message.platform, work),
    school: profile,
    by,
    place: placeOf(message),
    dialogue,
    at: now,
  };
  const talk = (value: Dialogue | null) => ({ id, value, expiresAt: now + DIALOGUE_MS });
  const platform = work.platforms.get(message.platform);
  const { reply: _, ...answer } = await outgoingOf(message, { text: '' });
  const turn = () =>
    takeTurn(heard, message.id, work, async ({ reply, about }) => ({
      replies: [{ ...answer, reply }],
      answers: { kept, talk: talk({ ...(dialogue ?? { question: '', facts: {} }), ...(about && { about }) }) },
    }));
  const { made: taken, noticed } = work.model
    ? await withNotice(platform, answer, work.now, turn)
    : { made: await turn(), noticed: false };
  if (!taken.committed) await work.store.answered(kept, [{ ...answer, reply: taken.reply }], talk(taken.dialogue), now);
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
  askedAt: message.sentAt,
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

/** Lets what has come meanwhile be acknowledged: an embedded database answers at once, so nothing else would. */
const othersFirst = () => new Promise<void>((done) => setTimeout(done));

/** One after another; one that fails keeps none of the others. */
async function inOrder(messages: readonly Kept[], work: Work): Promise<void> {
  for (const kept of messages) {
    await answerOne(kept, work)
      .catch((error: unknown) => failed(kept, error, work))
      .catch((error: unknown) => work.log('work-failed', { error: String(error) }));
    await othersFirst();
  }
}

/** Each conversation in its order; with a model, which takes seconds, several beside one another. */
async function answerAll(messages: readonly Kept[], work: Work, under?: UnderWay): Promise<void> {
  if (!work.model) return inOrder(messages, work);
  const chats = Map.groupBy(messages, ({ message: m }) => `${m.platform}:${m.conversation.id}`);
  const all = Promise.all([...chats].map(([chat, list]) => answerChat(chat, list, work, under))).then(() => {});
  if (!under) await all;
  else if (!(await soonOr(all))) left(all, under, work);
}

/** After what is being answered there already. */
async function answerChat(chat: string, list: readonly Kept[], work: Work, under?: UnderWay): Promise<void> {
  for (const { message } of list) under?.messages.add(message.id);
  const mine = (under?.chats.get(chat) ?? Promise.resolve()).then(() => inOrder(list, work));
  under?.chats.set(chat, mine);
  await mine;
  if (under?.chats.get(chat) === mine) under.chats.delete(chat);
  for (const { message } of list) under?.messages.delete(message.id);
  await sendDue(work, under);
}

/** Takes up messages; what outlived its lease while it waits here is not taken up twice. */
async function claimed(work: Work, under?: UnderWay): Promise<readonly Kept[]> {
  if (under && under.chats.size >= MOST_CHATS) return [];
  const all = await work.store.claimMessages(work.now(), LEASE_MS, AT_ONCE);
  return all.filter(({ message }) => !under?.messages.has(message.id));
}

/** Needs neither model nor register's word: nobody who asks for it waits for somebody else's question. */
const isHelp = ({ message: { text, action } }: Kept): boolean => commandOf(action?.id ?? text)?.kind === 'help';

/**
 * One round: answers what was kept and sends what is due. Returns how much was done, so that a caller can go on.
 * @param under where a round need not wait for slow platforms and models: takes in what is still being done.
 */
export async function workOnce(work: Work, under?: UnderWay): Promise<number> {
  const messages = await claimed(work, under);
  const [help, rest] = [messages.filter(isHelp), messages.filter((kept) => !isHelp(kept))];
  await inOrder(help, work);
  let sent = help.length > 0 ? await sendDue(work, under) : 0;
  // Reading a file takes seconds: whoever only asks has the answer before it begins.
  const files = rest.filter(({ message }) => message.file);
  await answerAll(
    rest.filter(({ message }) => !message.file),
    work,
    under,
  );
  sent += await sendDue(work, under);
  if (files.length === 0) return messages.length + sent;
  await answerAll(files, work);
  return messages.length + sent + (await sendDue(work, under));
}
