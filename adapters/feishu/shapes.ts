import * as z from 'zod/mini';

/**
 * Feishu's own shapes, as far as we read them; everything else in an event is dropped here.
 * open.feishu.cn › 事件概述 (envelope), 接收消息 (im.message.receive_v1), 卡片回传交互 (card.action.trigger).
 */
const idOf = (prefix: string) => z.string().check(z.regex(new RegExp(`^${prefix}_[\\w-]{1,120}$`)));
const word = z.nullish(z.string());
const moment = z.nullish(z.union([z.string(), z.number()]));

/** Ids we may put into the path of a request. */
export const messageId = idOf('om');
/** Whoever can be written to: a chat, or a person by either of their ids. */
export const receiverId = z.union([idOf('oc'), idOf('ou'), idOf('on')]);

export const envelopeShape = z.object({
  schema: word,
  /** Version 1.0 and the address check only. */
  type: word,
  token: word,
  challenge: word,
  header: z.nullish(
    z.object({ event_id: z.string(), event_type: z.string(), create_time: moment, token: word, app_id: word }),
  ),
  event: z.optional(z.unknown()),
});
export type Envelope = z.infer<typeof envelopeShape>;

const mention = z.object({
  key: z.string(),
  id: z.nullish(z.object({ open_id: word })),
  mentioned_type: word,
  name: word,
});
export type Mention = z.infer<typeof mention>;

export const receivedShape = z.object({
  sender: z.object({ sender_id: z.object({ open_id: idOf('ou') }), sender_type: z.string() }),
  message: z.object({
    message_id: messageId,
    chat_id: idOf('oc'),
    chat_type: z.string(),
    thread_id: z.nullish(idOf('omt')),
    /** The message replied to; in a thread the one that opened it. */
    parent_id: z.catch(z.nullish(messageId), null),
    create_time: moment,
    message_type: z.string(),
    content: z.string(),
    /** A mention list we cannot read costs the mentions, not the message. */
    mentions: z.catch(z.nullish(z.array(mention)), null),
  }),
});

export const pressedShape = z.object({
  operator: z.object({ open_id: idOf('ou') }),
  action: z.object({
    value: z.object({
      action: z.string().check(z.minLength(1), z.maxLength(600)),
      kind: z.nullish(z.enum(['group', 'direct'])),
      thread: z.nullish(idOf('omt')),
    }),
    form_value: z.nullish(z.record(z.string(), z.unknown())),
  }),
  context: z.object({ open_message_id: messageId, open_chat_id: idOf('oc') }),
});

const person = z.object({ open_id: idOf('ou') });

/** 机器人进群; the name in it is not relied on. */
export const addedShape = z.object({ chat_id: idOf('oc'), operator_id: person });
/** 用户进入与机器人的会话: every time somebody opens the chat. */
export const enteredShape = z.object({ chat_id: idOf('oc'), operator_id: person });
/** 机器人自定义菜单事件: without a chat; the moment in seconds. */
export const menuShape = z.object({
  operator: z.object({ operator_id: person }),
  event_key: z.string().check(z.minLength(1), z.maxLength(30)),
  timestamp: moment,
});
/** 撤回消息 */
export const recalledShape = z.object({ message_id: messageId });

/** Text of any origin as JSON, or nothing. The parser of V8 keeps its own stack, so depth cannot exhaust ours. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Feishu sends seconds, milliseconds and microseconds under the same name; the number of digits tells which. */
export function epochMs(value: string | number | null | undefined, otherwise: number): number {
  const digits = String(value ?? '');
  if (!/^\d{9,17}$/.test(digits)) return otherwise;
  const number = Number(digits);
  if (digits.length <= 11) return number * 1000;
  return digits.length <= 14 ? number : Math.floor(number / 1000);
}
