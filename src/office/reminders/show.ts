import { hasRole, type Member } from '../../domain/member.ts';
import type { Reply } from '../../domain/message.ts';
import { button, type Said } from '../command.ts';
import { dayAt } from '../../domain/china-time.ts';
import { momentText } from '../dates.ts';
import { Refusal } from '../refusal.ts';
import type { Scene } from '../scene.ts';
import { dateLine, digestOf } from './digest.ts';
import { nextRound } from './due.ts';
import { type Reminder, SECTIONS } from './reminder.ts';
import { remindersFor, remindersOf } from './reminders.ts';
import { clockText, settingsOf } from './settings.ts';
import { viewOfScene } from './view.ts';

/** What is personal is not shown in a group: it goes to the person directly. */
export function personally(scene: Scene, reply: Reply): Reply {
  if (scene.place.kind === 'direct') return reply;
  scene.tell(scene.by.id, reply);
  return { text: '已经私聊发给您。' };
}

const NONE = '现在没有等您办的事。';

/** `/提醒`: my digest as it stands now; it does not count as the day's. `/提醒 全部`, `/提醒 时间`. */
export function showReminders(scene: Scene, { words }: Said): Reply {
  if (/全部|所有|all/i.test(words)) return personally(scene, everyones(scene));
  if (/时间|设置|settings|time/i.test(words)) return settingsReply(scene);
  const mine = remindersFor(scene.by.id, viewOfScene(scene), scene.day);
  return personally(scene, mine.length === 0 ? { text: NONE } : digestOf(mine, { day: scene.day, notes: [] }));
}

/** `/待办`: everything that waits for me, however much. */
export function showTodo(scene: Scene): Reply {
  const mine = remindersFor(scene.by.id, viewOfScene(scene), scene.day);
  if (mine.length === 0) return personally(scene, { text: NONE });
  const { card } = digestOf(mine, { day: scene.day, notes: [] });
  const groups = Object.entries(SECTIONS).flatMap(([section, heading]) => {
    const lines = mine.filter((r) => r.section === section).map((r) => r.text);
    return lines.length > 0 ? [{ heading, lines }] : [];
  });
  const title = `待办 ${dateLine(scene.day)}：共${mine.length}项`;
  const text = [title, ...groups.flatMap((g) => [`${g.heading}：`, ...g.lines.map((l) => `· ${l}`)])].join('\n');
  const actions = card!.actions.filter((a) => a.id !== '/待办');
  return personally(scene, { text, card: { ...card!, title, summary: '', sections: groups, actions } });
}

/** Most lines of one person shown in the preview of a round. */
const MOST_EACH = 5;

/** What the next round will say to everyone: for the office and the two who answer for the school. */
function everyones(scene: Scene): Reply {
  if (!hasRole(scene.by, 'office', 'secretary', 'principal'))
    throw new Refusal('not-yours', '全部提醒由办公室、书记或校长查看；发 /提醒 看您自己的。', [
      button('/提醒', '我的提醒'),
    ]);
  const next = nextRound(scene.school, scene.at, scene.workdays);
  const day = next === undefined ? scene.day : dayAt(next);
  const all = remindersOf(viewOfScene(scene), day);
  const sections = [...Map.groupBy(all, (r) => r.member)].map(([member, list]) => ({
    heading: `${scene.roster.nameOf(member)}（${list.length}项）`,
    lines: linesFor(scene.by, list),
  }));
  const title = `${dateLine(day)}的提醒：${sections.length}人，共${all.length}项`;
  const text = [title, ...sections.flatMap((s) => [s.heading, ...s.lines.map((l) => `· ${l}`)])].join('\n');
  return {
    text,
    card: { title, tone: 'neutral', summary: '按现在的台账推算，之后办了的不再提醒。', sections, actions: [] },
  };
}

/** Confidential lines are shown to their own reader and to the Party leadership; others see how many there are. */
function linesFor(viewer: Member, list: readonly Reminder[]): readonly string[] {
  const open = list.filter((r) => !r.confidential || r.member === viewer.id || viewer.bodies.includes('party'));
  const hidden = list.length - open.length;
  const more = open.length > MOST_EACH ? [`另有${open.length - MOST_EACH}项`] : [];
  return [
    ...open.slice(0, MOST_EACH).map((r) => r.text),
    ...more,
    ...(hidden > 0 ? [`保密事项${hidden}项，不显示`] : []),
  ];
}

function settingsReply({ school, workdays, at, day }: Scene): Reply {
  const s = settingsOf(school);
  const set = (name: string) =>
    s.suggested.includes(name) ? '（建议值，本校未设定）' : school.demo ? '（演示值）' : '';
  const next = nextRound(school, at, workdays);
  const years = [Number(day.slice(0, 4)), Number(day.slice(0, 4)) + 1];
  return {
    text: [
      '提醒设置',
      `每个工作日 ${clockText(s.remindAt)} 发提醒${set('remind_at')}，每人每天一份`,
      `静默时段 ${clockText(s.quiet.from)} 至次日 ${clockText(s.quiet.until)}${set('quiet_hours')}，这段时间不发`,
      `逾期${s.chairAfter}个工作日起同时提醒书记或校长${set('escalate_after')}`,
      `会议纪要时限 ${s.minutesDays} 个工作日${set('minutes_days')}`,
      s.group ? `群提醒发到 ${s.group}，只有数量和可公开的标题` : '没有设群提醒（digest_group）',
      ...s.pauses.map(([from, until]) => `${from} 至 ${until} 不提醒`),
      ...years.map((y) => `${y}年放假安排${workdays.knows(y) ? '已录入' : '还没有录入，暂按周一至周五计算'}`),
      next === undefined ? '未来半年内没有提醒日' : `下一次提醒：${momentText(next)}`,
    ].join('\n'),
  };
}
