import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { sendReminders } from '../assistant/send-reminders.ts';
import { workdaysOf } from '../domain/workdays.ts';
import { dayAt } from '../domain/china-time.ts';
import { momentText } from '../office/dates.ts';
import { nextRound } from '../office/reminders/due.ts';
import { archiveOn } from '../stores/archive.ts';
import { ledgersOn } from '../stores/ledger.ts';
import { sqliteDatabase } from '../stores/sqlite.ts';
import { compiledKnowledge, ROOT } from './knowledge/compiled.ts';
import { servedSchools } from './knowledge/schools.ts';
import { log } from './log.ts';
import { settingsFrom } from './settings.ts';

/**
 * `npm run remind -- --at 2026-12-02T08:30:00+08:00 [--dry-run] [--json] [--school demo]`: the reminder round of that
 * moment against the store in YISHI_DATA. Messages go out with the running service; a dry run writes and sends nothing.
 */
const { values } = parseArgs({
  options: {
    at: { type: 'string' },
    'dry-run': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    school: { type: 'string' },
  },
});
const at = values.at === undefined ? Date.now() : Date.parse(values.at);
/** A moment without an offset would be another moment on another machine. */
if (Number.isNaN(at) || (values.at !== undefined && !/T.*(?:Z|[+-]\d\d:?\d\d)$/.test(values.at))) {
  console.error(`--at 写成带时区的时间，如 2026-12-02T08:30:00+08:00；现在是 ${values.at}`);
  process.exit(2);
}
const settings = settingsFrom(process.env);
const knowledge = await compiledKnowledge();
const db = sqliteDatabase(join(settings.YISHI_DATA, 'yishi.db'), join(ROOT, 'migrations'));
const schools = servedSchools(knowledge.schools, await archiveOn(db).profiles());
const workdays = workdaysOf(knowledge.workdays);
const school = values.school ?? settings.YISHI_SCHOOL;
const profile = schools.on(school, dayAt(at));
if (!profile) {
  console.error(`没有学校 ${school}，或者它的设置那天还没有生效`);
  process.exit(2);
}

const dry = values['dry-run'];
const round = await sendReminders({ ledgers: ledgersOn(db), schools, workdays, log }, school, at, { dry });
const next = nextRound(profile, at, workdays);
const nextText = next === undefined ? '未来半年内没有提醒日' : `下一次提醒：${momentText(next)}`;
if (values.json)
  console.log(JSON.stringify({ school, at: new Date(at).toISOString(), dryRun: dry, ...round }, null, 2));
else if (round.due === 'no')
  console.log(`${momentText(at)} 没有要发的提醒：不是工作日、未到时间、在静默时段，或者今天已经发过。${nextText}`);
else {
  for (const { to, text } of round.sent) console.log(`→ ${to}\n${text}\n`);
  console.log(
    `${dry ? '试算，没有写入也没有发送' : '已写入，由运行中的服务发出'}：${round.sent.length}份。${nextText}`,
  );
}
await db.close();
