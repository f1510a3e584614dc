import * as z from 'zod/mini';
import type { Card, CardAction, Conversation, InboundMessage, PlatformName } from '../../src/domain/message.ts';
import type { Notebook } from '../../src/ports/notebook.ts';
import { actionOf, isSimple } from './action-keys.ts';
import { askFor, type FormRead, missingIn, readBare, readForm, type Values } from './chat-form.ts';
import { chosenIn } from './choices.ts';

/**
 * What a text or a press means beyond its words: a number that was offered, a form asked for in chat, its filled lines.
 * The form somebody is filling in is noted for that person in that chat, for half an hour.
 */
export interface Listener {
  readonly notebook: Notebook;
  readonly platform: PlatformName;
  readonly conversation: Conversation;
  readonly from: string;
  /** The message that says it: its repeat means the same. */
  readonly messageId: string;
}

/** To be put into the message heard. */
export type Meant = Pick<InboundMessage, 'action'> | Pick<InboundMessage, 'prompt'>;

const KEPT_MS = 30 * 60_000;
const EXPIRED = '这个按钮已经过了时间，请把刚才的事再说一遍，我重新列出来。';

const valuesShape = z.record(z.string(), z.string());
const noteShape = z.object({ key: z.string(), values: valuesShape, done: z.optional(z.string()) });
type Note = z.infer<typeof noteShape>;

const noteOf = ({ platform, conversation, from }: Listener) => `form:${platform}:${conversation.id}:${from}`;
const prompt = (text: string): Meant => ({ prompt: { text } });
const keep = (listener: Listener, note: Note, now: number) =>
  listener.notebook.write(noteOf(listener), note, now + KEPT_MS);

/** Nothing when the text is only words. */
export async function meantBy(text: string, listener: Listener, now: number): Promise<Meant | undefined> {
  const filled = await fillingIn(text, listener, now);
  if (filled) return filled;
  const { notebook, platform, conversation } = listener;
  const key = await chosenIn(notebook, platform, conversation, text, now);
  return key === undefined ? undefined : pressed(key, {}, listener, now);
}

/**
 * A pressed button by its key. One with a form begins it, unless the values came along.
 * @param asked a card that asks for the form, where the platform has controls for its fields.
 */
export async function pressed(
  key: string,
  values: Values,
  listener: Listener,
  now: number,
  asked?: (action: CardAction) => Card | undefined,
): Promise<Meant> {
  const action = await actionOf(listener.notebook, key, now);
  if (!action) return prompt(EXPIRED);
  if (isSimple(action)) return { action: { id: action.id, values } };
  const fields = action.fields ?? [];
  const given = fields.some(({ name }) => values[name]?.trim());
  if (given && missingIn(fields, values).length === 0) return { action: { id: action.id, values } };
  await keep(listener, { key, values }, now);
  const text = askFor(action, fields, listener.conversation.kind === 'group');
  const card = asked?.(action);
  return { prompt: { text, ...(card && { card }) } };
}

async function fillingIn(text: string, listener: Listener, now: number): Promise<Meant | undefined> {
  const note = z.safeParse(noteShape, await listener.notebook.read(noteOf(listener), now)).data;
  const action = note && (await actionOf(listener.notebook, note.key, now));
  if (!note || !action) return undefined;
  if (note.done !== undefined)
    return note.done === listener.messageId ? { action: { id: action.id, values: note.values } } : undefined;
  if (/^\s*[/／]?(?:取消|算了|不办了|不填了)[。！!]?\s*$/.test(text)) {
    await listener.notebook.erase(noteOf(listener));
    return prompt(`好的，“${action.label}”先不办了，什么也没有记。`);
  }
  const read = readIn(text, action, now);
  return read && taken(read, action, note, listener, now);
}

function readIn(text: string, action: CardAction, now: number): FormRead | undefined {
  const fields = action.fields ?? [];
  if (/^\s*(?:确定|提交|不填)[。！!]?\s*$/.test(text)) return { values: {}, faults: [] };
  return readForm(fields, text, now) ?? readBare(fields, text, now);
}

/** What is right is kept, so that only the rest has to be sent again. */
async function taken(read: FormRead, action: CardAction, note: Note, listener: Listener, now: number): Promise<Meant> {
  const values = { ...note.values, ...read.values };
  const missing = missingIn(action.fields ?? [], values);
  if (missing.length === 0 && read.faults.length === 0) {
    await keep(listener, { key: note.key, values, done: listener.messageId }, now);
    return { action: { id: action.id, values } };
  }
  await keep(listener, { key: note.key, values }, now);
  const wrong = (action.fields ?? []).filter(
    (f) => missing.includes(f) || read.faults.some(({ field }) => field === f),
  );
  const kept = Object.keys(values).length > 0 ? ['其余的已经记下，只补这些就行。'] : [];
  const faults = read.faults.map(({ text }) => `${text}。`);
  return prompt([...faults, ...kept, askFor(action, wrong, listener.conversation.kind === 'group')].join('\n'));
}
