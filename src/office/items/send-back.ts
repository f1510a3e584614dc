import type { Reply } from '../../domain/message.ts';
import { button, mustBe, type Said } from '../command.ts';
import { Refusal } from '../refusal.ts';
import type { Scene } from '../scene.ts';
import { reopened } from './gates.ts';
import { itemCard, mayReturn } from './item-card.ts';
import { mayEdit } from './may.ts';
import { pickItem } from './pick.ts';

const whyIn = (said: Said, rest: string, what: string): string => {
  const why = (said.values['why'] ?? rest).trim();
  if (why === '') throw new Refusal('no-reason', `${what}要写明原因，例如“/${what} ${said.words.trim()} 材料不全”。`);
  return why;
};

/** What is sent back may come back changed: it is reviewed anew, and talked over anew before the body it is now at. */
const REVIEWS: ReadonlySet<string> = new Set(['dept', 'deputies']);
const TALKS: ReadonlySet<string> = new Set(['sp_talk', 'members', 'chair']);

/** `/退回`: back to the sponsor with the reason; reviews are needed anew. */
export function returnItem(scene: Scene, said: Said): Reply {
  const { item, rest } = pickItem(scene, said, '退回', (i) => mayReturn(scene, i, scene.by));
  if (item.state === 'draft' || item.state === 'returned')
    throw new Refusal('not-submitted', `议题 ${item.id} 还没有提交，不用退回；有意见可以写在 /补充 ${item.id} 后面。`, [
      button(`/议题 ${item.id}`, `看 ${item.id}`),
    ]);
  mustBe(mayReturn(scene, item, scene.by), `退回议题 ${item.id}`, '部门负责人、分管领导、书记、校长或办公室');
  const why = whyIn(said, rest, '退回');
  const gates = item.gates.map((g) =>
    REVIEWS.has(g.code) || (TALKS.has(g.code) && g.leg >= item.leg) ? reopened(g, scene.by.id, scene.at, '退回') : g,
  );
  const next = scene.putItem({ ...item, gates, state: 'returned', returned: { by: scene.by.id, why } });
  scene.did('return-item', item.id, { why });
  const sponsor = scene.roster.get(item.sponsor);
  if (sponsor && sponsor !== scene.by)
    scene.tell(
      sponsor.id,
      { text: `${scene.by.name}退回了议题 ${item.id}：${why}`, card: itemCard(scene, next, sponsor) },
      item.id,
    );
  return {
    text: `议题 ${item.id} 已退回${scene.roster.nameOf(item.sponsor)}。`,
    card: itemCard(scene, next, scene.by),
  };
}

/** `/撤回`: by the sponsor or the office, any time before it is decided. */
export function withdrawItem(scene: Scene, said: Said): Reply {
  const { item, rest } = pickItem(scene, said, '撤回', (i) => mayEdit(scene.by, i) && i.state !== 'decided');
  mustBe(mayEdit(scene.by, item), `撤回议题 ${item.id}`, `提出人${scene.roster.nameOf(item.sponsor)}或办公室`);
  if (item.state === 'decided')
    throw new Refusal('decided', `议题 ${item.id} 已经议过，不能撤回；要改变决定请走 /复议。`);
  if (item.state === 'listed')
    throw new Refusal(
      'listed',
      `议题 ${item.id} 已排进${scene.meeting(item.meeting!)?.number ?? '会议'}，请先请办公室移出议程。`,
    );
  const why = whyIn(said, rest, '撤回');
  scene.putItem({ ...item, state: 'withdrawn', withdrawn: { by: scene.by.id, why } });
  scene.did('withdraw-item', item.id, { why });
  if (item.reconsiders) releaseReconsidered(scene, item.reconsiders);
  return { text: `议题 ${item.id} 已撤回。` };
}

function releaseReconsidered(scene: Scene, id: string): void {
  const resolution = scene.resolution(id);
  if (!resolution) return;
  const { reconsideredBy: _, ...kept } = resolution;
  scene.putResolution(kept);
}
