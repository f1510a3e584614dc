import * as z from 'zod/mini';
import type { SentFile } from '../../src/domain/message.ts';
import type { Downloaded, HandedFile } from '../../src/ports/platform.ts';
import { plainName } from '../shared/files.ts';
import type { FeishuClient } from './client.ts';
import { toldPlainly } from './errors.ts';
import { failed, NOT_SENT, type Failure } from './http.ts';
import { messageId, parseJson } from './shapes.ts';

/** open.feishu.cn › 接收消息内容结构 › 文件: the content of a file message; its size is not told. */
const contentShape = z.object({
  file_key: z.string().check(z.regex(/^[\w-]{1,200}$/)),
  file_name: z.nullish(z.string()),
});

/** Folders come as `folder` and cannot be fetched. */
export function fileOf(type: string, content: string, message: string): SentFile | undefined {
  const read = type === 'file' ? z.safeParse(contentShape, parseJson(content)).data : undefined;
  return read && { name: plainName(read.file_name ?? ''), key: `${message}/${read.file_key}` };
}

/** Fetches what a person sent: the resource of a message, not a file of this bot's own. */
export async function downloadFrom(client: FeishuClient, { key }: SentFile, most: number): Promise<Downloaded> {
  const [message = '', file = ''] = key.split('/');
  if (!z.safeParse(messageId, message).success || !/^[\w-]+$/.test(file))
    return { kind: 'not-fetched', why: 'not a file of a message' };
  const answer = await client.resource(message, file, most);
  if (answer.ok) return answer.body['file'] as Downloaded;
  // 234037: larger than the platform itself hands out.
  return answer.code === 234037 ? { kind: 'too-large' } : { kind: 'not-fetched', why: toldPlainly(answer) };
}

/** open.feishu.cn › 上传文件: not empty, at most 30 MB. */
const MOST_BYTES = 30 * 1024 * 1024;

/** A paper's bytes as a file of this bot's, to be sent by its key. */
export async function uploadedTo(
  client: FeishuClient,
  { name, bytes }: HandedFile,
): Promise<{ readonly ok: true; readonly key: string } | Failure> {
  if (bytes.byteLength === 0 || bytes.byteLength > MOST_BYTES) return failed(NOT_SENT, 'file is empty or too large');
  const answer = await client.upload(plainName(name), bytes);
  if (!answer.ok) return answer;
  const key = (answer.body['data'] as { file_key?: unknown } | undefined)?.file_key;
  return typeof key === 'string' ? { ok: true, key } : failed(NOT_SENT, 'no file key');
}
