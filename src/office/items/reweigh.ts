import type { Answer } from '../../assistant/answer.ts';
import type { AgendaItem } from '../../domain/agenda-item.ts';
import { Refusal } from '../refusal.ts';
import type { Scene } from '../scene.ts';
import { gatesFor } from './gates.ts';
import { asCalled, boardLegs, legsOf } from './legs.ts';
import { boardDecides, rulingOf } from './draft-item.ts';
import { moneyOf } from './title.ts';

/** A new amount may mean other bodies: then the item is drafted anew on the same words, under its own number. */
export function reweigh(scene: Scene, changed: AgendaItem): AgendaItem {
  const amount = Number(changed.fields['amount']);
  const asked = askedWith(changed.fields['decision_asked'] ?? '', amount);
  const item = { ...changed, fields: { ...changed.fields, decision_asked: asked } };
  const answer = scene.rule(item.title, { ...item.ruling.facts, amount }, item.matter.id);
  if (answer.outcome !== 'settled' || answer.decider === item.ruling.decider)
    return { ...item, ruling: { ...item.ruling, ...largeOf(scene, amount), facts: { ...item.ruling.facts, amount } } };
  if (item.state !== 'draft' && item.state !== 'returned')
    throw new Refusal('route-changes', `金额改成这样，决定的会议就变了；请先撤回 ${item.id} 再重新起草。`);
  const ruling = rulingOf(scene, answer);
  return { ...item, ruling, ...routeOf(scene, item, ruling, answer) };
}

/** The question for the meeting, with the amount as it now is. */
const askedWith = (asked: string, amount: number): string =>
  `${asked.replace(/（金额[^（）]*）$/, '')}（金额${moneyOf(amount)}）`;

const largeOf = (scene: Scene, amount: number) => {
  const { A2 } = scene.school.amountLines ?? {};
  return { large: A2 !== undefined && amount >= A2 };
};

/** The bodies and steps of another ruling: everything starts anew. */
function routeOf(
  scene: Scene,
  item: AgendaItem,
  ruling: AgendaItem['ruling'],
  answer: Answer,
): Pick<AgendaItem, 'legs' | 'gates' | 'leg'> {
  const decider = ruling.decider === 'individual' ? 'principal_meeting' : ruling.decider;
  const usual = boardDecides(answer, scene.school)
    ? boardLegs()
    : legsOf(decider, ruling.cadre, scene.school.params['staff_congress_order']);
  const legs = asCalled(usual, scene.school);
  return { legs, leg: 0, gates: gatesFor({ preSteps: answer.preSteps, legs, sponsor: item.sponsor }, scene.roster) };
}
