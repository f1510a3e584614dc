import type { Database, Statement } from '../ports/database.ts';
import type { Commit, Head, Ledgers, RecordKind, Records, SchoolLedger, Shown } from '../ports/ledger.ts';
import { type ShownCache, shownCache, shownOf, withRows } from './ledger-cache.ts';
import { type DeedRow, deedOf, NO_DEED, type RecordRow } from './ledger-chain.ts';
import { commitStatements, whyNot } from './ledger-commit.ts';
import { verifyLedger } from './ledger-verify.ts';

const HEAD = 'SELECT seq, hash FROM deed WHERE school = ? ORDER BY seq DESC LIMIT 1';
/** The head, and the deed the cache stands at: is it still the same one? */
const HEAD_AND = `SELECT seq, hash FROM deed WHERE school = ? AND (seq = ? OR seq = (SELECT max(seq) FROM deed WHERE school = ?)) ORDER BY seq`;
const OPEN_PAGE = `SELECT kind, id, seq, open, body FROM record WHERE school = ? AND open = 1 AND (kind, id) > (?, ?) ORDER BY kind, id LIMIT ?`;
const WRITTEN_PAGE = `SELECT kind, id, seq, open, body FROM record WHERE school = ? AND seq > ? AND (kind, id) > (?, ?) ORDER BY kind, id LIMIT ?`;
const PAGE = 500;
/** A busy school writes while it is read; what was shown then is right at its head or a little newer. */
const TRIES = 3;

/**
 * The register over any database; see migrations/0006_ledger.sql and docs/audit.md.
 * @param cache hand one in to keep it longer than these ledgers live (a Worker makes its parts anew for each request).
 */
export function ledgersOn(db: Database, cache: ShownCache = shownCache()): Ledgers {
  return {
    forSchool: (school) => schoolLedger(db, school, cache),
    async schools() {
      return (await db.all<{ school: string }>('SELECT school FROM chain ORDER BY school')).map((r) => r.school);
    },
  };
}

function schoolLedger(db: Database, school: string, cache: ShownCache): SchoolLedger {
  const bodies = async <K extends RecordKind>(sql: string, params: Statement['params']) =>
    (await db.all<{ body: string }>(sql, params)).map((r) => JSON.parse(r.body) as Records[K]);
  return {
    show: () => show(db, school, cache),
    get: async <K extends RecordKind>(kind: K, id: string) =>
      (await bodies<K>('SELECT body FROM record WHERE school = ? AND kind = ? AND id = ?', [school, kind, id]))[0],
    past: (kind, limit, before) =>
      bodies(
        `SELECT body FROM record WHERE school = ? AND kind = ? AND open = 0 AND seq < ?
         ORDER BY seq DESC, length(id) DESC, id DESC LIMIT ?`,
        [school, kind, before ?? Number.MAX_SAFE_INTEGER, limit],
      ),
    list: (kind, limit, below) =>
      bodies(
        `SELECT body FROM record WHERE school = ? AND kind = ? ${below === undefined ? '' : 'AND (length(id), id) < (?, ?)'}
         ORDER BY length(id) DESC, id DESC LIMIT ?`,
        [school, kind, ...(below === undefined ? [] : [below.length, below]), limit],
      ),
    commit: (commit) => save(db, school, commit),
    async deeds({ about, after = 0, limit }) {
      const rows = await db.all<DeedRow>(
        `SELECT * FROM deed WHERE school = ? AND seq > ? ${about === undefined ? '' : 'AND about = ?'} ORDER BY seq LIMIT ?`,
        [school, after, ...(about === undefined ? [] : [about]), limit],
      );
      return rows.map(deedOf);
    },
    verify: (expected) => verifyLedger(db, school, expected),
  };
}

async function save(db: Database, school: string, commit: Commit): Promise<'saved' | 'stale'> {
  const statements = commitStatements(school, commit);
  try {
    if (statements.length > 0) await db.batch(statements);
    return 'saved';
  } catch (error) {
    return whyNot(error);
  }
}

async function show(db: Database, school: string, cache: ShownCache): Promise<Shown> {
  let shown = cache.get(school);
  let head = await standsAt(db, school, shown?.head);
  if (shown && !head.follows) shown = undefined;
  for (let tries = 0; !shown || shown.head.hash !== head.last.hash; tries++) {
    shown = await readOn(db, school, shown, head.last);
    if (tries >= TRIES) break;
    head = await standsAt(db, school, shown.head);
    // The log was set back under our hands (a backup put in its place): what was read belongs to neither.
    if (!head.follows) shown = undefined;
  }
  cache.set(school, shown);
  return shown;
}

/** Where the log stands, and whether it still goes on from what was shown. One query. */
async function standsAt(db: Database, school: string, at: Head | undefined): Promise<{ last: Head; follows: boolean }> {
  const rows = at ? await db.all<Head>(HEAD_AND, [school, at.seq, school]) : await db.all<Head>(HEAD, [school]);
  const last = rows.at(-1) ?? NO_DEED;
  const follows = !at || at.seq === 0 || rows.some((r) => r.seq === at.seq && r.hash === at.hash);
  return { last, follows };
}

/** Everything open, or what was written since it was shown last. */
async function readOn(db: Database, school: string, shown: Shown | undefined, head: Head): Promise<Shown> {
  const page = (kind: string, id: string) =>
    shown
      ? db.all<RecordRow>(WRITTEN_PAGE, [school, shown.head.seq, kind, id, PAGE])
      : db.all<RecordRow>(OPEN_PAGE, [school, kind, id, PAGE]);
  const rows: RecordRow[] = [];
  for (let part = await page('', ''); part.length > 0;) {
    rows.push(...part);
    const last = part.at(-1)!;
    part = part.length < PAGE ? [] : await page(last.kind, last.id);
  }
  return shown ? withRows(shown, head, rows) : shownOf(head, rows);
}
