/** Who has the final word on a matter. Source: 2022 opinion, parts five and six; facts in knowledge/deciders. The strictest first. */
export const DECIDERS = [
  'prohibited',
  'superior',
  'other_body',
  'staff_congress',
  'party_after_staff_congress',
  'principal_then_party',
  'party_meeting',
  'principal_meeting',
  'individual',
] as const;
export type Decider = (typeof DECIDERS)[number];

/** The deciders that end in a Party meeting: letting such a matter past it is the gravest error an answer can make. */
export const NEEDS_PARTY_MEETING: ReadonlySet<Decider> = new Set([
  'party_after_staff_congress',
  'principal_then_party',
  'party_meeting',
]);

/** A text in both languages people ask in. */
export interface Bilingual {
  readonly zh: string;
  readonly en: string;
}

export type Language = 'zh' | 'en';
export type Confidence = 'high' | 'medium' | 'low';
/** public: may be said anywhere; internal: inside the school; committee_only: members of the meeting, procedure only. */
export type Confidentiality = 'public' | 'internal' | 'committee_only';
