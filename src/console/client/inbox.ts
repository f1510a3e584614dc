import { demoNow } from './clock.ts';
import { add, announce, changed, keep, newId, recall } from './history.ts';
import { keyOf, SCHOOL, YISHI } from './school.ts';
import type { ChatReply } from './talk.ts';
import { spoken } from './tone.ts';
import { missed } from './unread.ts';

/** `GET /api/messages`: what was said to people while somebody else was acting. Every message is shown once. */
type Told = ChatReply & { readonly at: number };

const EVERY_MS = 3000;
const PAGE = 100;
/** Messages committed in another order than they were made: so far back is asked again. */
const OVERLAP_MS = 5000;

const asking = new Map<string, Promise<void>>();
let turn = 0;

/** What was heard in a place: up to when, and which of the last. */
interface Heard {
  readonly until: number;
  readonly marks: readonly (readonly [at: number, mark: string])[];
}

const heardIn = (key: string): Heard => {
  try {
    return JSON.parse(recall(`heard:${key}`)!) as Heard;
  } catch {
    return { until: 0, marks: [] };
  }
};

/** A text in a few characters. */
function markOf(text: string): string {
  let hash = 0;
  for (let i = 0; i < text.length; i++) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) | 0;
  return `${text.length}.${hash.toString(36)}`;
}

/** Puts what is new into the conversations. The same words twice in a moment are two messages. */
function take(items: readonly Told[]): void {
  const times = new Map<string, number>();
  for (const told of items) {
    const key = keyOf(told.to);
    const same = `${key} ${told.at} ${markOf(told.text)}`;
    times.set(same, (times.get(same) ?? 0) + 1);
    const mark = `${markOf(told.text)}.${times.get(same)}`;
    const { until, marks } = heardIn(key);
    if (told.at < until - OVERLAP_MS || marks.some(([at, m]) => at === told.at && m === mark)) continue;
    const last = Math.max(until, told.at);
    const kept = [...marks, [told.at, mark] as const].filter(([at]) => at >= last - OVERLAP_MS);
    keep(`heard:${key}`, JSON.stringify({ until: last, marks: kept } satisfies Heard));
    show(told, key);
  }
}

function show({ to, at, text, card, files }: Told, key: string): void {
  const said = { id: newId(), by: YISHI, told: true, text, at, ...(card && { card }), ...(files && { files }) };
  const group = SCHOOL.groups.find((g) => g.id === to.id && to.kind === 'group');
  for (const member of group?.members ?? [to.id]) missed(member, key);
  add(key, group ? said : { ...said, to: to.id });
  announce(key, spoken({ to, text, ...(card && { card }) }));
}

async function ask(member: string): Promise<void> {
  for (let pages = 0; pages < 20; pages++) {
    const after = Math.max(0, Number(recall(`asked:${member}`) ?? 0));
    const from = pages === 0 ? Math.max(0, after - OVERLAP_MS) : after;
    const response = await fetch(`/api/messages?from=${encodeURIComponent(member)}&after=${from}`);
    if (!response.ok) return;
    const { items } = (await response.json()) as { items: readonly Told[] };
    take(items);
    const last = items[items.length - 1];
    if (last) keep(`asked:${member}`, String(Math.max(after, last.at)));
    if (items.length < PAGE) return;
  }
}

/** Asks once more after what is under way, so that nothing said in between is missed. */
export function fetchFor(member: string): Promise<void> {
  const next = (asking.get(member) ?? Promise.resolve()).then(() => ask(member)).catch(() => undefined);
  asking.set(member, next);
  return next;
}

export const fetchAll = (): Promise<unknown> => Promise.all(SCHOOL.members.map((m) => fetchFor(m.id)));

/** A register younger than what was heard is a new one: it is listened to from its beginning. */
export function startAfresh(): void {
  const late = (at: number) => at > demoNow() + 60_000;
  for (const { id } of SCHOOL.members) if (late(Number(recall(`asked:${id}`) ?? 0))) keep(`asked:${id}`, '0');
  for (const { kind, id } of [
    ...SCHOOL.groups.map((g) => ({ kind: 'group', id: g.id })),
    ...SCHOOL.members.map((m) => ({ kind: 'direct', id: m.id })),
  ])
    if (late(heardIn(`${kind}:${id}`).until)) keep(`heard:${kind}:${id}`, '');
}

/** Listens while the page is looked at: for the person on the screen each time, for the others in turn. */
export function listen(me: () => string): () => void {
  const round = () => {
    if (document.visibilityState !== 'visible') return;
    void fetchFor(me());
    void fetchFor(SCHOOL.members[turn++ % SCHOOL.members.length]!.id);
  };
  const seen = () => {
    changed();
    round();
  };
  const timer = setInterval(round, EVERY_MS);
  document.addEventListener('visibilitychange', seen);
  void fetchAll();
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', seen);
  };
}
