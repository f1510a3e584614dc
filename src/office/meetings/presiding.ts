import type { Meeting } from '../../domain/meeting.ts';
import { type Body, hasRole, type Member, type Role } from '../../domain/member.ts';
import type { Scene } from '../scene.ts';

/** Who chairs in the chair's stead, first to last; where one person is secretary and principal the deputy secretary (procedure 9.2). */
const DEPUTIES: Readonly<Record<Body, readonly Role[]>> = {
  party: ['deputy_secretary', 'principal', 'vice_principal', 'discipline'],
  principal: ['vice_principal', 'deputy_secretary'],
};

/** Those who could chair, the nearest deputy first; `free` says who is at hand. */
export function deputies(scene: Scene, body: Body, free: (member: Member) => boolean): readonly Member[] {
  const roles = scene.school.dualRole ? ['deputy_secretary' as const, ...DEPUTIES[body]] : DEPUTIES[body];
  const chair = scene.roster.chairOf(body)?.id;
  const named = roles.flatMap((role) => scene.roster.withRole(role));
  const others = scene.roster.of(body);
  return [...new Set([...named, ...others])].filter((m) => m.id !== chair && free(m));
}

/** Who chairs an item: the meeting's chair, or while that one stands back or is away, the nearest deputy here. */
export function presiderOf(scene: Scene, meeting: Meeting, recused: readonly string[]): Member | undefined {
  // The deputy secretary of a school with one person in both offices may chair the principal's meeting from the side.
  const side = (m: Member) =>
    scene.school.dualRole === true && meeting.observers.includes(m.id) && hasRole(m, 'deputy_secretary');
  const free = (m: Member) => !recused.includes(m.id) && (meeting.present.includes(m.id) || side(m));
  const chair = scene.roster.get(meeting.chair);
  if (chair && free(chair)) return chair;
  return deputies(scene, meeting.body, free)[0];
}

/** In which of their two capacities somebody acts who is both secretary and principal (procedure 9.2, seed 001). */
export function capacity(scene: Scene, meeting: Meeting): string | undefined {
  if (!scene.school.dualRole) return undefined;
  const chair = scene.roster.get(meeting.chair);
  if (!chair || !hasRole(chair, 'secretary') || !hasRole(chair, 'principal')) return undefined;
  return `${chair.name}此刻是${meeting.body === 'party' ? '书记' : '校长'}身份，记录和纪要与另一个会分开。`;
}
