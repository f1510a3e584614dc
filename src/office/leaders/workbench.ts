import { type AgendaItem, openGates } from '../../domain/agenda-item.ts';
import { type Body, BODIES, hasRole, type Member } from '../../domain/member.ts';
import type { CardSection, Reply } from '../../domain/message.ts';
import { isOpen, type Resolution } from '../../domain/resolution.ts';
import { button, type Said } from '../command.ts';
import { dayText } from '../dates.ts';
import { closersOf, talkersOf } from '../items/gates.ts';
import { ITEM_STATES } from '../items/item-card.ts';
import { maySeeItem } from '../items/may.ts';
import { Refusal } from '../refusal.ts';
import { personally } from '../reminders/show.ts';
import { lineOf } from '../resolutions/card.ts';
import { maySee } from '../resolutions/may.ts';
import { daysLeft, isOverdue } from '../resolutions/standing.ts';
import type { Scene } from '../scene.ts';

const MOST_LINES = 12;
const MOST_BUTTONS = 4;

/** Where one goes on from here. */
const MORE = [
  button('/待办', '我的待办'),
  button('/议题 三重一大', '三重一大清单'),
  button('/沟通 要点', '沟通要点卡'),
  button('/外出', '外出告知'),
  button('/紧急', '紧急处置', 'danger'),
  button('/分工', '分工表'),
];

/** One column of a workbench: what waits, and how to open it. */
interface Column {
  readonly heading: string;
  readonly items?: readonly AgendaItem[];
  readonly resolutions?: readonly Resolution[];
}

/**
 * `/工作台`: the secretary's three columns (待沟通、待确定议题、待督办) and the principal's (行政方案、待执行决议、需报告事项);
 * one person in both offices has both, named apart. Source: seed-systems 0-4, 0-5.
 */
export function workbench(scene: Scene, { words }: Said): Reply {
  const office = hasRole(scene.by, 'office');
  const secretary = hasRole(scene.by, 'secretary') || (office && !/校长/.test(words));
  const principal = hasRole(scene.by, 'principal') || (office && /校长/.test(words));
  if (!secretary && !principal)
    throw new Refusal('not-yours', '工作台是书记、校长用的；您要办的事发 /待办 看。', [button('/待办', '我的待办')]);
  const columns = [
    ...(secretary ? columnsOf(scene, '书记', secretarys(scene)) : []),
    ...(principal ? columnsOf(scene, '校长', principals(scene)) : []),
  ];
  const whose = secretary && principal ? '书记、校长' : secretary ? '书记' : '校长';
  const title = `${whose}工作台 ${dayText(scene.day)}`;
  const sections = columns.map((c) => section(scene, c));
  const text = [title, ...sections.flatMap((s) => [s.heading, ...s.lines.map((l) => `· ${l}`)])].join('\n');
  const ids = columns.flatMap((c) => [
    ...(c.items ?? []).map((i) => button(`/议题 ${i.id}`, `看 ${i.id}`)),
    ...(c.resolutions ?? []).map((r) => button(`/决议 ${r.id}`, `看 ${r.id}`)),
  ]);
  const actions = [...new Map(ids.map((a) => [a.id, a])).values()].slice(0, MOST_BUTTONS);
  return personally(scene, {
    text,
    card: {
      title,
      tone: 'neutral',
      summary: '',
      sections,
      actions: [...actions, ...MORE],
    },
  });
}

/** Where one person has both offices, every column says in which of them it waits (procedure 9.2). */
const columnsOf = (scene: Scene, as: string, columns: readonly Column[]): readonly Column[] =>
  hasRole(scene.by, 'secretary') && hasRole(scene.by, 'principal')
    ? columns.map((c) => ({ ...c, heading: `${as}身份 · ${c.heading}` }))
    : columns;

function section(scene: Scene, { heading, items = [], resolutions = [] }: Column): CardSection {
  const lines = [
    ...items.map((i) => `${i.id} ${i.title}（${ITEM_STATES[i.state]}）`),
    ...resolutions.map((r) => lineOf(scene, r)),
  ];
  const more = lines.length > MOST_LINES ? [`还有${lines.length - MOST_LINES}项`] : [];
  return {
    heading: `${heading}（${lines.length}）`,
    lines: lines.length === 0 ? ['没有'] : [...lines.slice(0, MOST_LINES), ...more],
  };
}

const mine = (scene: Scene): readonly AgendaItem[] =>
  scene.all('item').filter((i) => maySeeItem(scene.by, i, scene.roster));

/** The leaders have signed: now secretary and principal talk. */
function toTalk(scene: Scene, item: AgendaItem): boolean {
  if (item.state !== 'preparing' && item.state !== 'deferred') return false;
  const open = openGates(item);
  if (open.some((g) => g.code === 'dept' || g.code === 'deputies')) return false;
  const who = talkersOf(item, scene.roster, scene.school.dualRole === true);
  return open.some((g) => g.code === 'sp_talk') && (who.includes(scene.by) || hasRole(scene.by, 'office'));
}

/** Only the chair's word is missing. */
const toConfirm = (scene: Scene, item: AgendaItem, chair: Member | undefined): boolean => {
  const open = openGates(item);
  if (item.state !== 'preparing' || open.length !== 1 || open[0]!.code !== 'chair') return false;
  return chair !== undefined && closersOf(item, open[0]!, scene.roster, false).includes(chair);
};

const decidedBy = (scene: Scene, body: Body): readonly Resolution[] =>
  scene
    .all('resolution')
    .filter((r) => r.source.kind === 'meeting' && r.source.body === body && isOpen(r) && maySee(scene, scene.by, r))
    .toSorted((a, b) => daysLeft(scene, a) - daysLeft(scene, b));

function secretarys(scene: Scene): readonly Column[] {
  const items = mine(scene);
  const chair = scene.roster.chairOf('party');
  return [
    { heading: '待沟通', items: items.filter((i) => toTalk(scene, i)) },
    { heading: '待确定议题', items: items.filter((i) => toConfirm(scene, i, chair)) },
    { heading: '待督办', resolutions: decidedBy(scene, 'party') },
  ];
}

/** Blocked, overdue, or asking for more time: what the Party organisation is told of (procedure 8, 10). */
const toReport = (scene: Scene, r: Resolution): boolean =>
  r.state === 'blocked' || isOverdue(scene, r) || r.extensions.some((e) => !e.answer);

function principals(scene: Scene): readonly Column[] {
  const own = (i: AgendaItem) =>
    i.legs[i.leg]?.body === 'principal' && ['preparing', 'deferred', 'ready', 'listed'].includes(i.state);
  const party = decidedBy(scene, 'party');
  return [
    { heading: `行政方案（${BODIES.principal}在办）`, items: mine(scene).filter(own) },
    { heading: '待执行决议', resolutions: [...party, ...decidedBy(scene, 'principal')] },
    { heading: '需报告事项（受阻、逾期或要延期的党组织决议）', resolutions: party.filter((r) => toReport(scene, r)) },
  ];
}
