import type { AgendaItem } from '../../domain/agenda-item.ts';
import { hasRole } from '../../domain/member.ts';
import type { Reply } from '../../domain/message.ts';
import { mustBe, type Said } from '../command.ts';
import { Refusal } from '../refusal.ts';
import type { Scene } from '../scene.ts';
import { settled } from './advance.ts';
import { askNext, waitingLine } from './ask-next.ts';
import { itemCard } from './item-card.ts';
import { isOutside, legName } from './legs.ts';
import { pickItem } from './pick.ts';

/**
 * `/批复 Y12 通过 应到40人实到36人同意30票`: what a body outside our two meetings has decided (staff congress, superior
 * authority, a statutory body), with its evidence. A no ends the item or sends it back.
 */
export function outsideResult(scene: Scene, said: Said): Reply {
  const { item, rest } = pickItem(
    scene,
    said,
    '批复',
    (i) => isOutside(i) && (i.state === 'ready' || i.state === 'preparing'),
  );
  const leg = item.legs[item.leg];
  if (!leg || !isOutside(item)) throw new Refusal('not-outside', `议题 ${item.id} 现在不在等外部机构的结果。`);
  const union = leg.body === 'congress' && hasRole(scene.by, 'union');
  mustBe(
    union || hasRole(scene.by, 'office', 'secretary', 'principal'),
    `登记${legName(leg)}的结果`,
    '办公室（教代会结果也可由工会主席）',
  );
  if (item.state !== 'ready')
    throw new Refusal('open-gates', `议题 ${item.id} 的前置步骤还没有办完。${waitingLine(scene, item)}`);
  const verdict = /不通过|不同意|未通过|否决/.test(rest) ? 'no' : /通过|同意|批准|核准/.test(rest) ? 'yes' : undefined;
  const evidence = (said.values['evidence'] ?? rest.replace(/不?(?:通过|同意|批准|核准)|未通过|否决/, '')).trim();
  if (!verdict || evidence.length < 2)
    throw new Refusal(
      'no-evidence',
      `请写明结果和依据（票数、文号、日期）：/批复 ${item.id} 通过 应到40人实到36人同意30票`,
    );
  if (leg.body === 'congress' && verdict === 'yes') mustBeEnough(evidence);
  const note = `${verdict === 'yes' ? '通过' : '未通过'}（${evidence}）`;
  const legs = item.legs.map((l, n) => (n === item.leg ? { ...l, done: { at: scene.at, note } } : l));
  scene.did('outside-result', item.id, { body: leg.body, verdict, evidence });
  const next = scene.putItem(movedOn({ ...item, legs }, verdict === 'yes'));
  askNext(scene, undefined, next);
  if (item.sponsor !== scene.by.id)
    scene.tell(item.sponsor, { text: `议题 ${item.id}：${legName(leg)}${note}。` }, item.id);
  return {
    text: `已登记：${legName(leg)}${note}。${next.state === 'preparing' ? waitingLine(scene, next) : ''}`,
    card: itemCard(scene, next, scene.by),
  };
}

/** A congress passes with half of all delegates, two thirds of them there (procedure 4.1); looked at where the numbers are given. */
function mustBeEnough(evidence: string): void {
  const count = (word: string): number | undefined => {
    const found = new RegExp(`(?:${word})\\s*[:：]?\\s*(\\d+)`).exec(evidence.normalize('NFKC'))?.[1];
    return found === undefined ? undefined : Number(found);
  };
  const [all, here, yes] = [count('应到'), count('实到'), count('同意|赞成')];
  if (all === undefined) return;
  if ((here ?? 0) > all || (yes ?? 0) > (here ?? all))
    throw new Refusal('counts', '人数不对：实到不能多于应到，同意不能多于实到，请核对。');
  if (here !== undefined && here * 3 < all * 2)
    throw new Refusal('quorum', `教代会要三分之二以上代表出席：应到${all}人，实到${here}人不够，请重新召开后再登记。`);
  if (yes !== undefined && yes * 2 < all)
    throw new Refusal(
      'below-threshold',
      `教代会表决要代表总数半数以上同意：应到${all}人，同意${yes}票不够；没有通过的请登记“不通过”。`,
    );
}

function movedOn(item: AgendaItem, passed: boolean): AgendaItem {
  // A listed state lies between on the way to "decided" for our own meetings; outside bodies have none.
  if (!passed)
    return { ...item, state: 'returned', returned: { by: item.sponsor, why: item.legs[item.leg]!.done!.note } };
  const last = item.leg + 1 >= item.legs.length;
  return last ? { ...item, state: 'decided' } : settled({ ...item, leg: item.leg + 1, state: 'preparing' });
}
