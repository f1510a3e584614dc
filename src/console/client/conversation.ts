import type { CardAction } from '../../domain/message.ts';
import { add, amend, changed, clear, linesOf, markUnread, newId, type Said } from './history.ts';
import { keyOf, type Room, YISHI } from './school.ts';
import { type ChatReply, type ChatRequest, NotAnswered, talk } from './talk.ts';
import { spoken } from './tone.ts';

/** What happens between a person's word and the assistant's: sending in order, waiting, failing, trying again. */
const SLOW_MS = 400;
const turns = new Map<string, Promise<void>>();
const slow = new Set<string>();
let open = '';
let announced = '';

/** The conversation on the screen; answers elsewhere are marked unread. */
export function opened(key: string): void {
  open = key;
  markUnread(key, false);
}

/** Read out by screen readers. */
export const announcement = (): string => announced;
export const isSlow = (key: string): boolean => slow.has(key);

export function say(room: Room, me: string, text: string): void {
  send(room, me, text, { conversation: placeOf(room), from: me, text });
}

/** A button that corrects a premise is chosen for what it says, not for the correcting. */
const chosen = (label: string): string => `选择：${label.replace(/^(其实是：|In fact: )/, '')}`;

export function press(
  room: Room,
  me: string,
  card: Said,
  action: CardAction,
  values: Readonly<Record<string, string>>,
): void {
  const filled = (action.fields ?? []).map((f) => `${f.label}${values[f.name] ?? ''}`).join('，');
  const text = action.id.startsWith('ask:') ? action.label : chosen(filled || action.label);
  const request = { conversation: placeOf(room), from: me, action: { id: action.id, ...(filled && { values }) } };
  send(room, me, text, request, { card: card.id, action: action.id });
}

/** Empties the conversation here and lets the assistant forget its subject, so that the next question starts afresh. */
export function forget(room: Room, me: string): void {
  clear(keyOf(room));
  void talk({ conversation: placeOf(room), from: me, text: '/取消' }).catch(() => undefined);
}

export function again(key: string, said: Said): void {
  amend(key, said.id, { state: 'sending' });
  queue(key, said.id, said.request!);
}

const placeOf = (room: Room) => ({ kind: room.kind, id: room.id });

function send(room: Room, me: string, text: string, request: ChatRequest, pressed?: Said['pressed']): void {
  const key = keyOf(room);
  const id = newId();
  add(key, { id, by: me, text, at: Date.now(), state: 'sending', request, ...(pressed && { pressed }) });
  queue(key, id, request);
}

/** One at a time in a conversation, so that answers come in the order of the questions. */
function queue(key: string, id: string, request: ChatRequest): void {
  const before = turns.get(key) ?? Promise.resolve();
  turns.set(
    key,
    before.then(() => deliver(key, id, request)),
  );
}

async function deliver(key: string, id: string, request: ChatRequest): Promise<void> {
  const timer = setTimeout(() => {
    slow.add(key);
    announced = '正在查规则…';
    changed();
  }, SLOW_MS);
  try {
    const replies = await talk(request);
    amend(key, id, { state: undefined, request: undefined, fault: undefined });
    for (const reply of replies) hear(reply, request.from);
  } catch (error) {
    const fault = error instanceof NotAnswered ? error.message : '没有发成功，请再试一次。';
    announced = fault;
    amend(key, id, { state: 'failed', fault });
  } finally {
    clearTimeout(timer);
    slow.delete(key);
    changed();
  }
}

function hear(reply: ChatReply, to: string): void {
  const key = keyOf(reply.to);
  if (key !== open) markUnread(key, true);
  announced = spoken(reply);
  add(key, {
    id: newId(),
    by: YISHI,
    to,
    text: reply.text,
    at: Date.now(),
    ...(reply.card && { card: reply.card }),
    ...(reply.files && { files: reply.files }),
  });
}

/** Buttons that only make sense for the question just answered. */
const ofTheMoment = (action: CardAction): boolean => /^(fact:|draft)/.test(action.id);

/** Which buttons of a card have been pressed, and which still mean something. */
export function stateOf(action: CardAction, card: Said, key: string): 'live' | 'pressed' | 'past' {
  const said = linesOf(key);
  const presses = said.filter((s) => s.pressed?.card === card.id && s.state !== 'failed');
  if (presses.some((s) => s.pressed!.action === action.id)) return 'pressed';
  if (!ofTheMoment(action)) return 'live';
  const later = said.slice(said.indexOf(card) + 1).some((s) => s.card && s.to === card.to);
  const waiting = presses.some((s) => s.state === 'sending');
  return later || waiting ? 'past' : 'live';
}
