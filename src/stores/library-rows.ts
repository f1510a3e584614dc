import type { DocumentFormat } from '../ports/documents.ts';
import type { DocumentState, LibraryClause, LibraryDocument } from '../ports/library.ts';

/** Rows of the library's tables and what they stand for. */
export const COLUMNS = [
  'id',
  'school',
  'name',
  'format',
  'hash',
  'family',
  'title',
  'issuer',
  'number',
  'level',
  'issued',
  'effective_from',
  'effective_until',
  'replaces',
  'replaces_from',
  'state',
  'state_before',
  'guesses',
  'warnings',
  'clauses',
  'added_by',
  'added_at',
  'changed_at',
] as const;

export type DocumentRow = Readonly<Record<(typeof COLUMNS)[number], string>> & {
  readonly superseded_by: string | null;
  readonly superseded_from: string | null;
};

const orNull = (value: unknown): string | null => (typeof value === 'string' ? value : null);

export const documentOf = (r: DocumentRow): LibraryDocument => ({
  id: r.id,
  school: r.school,
  name: r.name,
  format: r.format as DocumentFormat,
  hash: r.hash,
  family: r.family,
  title: r.title,
  issuer: orNull(r.issuer),
  number: orNull(r.number),
  level: r.level as LibraryDocument['level'],
  issued: orNull(r.issued),
  effectiveFrom: orNull(r.effective_from),
  effectiveUntil: orNull(r.effective_until),
  replaces: orNull(r.replaces),
  replacesFrom: orNull(r.replaces_from),
  supersededBy: r.superseded_by,
  supersededFrom: r.superseded_from,
  state: r.state as DocumentState,
  guesses: JSON.parse(r.guesses) as LibraryDocument['guesses'],
  warnings: JSON.parse(r.warnings) as string[],
  clauses: Number(r.clauses),
  addedBy: orNull(r.added_by),
  addedAt: Number(r.added_at),
  changedAt: Number(r.changed_at),
});

export interface ClauseRow {
  readonly id: string;
  readonly document: string;
  readonly label: string;
  readonly headings: string;
  readonly body: string;
  readonly raw: string;
  readonly marks: string;
  readonly page: number | null;
  readonly paragraph: number;
}

export const clauseOf = (r: ClauseRow): LibraryClause => ({
  id: r.id,
  document: r.document,
  label: r.label,
  headings: JSON.parse(r.headings) as string[],
  text: r.body,
  raw: r.raw,
  marks: (JSON.parse(r.marks) as [number, number, number, number, string][]).map(
    ([start, end, rawStart, rawEnd, kind]) => ({ start, end, rawStart, rawEnd, kind }),
  ),
  page: r.page === null ? null : Number(r.page),
  paragraph: Number(r.paragraph),
});

/** A row of D1 holds 2 MB; 200,000 characters are at most 800 kB. Surrogate pairs stay together. */
const PIECE = 200_000;
export function pieces(text: string): string[] {
  const out: string[] = [];
  for (let at = 0; at < text.length;) {
    let end = Math.min(text.length, at + PIECE);
    if (end < text.length && /[\ud800-\udbff]/.test(text[end - 1]!)) end--;
    out.push(text.slice(at, end));
    at = end;
  }
  return out;
}
