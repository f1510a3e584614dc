import type { Reply } from '../../domain/message.ts';
import { button, refIn, type Said } from '../command.ts';
import { dayIn, dayText } from '../dates.ts';
import { Refusal } from '../refusal.ts';
import type { Scene } from '../scene.ts';
import { remindersFor } from './reminders.ts';
import { viewOfScene } from './view.ts';

/** Working days a matter can be put off at most. */
const MOST_DAYS = 7;
const EXAMPLE = '例如“/稍后 J5 12月1日 等厂家报价”';

/** Everything of one's own at once. */
const ALL = /^\s*(?:全部|所有|all)(?=\s|$)\s*/i;

/** What is put off, and the words without it: an id, or everything. */
function meant({ words, values }: Said): { about: string; name: string; rest: string } {
  if (values['about'] === undefined && ALL.test(words))
    return { about: '*', name: '全部事项', rest: words.replace(ALL, '') };
  const { id, rest } = refIn(words, 'YHJRP');
  const about = refIn(values['about'] ?? '', 'YHJRP').id ?? id;
  if (!about) throw new Refusal('which', `请写上是哪一项，${EXAMPLE}。`, [button('/提醒', '我的提醒')]);
  return { about, name: about, rest };
}

/** `/稍后 J5 12月1日 等厂家报价`: not reminded of it until that day. What others are late with cannot be put off. */
export function putOff(scene: Scene, said: Said): Reply {
  const { about, name, rest } = meant(said);
  mustBeOwn(scene, about);
  const { values } = said;
  const named = dayIn(values['until'] ?? rest, scene.day);
  const why = (values['why'] ?? (values['until'] === undefined ? named?.rest : rest) ?? '').trim();
  const until = checkedDay(scene, named?.day);
  if (why === '') throw new Refusal('no-reason', `推迟要写理由，${EXAMPLE}。`);
  scene.putSnooze({ id: `${scene.by.id}/${about}`, member: scene.by.id, about, until, why });
  scene.did('snooze', about, { until, why });
  return {
    text: `好的，${name}在${dayText(until)}之前不再提醒您。理由已记下：${why}。时限不变，逾期仍会提醒分管领导和主要领导。`,
  };
}

/** There is something to put off, and it is not somebody else's delay. */
function mustBeOwn(scene: Scene, about: string): void {
  const mine = remindersFor(scene.by.id, viewOfScene(scene), scene.day).filter(
    (r) => about === '*' || r.about === about,
  );
  const which = about === '*' ? '' : about;
  if (mine.length === 0)
    throw new Refusal('not-reminded', `${which}现在没有提醒您，不用推迟。发 /提醒 看您的提醒。`, [
      button('/提醒', '我的提醒'),
    ]);
  if (mine.every((r) => r.escalation))
    throw new Refusal('escalation', `${which}由别人负责、已到期或逾期，督办提醒不能推迟。`, [
      button('/提醒', '我的提醒'),
    ]);
}

function checkedDay(scene: Scene, day: string | undefined): string {
  if (day === undefined) throw new Refusal('no-day', `请写推迟到哪一天，${EXAMPLE}。`);
  if (day <= scene.day) throw new Refusal('past-day', `${dayText(day)}不晚于今天，请写以后的日期。`);
  if (scene.workdays.between(scene.day, day) > MOST_DAYS) {
    const last = dayText(scene.workdays.shift(scene.day, MOST_DAYS));
    throw new Refusal('too-long', `最多推迟${MOST_DAYS}个工作日，到${last}为止。需要更久的请申请延期。`);
  }
  return day;
}
