import type { Outgoing } from '../../src/domain/message.ts';
import {
  RECORD_KINDS,
  type Commit,
  type Ledgers,
  type Put,
  type RecordKind,
  type SchoolLedger,
  type Shown,
} from '../../src/ports/ledger.ts';

/** How the next commit fares: as it should, lost before it is saved, or saved and the process killed before it is told. */
export type Fate = 'saved' | 'killed-before' | 'killed-after';

/** A register in memory with the promise that counts here: a commit on a head that has moved is stale. */
export function aLedger(puts: readonly Put[]) {
  const all = new Map<string, Put>();
  const keep = (list: readonly Put[]) => list.forEach((p) => all.set(`${p.kind}/${p.record.id}`, p));
  keep(puts);
  let seq = 0;
  let fate: Fate = 'saved';
  const sends: Outgoing[] = [];
  const commits: Commit[] = [];
  const shown = (): Shown => ({
    head: { seq, hash: String(seq) },
    records: Object.fromEntries(
      RECORD_KINDS.map((kind) => [
        kind,
        new Map([...all.values()].filter((p) => p.kind === kind && p.open).map((p) => [p.record.id, p.record])),
      ]),
    ) as unknown as Shown['records'],
  });
  const ledger = {
    show: async () => shown(),
    get: async (kind: RecordKind, id: string) => all.get(`${kind}/${id}`)?.record,
    async commit(commit: Commit) {
      // Reads and writes of two processes come between each other as they do over a wire.
      await Promise.resolve();
      if (fate === 'killed-before') throw new Error('killed before the commit');
      if (commit.head.seq !== seq) return 'stale';
      seq += commit.deeds.length;
      keep(commit.puts);
      commits.push(commit);
      for (const s of commit.sends) if (!sends.some((known) => known.key === s.key)) sends.push(s);
      if (fate === 'killed-after') throw new Error('killed after the commit');
      return 'saved';
    },
  } as unknown as SchoolLedger;
  const ledgers: Ledgers = { forSchool: () => ledger, schools: async () => ['demo'] };
  return { ledgers, ledger, commits, sends, shown, keep, fares: (next: Fate) => void (fate = next) };
}
