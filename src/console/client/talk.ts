import type { Card } from '../../domain/message.ts';

/** `POST /api/chat`, and what can go wrong with it in words for the person who waits. */
export interface ChatRequest {
  readonly conversation: { readonly kind: 'group' | 'direct'; readonly id: string };
  readonly from: string;
  readonly text?: string;
  readonly action?: { readonly id: string; readonly values?: Readonly<Record<string, string>> };
}

export interface ChatReply {
  readonly to: { readonly kind: 'group' | 'direct'; readonly id: string };
  readonly text: string;
  readonly card?: Card;
  readonly files?: readonly { readonly name: string; readonly url: string }[];
}

/** Its message is shown as it stands. */
export class NotAnswered extends Error {}

const PATIENCE_MS = 30_000;

export async function talk(request: ChatRequest): Promise<readonly ChatReply[]> {
  const response = await post(request);
  const body = (await response.json().catch(() => null)) as {
    replies?: ChatReply[];
    error?: { message?: string };
  } | null;
  if (response.ok && body?.replies) return body.replies;
  const wait = response.status === 429 ? Number(response.headers.get('Retry-After')) : 0;
  const message = body?.error?.message ?? '服务暂时没有回应，请稍后再试。';
  throw new NotAnswered(wait > 0 ? `${message}（约 ${wait} 秒后）` : message);
}

async function post(request: ChatRequest): Promise<Response> {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
  try {
    return await fetch('/api/chat', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(request),
      signal: patience.signal,
    });
  } catch {
    throw new NotAnswered(patience.signal.aborted ? '等了半分钟还没有回答。' : '网络不通，没有发出去。');
  } finally {
    clearTimeout(timer);
  }
}
