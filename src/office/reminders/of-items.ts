import { type AgendaItem, type Gate, openGates } from '../../domain/agenda-item.ts';
import { hasRole, type Member } from '../../domain/member.ts';
import type { CardAction } from '../../domain/message.ts';
import { button } from '../command.ts';
import { dayText } from '../dates.ts';
import { onlyThis } from '../items/gate-buttons.ts';
import { closersOf, talkersOf } from '../items/gates.ts';
import { type Reminder, type Section, short } from './reminder.ts';
import type { View } from './view.ts';

const linesOn =
  (item: AgendaItem) =>
  (
    to: readonly (string | undefined)[],
    section: Section,
    text: string,
    action: CardAction,
    part?: string,
  ): Reminder[] =>
    [...new Set(to)].flatMap((member) =>
      member === undefined
        ? []
        : [
            {
              member,
              about: item.id,
              section,
              text: `${item.id} ${short(item.title)}：${text}`,
              action,
              confidential: item.ruling.confidentiality === 'committee_only',
              ...(part && { part }),
            },
          ],
    );

/** Without the explanation some steps carry in their name. */
const nameOf = (gate: Gate): string => gate.name.split(/[，；（]/)[0]!;
const see = (item: AgendaItem) => button(`/议题 ${item.id}`, `看 ${item.id}`);
const ids = (members: readonly Member[]): readonly string[] => members.map((m) => m.id);

/** What is said of an agenda item on a working day to those it waits for; not to those who stand back (回避). */
export function ofItem(item: AgendaItem, view: View, day: string): Reminder[] {
  const away = new Set(item.recusals.map((r) => r.member));
  return byState(item, view, day).filter((r) => !away.has(r.member));
}

function byState(item: AgendaItem, view: View, day: string): Reminder[] {
  const say = linesOn(item);
  switch (item.state) {
    case 'draft':
      return say([item.sponsor], 'running', '草稿，还没有提交', see(item));
    case 'returned':
      return say([item.sponsor], 'today', `已退回：${item.returned?.why ?? '请看原因'}，改好后再提交`, see(item));
    case 'preparing':
      return [...waiting(item, view, day), ...own(item, view)];
    case 'deferred':
      return deferred(item, view, day);
    case 'ready':
      return say(ids(view.roster.withRole('office')), 'running', '已具备上会条件，等列入会议', see(item));
    default:
      return [];
  }
}

/** Each open gate, to those it waits for; the chair's word comes last. */
function waiting(item: AgendaItem, view: View, day: string): Reminder[] {
  return openGates(item)
    .filter((gate) => gate.code !== 'chair' || onlyThis(item, gate))
    .flatMap((gate) => ofGate(item, gate, view, day));
}

function ofGate(item: AgendaItem, gate: Gate, view: View, day: string): Reminder[] {
  const say = linesOn(item);
  const dual = view.school.dualRole === true;
  const closers = ids(closersOf(item, gate, view.roster, dual));
  switch (gate.code) {
    case 'sp_talk':
      return item.talkAgainOn !== undefined && item.talkAgainOn > day ? [] : talk(item, view, '等您会前沟通');
    case 'members': {
      const heard = new Set(gate.records.map((r) => r.member));
      const left = (gate.whom ?? []).filter((id) => !heard.has(id));
      return say(
        left,
        'confirm',
        '等您个别酝酿答复',
        button(`/酝酿 ${item.id}`, `去答复 ${item.id}`, 'primary'),
        gate.code,
      );
    }
    case 'dept':
    case 'deputies':
      return say(
        closers,
        'confirm',
        `等您${gate.name}`,
        button(`/审核 ${item.id}`, `去审核 ${item.id}`, 'primary'),
        gate.code,
      );
    case 'chair':
      return say(
        closers,
        'confirm',
        '前面各步已齐，等您确定上会',
        button(`/确定 ${item.id}`, `去确定 ${item.id}`, 'primary'),
        gate.code,
      );
    default: {
      // What its sponsor prepares is said in one line (`own`); what an office of the school gives is asked of that office.
      if (closers.includes(item.sponsor)) return [];
      const whose = closersOf(item, gate, view.roster, dual);
      const first = whose.filter((m) => !hasRole(m, 'office'));
      return say(ids(first.length > 0 ? first : whose), 'confirm', `等您办：${nameOf(gate)}`, see(item), gate.code);
    }
  }
}

const talk = (item: AgendaItem, view: View, text: string, section: Section = 'confirm'): Reminder[] =>
  linesOn(item)(
    ids(talkersOf(item, view.roster, view.school.dualRole === true)),
    section,
    text,
    button(`/沟通 ${item.id}`, `记沟通 ${item.id}`, 'primary'),
    'sp_talk',
  );

/** One line for the sponsor: what is still open. */
function own(item: AgendaItem, view: View): Reminder[] {
  const open = openGates(item);
  const mine = open.filter((g) =>
    ids(closersOf(item, g, view.roster, view.school.dualRole === true)).includes(item.sponsor),
  );
  const names = (mine.length > 0 ? mine : open).map(nameOf);
  if (open.length === 0) return linesOn(item)([item.sponsor], 'running', '会前各步已齐', see(item));
  const shown = names.slice(0, 3).join('、') + (names.length > 3 ? `等${names.length}项` : '');
  return linesOn(item)([item.sponsor], 'running', mine.length > 0 ? `还要办：${shown}` : `等：${shown}`, see(item));
}

function deferred(item: AgendaItem, view: View, day: string): Reminder[] {
  const on = item.talkAgainOn;
  const say = linesOn(item);
  if (on === undefined) return say([item.sponsor], 'running', '暂缓，再议时间还没有定', see(item));
  if (on > day) return say([item.sponsor], 'running', `暂缓，定于${dayText(on)}再沟通`, see(item));
  const text = on === day ? '说好今天再沟通' : `说好${dayText(on)}再沟通，还没有记录`;
  return [
    ...talk(item, view, text, on === day ? 'today' : 'overdue'),
    ...say([item.sponsor], 'running', text, see(item)),
  ];
}
