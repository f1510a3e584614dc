/**
 * One call to WeCom's API, and every way it can end. All answers are HTTP 200 with an `errcode`; the token and the
 * robot's key travel in the query, so no address ever goes into a message.
 */
export type Answer = { readonly ok: true; readonly body: Readonly<Record<string, unknown>> } | Failure;

export interface Failure {
  readonly ok: false;
  /** The platform's errcode; {@link NO_ANSWER} when none came. */
  readonly code: number;
  readonly status: number;
  /** The platform's own words; they may hold a hint id and our address, so they are for the log only. */
  readonly message: string;
}

/** Not one of WeCom's, whose -1 means "busy". */
export const NO_ANSWER = -1000;

const TIMEOUT_MS = 8000;
/** A file of 20 MB over a slow line. */
const UPLOAD_MS = 60_000;

export const failed = (code: number, message: string): Failure => ({ ok: false, code, status: 0, message });

export type Fetch = typeof globalThis.fetch;

const asRequest = (body: unknown): RequestInit =>
  body instanceof FormData
    ? { method: 'POST', body }
    : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };

/** POST with a body, GET without; a form is sent as one. */
export async function callWecom(url: string, body?: unknown, fetch: Fetch = globalThis.fetch): Promise<Answer> {
  try {
    const response = await fetch(url, {
      ...(body === undefined ? {} : asRequest(body)),
      redirect: 'manual',
      signal: AbortSignal.timeout(body instanceof FormData ? UPLOAD_MS : TIMEOUT_MS),
    });
    return toAnswer(response.status, await response.json().catch(() => undefined));
  } catch (error) {
    // Only the kind of error: the rest may hold the address, and with it the token.
    return failed(NO_ANSWER, error instanceof Error ? error.name : 'no answer');
  }
}

/** An answer's HTTP status and JSON, as success or failure. */
export function toAnswer(status: number, json: unknown): Answer {
  const body = typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : {};
  const code = typeof body['errcode'] === 'number' ? body['errcode'] : NO_ANSWER;
  if (status === 200 && code === 0) return { ok: true, body };
  const message = typeof body['errmsg'] === 'string' ? body['errmsg'].slice(0, 300) : '';
  return { ok: false, code, status, message };
}
