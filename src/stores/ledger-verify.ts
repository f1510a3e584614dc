import type { Database } from '../ports/database.ts';
import type { Head, LoggedDeed, Verified } from '../ports/ledger.ts';
import { canonical, type DeedRow, deedHash, deedOf, NO_DEED, type RecordRow, recordHash } from './ledger-chain.ts';

const DEEDS = 'SELECT * FROM deed WHERE school = ? AND seq > ? ORDER BY seq LIMIT ?';
const RECORDS = `SELECT kind, id, seq, open, body FROM record WHERE school = ? AND (kind, id) > (?, ?) ORDER BY kind, id LIMIT ?`;
const RECORD = 'SELECT kind, id, seq, open, body FROM record WHERE school = ? AND kind = ? AND id = ?';
const CHAIN = 'SELECT seq, hash FROM chain WHERE school = ?';
const PAGE = 100;

/** Ends the walk at the first thing that does not fit. */
class Fault extends Error {
  readonly seq: number;
  constructor(seq: number, what: string) {
    super(what);
    this.seq = seq;
  }
}

/** How far the walk has come, and what each record must be by the last deed that wrote it. */
interface Walk {
  readonly db: Database;
  readonly school: string;
  readonly expected: Head | undefined;
  head: Head;
  readonly wrote: Map<string, { readonly seq: number; readonly hash: string }>;
}

/**
 * Walks a school's log from its first deed, then holds every record against the deed that wrote it last. Commits made
 * meanwhile are walked too before anything is called a fault. What it cannot see is told in docs/audit.md.
 */
export async function verifyLedger(db: Database, school: string, expected?: Head): Promise<Verified> {
  const walk: Walk = { db, school, expected, head: NO_DEED, wrote: new Map() };
  const so = () => ({ deeds: walk.head.seq, head: walk.head });
  try {
    await walkDeeds(walk);
    await compareRecords(walk);
    return so();
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { ...so(), fault: { seq: error.seq, what: error.message } };
  }
}

/** From where the walk stands to the end of the log, and the end held against the heads kept beside it. */
async function walkDeeds(walk: Walk): Promise<void> {
  let aheadBefore = false;
  for (;;) {
    const from = walk.head.seq;
    await walkOn(walk);
    const [chain = NO_DEED] = await walk.db.all<Head>(CHAIN, [walk.school]);
    if (endsAt(walk, chain)) break;
    // The head is ahead of the log. A commit made between the two reads is found on the next way round.
    if (aheadBefore && walk.head.seq === from) throw cutOff(from, chain.seq);
    aheadBefore = true;
  }
  const { seq } = walk.head;
  if (walk.expected && walk.expected.seq > seq) throw cutOff(seq, walk.expected.seq);
}

async function walkOn(walk: Walk): Promise<void> {
  for (let rows; !rows || rows.length === PAGE;) {
    rows = await walk.db.all<DeedRow>(DEEDS, [walk.school, walk.head.seq, PAGE]);
    for (const row of rows) step(walk, row);
  }
}

/** Whether the walk has come to the head kept beside the log; not yet when a commit was made meanwhile. */
function endsAt({ head }: Walk, chain: Head): boolean {
  if (chain.seq < head.seq) throw new Fault(head.seq, `末条登记说台账只有 ${chain.seq} 条，实有 ${head.seq} 条`);
  if (chain.seq === head.seq && chain.hash !== head.hash) throw new Fault(head.seq, `末条登记与第 ${head.seq} 条不符`);
  return chain.seq === head.seq;
}

const cutOff = (seq: number, known: number) => new Fault(seq + 1, `台账末尾少了记录：应有 ${known} 条，只剩 ${seq} 条`);

/** One deed further; throws where it is not what it was when it was written. */
function step(walk: Walk, row: DeedRow): void {
  const due = walk.head.seq + 1;
  if (row.seq !== due) throw new Fault(due, `第 ${due} 条记录不见了，后面是第 ${row.seq} 条`);
  const deed = readDeed(row);
  if (deed.before !== walk.head.hash) throw new Fault(due, `第 ${due} 条与前一条接不上`);
  if (deedHash(walk.school, deed) !== deed.hash) throw new Fault(due, `第 ${due} 条记录被改动过`);
  const noted = walk.expected;
  if (noted?.seq === due && noted.hash !== deed.hash) throw new Fault(due, `第 ${due} 条与另外记下的校验值不符`);
  walk.head = { seq: due, hash: deed.hash };
  for (const [key, hash] of Object.entries(deed.wrote)) walk.wrote.set(key, { seq: due, hash });
}

function readDeed(row: DeedRow): LoggedDeed {
  try {
    const deed = deedOf(row);
    const { detail, rulesVersion, wrote } = deed;
    if (canonical({ detail, rulesVersion, wrote }) === row.body) return deed;
  } catch {
    // Not JSON any more: said below, like any other change.
  }
  throw new Fault(row.seq, `第 ${row.seq} 条记录的内容被改动过`);
}

async function compareRecords(walk: Walk): Promise<void> {
  const seen = new Set<string>();
  let last: Pick<RecordRow, 'kind' | 'id'> | { kind: ''; id: '' } = { kind: '', id: '' };
  for (;;) {
    const rows: RecordRow[] = await walk.db.all<RecordRow>(RECORDS, [walk.school, last.kind, last.id, PAGE]);
    for (const row of rows) {
      seen.add(`${row.kind}/${row.id}`);
      await compare(walk, row);
    }
    if (rows.length < PAGE) break;
    last = rows.at(-1)!;
  }
  for (const key of walk.wrote.keys()) if (!seen.has(key)) await mustStand(walk, key);
}

/** A record that does not fit may have been written since the walk: the new deeds are walked, and it is read again. */
async function compare(walk: Walk, row: RecordRow): Promise<void> {
  if (!misfit(walk, row)) return;
  await walkDeeds(walk);
  const [again] = await walk.db.all<RecordRow>(RECORD, [walk.school, row.kind, row.id]);
  const fault = again ? misfit(walk, again) : undefined;
  if (fault) throw fault;
}

function misfit({ wrote, head }: Walk, row: RecordRow): Fault | undefined {
  const key = `${row.kind}/${row.id}`;
  const last = wrote.get(key);
  if (!last) return new Fault(Math.min(row.seq, head.seq + 1), `${key} 没有任何一条记录写过它`);
  if (last.hash !== recordHash(row)) return new Fault(last.seq, `${key} 与第 ${last.seq} 条记录写下的不一致`);
  if (last.seq !== row.seq) return new Fault(last.seq, `${key} 标的是第 ${row.seq} 条写下，实为第 ${last.seq} 条`);
  return undefined;
}

/** A record the log wrote and the pages did not show: written just now behind the page, or gone. */
async function mustStand(walk: Walk, key: string): Promise<void> {
  const slash = key.indexOf('/');
  const [row] = await walk.db.all<RecordRow>(RECORD, [walk.school, key.slice(0, slash), key.slice(slash + 1)]);
  if (row) return compare(walk, row);
  throw new Fault(walk.wrote.get(key)!.seq, `${key} 不见了`);
}
