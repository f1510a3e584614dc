import type { Card } from '../../domain/message.ts';

/** `POST /api/chat`, and what can go wrong with it in words for the person who waits. */
export interface ChatRequest {
  /** The same on every try: the service does and answers it once. */
  readonly id?: string;
  readonly conversation: { readonly kind: 'group' | 'direct'; readonly id: string };
  readonly from: string;
  readonly text?: string;
  readonly action?: { readonly id: string; readonly values?: Readonly<Record<string, string>> };
  readonly file?: { readonly name: string; readonly base64: string };
}

export interface ChatReply {
  readonly to: { readonly kind: 'group' | 'direct'; readonly id: string };
  readonly text: string;
  readonly card?: Card;
  readonly files?: readonly { readonly name: string; readonly url: string }[];
  /** Why nothing was done. */
  readonly refused?: string;
}

/** Its message is shown as it stands. */
export class NotAnswered extends Error {}
/** It may not even have arrived: trying again soon makes sense. */
class NotReached extends NotAnswered {}

const PATIENCE_MS = 30_000;
const FILE_PATIENCE_MS = 120_000;
/** Waits before the same request is sent once more, when the network failed. */
const AGAIN_MS = [500, 1500];

export async function talk(request: ChatRequest): Promise<readonly ChatReply[]> {
  const response = await posted(request);
  const body = (await response.json().catch(() => null)) as {
    replies?: ChatReply[];
    error?: { message?: string };
  } | null;
  if (response.ok && body?.replies) return body.replies;
  const wait = response.status === 429 ? Number(response.headers.get('Retry-After')) : 0;
  const message = body?.error?.message ?? '服务暂时没有回应，请稍后再试。';
  throw new NotAnswered(wait > 0 ? `${message}（约 ${wait} 秒后）` : message);
}

/** What has an id may be sent again without being done twice. */
async function posted(request: ChatRequest): Promise<Response> {
  for (const wait of request.id ? AGAIN_MS : []) {
    try {
      return await post(request);
    } catch (error) {
      if (!(error instanceof NotReached)) throw error;
      await new Promise((on) => setTimeout(on, wait));
    }
  }
  return post(request);
}

async function post(request: ChatRequest): Promise<Response> {
  const patience = new AbortController();
  const most = request.file ? FILE_PATIENCE_MS : PATIENCE_MS;
  const timer = setTimeout(() => patience.abort(), most);
  try {
    return await fetch('/api/chat', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(request),
      signal: patience.signal,
    });
  } catch {
    if (patience.signal.aborted) throw new NotAnswered(`等了${most / 1000}秒还没有回答。`);
    throw new NotReached('网络不通，没有发出去。');
  } finally {
    clearTimeout(timer);
  }
}
