import type { AgendaItem, Gate } from '../../domain/agenda-item.ts';
import type { Member } from '../../domain/member.ts';
import type { Reply } from '../../domain/message.ts';
import type { Said } from '../command.ts';
import { asksForCard, isTalker, talkCard } from '../leaders/talk-card.ts';
import { Refusal } from '../refusal.ts';
import type { Scene } from '../scene.ts';
import { settled } from './advance.ts';
import { gateOf, mustBePreparing, mustClose, recordGate } from './gate-record.ts';
import { waitingLine } from './ask-next.ts';
import { sinceReopened, talkersOf } from './gates.ts';
import { itemCard } from './item-card.ts';
import { pickItem } from './pick.ts';
import { asksSuperior, differs, superiorAnswered } from './talk-differs.ts';

type Conclusion = '无重大分歧' | '有分歧暂缓' | '请示上级' | '上级答复';
function conclusionIn(words: string): Conclusion | undefined {
  if (/请示上级|请示$/.test(words)) return '请示上级';
  if (/上级(?:已?答复|批复|同意|意见)/.test(words)) return '上级答复';
  if (/无(?:重大|较大)?分歧|没有(?:重大|较大)?分歧|意见一致|达成一致|一致/.test(words) && !/不一致/.test(words))
    return '无重大分歧';
  if (/分歧|暂缓|不一致|缓议/.test(words)) return '有分歧暂缓';
  return undefined;
}

/**
 * `/沟通 Y12 无重大分歧`: the talk of secretary and principal (procedure 3.2; with one person in both offices, of that
 * person with the deputy secretary, the vice-principal in charge and the discipline member). Each confirms for himself or
 * herself; the office may record it with the signed note as evidence. A difference defers the item.
 */
export function talk(scene: Scene, said: Said): Reply {
  if (wantsCard(scene, said)) return talkCard(scene, said);
  const { item, rest } = pickItem(scene, said, '沟通', waitsForTalk);
  mustBePreparing(scene, item);
  const gate = gateOf(item, 'sp_talk');
  mustClose(scene, item, gate);
  const conclusion = conclusionIn(`${rest} ${said.values['conclusion'] ?? ''}`);
  if (!conclusion)
    return {
      text: `议题 ${item.id} 沟通得怎么样：无重大分歧、有分歧暂缓，还是请示上级？`,
      card: itemCard(scene, item, scene.by),
    };
  switch (conclusion) {
    case '有分歧暂缓':
      return differs(scene, item, gate, said, rest);
    case '请示上级':
      return asksSuperior(scene, item, gate, said.values['note'] ?? rest.replace('请示上级', '').trim());
    case '上级答复':
      return superiorAnswered(scene, item, gate, said.values['evidence'] ?? rest);
    case '无重大分歧':
      return agrees(scene, item, gate, said.values['evidence'] ?? rest.replace(/\S*(?:分歧|一致)/, '').trim());
  }
}

const waitsForTalk = (i: AgendaItem): boolean =>
  (i.state === 'preparing' || i.state === 'deferred') &&
  i.gates.some((g) => g.code === 'sp_talk' && g.leg <= i.leg && g.state !== 'passed');

/** Asked for by name, or with no item that waits for a talk: then it is about what the two talk of regularly (procedure 3.3). */
function wantsCard(scene: Scene, { words, values }: Said): boolean {
  if (asksForCard(words) || values['topics'] !== undefined) return true;
  const waits = scene.all('item').some(waitsForTalk);
  return words.trim() === '' && !waits && isTalker(scene, scene.by);
}

function agrees(scene: Scene, item: AgendaItem, gate: Gate, evidence: string): Reply {
  const talkers = talkersOf(item, scene.roster, scene.school.dualRole === true);
  const speaks = talkers.includes(scene.by);
  if (!speaks && evidence === '')
    throw new Refusal(
      'no-evidence',
      `代为登记要有佐证，例如“/沟通 ${item.id} 无重大分歧 沟通记录（11月20日签字）”；或请${talkers.map((m) => m.name).join('、')}自己确认。`,
    );
  const here = { ...gate, state: 'open' as const };
  const confirmed = new Set(sinceReopened(gate).map((r) => r.by));
  if (speaks && confirmed.has(scene.by.id)) return confirmedBefore(scene, item, talkers, confirmed);
  const waiting = speaks ? talkers.filter((m) => m !== scene.by && !confirmed.has(m.id)) : [];
  const { talkAgainOn: _, ...free } = item;
  const resumed =
    item.state === 'deferred'
      ? scene.putItem(settled({ ...free, state: 'preparing', gates: item.gates.map((g) => (g === gate ? here : g)) }))
      : item;
  const current = resumed.gates.find((g) => g.code === 'sp_talk' && g.leg === gate.leg)!;
  const record = { outcome: '无重大分歧', ...(evidence && { evidence }) };
  const next = recordGate(scene, resumed, current, waiting.length ? 'open' : 'passed', record);
  for (const m of waiting)
    scene.tell(
      m.id,
      {
        text: `${scene.by.name}已确认：议题 ${item.id} 沟通后无重大分歧。请您也确认。`,
        card: itemCard(scene, next, m),
      },
      item.id,
    );
  const text = waiting.length
    ? `已记下您的确认，还等${waiting.map((m) => m.name).join('、')}确认。`
    : `会前沟通完成：无重大分歧。${waitingLine(scene, next)}`;
  return { text, card: itemCard(scene, next, scene.by) };
}

/** Said twice: nothing is written again and nobody is asked again. */
function confirmedBefore(
  scene: Scene,
  item: AgendaItem,
  talkers: readonly Member[],
  confirmed: ReadonlySet<string>,
): Reply {
  const waiting = talkers.filter((m) => !confirmed.has(m.id)).map((m) => m.name);
  return {
    text: `您已经确认过议题 ${item.id} 无重大分歧，正等${waiting.join('、')}确认。`,
    card: itemCard(scene, item, scene.by),
  };
}
