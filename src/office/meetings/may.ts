import type { AgendaItem } from '../../domain/agenda-item.ts';
import type { Meeting } from '../../domain/meeting.ts';
import { type Body, hasRole, type Member } from '../../domain/member.ts';
import { mustBe } from '../command.ts';
import type { Scene } from '../scene.ts';

/** Who may do what about meetings: the role matrix, procedure section 8. */

const isOffice = (member: Member): boolean => hasRole(member, 'office');

/** Has a vote in the body. */
export const isMemberOf = (scene: Scene, body: Body, member: string): boolean =>
  scene.roster.of(body).some((m) => m.id === member);

/** Hears everything of a meeting: its members with a vote, and whoever keeps the record. */
export const isInsider = (scene: Scene, meeting: Meeting, member: Member): boolean =>
  isMemberOf(scene, meeting.body, member.id) || meeting.recorder === member.id || meeting.chair === member.id;

/** Prepares and records a meeting: the office, for the chair, and the chair. */
export const mayRun = (scene: Scene, meeting: Meeting, member: Member): boolean =>
  isOffice(member) ||
  meeting.recorder === member.id ||
  meeting.chair === member.id ||
  scene.roster.chairOf(meeting.body)?.id === member.id;

export const mayCall = (scene: Scene, body: Body, member: Member): boolean =>
  isOffice(member) || scene.roster.chairOf(body)?.id === member.id;

/** Who prepares and records, in words. */
export function runners(scene: Scene, meeting: Meeting): string {
  const names = [scene.roster.nameOf(meeting.recorder), scene.roster.nameOf(meeting.chair)];
  return `${[...new Set(names)].join('或')}（办公室记录人或主持人）`;
}

export const mustRun = (scene: Scene, meeting: Meeting, what: string): void =>
  mustBe(mayRun(scene, meeting, scene.by), what, runners(scene, meeting));

export const isSecret = (item: AgendaItem | undefined): boolean => item?.ruling.confidentiality === 'committee_only';

/** Sits in without a vote: reports an item, or was asked to attend for one. */
export function sitsInFor(item: AgendaItem, member: Member): boolean {
  return item.sponsor === member.id || (item.fields['attend'] ?? '').includes(member.name);
}
