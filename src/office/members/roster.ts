import { DEMO_MEMBERS } from '../../domain/demo-members.ts';
import { Roster } from '../../domain/member.ts';
import type { SchoolProfile } from '../../domain/school.ts';
import type { Shown } from '../../ports/ledger.ts';

/** The people of a school: of the sample school its demo members, of any other those in its register. */
export const rosterOf = (shown: Shown, profile: Pick<SchoolProfile, 'demo'>): Roster =>
  new Roster(profile.demo ? DEMO_MEMBERS : [...shown.records.member.values()]);
