import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Roster } from '../domain/member.ts';
import { DEMO_MEMBERS } from '../domain/demo-members.ts';
import { deedWords } from '../office/deed-words.ts';
import type { Head, LoggedDeed, SchoolLedger } from '../ports/ledger.ts';
import { ledgersOn } from '../stores/ledger.ts';
import { sqliteDatabase } from '../stores/sqlite.ts';
import { ROOT } from './knowledge/compiled.ts';
import { settingsFrom } from './settings.ts';

/**
 * `npm run audit -- verify [--head 57:<hash>]` walks the log and compares the records; `npm run audit -- show [Y12]` prints
 * what was done. `--school` where it is not the school served. docs/audit.md tells what can be found out this way.
 */
const USAGE = '用法：npm run audit -- verify [--school demo] [--head 57:校验值] | show [Y12] [--school demo]';
const PAGE = 200;

async function verify(ledger: SchoolLedger, expected: Head | undefined): Promise<boolean> {
  const { deeds, head, fault } = await ledger.verify(expected);
  if (fault) {
    console.error(`台账有问题，在第 ${fault.seq} 条：${fault.what}。前 ${deeds} 条是完好的。`);
    return false;
  }
  if (deeds === 0) console.log('台账还是空的。');
  else {
    console.log(`台账完好：${deeds} 条记录首尾相接，各项内容与记录一致。`);
    console.log(`末条 ${head.seq}:${head.hash}`);
    console.log('请把末条抄在系统之外；下次用 --head 核对，连同末尾一起被换掉也看得出来。');
  }
  return true;
}

async function show(ledger: SchoolLedger, about: string | undefined): Promise<boolean> {
  // Whoever has left the school is named too.
  const roster = new Roster([...DEMO_MEMBERS, ...(await ledger.list('member', 10_000))]);
  let printed = 0;
  for (let after = 0; ;) {
    const deeds = await ledger.deeds({ after, limit: PAGE, ...(about && { about }) });
    for (const deed of deeds) console.log(lineOf(deed, roster));
    printed += deeds.length;
    if (deeds.length < PAGE) break;
    after = deeds.at(-1)!.seq;
  }
  if (printed === 0) console.error(about ? `没有关于 ${about} 的记录` : '台账还是空的');
  return printed > 0;
}

const MOMENT = new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', dateStyle: 'long', timeStyle: 'medium' });

function lineOf({ seq, at, by, act, about, detail, rulesVersion }: LoggedDeed, roster: Roster): string {
  const who = by === 'system' ? '系统' : roster.nameOf(by);
  const rules = rulesVersion ? `（规则 ${rulesVersion}）` : '';
  const more = detail === undefined ? '' : `\n      ${JSON.stringify(detail)}`;
  return `${String(seq).padStart(4)}  ${MOMENT.format(at)}  ${who}  ${deedWords(act)} ${about}${rules}${more}`;
}

/** `57:<64 hex digits>`, as `verify` prints it. */
function headIn(text: string | undefined): Head | undefined | 'wrong' {
  if (text === undefined) return undefined;
  const [, seq, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text.trim()) ?? [];
  return seq && hash ? { seq: Number(seq), hash } : 'wrong';
}

/** Ids are typed as people like: `y12`. */
const idIn = (text: string): string =>
  /^[a-z]\d+$/i.test(text.normalize('NFKC')) ? text.normalize('NFKC').toUpperCase() : text;

async function run(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { school: { type: 'string' }, head: { type: 'string' } },
  });
  const [verb = 'verify', about] = positionals;
  const head = headIn(values.head);
  if (!['verify', 'show'].includes(verb) || head === 'wrong') {
    console.error(head === 'wrong' ? `--head 要照 verify 打印的末条写：编号:校验值\n${USAGE}` : USAGE);
    return 2;
  }
  const settings = settingsFrom(process.env);
  const file = join(settings.YISHI_DATA, 'yishi.db');
  if (!existsSync(file)) {
    console.error(`没有数据库 ${file}；用 YISHI_DATA 指明数据目录`);
    return 2;
  }
  const db = sqliteDatabase(file, join(ROOT, 'migrations'));
  try {
    const ledger = ledgersOn(db).forSchool(values.school ?? settings.YISHI_SCHOOL);
    return (await (verb === 'verify' ? verify(ledger, head) : show(ledger, about && idIn(about)))) ? 0 : 1;
  } finally {
    await db.close();
  }
}

process.exitCode = await run();
