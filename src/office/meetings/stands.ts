import type { AgendaItem } from '../../domain/agenda-item.ts';
import { type Entry, type Meeting, type Outcome, OUTCOMES, type Vote } from '../../domain/meeting.ts';
import { button } from '../command.ts';
import { Refusal } from '../refusal.ts';
import type { Scene } from '../scene.ts';
import { silent } from './discuss.ts';
import { choice, field } from './fields.ts';
import type { Listed } from './pick.ts';
import { presiderOf } from './presiding.ts';
import { dueFor, passNeeded, takingPart } from './quorum.ts';
import { quorumFor } from './recuse.ts';
import { fromStances, methodsFor } from './vote.ts';

/** The vote the outcome rests on; refused with the sum where the two do not agree (procedure 4.1, 4.2, 4.4). */
export function mustStand(scene: Scene, meeting: Meeting, listed: Listed, outcome: Outcome): Vote | undefined {
  const { entry, item } = listed;
  const quorum = quorumFor(scene, meeting, listed);
  if (!quorum.enough) throw new Refusal('quorum', `不能作出决定：${quorum.words}。`);
  const presider = presiderOf(scene, meeting, entry.recused)?.id;
  const unheard = silent(meeting, entry).filter((m) => m !== presider);
  const names = unheard.map((m) => scene.roster.nameOf(m)).join('、');
  if (meeting.body === 'principal') {
    if (unheard.length > 0 && !entry.vote)
      throw new Refusal('unheard', `主持人要听取每位成员的意见后再决定，还没表态：${names}。`);
    mustUseMethod(scene, meeting, item, entry.vote);
    return entry.vote;
  }
  const { methods } = methodsFor(scene, item);
  const counted = entry.vote ?? (methods.includes('口头') ? fromStances(scene, meeting, entry, '口头') : undefined);
  if (!counted) {
    const open = silent(meeting, entry).map((m) => scene.roster.nameOf(m));
    const how =
      methods.includes('口头') && open.length > 0
        ? `逐一表态（还差${open.join('、')}）或登记表决`
        : `登记表决（${methods.join('、')}）`;
    throw new Refusal('no-vote', `${item.id} 还没有表决，先${how}再记结果。`, [
      button(`/表决 ${meeting.id} ${item.id}`, '登记表决', 'primary', voteFields(methods)),
    ]);
  }
  mustReach(scene, meeting, entry, counted, outcome);
  return counted;
}

const voteFields = (methods: readonly Vote['method'][]) => [
  choice(
    'method',
    '表决方式',
    methods.map((m) => [m, m]),
  ),
  ...(['同意', '不同意', '弃权', '缓议'] as const).map((l) => field(l, l, 'number', false)),
];

/** One person in both offices: money and people are voted on by name or secretly in either meeting (procedure 9.2). */
function mustUseMethod(scene: Scene, meeting: Meeting, item: AgendaItem, counted: Vote | undefined): void {
  const { methods, why } = methodsFor(scene, item);
  if (counted || methods.includes('口头')) return;
  throw new Refusal('no-vote', `${why}。请先登记表决，再记结果。`, [
    button(`/表决 ${meeting.id} ${item.id}`, '登记表决', 'primary', voteFields(methods)),
  ]);
}

function mustReach(scene: Scene, meeting: Meeting, entry: Entry, counted: Vote, outcome: Outcome): void {
  const due = dueFor(meeting.body, scene.roster, scene.school).count;
  const pass = passNeeded(due, takingPart(meeting, entry).length, scene.school);
  const passes = counted.for >= pass.need;
  const inside = scene.place.kind === 'direct';
  const sum = inside ? `${pass.words}，同意${counted.for}票` : '票数与结果不符';
  const rule = pass.suggested && inside ? '（通行值，待学校确认）' : '';
  const defer = [
    button(`/结果 ${meeting.id} ${entry.item} 暂缓`, '暂缓'),
    button(`/结果 ${meeting.id} ${entry.item} ${passes ? '通过' : '不通过'}`, passes ? '通过' : '不通过'),
  ];
  if (outcome !== 'rejected' && !passes)
    throw new Refusal('below-threshold', `${sum}${rule}，不能记为${OUTCOMES[outcome]}。`, defer);
  if (outcome === 'rejected' && passes)
    throw new Refusal('above-threshold', `${sum}${rule}，已经够了，不能记为不通过。`, defer);
}
