import type { AgendaItem } from '../../domain/agenda-item.ts';
import type { Reply } from '../../domain/message.ts';
import { mustBe, type Said } from '../command.ts';
import { Refusal } from '../refusal.ts';
import type { Scene } from '../scene.ts';
import { settled } from './advance.ts';
import { askNext, waitingLine } from './ask-next.ts';
import { closersOf } from './gates.ts';
import { itemCard, ITEM_STATES, touches } from './item-card.ts';
import { missingFields } from './item-fields.ts';
import { mayEdit } from './may.ts';
import { pickItem } from './pick.ts';

/** `/提交`: the form is complete; the department and the leader in charge are asked. */
export function submitItem(scene: Scene, said: Said): Reply {
  const { item } = pickItem(
    scene,
    said,
    '提交',
    (i) => mayEdit(scene.by, i) && (i.state === 'draft' || i.state === 'returned'),
  );
  mustBe(mayEdit(scene.by, item), `提交议题 ${item.id}`, `提出人${scene.roster.nameOf(item.sponsor)}或办公室`);
  if (item.state !== 'draft' && item.state !== 'returned')
    throw new Refusal('submitted', `议题 ${item.id} 已经提交过了，现在是：${ITEM_STATES[item.state]}。`);
  const missing = missingFields(item.fields, touches(item));
  if (missing.length)
    throw new Refusal(
      'incomplete',
      `议题 ${item.id} 还不能提交，缺：${missing.map((f) => f.label).join('、')}。`,
      itemCard(scene, item, scene.by).actions,
    );
  const { returned: _, ...free } = item;
  const own = ownReview(scene, { ...free, state: 'preparing' });
  const next = scene.putItem(settled(own));
  scene.did('submit-item', item.id);
  askNext(scene, undefined, next);
  return {
    text: `议题 ${item.id} 已提交。${waitingLine(scene, next)}`,
    card: itemCard(scene, next, scene.by),
  };
}

/** Who raised it as head of the department has reviewed it by raising it; the same for the leader in charge. */
function ownReview(scene: Scene, item: AgendaItem): AgendaItem {
  const own = (code: string) => code === 'dept' || code === 'deputies';
  return {
    ...item,
    gates: item.gates.map((g) =>
      own(g.code) && g.state === 'open' && closersOf(item, g, scene.roster, false).includes(scene.by)
        ? {
            ...g,
            state: 'passed',
            records: [...g.records, { by: scene.by.id, at: scene.at, outcome: '同意', note: '本人提出' }],
          }
        : g,
    ),
  };
}
