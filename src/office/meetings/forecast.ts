import type { Meeting } from '../../domain/meeting.ts';
import type { Member } from '../../domain/member.ts';
import type { Scene } from '../scene.ts';
import { isInsider, isSecret } from './may.ts';
import { liveEntries } from './pick.ts';
import { dueFor, expected, needed } from './quorum.ts';

export interface Forecast {
  readonly opens: boolean;
  /** Some cadre item is listed and two thirds are not expected. */
  readonly cadreFails: boolean;
  readonly text: string;
}

/**
 * Whether enough will come, as things stand: those due less those on leave (procedure 4.1, form 3). That a confidential
 * cadre item is listed is in the text only for those inside, and never in a group.
 */
export function forecast(
  scene: Scene,
  meeting: Meeting,
  viewer: Member = scene.by,
  where: 'group' | 'direct' = scene.place.kind,
): Forecast {
  const due = dueFor(meeting.body, scene.roster, scene.school);
  const coming = expected(meeting, scene.roster);
  const half = needed(meeting.body, 'ordinary', due.count, scene.school);
  const twoThirds = needed(meeting.body, 'cadre', due.count, scene.school);
  const people = liveEntries(scene, meeting).filter(({ item }) => item.ruling.cadre);
  const cadre = people.length > 0;
  const inside = where === 'direct' && isInsider(scene, meeting, viewer);
  const told = inside ? cadre : people.some(({ item }) => !isSecret(item));
  const opens = coming >= half;
  const cadreFails = cadre && coming < twoThirds;
  const note = due.note === '' ? '' : due.note.startsWith('（') ? due.note : `（${due.note}）`;
  const head = `应到${due.count}人${note}，预计到会${coming}人；至少${half}人才能开会${told ? `，议干部事项至少${twoThirds}人` : ''}`;
  const verdict = !opens
    ? '预计达不到，请改期或请人到会'
    : told && cadreFails
      ? '能开会，但干部事项议不了'
      : '预计能开';
  return { opens, cadreFails, text: `${head}：${verdict}。${small(due.count)}` };
}

/** Procedure 9.3: two or three members. */
function small(due: number): string {
  if (due <= 2) return `班子只有${due}人，建议请上级党组织派员或联席（推断，请与上级商定）。`;
  return due === 3 ? '班子3人，三分之二即2人。' : '';
}

/** `应到5人，实到3人，达到半数（至少3人）。` */
export function countText(scene: Scene, meeting: Meeting): string {
  const due = dueFor(meeting.body, scene.roster, scene.school);
  const half = needed(meeting.body, 'ordinary', due.count, scene.school);
  const here = meeting.present.length;
  const verdict = here >= half ? `够开会（至少${half}人）` : `还差${half - here}人才能开会（至少${half}人）`;
  return `应到${due.count}人，实到${here}人，${verdict}${due.note.startsWith('（') || due.note === '' ? due.note : `（${due.note}）`}。`;
}
