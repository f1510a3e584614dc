import { z } from 'zod/mini';
import { AppError } from '../domain/errors.ts';

/** More than any school's money, in yuan: larger figures are slips. */
const MOST_YUAN = 1e12;
/** The shapes of what comes in over HTTP: read once here, trusted further in. */
const id = z.string().check(z.minLength(1), z.maxLength(200));

export const askSchema = z.strictObject({
  question: z.string().check(z.maxLength(4000)),
  facts: z.optional(
    z
      .record(z.string().check(z.maxLength(60)), z.unknown())
      .check(z.refine(({ amount }) => typeof amount !== 'number' || (amount >= 0 && amount <= MOST_YUAN))),
  ),
  conversation: z.optional(id),
  school: z.optional(id),
});

export const chatSchema = z.strictObject({
  id: z.optional(id),
  conversation: z.strictObject({ id, kind: z.enum(['group', 'direct']) }),
  from: id,
  text: z.optional(z.string().check(z.maxLength(4000))),
  quote: z.optional(z.string().check(z.maxLength(4000))),
  action: z.optional(
    z.strictObject({
      id: z.string().check(z.maxLength(600)),
      values: z.optional(z.record(z.string().check(z.maxLength(60)), z.string().check(z.maxLength(20_000)))),
    }),
  ),
  file: z.optional(z.strictObject({ name: z.string().check(z.maxLength(200)), base64: z.string() })),
});

/** Tab and line breaks are text; other control characters are not and are refused, not dropped in silence. */
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/** Reads a body into a shape; each kind of fault has its own code and its own sentence. */
export function readJson<T>(
  bytes: Uint8Array,
  schema: { safeParse(data: unknown): z.core.util.SafeParseResult<T> },
): T {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new AppError('not-utf8', 400, '内容不是 UTF-8 编码，请改用 UTF-8 再发。');
  }
  if (text.trim() === '') throw new AppError('empty', 400, '没有收到内容。');
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    throw new AppError('not-json', 400, '内容不是合格的 JSON。');
  }
  const result = schema.safeParse(data);
  if (!result.success) throw faultOf(result.error.issues[0]!);
  if (CONTROL.test(controlText(result.data)))
    throw new AppError('control-characters', 400, '文字里有不可见的控制字符，请去掉再发。');
  return result.data;
}

/** Where people's words stand in a body. */
interface Spoken {
  readonly question?: string;
  readonly text?: string;
  readonly action?: { readonly values?: Readonly<Record<string, string>> };
}

const controlText = (data: unknown): string => {
  const { question, text, action } = data as Spoken;
  return `${question ?? ''}${text ?? ''}${Object.values(action?.values ?? {}).join('')}`;
};

function faultOf(issue: z.core.$ZodIssue): AppError {
  const field = issue.path.join('.') || '请求';
  if (issue.code === 'unrecognized_keys')
    return new AppError('unknown-field', 400, `不认识的字段：${issue.keys.join('、')}。`);
  if (issue.code === 'too_big') return new AppError('too-long', 400, `${field} 太长，最多 ${issue.maximum} 个字符。`);
  return new AppError('invalid-field', 400, `字段 ${field} 缺少或类型不对。`);
}

/** What reading a body needs of a request; Hono's own, whose short cuts are much faster than a Request's stream. */
export interface Incoming {
  readonly raw: Request;
  header(name: string): string | undefined;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** The body as bytes. A declared length is what the HTTP parser holds the sender to; without one the stream is counted. */
export async function readBody(request: Incoming, limit: number): Promise<Uint8Array> {
  const declared = request.header('content-length');
  if (declared !== undefined) {
    if (Number(declared) > limit) throw tooLarge(limit);
    return new Uint8Array(await request.arrayBuffer());
  }
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of (request.raw.body ?? []) as AsyncIterable<Uint8Array>) {
    size += part.byteLength;
    if (size > limit) throw tooLarge(limit);
    parts.push(part);
  }
  return join(parts, size);
}

function join(parts: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.byteLength;
  }
  return whole;
}

export const tooLarge = (limit: number) =>
  new AppError('too-large', 413, `内容太大，最多 ${Math.round(limit / 1024)} KB。`);

/** The bytes of a base64 text; anything else is refused. */
export function bytesOf(base64: string): Uint8Array {
  try {
    const binary = atob(base64);
    return Uint8Array.from(binary, (c) => c.charCodeAt(0));
  } catch {
    throw new AppError('invalid-field', 400, '文件内容不是 base64。');
  }
}
