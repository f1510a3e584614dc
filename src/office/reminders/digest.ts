import type { CardAction, CardField, Reply } from '../../domain/message.ts';
import { weekdayOf } from '../../domain/workdays.ts';
import { button } from '../command.ts';
import { dayText } from '../dates.ts';
import { type Reminder, type Section, SECTIONS, WEIGHT } from './reminder.ts';

/** Lines a digest has at most, its heading and notes included. */
export const MOST_LINES = 20;
/** Buttons beside the one that puts things off and the one that shows all. */
const MOST_BUTTONS = 8;

export interface DigestNotes {
  readonly day: string;
  /** Said first: late, days that went without, an unknown calendar. */
  readonly notes: readonly string[];
}

const WEEKDAYS = '日一二三四五六';
export const dateLine = (day: string): string => `${dayText(day)}（周${WEEKDAYS[weekdayOf(day)]}）`;

/** The lines shown, grouped; what weighs least is left out first so that the whole stays within the lines there are. */
function fitted(reminders: readonly Reminder[], room: number): readonly (readonly [Section, readonly Reminder[]])[] {
  const byWeight = reminders.toSorted((a, b) => WEIGHT[a.section] - WEIGHT[b.section]);
  const headings = (list: readonly Reminder[]) => new Set(list.map((r) => r.section)).size;
  let shown = byWeight;
  // One line is kept for “其余N项” as soon as anything is left out.
  while (shown.length + headings(shown) + (shown.length < byWeight.length ? 1 : 0) > room) shown = shown.slice(0, -1);
  const order = Object.keys(SECTIONS) as Section[];
  return order.map((s) => [s, shown.filter((r) => r.section === s)] as const).filter(([, list]) => list.length > 0);
}

/** One person's digest: one message a day, however much there is. `reminders` is not empty. */
export function digestOf(reminders: readonly Reminder[], { day, notes }: DigestNotes): Reply {
  const title = `议事提醒 ${dateLine(day)}：共${reminders.length}项`;
  const groups = fitted(reminders, MOST_LINES - 1 - notes.length);
  const shown = groups.flatMap(([, list]) => list);
  const left = reminders.length - shown.length;
  const rest = left > 0 ? [`其余${left}项见 /待办`] : [];
  const lines = groups.flatMap(([section, list]) => [`${SECTIONS[section]}：`, ...list.map((r) => `· ${r.text}`)]);
  return {
    text: [title, ...notes, ...lines, ...rest].join('\n'),
    card: {
      title,
      tone: reminders.some((r) => r.section === 'overdue') ? 'warns' : 'neutral',
      summary: [...notes, ...rest].join('\n'),
      sections: groups.map(([section, list]) => ({ heading: SECTIONS[section], lines: list.map((r) => r.text) })),
      actions: [...actionsOf(shown), ...(left > 0 ? [button('/待办', '看全部')] : []), ...laterForm(shown)],
    },
  };
}

/** The heaviest first; the same deed is offered once. */
function actionsOf(shown: readonly Reminder[]): CardAction[] {
  const byWeight = shown.toSorted((a, b) => WEIGHT[a.section] - WEIGHT[b.section]).map((r) => r.action);
  return [...new Map(byWeight.map((a) => [a.id, a])).values()].slice(0, MOST_BUTTONS);
}

/** One form puts off any of the lines that may be put off. */
function laterForm(shown: readonly Reminder[]): CardAction[] {
  const mine = shown.filter((r) => !r.escalation);
  const options = [...new Map(mine.map((r) => [r.about, { value: r.about, label: r.text.split('：')[0]! }])).values()];
  if (options.length === 0) return [];
  const fields: CardField[] = [
    { name: 'about', label: '哪一项', type: 'select', options, required: true },
    { name: 'until', label: '到哪一天再提醒（最多7个工作日）', type: 'date', required: true },
    { name: 'why', label: '理由', type: 'text', required: true },
  ];
  return [button('/稍后', '稍后提醒', 'default', fields)];
}
