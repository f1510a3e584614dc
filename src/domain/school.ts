import type { Decider } from './deciders.ts';
import type { DutyRow } from './duty.ts';

export type OrgType = '党委' | '党总支' | '设支委会的党支部' | '不设支委会的党支部';
export type SchoolType = '义务教育' | '高中' | '中职' | '幼儿园' | '民办';

/** The school's amount lines in yuan: below A1 one person approves; from A2 on the Party meeting decides. */
export interface AmountLines {
  readonly A1: number;
  readonly A2: number;
}

/** A kindergarten and nothing else; it may be a private one. */
export const isKindergarten = ({ schoolTypes }: Pick<SchoolProfile, 'schoolTypes'>): boolean =>
  schoolTypes.includes('幼儿园') && schoolTypes.every((t) => t === '幼儿园' || t === '民办');

export const isPrivate = ({ schoolTypes }: Pick<SchoolProfile, 'schoolTypes'>): boolean => schoolTypes.includes('民办');

/** An entry of the school's own list of matters: it goes before the default, but not below law or superior documents. */
export interface ListEntry {
  readonly matter: string;
  readonly decider: Decider;
  /** How the list names it, e.g. 党组织会议议事清单第12项. */
  readonly entry: string;
  readonly since: string;
}

/** What a school says about itself. Everything it has not set is asked for or said to be unset, never invented. */
export interface SchoolProfile {
  readonly id: string;
  readonly name: string;
  /** Set for the sample school: its values are said to be demo values wherever they are used. */
  readonly demo: boolean;
  /** The day these settings came into force. */
  readonly since: string;
  readonly orgType?: OrgType;
  /** The stages and nature of the school; several when it has several. */
  readonly schoolTypes: readonly SchoolType[];
  readonly dualRole?: boolean;
  readonly amountLines?: AmountLines;
  /** How many are due to attend. */
  readonly partyMembers?: number;
  readonly adminMembers?: number;
  readonly congressDelegates?: number;
  readonly list: readonly ListEntry[];
  /** Other parameters of procedure section 13, by name. */
  readonly params: Readonly<Record<string, string>>;
  /** Recurring duties of the school's own list (`duties.yaml`). */
  readonly duties?: readonly DutyRow[];
}
