import { fileIn } from '../shared/files.ts';

/** One call to the open platform, and every way it can end. open.feishu.cn › 服务端 API › 通用错误码, 频控策略. */
export type Answer = { readonly ok: true; readonly body: Readonly<Record<string, unknown>> } | Failure;

export interface Failure {
  readonly ok: false;
  /** The platform's code; {@link NO_ANSWER} or {@link NOT_SENT} when there is none. */
  readonly code: number;
  /** 0 when no answer came. */
  readonly status: number;
  readonly message: string;
  /** What `x-ogw-ratelimit-reset` asks for. */
  readonly waitMs: number;
}

export const NO_ANSWER = -1;
export const NOT_SENT = -2;

export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH';
  /** From `/open-apis` on, ids encoded. */
  readonly path: string;
  readonly token?: string;
  /** JSON, or a form with a file. */
  readonly body?: unknown;
  /** Asks for a file of at most so many bytes: `body.file` of a success is the `Downloaded`. */
  readonly most?: number;
}

export type Http = (call: Call) => Promise<Answer>;

const TIMEOUT_MS = 8000;
/** A file of 20 MB over a slow line. */
const FILE_TIMEOUT_MS = 30_000;

export const failed = (code: number, message: string): Failure => ({ ok: false, code, status: 0, message, waitMs: 0 });

export function feishuHttp(baseUrl: string, fetch: typeof globalThis.fetch = globalThis.fetch): Http {
  return async ({ method, path, token, body, most }) => {
    const form = body instanceof FormData ? body : undefined;
    const json = body === undefined || form ? undefined : JSON.stringify(body);
    try {
      const response = await fetch(baseUrl + path, {
        method,
        headers: {
          ...(json === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }),
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        },
        ...(body === undefined ? {} : { body: form ?? json! }),
        redirect: 'manual',
        signal: AbortSignal.timeout(most === undefined && !form ? TIMEOUT_MS : FILE_TIMEOUT_MS),
      });
      if (most !== undefined && response.ok && !/json/.test(response.headers.get('content-type') ?? ''))
        return { ok: true, body: { file: await fileIn(response, most) } };
      return toAnswer(response, await response.json().catch(() => undefined));
    } catch (error) {
      // Only the kind of error: the rest may hold the request, and with it the token.
      return failed(NO_ANSWER, error instanceof Error ? error.name : 'no answer');
    }
  };
}

/** HTTP 200 with a code other than 0 is a failure too. */
function toAnswer(response: Response, json: unknown): Answer {
  const body = typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : {};
  const code = typeof body['code'] === 'number' ? body['code'] : NO_ANSWER;
  if (response.ok && code === 0) return { ok: true, body };
  const reset = Number(response.headers.get('x-ogw-ratelimit-reset') ?? 0);
  return {
    ok: false,
    code,
    status: response.status,
    message: typeof body['msg'] === 'string' ? body['msg'].slice(0, 300) : '',
    waitMs: Number.isFinite(reset) ? Math.min(Math.max(reset, 0), 600) * 1000 : 0,
  };
}
