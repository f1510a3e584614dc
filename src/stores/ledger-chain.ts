import { createHash } from 'node:crypto';
import type { Deed, Head, LoggedDeed, Put, RecordKind } from '../ports/ledger.ts';

/** A deed as the table `deed` holds it; see migrations/0006_ledger.sql. */
export interface DeedRow {
  readonly school: string;
  readonly seq: number;
  readonly at: number;
  readonly by_whom: string;
  readonly act: string;
  readonly about: string;
  readonly body: string;
  readonly before_hash: string;
  readonly hash: string;
}

/** A record as the table `record` holds it. */
export interface RecordRow {
  readonly kind: RecordKind;
  readonly id: string;
  readonly seq: number;
  readonly open: number;
  readonly body: string;
}

/** The rest of a deed, as its row's `body` holds it. */
type Rest = Pick<LoggedDeed, 'detail' | 'rulesVersion' | 'wrote'>;

export const NO_DEED: Head = { seq: 0, hash: '' };

/** JSON with keys in order of their code units and no blanks: the same value gives the same text everywhere. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((v) => canonical(v ?? null)).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).filter(([, v]) => v !== undefined);
  const sorted = entries.toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${sorted.map(([k, v]) => `${JSON.stringify(k)}:${canonical(v)}`).join(',')}}`;
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Of a record as it stands in its row, whether it is open included: hiding one is a change too. */
export const recordHash = (row: Pick<RecordRow, 'open' | 'body'>): string => sha256(`${row.open}:${row.body}`);

/** A deed's own hash: over everything that is written down of it, the school and the deed before included. */
export function deedHash(school: string, deed: Omit<LoggedDeed, 'hash'>): string {
  const { seq, at, by, act, about, detail, rulesVersion, wrote, before } = deed;
  return sha256(canonical({ school, seq, at, by, act, about, detail, rulesVersion, wrote, before }));
}

/** The rows a commit would add after `head`. What it writes stands with its last deed. */
export function chained(
  school: string,
  head: Head,
  at: number,
  deeds: readonly Deed[],
  puts: readonly RecordRow[],
): DeedRow[] {
  const wrote = Object.fromEntries(puts.map((p) => [`${p.kind}/${p.id}`, recordHash(p)]));
  let before = head.hash;
  return deeds.map((deed, i) => {
    const last = i === deeds.length - 1;
    const row = rowOf(school, { ...deed, seq: head.seq + 1 + i, at, wrote: last ? wrote : {}, before });
    before = row.hash;
    return row;
  });
}

function rowOf(school: string, deed: Omit<LoggedDeed, 'hash'>): DeedRow {
  const rest: Rest = {
    wrote: deed.wrote,
    ...(deed.detail !== undefined && { detail: deed.detail }),
    ...(deed.rulesVersion !== undefined && { rulesVersion: deed.rulesVersion }),
  };
  return {
    school,
    seq: deed.seq,
    at: deed.at,
    by_whom: deed.by,
    act: deed.act,
    about: deed.about,
    body: canonical(rest),
    before_hash: deed.before,
    hash: deedHash(school, deed),
  };
}

/** Throws where the body is not JSON any more. */
export const deedOf = (row: DeedRow): LoggedDeed => ({
  ...(JSON.parse(row.body) as Rest),
  seq: row.seq,
  at: row.at,
  by: row.by_whom,
  act: row.act,
  about: row.about,
  before: row.before_hash,
  hash: row.hash,
});

export const recordRow = (put: Put, seq: number): RecordRow => ({
  kind: put.kind,
  id: put.record.id,
  seq,
  open: put.open ? 1 : 0,
  body: canonical(put.record),
});
