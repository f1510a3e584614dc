import { newItem } from './new-item.ts';
import type { Answer } from '../../assistant/answer.ts';
import type { AgendaItem, ItemRuling } from '../../domain/agenda-item.ts';
import type { Reply } from '../../domain/message.ts';
import { isPrivate, type SchoolProfile } from '../../domain/school.ts';
import type { Scene } from '../scene.ts';
import { gatesFor } from './gates.ts';
import { itemCard } from './item-card.ts';
import { asCalled, boardLegs, legsOf } from './legs.ts';
import { questionOf, titleOf } from './title.ts';

/** The ruling as the item keeps it. `note` stands in for the clauses where a person has decided. */
export function rulingOf(scene: Scene, answer: Answer, note?: string): ItemRuling {
  const { A2 } = scene.school.amountLines ?? {};
  const { amount } = answer.facts;
  const kind = scene.kindOf(answer.matter!.id);
  return {
    decider: answer.decider!,
    ...(answer.id && { answer: answer.id }),
    rulesVersion: answer.rulesVersion,
    confidentiality: answer.confidentiality,
    cadre: kind.cadre,
    large: typeof amount === 'number' && A2 !== undefined && amount >= A2,
    category: kind.category,
    facts: answer.facts,
    basis: note ? [note] : answer.citations.map((c) => `《${c.title}》${c.section}：${c.says}`),
    steps: answer.steps,
    postSteps: answer.postSteps,
  };
}

/** The rules have put a private school's board in the place of the Party meeting (procedure 9.4). */
export const boardDecides = (answer: Pick<Answer, 'decider' | 'steps' | 'matter'>, school: SchoolProfile): boolean =>
  (answer.decider === 'other_body' && answer.steps.some((s) => s.body.includes('董（理）事会'))) ||
  (isPrivate(school) && answer.matter?.id === 'unlisted' && answer.decider === 'party_meeting');

/** A pupil's case goes by the matter's name: minors are not named in titles and papers (form 0.3: 一律用代称). */
const aboutChild = ({ confidentiality, category }: ItemRuling): boolean =>
  confidentiality === 'committee_only' && /学生/.test(category);

/** Writes the item down, with everything the ruling and the profile already give. */
export function draft(
  scene: Scene,
  answer: Answer,
  subject: string,
  fields: Record<string, string>,
  note?: string,
): Reply {
  const ruling = rulingOf(scene, answer, note);
  const about = aboutChild(ruling) ? `${answer.matter!.name}（个案）` : subject;
  const decider = answer.decider === 'individual' ? 'principal_meeting' : answer.decider!;
  const party = ruling.cadre || /党|干部|人才|思想|意识形态/.test(ruling.category);
  const usual = boardDecides(answer, scene.school)
    ? boardLegs()
    : legsOf(decider, party, scene.school.params['staff_congress_order']);
  const legs = asCalled(usual, scene.school);
  const { department } = scene.by;
  const deputy = scene.roster.leaderOf(department)?.id;
  const item = newItem(scene, {
    title: titleOf(about),
    state: 'draft',
    matter: answer.matter!,
    ruling,
    fields: {
      need_type: '讨论决定',
      urgency: '常规',
      recusal: '无',
      decision_asked: questionOf(about, fields['amount']),
      ...fields,
      background: [fields['background'] ?? '', ...ruling.basis.slice(0, 2)].filter(Boolean).join('\n'),
    },
    legs,
    gates: gatesFor({ preSteps: answer.preSteps, legs, sponsor: scene.by.id }, scene.roster),
    sponsor: scene.by.id,
    ...(department && { department }),
    ...(deputy && { deputy }),
    origin: scene.place,
  });

  scene.putItem(item);
  scene.did('raise-item', item.id, { title: item.title, decider: ruling.decider }, ruling.rulesVersion);
  return { text: drafted(item), card: itemCard(scene, item, scene.by) };
}

const drafted = (item: AgendaItem): string =>
  `已起草议题 ${item.id}：${item.title}。${item.fields['decision_asked']}。`;
