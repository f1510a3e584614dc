import type { Duty, DutyRow } from '../../domain/duty.ts';
import type { Roster } from '../../domain/member.ts';
import type { Deed, Put } from '../../ports/ledger.ts';
import { dutyOf, personNamed } from './duties.ts';

/** What an import would write; nothing is written where a row is wrong. */
export interface DutiesImported {
  readonly puts: readonly Put[];
  readonly deeds: readonly Deed[];
  /** In Chinese, one for each wrong row. */
  readonly faults: readonly string[];
}

/**
 * A school's list into its register. A row takes the place of the duty with its id and keeps what was done of it; what
 * the list no longer names stays. Every owner must be somebody.
 */
export function importDuties(
  rows: readonly DutyRow[],
  known: ReadonlyMap<string, Duty>,
  roster: Roster,
): DutiesImported {
  const faults = rows.flatMap((row) =>
    [row.owner, ...row.others]
      .filter((name) => !personNamed(name, roster))
      .map((name) => `${row.id} ${row.title}：名册里没有“${name}”，请写姓名、职务或角色（书记、校长、办公室主任……）`),
  );
  if (rows.filter((r) => r.talk).length > 1) faults.push('书记校长沟通（talk）只能有一项');
  if (faults.length > 0) return { puts: [], deeds: [], faults };
  const duties = rows.map((row) => ({ ...dutyOf(row, roster), done: known.get(row.id)?.done ?? [] }));
  const deeds = duties.map(({ id, title, owner, every }): Deed => ({
    by: 'system',
    act: 'import-duty',
    about: id,
    detail: { title, owner, every },
  }));
  return { puts: duties.map((record): Put => ({ kind: 'duty', record, open: true })), deeds, faults };
}
