import type { AgendaItem, Gate } from '../../domain/agenda-item.ts';
import type { Reply } from '../../domain/message.ts';
import type { Said } from '../command.ts';
import { dayText } from '../dates.ts';
import { Refusal } from '../refusal.ts';
import type { Scene } from '../scene.ts';
import { waitingLine } from './ask-next.ts';
import { gateOf, mustBePreparing, mustClose, recordGate } from './gate-record.ts';
import { consulted, reopened, talkersOf } from './gates.ts';
import { itemCard } from './item-card.ts';
import { pickItem } from './pick.ts';
import { TALK_AGAIN_DAYS } from './talk-differs.ts';

/**
 * `/酝酿 Y12 同意`: a member is consulted (个别酝酿). Each says it for himself or herself; secretary or office may record it
 * for a member named first. A major difference defers the item; what was said is for the members only.
 */
export function consult(scene: Scene, said: Said): Reply {
  const asks = (i: AgendaItem) =>
    i.state === 'preparing' && i.gates.some((g) => g.code === 'members' && g.leg <= i.leg && g.state === 'open');
  const { item, rest } = pickItem(scene, said, '酝酿', asks);
  mustBePreparing(scene, item);
  const gate = gateOf(item, 'members');
  mustClose(scene, item, gate);
  const { member, words } = whomIn(scene, gate, rest);
  if (!gate.whom?.includes(member))
    throw new Refusal('not-consulted', `${scene.roster.nameOf(member)}不在这个议题的酝酿范围里。`);
  if (consulted(gate).has(member)) throw new Refusal('consulted', `${scene.roster.nameOf(member)}已经酝酿过了。`);
  if (/重大分歧|坚决不同意/.test(words)) return majorDifference(scene, item, gate, member);
  const agreed = /同意|赞成|没意见|无意见/.test(words) && !/不同意/.test(words);
  const note = (
    said.values['note'] ?? (agreed ? words.replace(/同意|赞成|没意见|无意见/, '') : words.replace('有意见', ''))
  ).trim();
  if (!agreed && note === '')
    throw new Refusal('no-opinion', `请写上意见要点：/酝酿 ${item.id} 有意见 要点；没有意见的写“同意”。`);
  const left = gate.whom.filter((id) => id !== member && !consulted(gate).has(id));
  const next = recordGate(scene, item, gate, left.length ? 'open' : 'passed', {
    outcome: agreed ? '同意' : '有意见',
    member,
    ...(note && { note }),
  });
  const still = left.length
    ? `还要酝酿：${left.map((id) => scene.roster.nameOf(id)).join('、')}。`
    : `个别酝酿完成。${waitingLine(scene, next)}`;
  return {
    text: `已记下${scene.roster.nameOf(member)}的意见（只有班子成员看得到）。${still}`,
    card: itemCard(scene, next, scene.by),
  };
}

function whomIn(scene: Scene, gate: Gate, words: string): { member: string; words: string } {
  const named = (gate.whom ?? []).find(
    (id) => words.includes(scene.roster.nameOf(id)) || words.split(/\s+/).includes(id),
  );
  if (!named || named === scene.by.id) {
    if (!gate.whom?.includes(scene.by.id))
      throw new Refusal(
        'whom',
        `和谁酝酿的？写上名字：/酝酿 ${gate.whom?.map((id) => scene.roster.nameOf(id)).join('、')} 同意`,
      );
    return { member: scene.by.id, words };
  }
  return { member: named, words: words.replace(scene.roster.nameOf(named), '').replace(named, '').trim() };
}

function majorDifference(scene: Scene, item: AgendaItem, gate: Gate, member: string): Reply {
  const again = scene.workdays.shift(scene.day, TALK_AGAIN_DAYS);
  const said = { by: scene.by.id, at: scene.at, outcome: '有重大分歧', member };
  const gates = item.gates.map((g) => {
    if (g === gate) return { ...g, records: [...g.records, said] };
    const talk = g.code === 'sp_talk' && g.leg === gate.leg;
    return talk ? reopened(g, scene.by.id, scene.at, '有重大分歧', 'differs') : g;
  });
  const next = scene.putItem({ ...item, gates, state: 'deferred', talkAgainOn: again });
  scene.did('defer-item', item.id, { talkAgainOn: again, because: 'consultation' });
  const text = `议题 ${item.id} 酝酿中有重大分歧，暂缓上会，${dayText(again)}再沟通。`;
  for (const m of talkersOf(item, scene.roster, scene.school.dualRole === true))
    if (m !== scene.by) scene.tell(m.id, { text, card: itemCard(scene, next, m) }, item.id);
  return { text, card: itemCard(scene, next, scene.by) };
}
