import type { Member } from '../../domain/member.ts';
import type { CardAction } from '../../domain/message.ts';
import { isOpen, type Resolution } from '../../domain/resolution.ts';
import { button } from '../command.ts';
import { dayText } from '../dates.ts';
import { actorsFor, deciderOf, finalCheckers, reviewerOf } from '../resolutions/people.ts';
import { type Reminder, type Section, short } from './reminder.ts';
import { settingsOf } from './settings.ts';
import type { View } from './view.ts';

/** The day a deadline is acted on: itself, or the last working day before it. */
export const dueDay = (deadline: string, { workdays }: View): string =>
  workdays.isWorkday(deadline) ? deadline : workdays.shift(deadline, -1);

type To = Member | undefined;
type More = Partial<Pick<Reminder, 'part' | 'escalation'>>;
const namesOf = (members: readonly To[]): string => members.flatMap((m) => m?.name ?? []).join('、');

/** Speaks of one resolution: gives lines for people, nobody twice for the same line. */
const linesOn =
  (r: Resolution) =>
  (to: readonly To[], section: Section, text: string, action: CardAction, more: More = {}): Reminder[] =>
    [...new Set(to.flatMap((m) => m?.id ?? []))].map((member) => ({
      member,
      about: r.id,
      section,
      text: `${r.id} ${short(r.title)}：${text}`,
      action,
      confidential: r.confidentiality === 'committee_only',
      ...more,
    }));

const look = (r: Resolution, label: string) => button(`/决议 ${r.id}`, `${label} ${r.id}`);

/** How long it still has, for the owner; the leader hears on the due day, the chair when it is overdue (procedure section 5). */
function byDeadline(r: Resolution, view: View, day: string): Reminder[] {
  const say = linesOn(r);
  const owners = actorsFor(view, r.owner);
  const owner = namesOf(owners) || r.owner;
  const due = dueDay(r.deadline, view);
  const report = button(`/进展 ${r.id}`, `报进展 ${r.id}`, 'primary');
  const until = `时限${dayText(r.deadline)}`;
  if (r.deadline < day) return overdue(r, view, { day, owner, owners, until });
  if (due <= day) {
    const when = r.deadline === day ? '今天到期' : `${until}不是工作日，今天办结`;
    return [
      ...say(owners, 'today', when, report),
      ...say([leaderOf(r, view)], 'today', `${when}，责任人${owner}`, look(r, '督办'), { escalation: true }),
    ];
  }
  const left = view.workdays.between(day, due);
  const soon = left <= 3;
  const state = r.state === 'blocked' ? '受阻，' : r.state === 'waiting' ? '未启动，' : '';
  const rest = soon ? `还有${left}个工作日，${until}` : until;
  return [
    ...say(owners, soon ? 'soon' : 'running', `${state}${rest}`, report),
    ...(r.state === 'blocked'
      ? say([leaderOf(r, view)], 'confirm', `受阻，请协调，责任人${owner}`, look(r, '看'))
      : []),
  ];
}

interface Late {
  readonly day: string;
  readonly owner: string;
  readonly owners: readonly Member[];
  readonly until: string;
}

function overdue(r: Resolution, view: View, { day, owner, owners, until }: Late): Reminder[] {
  const say = linesOn(r);
  const days = Math.max(1, view.workdays.between(r.deadline, day));
  const late = `已逾期${days}个工作日，${until}`;
  const own = say(owners, 'overdue', late, button(`/进展 ${r.id}`, `报进展 ${r.id}`, 'primary'));
  const above = [leaderOf(r, view), ...(days >= settingsOf(view.school).chairAfter ? [chairOf(r, view)] : [])];
  return [...own, ...say(above, 'overdue', `${late}，责任人${owner}，请督促`, look(r, '督办'), { escalation: true })];
}

const leaderOf = (r: Resolution, view: View): To =>
  (r.checker === undefined ? undefined : view.roster.get(r.checker)) ??
  view.roster.leaderOf(view.roster.get(r.owner)?.department ?? r.owner);

/** The chair of the body that decided; of a list's rows the principal. */
const chairOf = ({ source }: Resolution, { roster }: View): To =>
  source.kind === 'meeting' ? roster.chairOf(source.body) : (roster.chairOf('principal') ?? roster.chairOf('party'));

/** Reported as done: the leader reviews, then the office checks. */
function inClosing(r: Resolution, view: View): Reminder[] {
  const say = linesOn(r);
  const reviewed = r.closing?.reviewed !== undefined;
  const next = reviewed ? finalCheckers(view, r) : [reviewerOf(view, r)];
  const what = reviewed ? '已审核，等您复核销号' : '已报完成，等您审核';
  return [
    ...say(next, 'confirm', what, look(r, '去核')),
    ...say(actorsFor(view, r.owner), 'running', `已报完成，等${namesOf(next)}核`, look(r, '看')),
  ];
}

/** An extension asked for waits for the one who decides on it. */
function extension(r: Resolution, view: View): Reminder[] {
  const last = r.extensions.at(-1);
  if (!last || last.answer || !isOpen(r)) return [];
  const who = view.roster.nameOf(last.by);
  const text = `${who}申请延期到${dayText(last.until)}，等您决定`;
  return linesOn(r)([deciderOf(view, r)], 'confirm', text, look(r, '去定'), { part: 'extension' });
}

/** A publicity period that ends within three working days, today, or ended on the working day before. */
function publicity(r: Resolution, view: View, day: string): Reminder[] {
  if (!r.publicity || r.state === 'ended') return [];
  const { from, until } = r.publicity;
  const to = [...actorsFor(view, r.owner), ...view.roster.withRole('office')];
  const say = (section: Section, text: string) => linesOn(r)(to, section, text, look(r, '看'), { part: 'publicity' });
  const left = view.workdays.between(day, until);
  if (until === day) return say('today', '公示今天截止');
  if (until > day) return from <= day && left <= 3 ? say('soon', `公示到${dayText(until)}截止`) : [];
  return left === -1 ? say('today', `公示已于${dayText(until)}截止，请记下结果并办下一步`) : [];
}

/** What is said of a resolution on a working day until it has been evaluated and closed. */
export function ofResolution(r: Resolution, view: View, day: string): Reminder[] {
  const lines = [...extension(r, view), ...publicity(r, view, day)];
  if (r.state === 'ended') return [];
  if (r.state === 'done') return [...lines, ...inClosing(r, view)];
  if (r.state !== 'closed') return [...lines, ...byDeadline(r, view, day)];
  if (r.evaluation) return lines;
  return [...lines, ...linesOn(r)([leaderOf(r, view)], 'confirm', '已销号，还没有评价效果', look(r, '去评价'))];
}
