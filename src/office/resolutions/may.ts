import { hasRole, type Member, ROLES, type Role } from '../../domain/member.ts';
import type { Resolution } from '../../domain/resolution.ts';
import { Refusal } from '../refusal.ts';
import type { Scene } from '../scene.ts';
import { actsFor, deciderOf, finalCheckers, type Party, reviewerOf, whoAre } from './people.ts';

/** How somebody stands to a resolution: by what it says of them, or by their role in the school. */
export type Tie =
  | Role
  | Party
  | 'reviewer'
  | 'final'
  | 'sponsor'
  | 'department'
  /** A member of the leadership: sits with a vote in one of the two bodies. */
  | 'leadership';

/** What is done to resolutions and lists, and who may: procedure 5, 6 and 8, forms 7 to 9 and 12. What is not here is nobody's. */
export const MAY = {
  progress: ['owner', 'coowner', 'checker', 'office'],
  extend: ['owner', 'coowner', 'office'],
  consent: ['decider'],
  close: ['owner'],
  review: ['reviewer'],
  check: ['final'],
  evaluate: ['decider', 'checker', 'leadership', 'discipline', 'union', 'office'],
  correct: ['secretary', 'principal'],
  end: ['decider'],
  publicize: ['office', 'secretary', 'principal', 'deputy_secretary'],
  reconsider: ['sponsor', 'owner', 'coowner', 'department', 'leadership', 'discipline', 'union'],
  accept: ['decider'],
  confidential: [
    'owner',
    'coowner',
    'checker',
    'reviewer',
    'decider',
    'sponsor',
    'office',
    'discipline',
    'secretary',
    'principal',
    'body',
  ],
  import: ['office', 'secretary', 'principal', 'deputy_secretary', 'vice_principal'],
  statistics: ['office', 'secretary', 'principal', 'deputy_secretary', 'vice_principal', 'discipline', 'union', 'head'],
} as const satisfies Readonly<Record<string, readonly (Tie | 'body')[]>>;
export type Deed = keyof typeof MAY;

function tied(scene: Scene, r: Resolution, member: Member, tie: Tie | 'body'): boolean {
  switch (tie) {
    case 'owner':
    case 'coowner':
      return actsFor(scene, r[tie], member);
    case 'checker':
      return r.checker === member.id;
    case 'decider':
      return deciderOf(scene, r)?.id === member.id;
    case 'reviewer':
      return reviewerOf(scene, r)?.id === member.id;
    case 'final':
      return finalCheckers(scene, r).some((m) => m.id === member.id);
    case 'sponsor':
      return r.sponsor === member.id;
    case 'department':
      return (
        member.department !== undefined && [r.owner, scene.roster.get(r.owner)?.department].includes(member.department)
      );
    case 'leadership':
      return member.bodies.length > 0;
    case 'body':
      return r.source.kind === 'meeting' && member.bodies.includes(r.source.body);
    default:
      return hasRole(member, tie);
  }
}

/** Whether a member may do a deed to a resolution. */
export const may = (scene: Scene, member: Member, deed: Deed, r: Resolution): boolean =>
  MAY[deed].some((tie) => tied(scene, r, member, tie));

/** Deeds about no resolution of their own (lists): by role alone. */
export const mayByRole = (member: Member, deed: 'import' | 'statistics'): boolean => hasRole(member, ...MAY[deed]);

/** What is not confidential the whole school may know of (procedure 8: 督办, teachers are informed). */
export const maySee = (scene: Scene, member: Member, r: Resolution): boolean =>
  r.confidentiality !== 'committee_only' || may(scene, member, 'confidential', r);

/** Refuses with the names of those who can. */
export function mustDo(scene: Scene, deed: Deed, what: string, r: Resolution): void {
  if (may(scene, scene.by, deed, r)) return;
  throw new Refusal('not-yours', `${what}由${whoMay(scene, deed, r)}来办，您这里办不了。`);
}

export const whoMay = (scene: Scene, deed: Deed, r: Resolution): string =>
  whoAre(scene.roster.all.filter((m) => may(scene, m, deed, r)).slice(0, 6));

export const rolesWho = (deed: 'import' | 'statistics'): string => MAY[deed].map((r) => ROLES[r]).join('、');
