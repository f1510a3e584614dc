import { type AgendaItem, type Gate, type ItemState, openGates } from '../../domain/agenda-item.ts';
import { hasRole, type Member } from '../../domain/member.ts';
import type { Card, CardAction, CardSection } from '../../domain/message.ts';
import { button } from '../command.ts';
import { dayText, momentText } from '../dates.ts';
import type { Scene } from '../scene.ts';
import { capacityLines } from './capacity.ts';
import { closersOf, consulted } from './gates.ts';
import { gateButtons, shortName, stepButtons } from './gate-buttons.ts';
import { asCardField, ITEM_FIELDS, missingFields } from './item-fields.ts';
import { isOutside, legName, legsLine } from './legs.ts';
import { mayEdit } from './may.ts';
import { moneyOf } from './title.ts';

export const ITEM_STATES: Readonly<Record<ItemState, string>> = {
  draft: '草稿',
  preparing: '办理前置步骤',
  deferred: '暂缓',
  ready: '可以上会',
  listed: '已排议程',
  decided: '已议',
  returned: '已退回',
  withdrawn: '已撤回',
};
const TONES: Readonly<Record<ItemState, Card['tone']>> = {
  draft: 'asks',
  preparing: 'asks',
  deferred: 'warns',
  ready: 'settled',
  listed: 'settled',
  decided: 'settled',
  returned: 'warns',
  withdrawn: 'neutral',
};

/** Staff, students or parents are touched where any of them must be heard. */
export const touches = (item: AgendaItem): boolean =>
  item.gates.some((g) => ['parents', 'students', 'congress_hear', 'congress_pass', 'union_rep'].includes(g.code));

/** The item as its viewer may act on it. */
export function itemCard(scene: Scene, item: AgendaItem, viewer: Member): Card {
  const state = ITEM_STATES[item.state];
  return {
    title: `${item.number ?? item.id} ${item.title}`,
    tone: TONES[item.state],
    summary: `${state}。${item.fields['decision_asked'] ?? ''}`,
    sections: [stateSection(scene, item), formSection(item), gateSection(scene, item), basisSection(item)].filter(
      (s) => s.lines.length > 0,
    ),
    actions: actionsFor(scene, item, viewer),
    footer: `规则版本 ${item.ruling.rulesVersion}；编号 ${item.id}${scene.school.demo ? '；演示学校' : ''}`,
  };
}

function stateSection(scene: Scene, item: AgendaItem): CardSection {
  const leg = item.legs[item.leg];
  const meeting = item.meeting ? scene.meeting(item.meeting) : undefined;
  return {
    heading: '走法',
    lines: [
      `${item.matter.name}：${legsLine(item.legs)}`,
      ...item.legs.flatMap((l) => (l.done ? [`${legName(l)}：${l.done.note}`] : [])),
      ...(leg && item.legs.length > 1 && item.state !== 'decided'
        ? [`现在在第${item.leg + 1}步：${legName(leg)}`]
        : []),
      ...capacityLines(scene, item),
      ...(meeting ? [`已列入${meeting.number}（${dayText(meeting.date)}）`] : []),
      ...(item.state === 'deferred' && item.talkAgainOn ? [`${dayText(item.talkAgainOn)}再沟通`] : []),
      ...(item.returned ? [`${scene.roster.nameOf(item.returned.by)}退回：${item.returned.why}`] : []),
      ...(item.withdrawn ? [`${scene.roster.nameOf(item.withdrawn.by)}撤回：${item.withdrawn.why}`] : []),
      `提出：${scene.roster.nameOf(item.sponsor)}${item.department ? `（${item.department}）` : ''}${item.deputy ? `；分管：${scene.roster.nameOf(item.deputy)}` : ''}`,
    ],
  };
}

function formSection(item: AgendaItem): CardSection {
  const shown = ITEM_FIELDS.filter((f) => item.fields[f.name] && f.name !== 'need_type' && f.name !== 'background');
  const missing = missingFields(item.fields, touches(item));
  const value = (name: string) => (name === 'amount' ? moneyOf(Number(item.fields[name])) : item.fields[name]);
  return {
    heading: '议题申报单',
    lines: [
      ...shown.map((f) => `${f.label.replace('（元）', '')}：${value(f.name)}`),
      ...item.supplements.slice(-3).map((s) => `补充（${momentText(s.at)}）：${s.text}`),
      ...(missing.length && item.state === 'draft' ? [`还缺：${missing.map((f) => f.label).join('、')}`] : []),
    ],
  };
}

const MARKS: Readonly<Record<Gate['state'], string>> = {
  open: '未办',
  passed: '已办',
  waived: '无需',
  differs: '有分歧',
};

/** Every step with who does it; what was said in talks and consultations is not told here (procedure 3.2). */
function gateSection(scene: Scene, item: AgendaItem): CardSection {
  const gates = item.gates.filter((g) => g.leg <= item.leg);
  const who = (g: Gate) =>
    g.state === 'open'
      ? `，请${closersOf(item, g, scene.roster, scene.school.dualRole === true)
          .filter((m) => g.code !== 'members' || !consulted(g).has(m.id))
          .slice(0, 3)
          .map((m) => m.name)
          .join('、')}办`
      : '';
  const closed = gates.filter((g) => g.state === 'passed' || g.state === 'waived');
  const open = gates.filter((g) => !closed.includes(g));
  // Before it is submitted the form comes first; the steps are named so that one knows what follows.
  if (item.state === 'draft')
    return { heading: '前置步骤', lines: [`提交后要办${open.length}步：${open.map(shortName).join('；')}`] };
  const done = closed.map((g) => (g.state === 'waived' ? `${shortName(g)}（无需）` : shortName(g)));
  return {
    heading: '前置步骤',
    lines: [
      ...(done.length ? [`已办：${done.join('；')}`] : []),
      ...open.map((g) => `${MARKS[g.state]}　${g.name}${who(g)}`),
    ],
  };
}

/** Shown while the form is being filled; later it stands in the form itself. */
const basisSection = (item: AgendaItem): CardSection => ({
  heading: '依据',
  lines: item.state === 'draft' || item.state === 'returned' ? item.ruling.basis.slice(0, 3) : [],
});

function actionsFor(scene: Scene, item: AgendaItem, viewer: Member): CardAction[] {
  const edits = mayEdit(viewer, item);
  const actions: CardAction[] = [];
  if ((item.state === 'draft' || item.state === 'returned') && edits) {
    const missing = missingFields(item.fields, touches(item));
    const required = new Set(missing.map((f) => f.name));
    const asked = missing.length ? missing : ITEM_FIELDS.filter((f) => f.name !== 'need_type').slice(0, 9);
    const fields = asked.map((f) => asCardField(f, required.has(f.name)));
    actions.push(
      missing.length
        ? button(`/补充 ${item.id}`, '填写申报单', 'primary', fields)
        : button(`/提交 ${item.id}`, '提交', 'primary'),
    );
    if (!missing.length) actions.push(button(`/修改 ${item.id}`, '修改', 'default', fields));
  }
  actions.push(...openGates(item).flatMap((g) => gateButtons(scene, item, g, viewer)));
  actions.push(...stepButtons(scene, item, viewer));
  if (['draft', 'preparing', 'deferred'].includes(item.state) && !actions.some((a) => a.id.startsWith('/补充')))
    actions.push(
      button(`/补充 ${item.id}`, '补充', 'default', [
        { name: 'text', label: '补充什么', type: 'text', required: true },
      ]),
    );
  if (item.state === 'ready')
    actions.push(...(isOutside(item) ? resultButtons(item, viewer) : listButtons(item, viewer)));
  if (mayReturn(scene, item, viewer))
    actions.push(
      button(`/退回 ${item.id}`, '退回', 'danger', [{ name: 'why', label: '退回原因', type: 'text', required: true }]),
    );
  if (item.state === 'listed' && item.meeting) actions.push(button(`/会议 ${item.meeting}`, '看会议'));
  if (edits && item.state !== 'decided' && item.state !== 'withdrawn' && item.state !== 'listed')
    actions.push(
      button(`/撤回 ${item.id}`, '撤回', 'danger', [{ name: 'why', label: '撤回原因', type: 'text', required: true }]),
    );
  return actions;
}

const listButtons = (item: AgendaItem, viewer: Member): readonly CardAction[] =>
  hasRole(viewer, 'office', 'secretary', 'principal') ? [button(`/议程 ${item.id}`, '列入议程', 'primary')] : [];

/** What a body outside our two meetings has decided, noted with its evidence. */
function resultButtons(item: AgendaItem, viewer: Member): readonly CardAction[] {
  const leg = item.legs[item.leg]!;
  const union = leg.body === 'congress' && hasRole(viewer, 'union');
  if (!union && !hasRole(viewer, 'office', 'secretary', 'principal')) return [];
  const label = leg.body === 'congress' ? '票数（应到、实到、同意）' : '文号或意见、日期';
  const fields = [{ name: 'evidence', label, type: 'text' as const, required: true }];
  return [
    button(`/批复 ${item.id} 通过`, `登记${legName(leg)}：通过`, 'primary', fields),
    button(`/批复 ${item.id} 不通过`, `登记${legName(leg)}：不通过`, 'danger', fields),
  ];
}

/** Leaders who review may send it back at any step before it is listed (form 1: 任何阶段可退回). */
export const mayReturn = (scene: Scene, item: AgendaItem, viewer: Member): boolean =>
  ['preparing', 'ready', 'deferred'].includes(item.state) &&
  (viewer.id === item.deputy ||
    hasRole(viewer, 'secretary', 'principal', 'office') ||
    item.gates.some((g) => g.code === 'dept' && closersOf(item, g, scene.roster, false).includes(viewer)));
