import { Buffer } from 'node:buffer';
import type { WSClient } from '@wecom/aibot-node-sdk';
import type { HandedFile } from '../../src/ports/platform.ts';
import { failed, NO_ANSWER, type Answer } from '../wecom-shared/api.ts';
import type { OpenStreams } from './open-streams.ts';

/** The long connection as those see it who answer: open or not. One who listens opens and closes it. */
export interface Exchange {
  line?: Line | undefined;
  /** Questions just heard, whose placeholder is spared when the answer is quick. */
  readonly placeholders: Map<string, ReturnType<typeof setTimeout>>;
  /** Streams that wait for their answer; set while a connection is listened to. */
  streams?: OpenStreams | undefined;
  /** Messages heard of late: a repeat is not answered, so it must not begin a stream either. */
  readonly heard: Set<string>;
  /** Chats noted as spoken in. */
  readonly met: Set<string>;
}

export interface Line {
  /** To the frame that asked; `aibot_respond_msg` unless another command is named. */
  reply(reqId: string, body: Readonly<Record<string, unknown>>, command?: string): Promise<Answer>;
  /** `aibot_send_msg`: to a chat in which someone has written before. */
  push(chat: string, body: Readonly<Record<string, unknown>>): Promise<Answer>;
  /** `aibot_upload_media_*`: `body.media_id` under which the file can be sent. */
  upload(file: HandedFile): Promise<Answer>;
}

export const exchange = (): Exchange => ({ placeholders: new Map(), heard: new Set(), met: new Set() });

const HEARD_KEPT = 1000;

export function isRepeat({ heard }: Exchange, id: string): boolean {
  if (heard.has(id)) return true;
  heard.add(id);
  if (heard.size > HEARD_KEPT) heard.delete(heard.values().next().value ?? '');
  return false;
}

export function dropPlaceholder({ placeholders }: Exchange, reqId: string): void {
  clearTimeout(placeholders.get(reqId));
  placeholders.delete(reqId);
}

export const lineOf = (client: WSClient): Line => ({
  reply: (reqId, body, command) => acknowledged(client.reply({ headers: { req_id: reqId } }, body, command)),
  // The SDK's type does not know `chat_type`, which goes into the frame with the rest.
  push: (chat, body) =>
    acknowledged(client.sendMessage(chat, body as unknown as Parameters<WSClient['sendMessage']>[1])),
  upload: ({ name, bytes }) =>
    acknowledged(client.uploadMedia(Buffer.from(bytes), { type: 'file', filename: name }), ({ media_id }) => ({
      media_id,
    })),
});

/** A refusal rejects with the frame itself, silence and a lost connection with an Error. */
async function acknowledged<T>(
  sent: Promise<T>,
  bodyOf: (given: T) => Readonly<Record<string, unknown>> = () => ({}),
): Promise<Answer> {
  try {
    return { ok: true, body: bodyOf(await sent) };
  } catch (error) {
    const { errcode, errmsg } = (error ?? {}) as { errcode?: unknown; errmsg?: unknown };
    if (typeof errcode !== 'number') return failed(NO_ANSWER, '长连接没有回执');
    return { ok: false, code: errcode, status: 0, message: String(errmsg ?? '').slice(0, 300) };
  }
}
