import { type Head, RECORD_KINDS, type RecordKind, type Records, type Shown } from '../ports/ledger.ts';
import type { RecordRow } from './ledger-chain.ts';

/** What was shown of each school last, the least used forgotten first. One for as long as the process lives. */
export interface ShownCache {
  get(school: string): Shown | undefined;
  set(school: string, shown: Shown): void;
}

export function shownCache(schools = 64): ShownCache {
  const kept = new Map<string, Shown>();
  const set = (school: string, shown: Shown) => {
    kept.delete(school);
    kept.set(school, shown);
    if (kept.size > schools) kept.delete(kept.keys().next().value!);
  };
  return {
    set,
    get(school) {
      const shown = kept.get(school);
      if (shown) set(school, shown);
      return shown;
    },
  };
}

/** By number: `Y9` before `Y12`. The order never depends on how much was read at once. */
const byId = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
  a.length - b.length || (a < b ? -1 : 1);

/** A school's open records from its rows. */
export const shownOf = (head: Head, rows: readonly RecordRow[]): Shown =>
  withRows({ head, records: emptyRecords() }, head, rows);

/** What was shown before, with the rows written since: closed ones leave. What was handed out before stays as it was. */
export function withRows(shown: Shown, head: Head, rows: readonly RecordRow[]): Shown {
  const records = { ...shown.records } as Record<RecordKind, ReadonlyMap<string, unknown>>;
  for (const kind of new Set(rows.map((r) => r.kind))) {
    const next = new Map(records[kind]);
    for (const row of rows.filter((r) => r.kind === kind))
      if (row.open === 1) next.set(row.id, JSON.parse(row.body));
      else next.delete(row.id);
    records[kind] = new Map([...next].toSorted(byId));
  }
  return { head, records: records as Shown['records'] };
}

const emptyRecords = () =>
  Object.fromEntries(RECORD_KINDS.map((k) => [k, new Map()])) as unknown as {
    [K in RecordKind]: Map<string, Records[K]>;
  };
