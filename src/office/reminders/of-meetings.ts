import type { Meeting } from '../../domain/meeting.ts';
import { BODIES } from '../../domain/member.ts';
import type { CardAction } from '../../domain/message.ts';
import { button } from '../command.ts';
import { dayText } from '../dates.ts';
import type { Reminder, Section } from './reminder.ts';
import { settingsOf } from './settings.ts';
import type { View } from './view.ts';

const linesOn =
  (meeting: Meeting) =>
  (to: Iterable<string | undefined>, section: Section, text: string, action: CardAction, part?: string): Reminder[] =>
    [...new Set(to)].flatMap((member) =>
      member === undefined
        ? []
        : [
            {
              member,
              about: meeting.id,
              section,
              text: `${meeting.id} ${text}`,
              action,
              confidential: false,
              ...(part && { part }),
            },
          ],
    );

const see = (m: Meeting, label = '看') => button(`/会议 ${m.id}`, `${label} ${m.id}`);
const nameOf = (m: Meeting): string => `${BODIES[m.body]}（${m.number}）`;

/** Members with a vote and whoever keeps the record or sits in; those on leave need not come. */
function coming(m: Meeting, { roster }: View): readonly string[] {
  const away = new Set(m.leave.map((l) => l.member));
  const all = [...roster.of(m.body).map((p) => p.id), m.chair, m.recorder, ...m.observers];
  return [...new Set(all)].filter((id) => !away.has(id));
}

/** What is said of a meeting: that it is near, papers unread, minutes unsigned. Titles of its items are never named. */
export function ofMeeting(m: Meeting, view: View, day: string): Reminder[] {
  switch (m.state) {
    case 'called':
      return called(m, view, day);
    case 'open':
      return m.date < day ? linesOn(m)([m.recorder, m.chair], 'overdue', `${nameOf(m)}还没有记散会`, see(m)) : [];
    case 'closed':
      return m.minutes ? [] : minutes(m, view, day);
    default:
      return [];
  }
}

function called(m: Meeting, view: View, day: string): Reminder[] {
  const say = linesOn(m);
  const where = `${m.time}在${m.place}召开${nameOf(m)}`;
  if (m.date < day)
    return say([m.recorder, m.chair], 'overdue', `${nameOf(m)}定于${dayText(m.date)}，还没有开会或取消`, see(m));
  const near =
    m.date === day
      ? say(coming(m, view), 'today', `今天${where}`, see(m))
      : m.date <= view.workdays.shift(day, 1)
        ? say(coming(m, view), 'soon', `${dayText(m.date)}${where}`, see(m))
        : [];
  return [...near, ...papers(m, view, day)];
}

/** Notice not sent within two working days of the meeting; papers sent and not yet confirmed as read. */
function papers(m: Meeting, view: View, day: string): Reminder[] {
  if (m.noticedAt === undefined)
    return view.workdays.between(day, m.date) <= 2
      ? linesOn(m)([m.recorder], 'today', `${nameOf(m)}的通知还没有发出`, see(m), 'notice')
      : [];
  const unread = coming(m, view).filter((id) => !m.readBy.includes(id) && id !== m.recorder);
  return linesOn(m)(
    unread,
    'confirm',
    `${nameOf(m)}的材料还没有确认阅读`,
    button(`/会议 ${m.id} 已读`, `已读 ${m.id}`, 'primary'),
    'papers',
  );
}

/** Minutes wait for the chair's signature; the school's days count from the meeting. */
function minutes(m: Meeting, view: View, day: string): Reminder[] {
  const { minutesDays, suggested } = settingsOf(view.school);
  const due = view.workdays.shift(m.date, minutesDays);
  const left = view.workdays.between(day, due);
  const section: Section = due < day ? 'overdue' : due === day ? 'today' : left <= 3 ? 'soon' : 'running';
  const limit = `时限${dayText(due)}${suggested.includes('minutes_days') ? '，建议值' : ''}`;
  const to = linesOn(m);
  return [
    ...to([m.recorder], section, `${nameOf(m)}的纪要还没有签发，${limit}`, see(m), 'minutes'),
    ...to(
      [m.chair],
      due < day ? 'overdue' : 'confirm',
      `${nameOf(m)}的纪要等您签发，${limit}`,
      button(`/纪要 ${m.id}`, `去签 ${m.id}`, 'primary'),
      'minutes',
    ),
  ];
}
