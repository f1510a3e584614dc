import type { Conversation, InboundMessage } from '../../src/domain/message.ts';
import type { Notebook } from '../../src/ports/notebook.ts';
import { meantBy, pressed as meantByPress, type Listener } from '../shared/meant.ts';
import { keyMeant, selectionCard } from '../wecom-shared/choices.ts';
import { fileOf } from './files.ts';
import type { Body, Quote } from './shapes.ts';

/** What hearing needs: as which bot, under what name, and the notes of the choices offered. */
export interface Ears {
  readonly botId: string;
  readonly name?: string;
  readonly notebook: Notebook;
}

export type Heard =
  | { readonly kind: 'message'; readonly message: InboundMessage }
  | { readonly kind: 'press'; readonly message: InboundMessage; readonly task: string; readonly pressed: Pressed }
  | { readonly kind: 'poll'; readonly stream: string }
  | { readonly kind: 'entered'; readonly member: string }
  | { readonly kind: 'nothing'; readonly why: string };

/** As the card sent it: its key, and what was chosen on it. */
export interface Pressed {
  readonly key: string;
  readonly values: Readonly<Record<string, string>>;
}

const nothing = (why: string): Heard => ({ kind: 'nothing', why });

/** Marks an answer's target as a pressed card, which a stream cannot follow. */
export const PRESSED = 'press.';

/**
 * One verified body in our own words, whichever way it came.
 * @param target what an answer needs to find its way back: the message's id, or the frame's `req_id`.
 */
export async function hear(body: Body, ears: Ears, target: string, now: number): Promise<Heard> {
  if (body.aibotid && body.aibotid !== ears.botId) return nothing('another bot');
  if (body.msgtype === 'stream')
    return body.stream?.id ? { kind: 'poll', stream: body.stream.id } : nothing('poll without id');
  if (!body.from) return nothing('without sender');
  if (body.msgtype !== 'event') return said(body, ears, target, now);
  switch (body.event?.eventtype) {
    case 'enter_chat':
      return { kind: 'entered', member: body.from.userid };
    case 'template_card_event':
      return pressed(body, ears, now);
    default:
      return nothing(`event ${body.event?.eventtype ?? 'without type'}`);
  }
}

async function said(body: Body, ears: Ears, target: string, now: number): Promise<Heard> {
  const heard = message(body, ears, target, now);
  if (!heard) return nothing('group without id');
  if (body.msgtype === 'file' && body.file) return { kind: 'message', message: { ...heard, file: fileOf(body.file) } };
  const own = wordsOf(body);
  const words = heard.conversation.kind === 'group' ? withoutName(own, ears.name) : own.trim();
  const quote = body.quote ? wordsOf(body.quote).trim() : '';
  const text = words === '' ? asked(quote) : words;
  const meant = await meantBy(words, listenerTo(heard, ears), now);
  if (meant) return { kind: 'message', message: { ...heard, ...meant } };
  return { kind: 'message', message: { ...heard, text, ...(quote !== '' && { quotes: { text: quote } }) } };
}

const listenerTo = ({ id, conversation, from }: InboundMessage, { notebook }: Ears): Listener => ({
  notebook,
  platform: 'wecom-aibot',
  conversation,
  from,
  messageId: id,
});

async function pressed(body: Body, ears: Ears, now: number): Promise<Heard> {
  const press = body.event?.template_card_event;
  const heard = message(body, ears, PRESSED + body.msgid, now);
  if (!press || !heard) return nothing('press without key');
  const selected = (press.selected_items?.selected_item ?? []).filter(
    ({ question_key: key }) => !/^(__proto__|constructor|prototype)$/.test(key),
  );
  const values = Object.fromEntries(
    selected.map(({ question_key: key, option_ids: ids }) => [key, (ids?.option_id ?? []).join(',')]),
  );
  const key = keyMeant(press.event_key, values);
  const meant =
    key === ''
      ? { prompt: { text: '请先选一项，再按“提交”。' } }
      : await meantByPress(key, values, listenerTo(heard, ears), now, selectionCard);
  const chosen = { key: press.event_key, values };
  return { kind: 'press', message: { ...heard, ...meant }, task: press.task_id ?? '', pressed: chosen };
}

function message(body: Body, { botId }: Ears, target: string, now: number): InboundMessage | undefined {
  const from = body.from?.userid ?? '';
  const group = body.chattype === 'group';
  if (group && !body.chatid) return undefined;
  const conversation: Conversation = group ? { kind: 'group', id: body.chatid! } : { kind: 'direct', id: from };
  return {
    id: `wecom-aibot:${botId}:${body.msgid}`,
    platform: 'wecom-aibot',
    app: botId,
    conversation,
    from: from.toLowerCase(),
    text: '',
    // In a group WeCom passes on only what names the bot.
    addressed: true,
    messageId: target,
    sentAt: body.create_time ? body.create_time * 1000 : now,
    receivedAt: now,
  };
}

/** The words of a message; pictures and files have none. Voice arrives as text. */
function wordsOf({ msgtype, text, mixed, voice }: Pick<Quote, 'msgtype' | 'text' | 'mixed' | 'voice'>): string {
  if (msgtype === 'text') return text?.content ?? '';
  if (msgtype === 'voice') return voice?.content ?? '';
  if (msgtype !== 'mixed') return '';
  const pieces = (mixed?.msg_item ?? []).map((item) => (item.msgtype === 'text' ? (item.text?.content ?? '') : ''));
  return pieces.filter((piece) => piece !== '').join('\n');
}

/** Naming the bot under a quotation asks about what is quoted; a quoted command is not one. */
const asked = (quote: string): string => (/^[/／!！]/.test(quote) ? '' : quote);

/** The bot's mention stands in the text as `@名称`, without a mark where it ends: the first word, unless we know the name. */
function withoutName(text: string, name: string | undefined): string {
  const known = name === undefined ? text : text.replaceAll(`@${name}`, ' ');
  const bare = known === text ? text.replace(/^\s*@\S+(?=\s|$)/, '') : known;
  return bare.replace(/[^\S\n]{2,}/g, ' ').trim();
}
