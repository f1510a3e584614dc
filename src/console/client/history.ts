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
  /** The assistant's: whom it answers. Nobody in particular where it tells a group something. */
  readonly to?: string;
  /** Told while somebody else was acting: no answer to anything said here. */
  readonly told?: boolean;
  /** An answer that says why something was not done. */
  readonly refused?: boolean;
  /** A pressed button's: which one, on which card. */
  readonly pressed?: { readonly card: string; readonly action: string };
  /** What came of it; an answer in words alone may also say why it was not done. */
  readonly outcome?: 'done' | 'worded' | 'refused';
  readonly state?: 'sending' | 'failed';
  readonly fault?: string;
  /** Kept until it is answered, for sending again. */
  readonly request?: ChatRequest;
}

const KEPT = 200;
const PREFIX = 'yishi:chat:';

const lines = new Map<string, readonly Said[]>();
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

/** What this page remembers, also where it may store nothing. */
const notes = new Map<string, string>();

export const recall = (name: string): string | undefined =>
  notes.get(name) ?? quietly(() => sessionStorage.getItem(`yishi:${name}`)) ?? undefined;
export function keep(name: string, value: string): void {
  notes.set(name, value);
  quietly(() => sessionStorage.setItem(`yishi:${name}`, value));
}

/** A message cut off by a reload was perhaps never sent: it is offered for sending again, unless its file is gone. */
const woken = ({ request, ...said }: Said): Said => {
  if (said.state !== 'sending') return request ? { ...said, request } : said;
  const whole = request && (request.text !== undefined || request.action);
  const fault = whole ? '页面刷新了，没有等到回答。' : '页面刷新了，请重新选择文件。';
  return { ...said, state: 'failed', fault, ...(whole && { request }) };
};

/** Files are too large to keep. */
const written = (lines: readonly Said[]): string =>
  JSON.stringify(lines, (name, value: unknown) => (name === 'file' ? undefined : value));

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
    next.length ? sessionStorage.setItem(PREFIX + key, written(next)) : sessionStorage.removeItem(PREFIX + key),
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
export const drop = (key: string, id: string): void =>
  put(
    key,
    linesOf(key).filter((s) => s.id !== id),
  );

let open = '';
let announced = '';
/** The conversation on the screen: only what happens there is read out in full. */
export const opened = (key: string): void => void (open = key);
export const announcement = (): string => announced;
export const proclaim = (text: string): void => void (announced = text);
export function announce(key: string, text: string): void {
  if (key === open) proclaim(text);
}

export function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
