import type { Database, Statement } from '../ports/database.ts';
import {
  type ClauseMark,
  type LibraryClause,
  type LibraryStore,
  type NewDocument,
  type SchoolLibrary,
} from '../ports/library.ts';
import { type ClauseRow, clauseOf, COLUMNS, type DocumentRow, documentOf, pieces } from './library-rows.ts';

/**
 * The newer version counts while it stands in the library itself and for those who see it: a school that replaces a
 * common document does so for itself alone. Of two that claim the place, the earlier.
 */
const NEWER = (what: string) =>
  `(SELECT n.${what} FROM document n WHERE n.replaces = d.id AND n.state IN ('added', 'confirmed') AND n.school IN (?, '') ORDER BY n.replaces_from, n.id LIMIT 1)`;
const DOCUMENT = `SELECT d.*, ${NEWER('id')} AS superseded_by, ${NEWER('replaces_from')} AS superseded_from FROM document d`;
const VISIBLE = `d.school IN (?, '') AND d.state <> 'arriving'`;
/** D1 takes 100 parameters a statement; a clause has 11. */
const CLAUSES_A_STATEMENT = 9;
const STATEMENTS_A_BATCH = 40;

const putClauses = (school: string, clauses: readonly LibraryClause[], first: number): Statement => ({
  sql: `INSERT INTO clause (id, document, school, place, label, headings, body, raw, marks, page, paragraph) VALUES ${clauses.map(() => '(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)').join(', ')} ON CONFLICT DO NOTHING`,
  params: clauses.flatMap((c, i) => [
    c.id,
    c.document,
    school,
    first + i,
    c.label,
    JSON.stringify(c.headings),
    c.text,
    c.raw,
    packed(c.marks),
    c.page,
    c.paragraph,
  ]),
});
const packed = (marks: readonly ClauseMark[]) =>
  JSON.stringify(marks.map((m) => [m.start, m.end, m.rawStart, m.rawEnd, m.kind]));

const putDocument = (school: string, d: NewDocument, clauses: number, now: number): Statement => ({
  sql: `INSERT INTO document (${COLUMNS.join(', ')}) VALUES (${COLUMNS.map(() => '?').join(', ')}) ON CONFLICT DO NOTHING`,
  params: [
    d.id,
    school,
    d.name,
    d.format,
    d.hash,
    d.family,
    d.title,
    d.issuer,
    d.number,
    d.level,
    d.issued,
    d.effectiveFrom,
    d.effectiveUntil,
    d.replaces,
    d.replacesFrom,
    'arriving',
    null,
    JSON.stringify(d.guesses),
    JSON.stringify(d.warnings),
    clauses,
    d.addedBy,
    d.addedAt,
    now,
  ],
});

const chunks = <T>(list: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size));

/** Documents and clauses over any database; see migrations/0002_library.sql. */
export function libraryOn(db: Database): LibraryStore {
  return { forSchool: (school) => schoolLibrary(db, school), common: () => schoolLibrary(db, '') };
}

function schoolLibrary(db: Database, school: string): SchoolLibrary {
  const documents = async (where: string, ...params: Statement['params']) =>
    (await db.all<DocumentRow>(`${DOCUMENT} WHERE ${VISIBLE} AND ${where}`, [school, school, school, ...params])).map(
      documentOf,
    );
  const change = async (sql: string, ...params: Statement['params']) => (await db.batch([{ sql, params }]))[0] === 1;
  const clauseRows = async (where: string, ...params: Statement['params']) =>
    (
      await db.all<ClauseRow>(
        `SELECT c.* FROM clause c JOIN document d ON d.id = c.document WHERE ${VISIBLE} AND ${where} ORDER BY c.document, c.place`,
        [school, ...params],
      )
    ).map(clauseOf);

  return {
    school,
    list: () => documents('1 = 1 ORDER BY d.added_at, d.id'),
    get: async (id) => (await documents('d.id = ?', id))[0] ?? null,
    byHash: async (hash) => (await documents('d.hash = ? ORDER BY d.school DESC', hash))[0] ?? null,
    versions: (family, number) =>
      documents(
        `d.school = ? AND d.state <> 'removed' AND (d.family = ? OR (d.number IS NOT NULL AND d.number = ?))
         ORDER BY COALESCE(d.effective_from, d.issued, '') DESC, d.added_at DESC`,
        school,
        family,
        number,
      ),

    async texts(id) {
      if ((await documents('d.id = ?', id)).length === 0) return null;
      const rows = await db.all<{ kind: string; body: string }>(
        'SELECT kind, body FROM document_text WHERE document = ? ORDER BY kind, piece',
        [id],
      );
      const join = (kind: string) =>
        rows
          .filter((r) => r.kind === kind)
          .map((r) => r.body)
          .join('');
      return { raw: join('raw'), text: join('text') };
    },
    clauses: (id) => clauseRows('c.document = ?', id),
    clause: async (id) => (await clauseRows('c.id = ?', id))[0] ?? null,
    clausesAmong: async (what, named) =>
      named.length === 0
        ? []
        : clauseRows(`${what === 'ids' ? 'c.id' : 'c.document'} IN (${named.map(() => '?').join(', ')})`, ...named),

    async add(document, texts, clauses, now, progress) {
      // What an interrupted adding left is in the way of the same document only.
      await db.batch(
        ['clause', 'document_text'].map((table) => ({
          sql: `DELETE FROM ${table} WHERE document = ? AND document IN (SELECT id FROM document WHERE state = 'arriving')`,
          params: [document.id],
        })),
      );
      await db.batch([{ sql: `DELETE FROM document WHERE id = ? AND state = 'arriving'`, params: [document.id] }]);
      if ((await db.batch([putDocument(school, document, clauses.length, now)]))[0] === 0) return 'known';
      for (const [kind, body] of Object.entries(texts))
        for (const [piece, part] of pieces(body).entries())
          await db.batch([
            {
              sql: 'INSERT INTO document_text (document, kind, piece, body) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
              params: [document.id, kind, piece, part],
            },
          ]);
      const statements = chunks(clauses, CLAUSES_A_STATEMENT).map((group, i) =>
        putClauses(school, group, i * CLAUSES_A_STATEMENT),
      );
      let done = 0;
      for (const batch of chunks(statements, STATEMENTS_A_BATCH)) {
        await db.batch(batch);
        done = Math.min(clauses.length, done + STATEMENTS_A_BATCH * CLAUSES_A_STATEMENT);
        progress?.(done);
      }
      await change(`UPDATE document SET state = 'added' WHERE id = ?`, document.id);
      return 'added';
    },

    confirm: (id, f, now) =>
      change(
        `UPDATE document SET title = ?, issuer = ?, number = ?, level = ?, issued = ?, effective_from = ?, effective_until = ?, family = ?, replaces = ?,
         replaces_from = ?, state = 'confirmed', changed_at = ? WHERE id = ? AND school = ? AND state IN ('added', 'confirmed')`,
        f.title,
        f.issuer,
        f.number,
        f.level,
        f.issued,
        f.effectiveFrom,
        f.effectiveUntil,
        f.family,
        f.replaces,
        f.replacesFrom,
        now,
        id,
        school,
      ),
    supersede: (id, replaces, from, now) =>
      change(
        `UPDATE document SET replaces = ?, replaces_from = ?, changed_at = ? WHERE id = ? AND school = ?`,
        replaces,
        from,
        now,
        id,
        school,
      ),
    remove: (id, now) =>
      change(
        `UPDATE document SET state_before = state, state = 'removed', changed_at = ? WHERE id = ? AND school = ? AND state IN ('added', 'confirmed')`,
        now,
        id,
        school,
      ),
    restore: (id, now) =>
      change(
        `UPDATE document SET state = COALESCE(state_before, 'added'), state_before = NULL, changed_at = ? WHERE id = ? AND school = ? AND state = 'removed'`,
        now,
        id,
        school,
      ),
  };
}
