import type { InboundMessage } from '../../src/domain/message.ts';
import type { Notebook } from '../../src/ports/notebook.ts';
import { plainName } from '../shared/files.ts';
import { meantBy, pressed as meantByPress, type Listener } from '../shared/meant.ts';
import { keyMeant, selectionCard } from '../wecom-shared/choices.ts';
import { chosenLabel } from '../wecom-shared/sent-cards.ts';
import { firstWelcome } from '../wecom-shared/welcome.ts';
import type { Received } from './shapes.ts';

/** What hearing needs: as whom, and the notes of the choices offered. */
export interface Ears {
  readonly app: string;
  readonly agentId: number;
  readonly notebook: Notebook;
}

export type Heard =
  { readonly kind: 'message'; readonly message: InboundMessage } | { readonly kind: 'nothing'; readonly why: string };

const nothing = (why: string): Heard => ({ kind: 'nothing', why });

/** Marks an answer's target as a pressed card: what follows is the code that updates it, once, within 72 hours. */
export const PRESSED = 'card.';
const CODE_KEPT_MS = 72 * 3_600_000;
/** Where the label of the pressed button is noted, to stand in its place. */
export const pressedNote = (code: string): string => `pressed:${code}`;

/** One verified callback in our own words. Members write to an app in its own chat only: groups do not call back. */
export async function hear(received: Received, ears: Ears, now: number): Promise<Heard> {
  if (received.AgentID !== undefined && received.AgentID !== String(ears.agentId)) return nothing('another agent');
  if (received.MsgType !== 'event') return said(received, ears, now);
  switch (received.Event) {
    case 'template_card_event':
    case 'template_card_menu_event':
      return pressed(received, ears, now);
    case 'subscribe':
    case 'enter_agent':
      return entered(received, ears, now);
    case 'click':
      return { kind: 'message', message: message(received, ears, now, eventId(received), received.EventKey ?? '') };
    default:
      return nothing(`event ${received.Event ?? 'without name'}`);
  }
}

/** A picture or a voice is an empty text, so that it gets an answer. */
async function said(received: Received, ears: Ears, now: number): Promise<Heard> {
  if (received.MsgId === undefined) return nothing('message without id');
  const text = received.MsgType === 'text' ? (received.Content ?? '').trim() : '';
  const heard = message(received, ears, now, received.MsgId, text);
  if (received.MsgType === 'file' && received.MediaId !== undefined) {
    const name = plainName(received.FileName ?? received.Title ?? '');
    return { kind: 'message', message: { ...heard, file: { name, key: received.MediaId } } };
  }
  const meant = await meantBy(text, listenerTo(heard, ears), now);
  return { kind: 'message', message: meant ? { ...heard, text: '', ...meant } : heard };
}

const listenerTo = ({ id, conversation, from }: InboundMessage, { notebook }: Ears): Listener => ({
  notebook,
  platform: 'wecom-app',
  conversation,
  from,
  messageId: id,
});

async function pressed(received: Received, ears: Ears, now: number): Promise<Heard> {
  const { EventKey, ResponseCode: code, TaskId } = received;
  if (!EventKey) return nothing('press without key');
  const values = Object.fromEntries(selections(received));
  const heard = message(received, ears, now, eventId(received), '');
  const messageId = code ? PRESSED + code : heard.messageId;
  const label = code && TaskId && (await chosenLabel(ears.notebook, TaskId, EventKey, values, now));
  if (label) await ears.notebook.write(pressedNote(code), label, now + CODE_KEPT_MS);
  const key = keyMeant(EventKey, values);
  const meant =
    key === ''
      ? { prompt: { text: '请先选一项，再按“提交”。' } }
      : await meantByPress(key, values, listenerTo(heard, ears), now, selectionCard);
  return { kind: 'message', message: { ...heard, messageId, ...meant } };
}

/** Entering is told each time the app is opened: one welcome for all of them, and one id in case two come at once. */
async function entered(received: Received, ears: Ears, now: number): Promise<Heard> {
  const member = received.FromUserName.toLowerCase();
  if (!(await firstWelcome(ears.notebook, ears.app, member, now))) return nothing('welcomed before');
  return { kind: 'message', message: message(received, ears, now, `welcome:${member}`, '帮助') };
}

/** Events have no id; two presses may share a second, so the key and the card are part of it. */
const eventId = ({ FromUserName, CreateTime, Event, EventKey, TaskId }: Received) =>
  ['event', FromUserName.toLowerCase(), CreateTime, Event, EventKey, TaskId]
    .filter((part) => part !== undefined)
    .join(':');

function message(received: Received, { app }: Ears, now: number, id: string, text: string): InboundMessage {
  return {
    id: `wecom-app:${app}:${id}`,
    platform: 'wecom-app',
    app,
    conversation: { kind: 'direct', id: received.FromUserName },
    // Ids of members are the same whatever their case, and come back in lower case.
    from: received.FromUserName.toLowerCase(),
    text,
    addressed: true,
    messageId: id,
    sentAt: Number(received.CreateTime) * 1000,
    receivedAt: now,
  };
}

function selections({ SelectedItems }: Received): [string, string][] {
  const items = SelectedItems === undefined ? [] : [SelectedItems.SelectedItem].flat();
  return items
    .filter(({ QuestionKey }) => !['__proto__', 'constructor', 'prototype'].includes(QuestionKey))
    .map(({ QuestionKey, OptionIds }) => [QuestionKey, [OptionIds?.OptionId ?? []].flat().join(',')]);
}
