import { dayAt } from '../../domain/china-time.ts';
import type { Duty } from '../../domain/duty.ts';
import { button } from '../command.ts';
import { dayText } from '../dates.ts';
import { talkButton } from '../leaders/talk-fields.ts';
import { type Period, periodBefore, periodOf, periodText } from './periods.ts';
import type { Reminder, Section } from './reminder.ts';
import type { View } from './view.ts';

export const isDone = (duty: Duty, { key }: Period): boolean => duty.done.some((d) => d.period === key);

/** The last working day of a period: what has to be done in it is done by then. */
export const lastDay = ({ until }: Period, { workdays }: Pick<View, 'workdays'>): string =>
  workdays.isWorkday(until) ? until : workdays.shift(until, -1);

/** A period before that was left without a record, once the duty was watched in it; asked after for five working days. */
export function missedPeriod(duty: Duty, { workdays }: Pick<View, 'workdays'>, day: string): Period | undefined {
  const before = periodBefore(duty.every, day);
  const since = duty.since ?? firstDone(duty);
  const watched = since !== undefined && since <= before.from;
  const fresh = workdays.between(before.until, day) <= 5;
  return watched && fresh && !isDone(duty, before) ? before : undefined;
}

/** A duty done once is watched from the period after. */
function firstDone(duty: Duty): string | undefined {
  const first = Math.min(...duty.done.map((d) => d.at));
  return Number.isFinite(first) ? dayAt(first) : undefined;
}

/** A duty is spoken of from `leadDays` working days before the end of its period until it is done. */
export function ofDuty(duty: Duty, view: View, day: string): Reminder[] {
  const period = periodOf(duty.every, day);
  const last = lastDay(period, view);
  const left = view.workdays.between(day, last);
  const missed = missedPeriod(duty, view, day);
  return [
    ...(missed ? lines(duty, missed, 'overdue', '没有完成记录') : []),
    ...(!isDone(duty, period) && left <= duty.leadDays && last >= day
      ? lines(
          duty,
          period,
          left === 0 ? 'today' : left <= 3 ? 'soon' : 'running',
          left === 0 ? '请今天完成' : `请在${dayText(last)}前完成`,
        )
      : []),
  ];
}

function lines(duty: Duty, period: Period, section: Section, text: string): Reminder[] {
  const note = duty.unverified ? '（频次待核）' : duty.basis?.includes('建议') ? '（建议频次）' : '';
  return [...new Set([duty.owner, ...(duty.others ?? [])])].map((member) => ({
    member,
    about: duty.id,
    part: period.key,
    section,
    text: `${duty.id} ${duty.title}（${periodText(period)}）：${text}${note}`,
    action:
      duty.talk && section !== 'overdue'
        ? talkButton('已沟通，填要点卡')
        : button(`/周期 ${duty.id} 完成 ${period.key}`, `已完成 ${duty.id}`, 'primary', [
            { name: 'note', label: '说明（可不填）', type: 'text', required: false },
          ]),
    confidential: false,
  }));
}
