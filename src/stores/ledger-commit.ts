import { AppError } from '../domain/errors.ts';
import type { Statement } from '../ports/database.ts';
import type { Commit } from '../ports/ledger.ts';
import { chained, type DeedRow, type RecordRow, recordRow } from './ledger-chain.ts';
import { keepTalk, putSends } from './store.ts';

/** D1 takes 100 parameters a statement; a record has 6. */
const RECORDS_A_STATEMENT = 16;
/** D1 holds 2 MB a row; the rest of it needs a little room. */
const MOST_BYTES = 1_900_000;

/**
 * The guards are statements that fail on purpose and undo the whole batch, because a batch of D1 has no conditions: a
 * column that must not be empty is given nothing when what must hold does not.
 */
const ANSWER = `UPDATE inbox SET state = CASE WHEN state = 'waiting' THEN 'answered' ELSE NULL END WHERE id = ?`;
const FORGET_NOTE = 'DELETE FROM note WHERE id = ? AND expires_at <= ?';
const PUT_NOTE = 'INSERT INTO note (id, body, expires_at) VALUES (?, ?, ?)';
const DEED = 'INSERT INTO deed (school, seq, at, by_whom, act, about, body, before_hash, hash) VALUES';
const FIRST_DEED = `${DEED} (?, ?, ?, ?, ?, ?, ?, ?, ?)`;
const NEXT_DEED = `${DEED} (?, ?, ?, ?, ?, ?, ?, (SELECT hash FROM deed WHERE school = ? AND seq = ? AND hash = ?), ?)`;
const CHAIN = `INSERT INTO chain (school, seq, hash) VALUES (?, ?, ?)
  ON CONFLICT (school) DO UPDATE SET seq = excluded.seq, hash = excluded.hash`;
const RECORD = 'INSERT INTO record (school, kind, id, seq, open, body) VALUES';
const OVER_RECORD = `ON CONFLICT (school, kind, id) DO UPDATE SET seq = excluded.seq, open = excluded.open, body = excluded.body`;

/** The one batch of a commit. What was done before is found out first, then whether the commit is stale. */
export function commitStatements(school: string, commit: Commit): Statement[] {
  const { head, at, deeds, puts, sends, answers, note } = commit;
  if (puts.length > 0 && deeds.length === 0) throw new Error(`a commit of ${school} writes without a deed`);
  const records = puts.map((put) => recordRow(put, head.seq + deeds.length));
  const rows = chained(school, head, at, deeds, records);
  mustFit(records, rows);
  return [
    ...(answers ? [{ sql: ANSWER, params: [answers.kept.message.id] }, ...keepTalk(school, answers.talk)] : []),
    ...(note ? putNote(note, at) : []),
    ...rows.map((row) => putDeed(row)),
    ...rows.slice(-1).map((row) => ({ sql: CHAIN, params: [school, row.seq, row.hash] })),
    ...putRecords(school, records),
    ...putSends(school, sends, at),
  ];
}

const putNote = (note: NonNullable<Commit['note']>, at: number): Statement[] => [
  { sql: FORGET_NOTE, params: [note.key, at] },
  { sql: PUT_NOTE, params: [note.key, JSON.stringify(note.body), note.until] },
];

/** A deed goes in after the one it names, and nowhere else: not twice, and not after one that has changed or is gone. */
function putDeed(row: DeedRow): Statement {
  const { school, seq, at, by_whom, act, about, body, before_hash, hash } = row;
  const head = [school, seq, at, by_whom, act, about, body];
  if (seq === 1) return { sql: FIRST_DEED, params: [...head, before_hash, hash] };
  return { sql: NEXT_DEED, params: [...head, school, seq - 1, before_hash, hash] };
}

function putRecords(school: string, records: readonly RecordRow[]): Statement[] {
  const parts = Array.from({ length: Math.ceil(records.length / RECORDS_A_STATEMENT) }, (_, i) =>
    records.slice(i * RECORDS_A_STATEMENT, (i + 1) * RECORDS_A_STATEMENT),
  );
  return parts.map((part) => ({
    sql: `${RECORD} ${part.map(() => '(?, ?, ?, ?, ?, ?)').join(', ')} ${OVER_RECORD}`,
    params: part.flatMap((r) => [school, r.kind, r.id, r.seq, r.open, r.body]),
  }));
}

function mustFit(records: readonly RecordRow[], rows: readonly DeedRow[]): void {
  const named = [...records.map((r) => [`${r.kind}/${r.id}`, r.body]), ...rows.map((r) => [`deed ${r.act}`, r.body])];
  for (const [name, body] of named)
    if (body!.length * 3 > MOST_BYTES && new TextEncoder().encode(body).length > MOST_BYTES)
      throw new AppError('record-too-large', 413, '这件事的内容太多，存不下；请把长的材料作为文件上传。', name);
}

/** What a failed batch says of itself. SQLite and D1 name the column, Postgres the constraint or the column. */
const BEFORE =
  /NOT NULL constraint failed: inbox\.state|UNIQUE constraint failed: note\.id|note_pkey|"state" of relation "inbox"/;
const STALE =
  /UNIQUE constraint failed: deed\.school, deed\.seq|NOT NULL constraint failed: deed\.before_hash|deed_pkey|"before_hash" of relation "deed"/;

/** Saved by an earlier try, stale, or a real fault, which is thrown. */
export function whyNot(error: unknown): 'saved' | 'stale' {
  const said = error instanceof Error ? `${error.message} ${String(error.cause ?? '')}` : String(error);
  if (BEFORE.test(said)) return 'saved';
  if (STALE.test(said)) return 'stale';
  throw error;
}
