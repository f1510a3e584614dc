import type { CardAction } from '../../domain/message.ts';
import { demoNow } from './clock.ts';
import { add, amend, announce, changed, clear, drop, linesOf, newId, type Said } from './history.ts';
import { fetchAll } from './inbox.ts';
import { keyOf, type Room, YISHI } from './school.ts';
import { type ChatReply, type ChatRequest, NotAnswered, talk } from './talk.ts';
import { spoken } from './tone.ts';
import { missed } from './unread.ts';

/** What happens between a person's word and the assistant's: sending in order, waiting, failing, trying again. */
const SLOW_MS = 400;
const turns = new Map<string, Promise<unknown>>();
const slow = new Set<string>();

/** What came of a pressed button, for the form that was sent. */
export interface Outcome {
  readonly kind: 'done' | 'worded' | 'refused' | 'failed';
  readonly message: string;
}

export const isSlow = (key: string): boolean => slow.has(key);

type Asked = Pick<ChatRequest, 'text' | 'action' | 'file'>;

export function say(room: Room, me: string, text: string): void {
  void send(room, me, text, { text });
}

export function sendFile(room: Room, me: string, file: { readonly name: string; readonly base64: string }): void {
  void send(room, me, `发了文件：${file.name}`, { file });
}

/** A button that corrects a premise is chosen for what it says, not for the correcting. */
const chosen = (label: string): string => `选择：${label.replace(/^(其实是：|In fact: )/, '')}`;

type Values = Readonly<Record<string, string>>;

/** What a form was filled with, in words. */
function filledIn(action: CardAction, values: Values): string {
  const word = (f: NonNullable<CardAction['fields']>[number]) =>
    f.options?.find((o) => o.value === values[f.name])?.label ?? values[f.name] ?? '';
  const filled = (action.fields ?? []).filter((f) => word(f) !== '');
  return filled.map((f) => `${f.label}：${word(f)}`).join('；');
}

function wordsFor(action: CardAction, values: Values): string {
  if (action.id.startsWith('ask:')) return action.label;
  const filled = filledIn(action, values);
  if (!action.id.startsWith('/')) return chosen(filled || action.label);
  return filled ? `${action.label}\n${filled.replaceAll('；', '\n')}` : action.label;
}

export function press(room: Room, me: string, card: Said, action: CardAction, values: Values): Promise<Outcome> {
  const asked = { action: { id: action.id, ...(action.fields && { values }) } };
  const before = linesOf(keyOf(room)).find(
    (s) => s.state === 'failed' && s.by === me && s.pressed?.card === card.id && s.pressed.action === action.id,
  );
  if (before) drop(keyOf(room), before.id);
  const same = JSON.stringify(before?.request?.action) === JSON.stringify(asked.action);
  const pressed = { card: card.id, action: action.id };
  return send(room, me, wordsFor(action, values), asked, pressed, same ? before?.request?.id : undefined);
}

/** Empties the conversation here and lets the assistant forget its subject, so that the next question starts afresh. */
export function forget(room: Room, me: string): void {
  clear(keyOf(room));
  void talk({ conversation: placeOf(room), from: me, text: '/取消' }).catch(() => undefined);
}

export function again(key: string, said: Said): void {
  amend(key, said.id, { state: 'sending' });
  void queue(key, said.id, said.request!);
}

const placeOf = (room: Room) => ({ kind: room.kind, id: room.id });

function send(
  room: Room,
  me: string,
  text: string,
  asked: Asked,
  pressed?: Said['pressed'],
  once: string = crypto.randomUUID(),
): Promise<Outcome> {
  const key = keyOf(room);
  const id = newId();
  const request = { id: once, conversation: placeOf(room), from: me, ...asked };
  add(key, { id, by: me, text, at: demoNow(), state: 'sending', request, ...(pressed && { pressed }) });
  return queue(key, id, request);
}

/** One at a time in a conversation, so that answers come in the order of the questions. */
function queue(key: string, id: string, request: ChatRequest): Promise<Outcome> {
  const mine = (turns.get(key) ?? Promise.resolve()).then(() => deliver(key, id, request));
  turns.set(key, mine);
  return mine;
}

async function deliver(key: string, id: string, request: ChatRequest): Promise<Outcome> {
  const timer = setTimeout(() => {
    slow.add(key);
    announce(key, '正在办理…');
    changed();
  }, SLOW_MS);
  try {
    const [own, ...toOthers] = await talk(request);
    const kind = outcomeOf(own);
    amend(key, id, { state: undefined, request: undefined, fault: undefined, outcome: kind });
    if (own) hear(own, request.from, kind === 'refused');
    if (toOthers.length > 0) void fetchAll();
    return { kind, message: own?.card?.summary || own?.text || '' };
  } catch (error) {
    const fault = error instanceof NotAnswered ? error.message : '没有发成功，请再试一次。';
    announce(key, fault);
    amend(key, id, { state: 'failed', fault });
    return { kind: 'failed', message: fault };
  } finally {
    clearTimeout(timer);
    slow.delete(key);
    changed();
  }
}

/** A refusal carries its code; what has no card to follow is only worded. */
function outcomeOf(reply: ChatReply | undefined): 'done' | 'worded' | 'refused' {
  if (reply?.refused) return 'refused';
  return reply?.card ? 'done' : 'worded';
}

/** The answer to the one who spoke. What others were told comes to them by `/api/messages`. */
function hear(reply: ChatReply, to: string, refused: boolean): void {
  const key = keyOf(reply.to);
  missed(to, key);
  announce(key, spoken(reply));
  add(key, {
    id: newId(),
    by: YISHI,
    to,
    text: reply.text,
    at: demoNow(),
    ...(refused && { refused }),
    ...(reply.card && { card: reply.card }),
    ...(reply.files && { files: reply.files }),
  });
}
