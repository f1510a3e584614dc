import type { Bilingual, Decider } from '../domain/deciders.ts';
import { NEEDS_PARTY_MEETING } from '../domain/deciders.ts';
import { isKindergarten, type SchoolProfile } from '../domain/school.ts';
import type { Known } from './condition.ts';
import type { Matter, Step } from './rulebook.ts';

/** How the default (a state school with a Party committee, secretary and principal two persons) bends for this school. */
export interface Variant {
  /** Private schools: the board decides after the Party organisation has given its opinion (procedure 9.4). */
  readonly board: boolean;
  /** Names of bodies and persons as this school has them, longest first. */
  readonly names: readonly (readonly [Bilingual, Bilingual])[];
  /** Secretary and principal are one person: the talk before the meeting is with others (procedure 9.2). */
  readonly dualRole: boolean;
}

const PARTY_MEETING: Bilingual = { zh: '党组织会议', en: 'Party meeting' };
const AS_BRANCH: Readonly<Record<string, Bilingual>> = {
  设支委会的党支部: {
    zh: '支部委员会会议（履行党组织会议职责）',
    en: 'branch committee meeting (as the Party meeting)',
  },
  不设支委会的党支部: { zh: '支部党员大会（履行党组织会议职责）', en: 'branch congress (as the Party meeting)' },
};
const KINDERGARTEN: readonly (readonly [Bilingual, Bilingual])[] = [
  [
    { zh: '校长办公会议（校务会议）', en: "principal's office meeting" },
    { zh: '园务会议', en: 'kindergarten affairs meeting' },
  ],
  [
    { zh: '校长办公会议', en: "principal's office meeting" },
    { zh: '园务会议', en: 'kindergarten affairs meeting' },
  ],
  [
    { zh: '书记、校长', en: 'secretary, principal' },
    { zh: '书记、园长', en: 'secretary, head' },
  ],
];

const stated = (known: Known, fact: string, fallback: unknown): unknown => known.choices[fact]?.[0] ?? fallback;

/** What the Party organisation of a private school decides itself: its own affairs are not the board's. */
const PARTYS_OWN: ReadonlySet<string> = new Set(['党的建设']);

/** What the question says of the school goes before the profile. */
export function variantFor(school: SchoolProfile, known: Known, matter?: Pick<Matter, 'category'>): Variant {
  const only = school.schoolTypes.length === 1 ? school.schoolTypes[0] : undefined;
  const type = stated(known, 'school_type', only);
  const org = String(stated(known, 'org_type', school.orgType) ?? '');
  return {
    board: (type === '民办' || school.schoolTypes.includes('民办')) && !PARTYS_OWN.has(matter?.category ?? ''),
    dualRole: stated(known, 'dual_role', school.dualRole) === true,
    names: [
      ...(type === '幼儿园' || isKindergarten(school) ? KINDERGARTEN : []),
      ...(AS_BRANCH[org] ? [[PARTY_MEETING, AS_BRANCH[org]!] as const] : []),
    ],
  };
}

/** The decider under the variant: a board takes the place of the Party meeting's decision, not of its opinion. */
export const deciderFor = (decider: Decider, variant: Variant): Decider =>
  variant.board && NEEDS_PARTY_MEETING.has(decider) ? 'other_body' : decider;

export const BOARD_STEPS: readonly Step[] = [
  {
    body: { zh: '{office}', en: '{office}' },
    action: { zh: '提出建议方案', en: 'drafts the proposal' },
    decides: false,
  },
  { body: { zh: '行政班子', en: 'administration' }, action: { zh: '研究论证', en: 'studies it' }, decides: false },
  {
    body: { zh: '党组织', en: 'Party organisation' },
    action: { zh: '研究提出意见', en: 'gives its opinion' },
    decides: false,
  },
  {
    body: { zh: '董（理）事会', en: 'board' },
    action: {
      zh: '按章程决定，法定重大事项须三分之二以上组成人员同意',
      en: 'decides under the charter; two thirds of all members on the statutory major matters',
    },
    decides: true,
  },
  {
    body: { zh: '校长', en: 'principal' },
    action: { zh: '组织实施，监督机构监督', en: 'carries it out under supervision' },
    decides: false,
  },
];
