import type { Meeting } from '../../domain/meeting.ts';
import type { Body } from '../../domain/member.ts';
import type { Reply } from '../../domain/message.ts';
import { button } from '../command.ts';
import { dayText } from '../dates.ts';
import type { Scene } from '../scene.ts';
import { WHEN_FIELDS } from './fields.ts';
import { mayCall } from './may.ts';
import { bodyIn, meetingName } from './names.ts';

const CYCLES = { party: 'regular_cycle_party', principal: 'regular_cycle_principal' } as const;
const WEEKDAYS = '一二三四五六日';

const addDays = (day: string, n: number): string =>
  new Date(Date.parse(day) + n * 86_400_000).toISOString().slice(0, 10);

function addMonth(day: string): string {
  const [y, m, d] = day.split('-').map(Number);
  const last = new Date(Date.UTC(y!, m! + 1, 0)).getUTCDate();
  return new Date(Date.UTC(y!, m!, Math.min(d!, last))).toISOString().slice(0, 10);
}

/** The next `周X` after a day. */
function nextWeekday(after: string, letter: string): string {
  const now = new Date(Date.parse(after)).getUTCDay() || 7;
  const ahead = (letter === '天' ? 7 : WEEKDAYS.indexOf(letter) + 1) - now;
  return addDays(after, ahead > 0 ? ahead : ahead + 7);
}

/**
 * The next regular day after the last one (or today) by the school's cycle: 每周一, 每两周, 每周, 每月 and weekly,
 * monthly. Nothing for a cycle we cannot read, or where only the last meeting could say which day and there was none.
 */
export function nextRegular(cycle: string, today: string, last: string | undefined): string | undefined {
  const weekday = /(?:周|星期)([一二三四五六日天])/.exec(cycle)?.[1];
  const fortnight = /两周|双周|隔周|fortnight|biweekly/i.test(cycle);
  const step = (from: string): string | undefined => {
    if (fortnight) return weekday && !last ? nextWeekday(from, weekday) : addDays(from, 14);
    if (weekday) return nextWeekday(from, weekday);
    if (/每周|周|weekly/i.test(cycle)) return addDays(from, 7);
    return /月|monthly/i.test(cycle) ? addMonth(from) : undefined;
  };
  if (!last && !weekday) return undefined;
  let next = step(last ?? today);
  while (next !== undefined && next <= today) next = step(next);
  return next;
}

/** Proposes the next regular meeting of one or both bodies. Nothing is called by itself. */
export function proposeRegular(scene: Scene, words: string): Reply {
  const { body } = bodyIn(words);
  const bodies = body ? [body] : (['party', 'principal'] as const);
  const proposals = bodies.map((b) => proposal(scene, b));
  return {
    text: proposals.map((p) => p.text).join('\n'),
    card: {
      title: '例会',
      tone: 'asks',
      summary: proposals.map((p) => p.text).join('；'),
      sections: [],
      actions: proposals.flatMap((p) => p.actions),
    },
  };
}

function proposal(scene: Scene, body: Body) {
  const name = meetingName(body, scene.school);
  const cycle = scene.school.params[CYCLES[body]];
  if (!cycle) return { text: `${name}：本校未设定例会周期，不自动建例会。`, actions: [] };
  const last = lastMeeting(scene, body);
  const next = nextRegular(cycle, scene.day, last?.date);
  const call = (given: string, label: string) =>
    mayCall(scene, body, scene.by)
      ? [
          button(
            given,
            label,
            'primary',
            WHEN_FIELDS.filter((f) => !last || f.name === 'date'),
          ),
        ]
      : [];
  if (!next) {
    return {
      text: `${name}例会周期是“${cycle}”，还推不出下一次的日子，请定日期。`,
      actions: call(`/会议 ${name}${at(last)}`, `定${name}日期`),
    };
  }
  const day = scene.workdays.shift(next, 0);
  const moved = day === next ? '' : `（${dayText(next)}不是工作日，顺延）`;
  const given = `/会议 ${name} ${day}${at(last)}`;
  const missing = WHEN_FIELDS.filter((f) => f.name !== 'date');
  return {
    text: `${name}例会周期“${cycle}”，下一次建议${dayText(day)}${moved}。确认后再建。`,
    actions: mayCall(scene, body, scene.by)
      ? [button(given, `召集${name}`, 'primary', last ? undefined : missing)]
      : [],
  };
}

const at = (last: Meeting | undefined): string => (last ? ` ${last.time} ${last.place}` : '');

const lastMeeting = (scene: Scene, body: Body): Meeting | undefined =>
  scene
    .all('meeting')
    .filter((m) => m.body === body && m.state !== 'cancelled')
    .toSorted((a, b) => b.date.localeCompare(a.date))[0];
