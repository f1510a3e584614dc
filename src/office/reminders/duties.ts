import { type Duty, type DutyRow } from '../../domain/duty.ts';
import { type Member, ROLES, type Role, type Roster } from '../../domain/member.ts';
import type { SchoolProfile } from '../../domain/school.ts';

/** The person a list names: by id, name or title, else the first one with that role (`secretary`, `书记`). */
export function personNamed(name: string, roster: Roster): Member | undefined {
  const role = (Object.keys(ROLES) as Role[]).find((r) => r === name || ROLES[r] === name);
  return roster.named(name) ?? (role && roster.withRole(role)[0]);
}

/** A duty of a school's list; one whose owner is nobody's name is the office's to look after. */
export function dutyOf(row: DutyRow, roster: Roster): Duty {
  const owner = personNamed(row.owner, roster) ?? roster.withRole('office')[0];
  const others = row.others.flatMap((name) => personNamed(name, roster)?.id ?? []).filter((id) => id !== owner?.id);
  return { ...row, owner: owner?.id ?? row.owner, others, done: [] };
}

/** The recurring duties of the school's own list, with nothing done yet. */
export const seedDuties = (school: SchoolProfile, roster: Roster): readonly Duty[] =>
  (school.duties ?? []).map((row) => dutyOf(row, roster));

const EVERY_WORDS: readonly (readonly [RegExp, Duty['every']])[] = [
  [/半年/, 'half-year'],
  [/季/, 'quarter'],
  [/月/, 'month'],
  [/年/, 'year'],
];

/**
 * The regular talk of secretary and principal, for every school: as often as `sp_talk_frequency` says, weekly where it is
 * unset (procedure 3.3, a suggested value). Where one person is both, with those who stand in for the talk (9.2).
 */
function talkDuty(school: SchoolProfile, roster: Roster): Duty[] {
  const secretary = roster.withRole('secretary')[0];
  if (!secretary) return [];
  const set = school.params['sp_talk_frequency'];
  const every = EVERY_WORDS.find(([word]) => set && word.test(set))?.[1] ?? 'week';
  const others = school.dualRole
    ? roster.withRole('deputy_secretary', 'vice_principal', 'discipline')
    : roster.withRole('principal');
  return [
    {
      id: 'P0',
      title: school.dualRole ? '书记与班子成员经常性沟通' : '书记校长经常性沟通',
      owner: secretary.id,
      others: others.map((m) => m.id).filter((id) => id !== secretary.id),
      every,
      leadDays: every === 'week' ? 1 : 3,
      basis: set ? `本校设定：${set}` : '建议每周一次，本校未设定',
      talk: true,
      done: [],
    },
  ];
}

/** All duties: those of the register, which go before the school's list, and the talk where no list names it. */
export function dutiesOf(recorded: readonly Duty[], school: SchoolProfile, roster: Roster): readonly Duty[] {
  const ids = new Set(recorded.map((d) => d.id));
  const listed = seedDuties(school, roster).filter((d) => !ids.has(d.id));
  const all = [...recorded, ...listed];
  const talk = all.some((d) => d.talk) ? [] : talkDuty(school, roster);
  return [...all, ...talk].toSorted((a, b) => Number(a.id.slice(1)) - Number(b.id.slice(1)));
}
