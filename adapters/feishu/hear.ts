import type * as z from 'zod/mini';
import { safeParse } from 'zod/mini';
import type { InboundMessage } from '../../src/domain/message.ts';
import type { Notebook } from '../../src/ports/notebook.ts';
import { botAmong, isNamed, withNames, wordsOf } from './content.ts';
import { fileOf } from './files.ts';
import { happened } from './happened.ts';
import { pressed } from './press.ts';
import { epochMs, pressedShape, recalledShape, receivedShape, type Envelope } from './shapes.ts';
import type { Toast } from './toast.ts';

/** Asks which account this bot is; nothing when Feishu does not say in time. */
export type WhoIsBot = () => Promise<string | undefined>;

export interface Ears {
  readonly app: string;
  readonly bot: WhoIsBot;
  /** Who has been welcomed and what has just been pressed. */
  readonly notebook: Notebook;
}

export type Heard =
  | { readonly kind: 'message'; readonly message: InboundMessage }
  /** Without a message when the same person has pressed the same just before. */
  | { readonly kind: 'press'; readonly message?: InboundMessage; readonly toast: Toast }
  | { readonly kind: 'recalled'; readonly id: string }
  | { readonly kind: 'nothing'; readonly why: string };

const nothing = (why: string): Heard => ({ kind: 'nothing', why });

/** One verified version 2.0 event in our own words, whichever way it came: webhook or long connection. */
export async function hear({ header, event }: Envelope, ears: Ears, now: number): Promise<Heard> {
  const sent = (moment: string | number | null | undefined) => epochMs(moment, epochMs(header?.create_time, now));
  switch (header?.event_type) {
    case 'im.message.receive_v1': {
      const read = safeParse(receivedShape, event);
      if (!read.success) return nothing('unreadable message');
      return said(read.data, ears, { sentAt: sent(read.data.message.create_time), receivedAt: now });
    }
    case 'card.action.trigger': {
      const read = safeParse(pressedShape, event);
      if (!read.success) return nothing('unreadable press');
      return pressed(read.data, header.event_id, ears, { sentAt: sent(undefined), receivedAt: now });
    }
    case 'im.message.recalled_v1': {
      const read = safeParse(recalledShape, event);
      return read.success
        ? { kind: 'recalled', id: idOf(ears.app, read.data.message_id) }
        : nothing('unreadable recall');
    }
    default: {
      const times = { sentAt: sent(undefined), receivedAt: now };
      const message = header ? await happened(header, event, ears, times) : undefined;
      if (message === undefined) return nothing(`event ${header?.event_type.slice(0, 80) ?? 'without header'}`);
      return typeof message === 'string' ? nothing(message) : { kind: 'message', message };
    }
  }
}

export type Times = Pick<InboundMessage, 'sentAt' | 'receivedAt'>;

/** Repeats are told by `message_id`: the platform's page says so, and says not to use `event_id` for messages. */
const idOf = (app: string, message: string) => `feishu:${app}:${message}`;

async function said({ sender, message }: z.infer<typeof receivedShape>, ears: Ears, times: Times): Promise<Heard> {
  if (sender.sender_type !== 'user') return nothing(`sender ${sender.sender_type.slice(0, 20)}`);
  const direct = message.chat_type === 'p2p';
  const words = wordsOf(message.message_type, message.content);
  // In a direct chat a picture or a file still gets an answer (text ''); a group is not disturbed for it.
  if (words === undefined && !direct) return nothing(`type ${message.message_type.slice(0, 40)}`);
  const file = direct ? fileOf(message.message_type, message.content, message.message_id) : undefined;
  const mentions = message.mentions ?? [];
  const bot = mentions.length > 0 ? botAmong(mentions, await ears.bot()) : undefined;
  return {
    kind: 'message',
    message: {
      id: idOf(ears.app, message.message_id),
      platform: 'feishu',
      app: ears.app,
      conversation: conversationOf(direct, message.chat_id, message.thread_id),
      from: sender.sender_id.open_id,
      text: withNames(words ?? '', mentions, bot),
      addressed: direct || isNamed(mentions, bot),
      ...(message.parent_id && { quotes: { messageId: message.parent_id } }),
      ...(file && { file }),
      messageId: message.message_id,
      ...times,
    },
  };
}

const conversationOf = (direct: boolean, id: string, thread: string | null | undefined) => ({
  kind: direct ? ('direct' as const) : ('group' as const),
  id,
  ...(thread ? { thread } : {}),
});
