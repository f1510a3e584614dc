import type { Duty } from '../../domain/duty.ts';
import { dayAfter } from '../../domain/workdays.ts';
import type { Reply } from '../../domain/message.ts';
import { button } from '../command.ts';
import { dayAt } from '../../domain/china-time.ts';
import type { Scene } from '../scene.ts';
import { EVERY_TEXT, type Period, periodOf, periodText } from './periods.ts';

/** Missed periods named one by one. */
const MOST_NAMED = 6;

/** The periods of the year that are over, from when the duty has been watched. */
function overPeriods(duty: Duty, day: string): readonly Period[] {
  const first = duty.done.map((d) => dayAt(d.at)).toSorted()[0];
  const watched = duty.since ?? first;
  if (watched === undefined) return [];
  const start = watched > `${day.slice(0, 4)}-01-01` ? watched : `${day.slice(0, 4)}-01-01`;
  const periods: Period[] = [];
  for (let at = start; at <= day;) {
    const period = periodOf(duty.every, at);
    if (period.until < day && period.from >= start) periods.push(period);
    at = dayAfter(period.until, 1);
  }
  return periods;
}

function lineOf(duty: Duty, day: string): { text: string; missed: number } {
  const year = day.slice(0, 4);
  const done = new Set(duty.done.map((d) => d.period));
  const kept = [...done].filter((p) => p.startsWith(year)).length;
  const missed = overPeriods(duty, day).filter((p) => !done.has(p.key));
  const now = periodOf(duty.every, day);
  const names = missed.slice(-MOST_NAMED).map(periodText).join('、');
  const gap =
    missed.length > 0 ? `，没有记录：${names}${missed.length > MOST_NAMED ? `等${missed.length}次` : ''}` : '';
  const first = duty.done.length === 0 && !duty.since ? '，还没有记过，从第一次记录起核对' : '';
  const note = duty.unverified ? '（频次待核）' : '';
  return {
    text: `${duty.id} ${duty.title}（${EVERY_TEXT[duty.every]}${note}）：今年已记${kept}次，${periodText(now)}${done.has(now.key) ? '已完成' : '未记'}${gap}${first}`,
    missed: missed.length,
  };
}

/** `/周期 频次`: how often each duty was done this year, and the periods without a record (seed-systems 1-19). */
export function dutyCheck(scene: Scene, all: readonly Duty[]): Reply {
  const lines = all.map((d) => lineOf(d, scene.day));
  const short = lines.filter((l) => l.missed > 0).length;
  const summary =
    short > 0
      ? `${short}项有期次没有记录。开过没记的请补记，没开的请补开。`
      : '有记录以来没有缺期。没有记过的不能当作开过。';
  return {
    text: ['党务日历频次核对', summary, ...lines.map((l) => `· ${l.text}`)].join('\n'),
    card: {
      title: '党务日历频次核对',
      tone: short > 0 ? 'warns' : 'neutral',
      summary,
      sections: [{ heading: `${scene.day.slice(0, 4)}年`, lines: lines.map((l) => l.text) }],
      actions: [button('/周期', '周期工作')],
      footer: '频次以上级和本校规定为准；标“待核”的只作提示。',
    },
  };
}
