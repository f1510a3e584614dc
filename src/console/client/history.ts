import type { ChatReply, ChatRequest } from './talk.ts';

/** What was said in each conversation, kept in this browser tab only. */
export interface Said {
  readonly id: string;
  /** A member's id, or `YISHI`. */
  readonly by: string;
  readonly text: string;
  readonly at: number;
  readonly card?: ChatReply['card'];
  readonly files?: ChatReply['files'];
  /** The assistant's: whom it answers. Only that person's buttons work. */
  readonly to?: string;
  /** A pressed button's: which one, on which card. */
  readonly pressed?: { readonly card: string; readonly action: string };
  readonly state?: 'sending' | 'failed';
  readonly fault?: string;
  /** Kept until it is answered, for sending again. */
  readonly request?: ChatRequest;
}

const KEPT = 200;
const PREFIX = 'yishi:chat:';

const lines = new Map<string, readonly Said[]>();
const unread = new Set<string>();
const listeners = new Set<() => void>();
let count = 0;

export const newId = (): string => `${Date.now().toString(36)}-${count++}`;

/** Storage may be full or switched off: then the conversation simply ends with the page. */
function quietly<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

export const recall = (name: string): string | undefined =>
  quietly(() => sessionStorage.getItem(`yishi:${name}`)) ?? undefined;
export const keep = (name: string, value: string): void =>
  void quietly(() => sessionStorage.setItem(`yishi:${name}`, value));

/** A message cut off by a reload was perhaps never sent: it is offered for sending again. */
const woken = (said: Said): Said =>
  said.state === 'sending' ? { ...said, state: 'failed', fault: '页面刷新了，没有等到回答。' } : said;

export function linesOf(key: string): readonly Said[] {
  if (!lines.has(key)) {
    const kept = quietly(() => JSON.parse(sessionStorage.getItem(PREFIX + key) ?? '[]') as Said[]) ?? [];
    lines.set(key, kept.map(woken));
  }
  return lines.get(key)!;
}

function put(key: string, next: readonly Said[]): void {
  lines.set(key, next);
  quietly(() =>
    next.length ? sessionStorage.setItem(PREFIX + key, JSON.stringify(next)) : sessionStorage.removeItem(PREFIX + key),
  );
  changed();
}

export const changed = (): void => listeners.forEach((listener) => listener());
export const add = (key: string, said: Said): void => put(key, [...linesOf(key), said].slice(-KEPT));
export const amend = (key: string, id: string, change: Partial<Said>): void =>
  put(
    key,
    linesOf(key).map((s) => (s.id === id ? { ...s, ...change } : s)),
  );
export const clear = (key: string): void => put(key, []);

export const isUnread = (key: string): boolean => unread.has(key);
export function markUnread(key: string, is: boolean): void {
  if (is) unread.add(key);
  else unread.delete(key);
}

export function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
