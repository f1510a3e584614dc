import type { AgendaItem } from '../../domain/agenda-item.ts';
import type { Reply } from '../../domain/message.ts';
import { button, type Said } from '../command.ts';
import { Refusal } from '../refusal.ts';
import type { Scene } from '../scene.ts';
import { done, mustBePreparing, mustClose, recordGate } from './gate-record.ts';
import { closersOf } from './gates.ts';
import { pickItem } from './pick.ts';
import { waitingLine } from './ask-next.ts';

/** `/审核 Y12 同意`: the department's, then the leader's review. A no is a return. */
export function review(scene: Scene, said: Said): Reply {
  const mine = (i: AgendaItem) =>
    i.state === 'preparing' && reviewGates(i).some((g) => closersOf(i, g, scene.roster, false).includes(scene.by));
  const { item, rest } = pickItem(scene, said, '审核', mine);
  mustBePreparing(scene, item);
  const gates = reviewGates(item);
  if (gates.length === 0) throw new Refusal('gate-closed', `议题 ${item.id} 已经审核过。${waitingLine(scene, item)}`);
  const gate = gates.find((g) => closersOf(item, g, scene.roster, false).includes(scene.by)) ?? gates[0]!;
  mustClose(scene, item, gate);
  if (gate.code === 'deputies' && gates[0]!.code === 'dept')
    throw new Refusal(
      'department-first',
      `请先由部门审核（${closersOf(item, gates[0]!, scene.roster, false)[0]?.name ?? '办公室'}）。`,
    );
  if (/不同意|退回|不行|否/.test(rest))
    throw new Refusal('return-it', `不同意的请退回并写明原因：/退回 ${item.id} 原因`);
  if (!/^(?:同意|通过|可以|没意见|无意见)/.test(rest))
    throw new Refusal('say-agreed', `议题 ${item.id} 的“${gate.name}”，您同意吗？不同意的请退回并写明原因。`, [
      button(`/审核 ${item.id} 同意`, '同意', 'primary'),
      button(`/退回 ${item.id}`, '退回', 'danger', [{ name: 'why', label: '退回原因', type: 'text', required: true }]),
    ]);
  const note = (said.values['note'] ?? rest.replace(/^(?:同意|通过)/, '')).trim();
  const next = recordGate(scene, item, gate, 'passed', { outcome: '同意', ...(note && { note }) });
  return done(scene, next, `${gate.name}：同意。`);
}
const reviewGates = (item: AgendaItem) =>
  item.gates.filter((g) => (g.code === 'dept' || g.code === 'deputies') && g.state === 'open');
