import { type AgendaItem, openGates } from '../../domain/agenda-item.ts';
import type { Reply } from '../../domain/message.ts';
import { button, type Said } from '../command.ts';
import { Refusal } from '../refusal.ts';
import type { Scene } from '../scene.ts';
import { done, gateOf, mustBePreparing, mustClose, recordGate } from './gate-record.ts';
import { onlyThis, shortName } from './gate-buttons.ts';
import { closersOf } from './gates.ts';
import { itemCard } from './item-card.ts';
import { pickItem } from './pick.ts';

/** `/确定 Y12`: the chair of the next meeting agrees that it comes up; everything else must be closed. */
export function chairAgrees(scene: Scene, said: Said): Reply {
  const mine = (i: AgendaItem) =>
    i.state === 'preparing' &&
    openGates(i).some((g) => g.code === 'chair' && closersOf(i, g, scene.roster, false).includes(scene.by));
  const { item } = pickItem(scene, said, '确定', mine);
  if (item.state === 'deferred')
    throw new Refusal(
      'deferred',
      `议题 ${item.id} 有分歧暂缓，先沟通一致再定上会。`,
      itemCard(scene, item, scene.by).actions,
    );
  mustBePreparing(scene, item);
  const gate = gateOf(item, 'chair');
  mustClose(scene, item, gate);
  if (!onlyThis(item, gate)) {
    const open = openGates(item).filter((g) => g !== gate);
    throw new Refusal(
      'open-gates',
      [
        `议题 ${item.id} 还不能上会，还有${open.length}步没办结：`,
        ...open.map(
          (g) =>
            `· ${shortName(g)}（${closersOf(item, g, scene.roster, scene.school.dualRole === true)
              .slice(0, 3)
              .map((m) => m.name)
              .join('、')}）`,
        ),
      ].join('\n'),
      [button(`/议题 ${item.id}`, `看 ${item.id}`)],
    );
  }
  const next = recordGate(scene, item, gate, 'passed', { outcome: '同意上会' });
  for (const m of scene.roster.withRole('office'))
    if (m !== scene.by)
      scene.tell(m.id, { text: `议题 ${item.id}“${item.title}”可以上会了。`, card: itemCard(scene, next, m) }, item.id);
  return done(scene, next, `已确定议题 ${item.id} 上会。`);
}
