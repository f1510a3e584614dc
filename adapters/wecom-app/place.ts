import * as z from 'zod/mini';
import type { Outgoing } from '../../src/domain/message.ts';
import type { HandedFile, Sent } from '../../src/ports/platform.ts';
import type { Answer } from '../wecom-shared/api.ts';
import { toUnsent } from '../wecom-shared/errors.ts';
import { mediaIdIn } from '../wecom-shared/files.ts';
import type { Body, WecomAppClient } from './client.ts';

/** One message or file, put where it is to go. */
export const place = (body: Body, { conversation, key }: Outgoing, client: WecomAppClient): Promise<Answer> =>
  conversation.kind === 'group'
    ? client.sendToGroup(conversation.id, body)
    : client.send(conversation.id, body, repeatSeconds(key));

const responseShape = z.object({ invaliduser: z.optional(z.string()), msgid: z.optional(z.string()) });

/** A member who cannot be reached is told in a success. */
export function delivered({ body }: Extract<Answer, { ok: true }>): Sent {
  const { invaliduser, msgid } = z.safeParse(responseShape, body).data ?? {};
  if (invaliduser) return { kind: 'undeliverable', why: '成员不在应用的可见范围，或已离职', gone: true };
  return msgid === undefined ? { kind: 'sent' } : { kind: 'sent', messageId: msgid };
}

/**
 * WeCom delivers equal requests once within an interval we name; that covers an answer of theirs that got lost. The
 * interval is a number made from the key: a retry carries the same, while another question with the same answer makes
 * another request. Short, in case the interval itself is not compared.
 */
function repeatSeconds(key: string): number {
  let sum = 0;
  for (const character of key) sum = (sum * 31 + character.charCodeAt(0)) % 240;
  return 60 + sum;
}

/** Uploaded anew at each try: a media id lives three days, and a refused one cannot be used again. */
export async function sendFile(
  file: HandedFile,
  outgoing: Outgoing,
  client: WecomAppClient,
  now: number,
): Promise<Sent> {
  const uploaded = await client.upload(file);
  const media_id = mediaIdIn(uploaded);
  if (!uploaded.ok) return toUnsent(uploaded, now);
  if (media_id === undefined) return { kind: 'undeliverable', why: `文件《${file.name}》没有上传成功` };
  const answer = await place({ msgtype: 'file', file: { media_id } }, outgoing, client);
  return answer.ok ? delivered(answer) : toUnsent(answer, now);
}
