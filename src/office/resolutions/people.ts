import { type Body, hasRole, type Member } from '../../domain/member.ts';
import type { Reply } from '../../domain/message.ts';
import type { Resolution } from '../../domain/resolution.ts';
import type { Scene } from '../scene.ts';

/** Who is who is all these need: a scene, or the view reminders are made from. */
type Peopled = Pick<Scene, 'roster'>;

/** Schools whose leadership is three people or fewer (procedure 9.3): one person may hold two hands of a closing. */
export const isTiny = (scene: Peopled): boolean => scene.roster.all.filter((m) => m.bodies.length > 0).length <= 3;

/** A member's name, or the department or name as it stands. */
export const ownerName = (scene: Scene, owner: string): string => scene.roster.nameOf(owner);

/**
 * Who acts for a responsible party: the member; of a department its heads, or whoever is in it where it has none; the
 * office where the roster knows neither.
 */
export function actorsFor(scene: Peopled, owner: string): readonly Member[] {
  const member = scene.roster.get(owner);
  if (member) return [member];
  const inside = scene.roster.all.filter((m) => m.department === owner);
  const heads = inside.filter((m) => hasRole(m, 'head', 'office', 'union'));
  if (heads.length > 0) return heads;
  return inside.length > 0 ? inside : scene.roster.withRole('office');
}

export const actsFor = (scene: Scene, owner: string | undefined, member: Member): boolean =>
  owner !== undefined && actorsFor(scene, owner).some((m) => m.id === member.id);

/** Leaders from whom a checker may be taken, nearest first. */
function leaders(scene: Peopled, first: readonly (Member | undefined)[]): readonly Member[] {
  const rest = scene.roster.withRole('vice_principal', 'deputy_secretary', 'principal', 'secretary');
  return [...new Set([...first, ...rest].filter((m): m is Member => m !== undefined))];
}

/** The leader in charge, who reviews: never the one responsible, unless there is nobody else. */
export function checkerFor(scene: Scene, owner: string, body: Body | undefined, deputy?: string): string | undefined {
  const department = scene.roster.get(owner)?.department ?? owner;
  const chair = body && scene.roster.chairOf(body);
  const first = [deputy === undefined ? undefined : scene.roster.get(deputy), scene.roster.leaderOf(department), chair];
  const all = leaders(scene, first);
  const own = actorsFor(scene, owner);
  return (all.find((m) => !own.some((o) => o.id === m.id)) ?? all[0])?.id;
}

/** Who decides on the resolution's behalf: the chair of the body that decided; for rows of lists the leader in charge. */
export function deciderOf(scene: Peopled, r: Resolution): Member | undefined {
  if (r.source.kind === 'meeting') return scene.roster.chairOf(r.source.body);
  const checker = r.checker === undefined ? undefined : scene.roster.get(r.checker);
  return checker ?? scene.roster.withRole('principal')[0] ?? scene.roster.withRole('secretary')[0];
}

/** The leader who reviews a closing: the checker, else the nearest leader who did not apply for it himself. */
export function reviewerOf(scene: Peopled, r: Resolution): Member | undefined {
  const checker = r.checker === undefined ? undefined : scene.roster.get(r.checker);
  const all = leaders(scene, [checker, deciderOf(scene, r)]);
  return all.find((m) => m.id !== r.closing?.by) ?? (isTiny(scene) ? all[0] : undefined);
}

/** Who checks after the review: office or discipline member, neither applicant nor reviewer (but in tiny schools). */
export function finalCheckers(scene: Peopled, r: Resolution): readonly Member[] {
  const all = scene.roster.withRole('office', 'discipline');
  const done = new Set([r.closing?.by, r.closing?.reviewed?.by]);
  const others = all.filter((m) => !done.has(m.id));
  return others.length > 0 || !isTiny(scene) ? others : all;
}

/** 方主任（办公室主任）、秦委员（纪检委员） */
export const whoAre = (members: readonly (Member | undefined)[]): string =>
  members
    .filter((m): m is Member => m !== undefined)
    .map((m) => `${m.name}（${m.title}）`)
    .join('、') || '名册里还没有的人（请办公室先补名册）';

export type Party = 'owner' | 'coowner' | 'checker' | 'office' | 'decider';

export function partyOf(scene: Scene, r: Resolution, party: Party): readonly Member[] {
  switch (party) {
    case 'owner':
      return actorsFor(scene, r.owner);
    case 'coowner':
      return r.coowner === undefined ? [] : actorsFor(scene, r.coowner);
    case 'checker':
      return [reviewerOf(scene, r)].filter((m): m is Member => m !== undefined);
    case 'office':
      return scene.roster.withRole('office');
    case 'decider':
      return [deciderOf(scene, r)].filter((m): m is Member => m !== undefined);
    default:
      return party satisfies never;
  }
}

/** Says something once to each of the parties, the speaker left out. */
export function tellThose(
  scene: Scene,
  r: Resolution,
  parties: readonly Party[],
  reply: Reply,
  except: readonly Party[] = [],
): void {
  const whom = new Set(parties.flatMap((p) => partyOf(scene, r, p)).map((m) => m.id));
  for (const m of except.flatMap((p) => partyOf(scene, r, p))) whom.delete(m.id);
  whom.delete(scene.by.id);
  for (const id of whom) scene.tell(id, reply, r.id);
}
