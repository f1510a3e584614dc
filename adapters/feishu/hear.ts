import type * as z from 'zod/mini';
import { safeParse } from 'zod/mini';
import type { InboundMessage } from '../../src/domain/message.ts';
import { botAmong, isNamed, withNames, wordsOf } from './content.ts';
import { epochMs, pressedShape, receivedShape, type Envelope } from './shapes.ts';

/** Asks which account this bot is; nothing when Feishu does not say in time. */
export type WhoIsBot = () => Promise<string | undefined>;

interface Ears {
  readonly app: string;
  readonly bot: WhoIsBot;
}

export type Heard =
  | { readonly kind: 'message' | 'press'; readonly message: InboundMessage }
  | { readonly kind: 'nothing'; readonly why: string };

const nothing = (why: string): Heard => ({ kind: 'nothing', why });

/** One verified version 2.0 event in our own words, whichever way it came: webhook or long connection. */
export async function hear({ header, event }: Envelope, ears: Ears, now: number): Promise<Heard> {
  const sent = (moment: string | number | null | undefined) => epochMs(moment, epochMs(header?.create_time, now));
  if (header?.event_type === 'im.message.receive_v1') {
    const read = safeParse(receivedShape, event);
    if (!read.success) return nothing('unreadable message');
    return said(read.data, ears, { sentAt: sent(read.data.message.create_time), receivedAt: now });
  }
  if (header?.event_type === 'card.action.trigger') {
    const read = safeParse(pressedShape, event);
    if (!read.success) return nothing('unreadable press');
    return pressed(read.data, header.event_id, ears, { sentAt: sent(undefined), receivedAt: now });
  }
  return nothing(`event ${header?.event_type.slice(0, 80) ?? 'without header'}`);
}

type Times = Pick<InboundMessage, 'sentAt' | 'receivedAt'>;

/** Repeats are told by `message_id`: the platform's page says so, and says not to use `event_id` for messages. */
async function said({ sender, message }: z.infer<typeof receivedShape>, ears: Ears, times: Times): Promise<Heard> {
  if (sender.sender_type !== 'user') return nothing(`sender ${sender.sender_type.slice(0, 20)}`);
  const direct = message.chat_type === 'p2p';
  const words = wordsOf(message.message_type, message.content);
  // In a direct chat a picture or a file still gets an answer (text ''); a group is not disturbed for it.
  if (words === undefined && !direct) return nothing(`type ${message.message_type.slice(0, 40)}`);
  const mentions = message.mentions ?? [];
  const bot = mentions.length > 0 ? botAmong(mentions, await ears.bot()) : undefined;
  return {
    kind: 'message',
    message: {
      id: `feishu:${ears.app}:${message.message_id}`,
      platform: 'feishu',
      app: ears.app,
      conversation: conversationOf(direct, message.chat_id, message.thread_id),
      from: sender.sender_id.open_id,
      text: withNames(words ?? '', mentions, bot),
      addressed: direct || isNamed(mentions, bot),
      messageId: message.message_id,
      ...times,
    },
  };
}

/**
 * A pressed button or sent form. The callback does not say whether the chat is a group, so our cards carry it in the
 * button's value; a card without it counts as a group, where answers disclose least.
 */
function pressed(event: z.infer<typeof pressedShape>, eventId: string, ears: Ears, times: Times): Heard {
  const { value, form_value: form } = event.action;
  return {
    kind: 'press',
    message: {
      id: `feishu:${ears.app}:${eventId}`,
      platform: 'feishu',
      app: ears.app,
      conversation: conversationOf(value.kind === 'direct', event.context.open_chat_id, value.thread),
      from: event.operator.open_id,
      text: '',
      addressed: true,
      action: { id: value.action, values: formValues(form ?? {}) },
      messageId: event.context.open_message_id,
      ...times,
    },
  };
}

const conversationOf = (direct: boolean, id: string, thread: string | null | undefined) => ({
  kind: direct ? ('direct' as const) : ('group' as const),
  id,
  ...(thread ? { thread } : {}),
});

/** Our cards name a field `f<form>_<name>`, as names must be unique in the whole card. */
const FIELD = /^f\d{1,3}_(?!__proto__$|constructor$|prototype$)(.{1,64})$/s;

function formValues(form: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  const values: [string, string][] = [];
  for (const [key, value] of Object.entries(form)) {
    const name = FIELD.exec(key)?.[1];
    const text = formValue(value);
    if (name !== undefined && text !== undefined) values.push([name, text]);
  }
  return Object.fromEntries(values);
}

/** Dates arrive as `2026-03-01 +0800`, several choices as a list. */
function formValue(value: unknown): string | undefined {
  if (typeof value === 'string') return value.replace(/^(\d{4}-\d{2}-\d{2}) [+-]\d{4}$/, '$1');
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return value.filter((item) => typeof item === 'string').join(',');
  return undefined;
}
