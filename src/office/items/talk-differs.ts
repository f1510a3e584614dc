import type { AgendaItem, Gate } from '../../domain/agenda-item.ts';
import type { Reply } from '../../domain/message.ts';
import { mustBe, type Said } from '../command.ts';
import { dayIn, dayText } from '../dates.ts';
import { Refusal } from '../refusal.ts';
import type { Scene } from '../scene.ts';
import { recordGate } from './gate-record.ts';
import { waitingLine } from './ask-next.ts';
import { talkersOf } from './gates.ts';
import { itemCard } from './item-card.ts';

/** Working days until the next talk where nobody names a day: a suggested value. */
export const TALK_AGAIN_DAYS = 5;

/** Views differ: the item waits for another talk. */
export function differs(scene: Scene, item: AgendaItem, gate: Gate, said: Said, rest: string): Reply {
  const named = dayIn(said.values['again'] ?? rest, scene.day)?.day;
  if (named !== undefined && named <= scene.day)
    throw new Refusal('past-day', `再沟通的日期要在今天之后（今天是${dayText(scene.day)}）。`);
  const again = named ?? scene.workdays.shift(scene.day, TALK_AGAIN_DAYS);
  const gates = item.gates.map((g) =>
    g === gate
      ? {
          ...g,
          state: 'differs' as const,
          records: [...g.records, { by: scene.by.id, at: scene.at, outcome: '有分歧暂缓' }],
        }
      : g,
  );
  const next = scene.putItem({ ...item, gates, state: 'deferred', talkAgainOn: again });
  scene.did('defer-item', item.id, { talkAgainOn: again });
  const others = [...talkersOf(item, scene.roster, scene.school.dualRole === true), ...scene.roster.withRole('office')];
  for (const m of new Set(others))
    if (m !== scene.by)
      scene.tell(
        m.id,
        { text: `议题 ${item.id}“${item.title}”暂缓上会，${dayText(again)}再沟通。`, card: itemCard(scene, next, m) },
        item.id,
      );
  tellSponsor(scene, next, `您提的议题 ${item.id} 暂缓上会，${dayText(again)}再沟通。`);
  const suggested = named ? '' : '（建议值：5个工作日后，可改：/沟通 加日期）';
  return {
    text: `议题 ${item.id} 暂缓上会，${dayText(again)}再沟通${suggested}，到时提醒。多次沟通仍不一致的，可以请示上级党组织。`,
    card: itemCard(scene, next, scene.by),
  };
}

export function asksSuperior(scene: Scene, item: AgendaItem, gate: Gate, note: string): Reply {
  const gates = item.gates.map((g) =>
    g === gate
      ? {
          ...g,
          state: 'differs' as const,
          records: [...g.records, { by: scene.by.id, at: scene.at, outcome: '请示上级', ...(note && { note }) }],
        }
      : g,
  );
  const next = scene.putItem({
    ...item,
    gates,
    state: 'deferred',
    talkAgainOn: scene.workdays.shift(scene.day, TALK_AGAIN_DAYS),
  });
  scene.did('ask-superior', item.id, { note });
  return {
    text: `已记下：议题 ${item.id} 请示上级党组织（这一做法为通行做法，待核）。有答复后登记：/沟通 ${item.id} 上级答复 文号或意见。`,
    card: itemCard(scene, next, scene.by),
  };
}

export function superiorAnswered(scene: Scene, item: AgendaItem, gate: Gate, evidence: string): Reply {
  mustBe(
    gate.records.some((r) => r.outcome === '请示上级'),
    '登记上级答复',
    '先请示上级的书记、校长',
  );
  if (evidence.trim().length < 4)
    throw new Refusal('no-evidence', `请写明上级答复的文号或意见：/沟通 ${item.id} 上级答复 ×教党〔2026〕×号`);
  const { talkAgainOn: _, ...free } = item;
  const resumed = item.state === 'deferred' ? scene.putItem({ ...free, state: 'preparing' }) : item;
  const next = recordGate(scene, resumed, resumed.gates.find((g) => g === gate) ?? gate, 'passed', {
    outcome: '上级答复',
    evidence: evidence.trim(),
  });
  return { text: `已记下上级答复。${waitingLine(scene, next)}`, card: itemCard(scene, next, scene.by) };
}

const tellSponsor = (scene: Scene, item: AgendaItem, text: string): void => {
  if (item.sponsor !== scene.by.id) scene.tell(item.sponsor, { text }, item.id);
};
