import type { PlatformName } from './message.ts';

/** The roles of procedure section 8; a person may hold several (一肩挑 is secretary and principal in one). */
export const ROLES = {
  secretary: '书记',
  principal: '校长',
  deputy_secretary: '专职副书记',
  vice_principal: '副校长',
  discipline: '纪检委员',
  union: '工会主席',
  office: '办公室主任',
  head: '中层干部',
  teacher: '教师',
} as const;
export type Role = keyof typeof ROLES;

/** The two meetings of procedure section 1. */
export const BODIES = { party: '党组织会议', principal: '校长办公会议' } as const;
export type Body = keyof typeof BODIES;

/** Where a platform knows the person. */
export interface Account {
  readonly platform: PlatformName;
  readonly app: string;
  /** The platform's id of the person. */
  readonly user: string;
  /** The direct chat with the person, once one is known; platforms that write to a person by user id need none. */
  readonly chat?: string;
}

/** Somebody as a platform's directory has them. */
export interface Person {
  /** The platform's id of the person. */
  readonly user: string;
  readonly name: string;
}

/** Somebody who writes from an account says to be the member; the office confirms or refuses. */
export interface Claim {
  readonly account: Account;
  readonly at: number;
  readonly refused?: { readonly by: string; readonly at: number };
}

export interface Member {
  readonly id: string;
  readonly name: string;
  /** As it stands on papers, e.g. 党委书记. */
  readonly title: string;
  readonly roles: readonly Role[];
  readonly department?: string;
  /** Sits, with a vote, in the Party organisation's leadership, the administration's, both or neither. */
  readonly bodies: readonly Body[];
  /** Departments this leader is in charge of. */
  readonly inChargeOf?: readonly string[];
  readonly accounts: readonly Account[];
  /** Asked for and not confirmed. */
  readonly claims?: readonly Claim[];
}

export const hasRole = (member: Member, ...roles: readonly Role[]): boolean =>
  member.roles.some((r) => roles.includes(r));

/** The people of one school. */
export class Roster {
  readonly all: readonly Member[];
  readonly #byId: ReadonlyMap<string, Member>;

  constructor(members: readonly Member[]) {
    this.all = members;
    this.#byId = new Map(members.map((m) => [m.id, m]));
  }

  get(id: string): Member | undefined {
    return this.#byId.get(id);
  }

  /** The name as papers and messages give it; an unknown id stays as it is. */
  nameOf(id: string): string {
    return this.get(id)?.name ?? id;
  }

  withRole(...roles: readonly Role[]): readonly Member[] {
    return this.all.filter((m) => hasRole(m, ...roles));
  }

  /** Those with a vote in a body. */
  of(body: Body): readonly Member[] {
    return this.all.filter((m) => m.bodies.includes(body));
  }

  /** Who calls and chairs it: the secretary, the principal. */
  chairOf(body: Body): Member | undefined {
    return this.withRole(body === 'party' ? 'secretary' : 'principal')[0];
  }

  /** The leader in charge of a department; the only vice-principal where the departments are not shared out. */
  leaderOf(department: string | undefined): Member | undefined {
    const charged = this.all.find((m) => department !== undefined && m.inChargeOf?.includes(department));
    return charged ?? this.withRole('vice_principal')[0] ?? this.withRole('principal')[0];
  }

  byAccount(platform: string, app: string, user: string): Member | undefined {
    return this.all.find((m) =>
      m.accounts.some((a) => a.platform === platform && a.user === user && (a.app === app || a.app === '')),
    );
  }

  /** The person a text names: by id, name or title; `undefined` when nobody or more than one fits. */
  named(text: string): Member | undefined {
    const plain = text.trim();
    const fits = this.all.filter((m) => m.id === plain || m.name === plain || m.title === plain);
    return fits.length === 1 ? fits[0] : undefined;
  }
}
