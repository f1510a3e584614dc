import type { AgendaItem } from '../../domain/agenda-item.ts';
import type { Reply } from '../../domain/message.ts';
import { mustBe, type Said } from '../command.ts';
import { Refusal } from '../refusal.ts';
import type { Scene } from '../scene.ts';
import { fieldsFrom, fieldsIn, ITEM_FIELDS, missingFields } from './item-fields.ts';
import { itemCard, ITEM_STATES, touches } from './item-card.ts';
import { mayEdit } from './may.ts';
import { pickItem } from './pick.ts';
import { readFields } from './read-fields.ts';
import { reweigh } from './reweigh.ts';
import { legsLine } from './legs.ts';
import { questionOf, subjectIn, titleOf } from './title.ts';

const withCard = (scene: Scene, item: AgendaItem, text: string): Reply => ({
  text,
  card: itemCard(scene, item, scene.by),
});
/** Signed by the leader in charge: the form is locked (form 12: 签前本人，签后锁定). */
const signed = (item: AgendaItem): boolean => item.gates.some((g) => g.code === 'deputies' && g.state === 'passed');
const UNDER_WAY: ReadonlySet<string> = new Set(['draft', 'preparing', 'deferred', 'returned', 'ready']);

/** `/补充`: others add words; the sponsor fills fields, by form or as `资金来源：公用经费`. */
export function supplement(scene: Scene, said: Said): Reply {
  const { item, rest } = pickItem(scene, said, '补充', (i) => UNDER_WAY.has(i.state));
  if (!UNDER_WAY.has(item.state))
    throw new Refusal('too-late', `议题 ${item.id} ${ITEM_STATES[item.state]}，不能再补充；要变更请走复议或撤回。`);
  const words = [said.values['text'] ?? rest, said.quoted ?? ''].filter(Boolean).join('\n');
  const { fields, rest: free } = fieldsIn(words, true);
  const given = { ...fields, ...fieldsFrom(said.values) };
  if (Object.keys(given).length === 0 && free === '')
    return withCard(scene, item, `要给 ${item.id} 补充什么？写在 /补充 ${item.id} 后面，或填写表单。`);
  const own = Object.keys(given).length > 0 && mayEdit(scene.by, item);
  if (own) return changeFields(scene, item, given, free);
  const text = [free, ...Object.entries(fields).map(([k, v]) => `${labelFor(k)}：${v}`)].filter(Boolean).join('；');
  const added = scene.putItem({ ...item, supplements: [...item.supplements, { by: scene.by.id, at: scene.at, text }] });
  scene.did('supplement-item', item.id, { text });
  if (scene.by.id !== item.sponsor)
    scene.tell(item.sponsor, { text: `${scene.by.name}给议题 ${item.id} 补充：${text}` }, item.id);
  return withCard(scene, added, `已记到议题 ${item.id} 的补充里。`);
}

/** `/修改`: the same, in words or by form; the ruling is weighed anew when the amount changes. */
export function editItem(scene: Scene, said: Said): Reply {
  const { item, rest } = pickItem(scene, said, '修改', (i) => mayEdit(scene.by, i) && UNDER_WAY.has(i.state));
  mustBe(mayEdit(scene.by, item), `修改议题 ${item.id}`, `提出人${scene.roster.nameOf(item.sponsor)}或办公室`);
  const { fields } = fieldsIn(rest, true);
  const given = { ...fields, ...fieldsFrom(said.values) };
  if (Object.keys(given).length === 0)
    return withCard(scene, item, `要改哪一栏？写成“/修改 ${item.id} 资金来源：公用经费”，或用表单。`);
  return changeFields(scene, item, given, '');
}

const labelFor = (name: string): string => ITEM_FIELDS.find((f) => f.name === name)?.label ?? name;

/** Another title, and the question for the meeting with it. */
function retitled(item: AgendaItem, title: string): AgendaItem {
  const subject = subjectIn(title);
  if ([...subject].length < 2)
    throw new Refusal('bad-title', '议题名称太短，请写清是什么事，例如“关于选用校服的请示”。');
  const fields = { ...item.fields, decision_asked: questionOf(subject, item.fields['amount']) };
  return { ...item, title: titleOf(subject), fields };
}

/** A new amount has changed who decides. */
const movedText = (item: AgendaItem): string =>
  item.ruling.decider === 'individual'
    ? `按这个金额由个人审批，不用上会，可以撤回；仍要上会的，走法是：${legsLine(item.legs)}。`
    : `金额变了，走法改为：${legsLine(item.legs)}。`;

function changeFields(scene: Scene, item: AgendaItem, said: Readonly<Record<string, string>>, free: string): Reply {
  if (signed(item) && item.state !== 'returned')
    throw new Refusal('locked', `分管领导已审核签字，申报单已锁定；要改请先退回（/退回 ${item.id} 原因）。`);
  const { title, ...given } = readFields(said);
  const supplements = free ? [...item.supplements, { by: scene.by.id, at: scene.at, text: free }] : item.supplements;
  const named = title ? retitled(item, title) : item;
  const changed = { ...named, fields: { ...named.fields, ...given }, supplements };
  const weighed =
    given['amount'] !== undefined && given['amount'] !== item.fields['amount'] ? reweigh(scene, changed) : changed;
  const next = scene.putItem(weighed);
  scene.did('edit-item', item.id, { ...given, ...(title && { title: next.title }) }, next.ruling.rulesVersion);
  const missing = missingFields(next.fields, touches(next));
  const moved = next.ruling.decider === item.ruling.decider ? '' : movedText(next);
  const still = missing.length
    ? `还缺：${missing.map((f) => f.label).join('、')}。`
    : next.state === 'draft' || next.state === 'returned'
      ? '已填齐，可以提交。'
      : '';
  return withCard(scene, next, `已更新议题 ${item.id}。${moved}${still}`);
}
