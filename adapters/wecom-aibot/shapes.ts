import * as z from 'zod/mini';

/**
 * The AI bot's own shapes, as far as we read them; the same JSON by callback and over the long connection.
 * developer.work.weixin.qq.com › 智能机器人 › 接收消息 (100719), 接收事件 (101027).
 */
const id = z.string().check(z.regex(/^[\w.@=+/:-]{1,256}$/));
const word = z.nullish(z.string());
const words = z.nullish(z.object({ content: word }));
const mixed = z.nullish(z.object({ msg_item: z.array(z.object({ msgtype: word, text: words })) }));

const selectedItems = z.object({
  selected_item: z.array(
    z.object({ question_key: z.string(), option_ids: z.nullish(z.object({ option_id: z.array(z.string()) })) }),
  ),
});

const quote = z.object({ msgtype: word, text: words, mixed, voice: words });

export const bodyShape = z.object({
  msgid: id,
  aibotid: word,
  chatid: z.nullish(id),
  chattype: word,
  from: z.nullish(z.object({ userid: id })),
  response_url: z.nullish(z.string().check(z.maxLength(2000))),
  create_time: z.nullish(z.number()),
  msgtype: z.string(),
  text: words,
  mixed,
  voice: words,
  file: z.nullish(
    z.object({ url: z.string().check(z.maxLength(4000)), aeskey: z.nullish(z.string().check(z.maxLength(100))) }),
  ),
  stream: z.nullish(z.object({ id: word })),
  /** A quotation we cannot read costs the quotation, not the message. */
  quote: z.catch(z.nullish(quote), null),
  event: z.nullish(
    z.object({
      eventtype: z.string().check(z.maxLength(60)),
      template_card_event: z.nullish(
        z.object({
          event_key: z.string().check(z.minLength(1), z.maxLength(1024)),
          task_id: z.nullish(z.string().check(z.maxLength(128))),
          selected_items: z.catch(z.nullish(selectedItems), null),
        }),
      ),
    }),
  ),
});
export type Body = z.infer<typeof bodyShape>;
export type Quote = z.infer<typeof quote>;

export const envelopeShape = z.object({ encrypt: z.string() });

/** Text of any origin as JSON, or nothing. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
