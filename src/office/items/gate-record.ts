import { type AgendaItem, type Gate, type GateRecord, openGates } from '../../domain/agenda-item.ts';
import type { Reply } from '../../domain/message.ts';
import { button, mustBe } from '../command.ts';
import { Refusal } from '../refusal.ts';
import type { Scene } from '../scene.ts';
import { settled } from './advance.ts';
import { askNext, waitingLine } from './ask-next.ts';
import { shortName } from './gate-buttons.ts';
import { closersOf } from './gates.ts';
import { itemCard, ITEM_STATES } from './item-card.ts';

/** The gate of this item's current leg with a code; refuses when there is none or it is closed. */
export function gateOf(item: AgendaItem, code: string): Gate {
  const gate = item.gates.find(
    (g) => g.code === code && g.leg <= item.leg && g.state !== 'passed' && g.state !== 'waived',
  );
  if (gate) return gate;
  const closed = item.gates.find((g) => g.code === code && g.leg <= item.leg);
  if (closed) throw new Refusal('gate-closed', `议题 ${item.id} 的“${closed.name}”已经办结。`);
  throw new Refusal(
    'no-gate',
    `议题 ${item.id} 现在没有这一步。${
      openGates(item).length ? `还没办的：${openGates(item).map(shortName).join('；')}。` : ''
    }`,
  );
}

export function mustBePreparing(scene: Scene, item: AgendaItem): void {
  if (item.state === 'preparing' || item.state === 'deferred') return;
  if (item.state === 'draft' || item.state === 'returned')
    throw new Refusal(
      'not-submitted',
      `议题 ${item.id} 还没有提交（${ITEM_STATES[item.state]}），请提出人${scene.roster.nameOf(item.sponsor)}先填齐申报单再提交。`,
      [button(`/议题 ${item.id}`, `看 ${item.id}`)],
    );
  throw new Refusal('not-preparing', `议题 ${item.id} ${ITEM_STATES[item.state]}，这一步不用再办。`);
}

export function mustClose(scene: Scene, item: AgendaItem, gate: Gate): void {
  const closers = closersOf(item, gate, scene.roster, scene.school.dualRole === true);
  mustBe(closers.includes(scene.by), `“${gate.name}”`, closers.map((m) => m.name).join('、') || '办公室');
}

/** Writes a gate's new state and what was recorded, lets the item move on, and asks whoever is next. */
export function recordGate(
  scene: Scene,
  item: AgendaItem,
  gate: Gate,
  state: Gate['state'],
  record: Omit<GateRecord, 'by' | 'at'>,
): AgendaItem {
  const entry = { by: scene.by.id, at: scene.at, ...record };
  const gates = item.gates.map((g) => (g === gate ? { ...g, state, records: [...g.records, entry] } : g));
  const next = scene.putItem(settled({ ...item, gates }));
  scene.did('close-gate', item.id, { gate: gate.code, leg: gate.leg, state, ...record });
  askNext(scene, item, next);
  return next;
}

/** What is said when a step is done: that it is, and what is next. */
export const done = (scene: Scene, item: AgendaItem, text: string): Reply => ({
  text: `${text}${item.state === 'preparing' || item.state === 'ready' ? waitingLine(scene, item) : ''}`,
  card: itemCard(scene, item, scene.by),
});
