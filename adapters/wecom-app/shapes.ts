import * as z from 'zod/mini';

/**
 * WeCom's own shapes, as far as we read them. developer.work.weixin.qq.com › 接收消息 (90239), 事件格式 (90240): flat
 * XML, every value a text.
 */
const text = z.string();
const optional = z.optional(z.string());
const member = z.string().check(z.regex(/^[\w.@-]{1,64}$/));

export const envelopeShape = z.object({ Encrypt: text });

const selectedItem = z.object({
  QuestionKey: text,
  OptionIds: z.optional(z.object({ OptionId: z.union([text, z.array(text)]) })),
});

export const receivedShape = z.object({
  ToUserName: text,
  FromUserName: member,
  CreateTime: z.string().check(z.regex(/^\d{1,12}$/)),
  MsgType: z.string().check(z.maxLength(40)),
  AgentID: optional,
  MsgId: z.optional(z.string().check(z.regex(/^\d{1,25}$/))),
  Content: optional,
  /** Of a file; the page lists none among what members may send, so the name's field is taken where it comes. */
  MediaId: z.optional(z.string().check(z.regex(/^[\w-]{1,512}$/))),
  FileName: optional,
  Title: optional,
  Event: z.optional(z.string().check(z.maxLength(60))),
  EventKey: z.optional(z.string().check(z.maxLength(1024))),
  TaskId: z.optional(z.string().check(z.maxLength(128))),
  ResponseCode: z.optional(z.string().check(z.maxLength(512))),
  /** A selection we cannot read costs the selection, not the press. */
  SelectedItems: z.catch(
    z.optional(z.object({ SelectedItem: z.union([selectedItem, z.array(selectedItem)]) })),
    undefined,
  ),
});
export type Received = z.infer<typeof receivedShape>;
