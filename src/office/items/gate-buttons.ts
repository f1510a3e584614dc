import { type AgendaItem, type Gate, openGates } from '../../domain/agenda-item.ts';
import type { Member } from '../../domain/member.ts';
import type { CardAction, CardField } from '../../domain/message.ts';
import { button } from '../command.ts';
import type { Scene } from '../scene.ts';
import { closersOf, consulted, mayBeWaived, sinceReopened, talkersOf } from './gates.ts';

const note = (label: string, required = false): CardField => ({ name: 'note', label, type: 'text', required });
const evidence: CardField = { name: 'evidence', label: '材料或佐证（文件名、编号）', type: 'text', required: true };

/** What this viewer can do about an open gate; nothing when it is somebody else's. */
export function gateButtons(scene: Scene, item: AgendaItem, gate: Gate, viewer: Member): readonly CardAction[] {
  if (item.state === 'draft' || item.state === 'returned' || item.state === 'withdrawn') return [];
  if (!closersOf(item, gate, scene.roster, scene.school.dualRole === true).includes(viewer)) return [];
  switch (gate.code) {
    case 'sp_talk':
      return [
        ...agreement(scene, item, gate, viewer),
        button(`/沟通 ${item.id} 有分歧暂缓`, '有分歧，暂缓', 'danger', [
          { name: 'again', label: '再沟通日期', type: 'date', required: false },
        ]),
        button(`/沟通 ${item.id} 请示上级`, '请示上级', 'default', [note('请示情况', true)]),
      ];
    case 'members':
      if (!gate.whom?.includes(viewer.id) || consulted(gate).has(viewer.id)) return [];
      return [
        button(`/酝酿 ${item.id} 同意`, '酝酿：同意', 'primary'),
        button(`/酝酿 ${item.id} 有意见`, '酝酿：有意见', 'default', [note('意见要点', true)]),
        button(`/酝酿 ${item.id} 有重大分歧`, '酝酿：有重大分歧', 'danger', [note('分歧要点')]),
      ];
    case 'dept':
    case 'deputies':
      return [button(`/审核 ${item.id} 同意`, `${gate.name}：同意`, 'primary', [note('意见')])];
    case 'chair':
      return onlyThis(item, gate) ? [button(`/确定 ${item.id}`, '确定上会', 'primary')] : [];
    default:
      return [];
  }
}

/** Those who talk confirm once, each for himself or herself; the office records it with the signed note. */
function agreement(scene: Scene, item: AgendaItem, gate: Gate, viewer: Member): readonly CardAction[] {
  const talks = talkersOf(item, scene.roster, scene.school.dualRole === true).includes(viewer);
  if (talks && sinceReopened(gate).some((r) => r.by === viewer.id)) return [];
  const command = `/沟通 ${item.id} 无重大分歧`;
  return [
    talks
      ? button(command, '沟通过，无重大分歧', 'primary')
      : button(command, '登记：无重大分歧', 'default', [{ ...evidence, label: '佐证（双方签字的沟通记录）' }]),
  ];
}

/** The steps that only want evidence, in one form; and what the leader in charge finds not needed, in another. */
export function stepButtons(scene: Scene, item: AgendaItem, viewer: Member): readonly CardAction[] {
  if (item.state !== 'preparing') return [];
  const mine = openGates(item).filter(
    (g) =>
      !OWN_BUTTONS.has(g.code) && closersOf(item, g, scene.roster, scene.school.dualRole === true).includes(viewer),
  );
  const free = viewer.id === item.deputy ? mine.filter((g) => mayBeWaived(g.code)) : [];
  return [
    ...(mine.length
      ? [button(`/前置 ${item.id}`, '办结前置步骤', 'primary', [stepField(mine), evidence, note('结论')])]
      : []),
    ...(free.length
      ? [button(`/前置 ${item.id} 无需`, '认定无需', 'default', [stepField(free), note('理由', true)])]
      : []),
  ];
}

const OWN_BUTTONS: ReadonlySet<string> = new Set(['dept', 'deputies', 'sp_talk', 'members', 'chair']);
const stepField = (gates: readonly Gate[]): CardField => ({
  name: 'step',
  label: '哪一步',
  type: 'select',
  required: true,
  options: gates.map((g) => ({ value: g.code, label: shortName(g) })),
});

/** The chair's word comes last, when nothing else is open. */
export const onlyThis = (item: AgendaItem, gate: Gate): boolean =>
  item.gates.every((g) => g === gate || g.leg > item.leg || g.state === 'passed' || g.state === 'waived');

/** The beginning of a step's name, for buttons and lists. */
export const shortName = (gate: Gate): string => [...gate.name.split(/[，；：（]/)[0]!].slice(0, 18).join('');
