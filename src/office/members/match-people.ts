import type { Account, Member, Person } from '../../domain/member.ts';
import { accountsIn, type Directory } from './directories.ts';
import { sameAccount } from './unbound.ts';

/**
 * A member and somebody in the directory who may be the same. `same-name`: the name fits nobody else on either side;
 * `unclear`: namesakes, or the name is the same only without what stands in brackets; `rest`: bound to a part of the
 * person's accounts.
 */
export interface Match {
  readonly member: Member;
  readonly person: Person;
  readonly kind: 'same-name' | 'unclear' | 'rest';
}

/** Who in a directory seems to be whom in the list of members; nobody is bound by this. */
export interface Matched {
  readonly matches: readonly Match[];
  /** Members with an account there already. */
  readonly bound: readonly Member[];
  /** Members of whose name the directory has nobody. */
  readonly missing: readonly Member[];
  /** People of whose name the list of members has nobody. */
  readonly strangers: readonly Person[];
}

export function matchPeople(members: readonly Member[], people: readonly Person[], directory: Directory): Matched {
  const accountsOf = ({ user }: Person) => accountsIn(directory, user);
  const holderOf = (person: Person) => members.find((m) => accountsOf(person).some((a) => holds(m, a)));
  const bound = members.filter((m) => m.accounts.some((a) => isIn(directory, a)));
  const rest = people.flatMap((person): Match[] => {
    const member = holderOf(person);
    return member && !accountsOf(person).every((a) => holds(member, a)) ? [{ member, person, kind: 'rest' }] : [];
  });
  const open = Map.groupBy(
    members.filter((m) => !bound.includes(m)),
    (m) => bare(m.name),
  );
  const free = Map.groupBy(
    people.filter((p) => !holderOf(p)),
    (p) => bare(p.name),
  );
  return {
    matches: [...rest, ...[...open].flatMap(([name, same]) => pairs(same, free.get(name) ?? []))],
    bound,
    missing: [...open].flatMap(([name, same]) => (free.has(name) ? [] : same)),
    strangers: [...free].flatMap(([name, same]) => (open.has(name) ? [] : same)),
  };
}

/** Everybody of one name on the one side with everybody on the other. */
function pairs(members: readonly Member[], people: readonly Person[]): Match[] {
  const alone = members.length === 1 && people.length === 1;
  return members.flatMap((member) =>
    people.map((person) => {
      const same = alone && whole(member.name) === whole(person.name);
      return { member, person, kind: same ? 'same-name' : 'unclear' };
    }),
  );
}

const whole = (name: string): string => name.normalize('NFKC').replace(/\s/g, '');

/** Without the mark schools put behind namesakes: 张伟（初一） and 张伟. */
const bare = (name: string): string => whole(name).replace(/\(.*$/, '');

const holds = (member: Member, account: Account): boolean => member.accounts.some((a) => sameAccount(a, account));

const isIn = (directory: Directory, { platform, user }: Account): boolean =>
  accountsIn(directory, user).some((a) => a.platform === platform);
