import type { Duty } from '../../domain/duty.ts';
import { hasRole } from '../../domain/member.ts';
import type { Reply } from '../../domain/message.ts';
import { button, mustBe, refIn, type Said } from '../command.ts';
import { dayText } from '../dates.ts';
import { Refusal } from '../refusal.ts';
import type { Scene } from '../scene.ts';
import { dutiesOf } from './duties.ts';
import { dutyCheck } from './duty-check.ts';
import { isDone, lastDay, missedPeriod } from './of-duties.ts';
import { EVERY_TEXT, type Period, periodBefore, periodOf, periodText } from './periods.ts';

/** `/周期`: the recurring duties; `/周期 P3 完成 11月27日已开` records one as done. */
export function duties(scene: Scene, { words, values }: Said): Reply {
  const all = dutiesOf(scene.all('duty'), scene.school, scene.roster);
  if (/^(?:频次|检查|核对|党务日历|统计|check)/i.test(words.trim())) return dutyCheck(scene, all);
  const { id, rest } = refIn(words, 'P');
  if (!id) return list(scene, all);
  const duty = all.find((d) => d.id === id);
  if (!duty) throw new Refusal('unknown-duty', `没有周期工作 ${id}。发 /周期 看清单。`, [button('/周期', '周期工作')]);
  const done = /^(?:完成|已完成|办结|done)\s*/i.exec(rest);
  if (!done) return list(scene, [duty]);
  return complete(scene, duty, { words: rest.slice(done[0].length), values });
}

function list(scene: Scene, all: readonly Duty[]): Reply {
  if (all.length === 0)
    return { text: '本校还没有周期工作清单。办公室可以用 npm run school -- duties import 文件 导入。' };
  const lines = all.map((d) => lineOf(scene, d));
  const mine = all.filter((d) => mayComplete(scene, d) && !isDone(d, periodOf(d.every, scene.day)));
  return {
    text: ['周期工作', ...lines.map((l) => `· ${l}`), '办完一项：/周期 P3 完成 说明'].join('\n'),
    card: {
      title: '周期工作',
      tone: 'neutral',
      summary: '',
      sections: [{ heading: `${all.length}项`, lines }],
      actions: mine
        .slice(0, 6)
        .map((d) =>
          button(`/周期 ${d.id} 完成`, `已完成 ${d.id}`, 'default', [
            { name: 'note', label: '说明（可不填）', type: 'text', required: false },
          ]),
        ),
    },
  };
}

function lineOf(scene: Scene, duty: Duty): string {
  const period = periodOf(duty.every, scene.day);
  const state = isDone(duty, period) ? '已完成' : `请在${dayText(lastDay(period, scene))}前完成`;
  const who = [duty.owner, ...(duty.others ?? [])].map((id) => scene.roster.nameOf(id)).join('、');
  const basis = `${duty.basis ?? '未写依据'}${duty.unverified ? '，待核' : ''}`;
  return `${duty.id} ${duty.title}（${EVERY_TEXT[duty.every]}，${who}）：${periodText(period)}${state}。${basis}`;
}

const mayComplete = (scene: Scene, duty: Duty): boolean =>
  duty.owner === scene.by.id || duty.others?.includes(scene.by.id) === true || hasRole(scene.by, 'office');

/** The period named by its key, else the one left without a record, else the present one. */
function periodMeant(scene: Scene, duty: Duty, words: string): { period: Period; rest: string } {
  const now = periodOf(duty.every, scene.day);
  const before = periodBefore(duty.every, scene.day);
  for (const period of [now, before])
    if (words === period.key || words.startsWith(`${period.key} `))
      return { period, rest: words.slice(period.key.length).trim() };
  const missed = isDone(duty, now) ? missedPeriod(duty, scene, scene.day) : undefined;
  return { period: missed ?? now, rest: words };
}

function complete(scene: Scene, duty: Duty, { words, values }: Said): Reply {
  const { period, rest } = periodMeant(scene, duty, words.trim());
  const owner = scene.roster.nameOf(duty.owner);
  mustBe(mayComplete(scene, duty), `${duty.title}的完成记录`, `${owner}或办公室`);
  const name = `${duty.title}（${periodText(period)}）`;
  if (isDone(duty, period)) throw new Refusal('done-before', `${name}已经记过完成，不用再记。`);
  const note = (values['note'] ?? rest).trim();
  const record = { period: period.key, by: scene.by.id, at: scene.at, ...(note && { note }) };
  scene.put({ kind: 'duty', record: { ...duty, done: [...duty.done, record] }, open: true });
  scene.did('complete-duty', duty.id, { period: period.key, ...(note && { note }) });
  const next = periodOf(duty.every, dayAfterPeriod(period));
  return { text: `已记下：${name}完成${note ? `，${note}` : ''}。下一次是${periodText(next)}，到时提醒。` };
}

const dayAfterPeriod = ({ until }: Period): string =>
  new Date(Date.parse(until) + 86_400_000).toISOString().slice(0, 10);
