import type { Confidence, Confidentiality, Decider, Language } from '../domain/deciders.ts';

/** What `POST /api/ask` returns and every door shows: the fields are promised in the contract. */
export interface Answer {
  /** Given when the answer is kept for replay. */
  readonly id?: string;
  readonly outcome: 'settled' | 'needs_facts' | 'contested' | 'unruled';
  readonly topic: 'matter' | 'procedure' | 'none';
  readonly matter: NamedMatter | null;
  readonly matters: readonly NamedMatter[];
  readonly decider: Decider | null;
  readonly party_meeting_required: boolean | null;
  /** What was understood, under the parameter names of the rule table. */
  readonly facts: Readonly<Record<string, unknown>>;
  readonly steps: readonly { readonly body: string; readonly action: string }[];
  readonly preSteps: readonly { readonly code: string; readonly text: string }[];
  readonly voting: { readonly text: string } | null;
  readonly postSteps: readonly { readonly code: string; readonly text: string }[];
  /** Most decisive first. */
  readonly questions: readonly Question[];
  readonly alternatives: readonly { readonly when: string; readonly decider: Decider | null }[];
  /** Facts taken at their ordinary value because nobody spoke of them; another answer may change the ruling. */
  readonly premises: readonly Question[];
  readonly citations: readonly CitedClause[];
  readonly certainty: Confidence;
  readonly confidentiality: Confidentiality;
  readonly answer: string;
  readonly rulesVersion: string;
  readonly trace: readonly TraceLine[];
  readonly language: Language;
  /** Facts spoken of too loosely for their assumption to be taken. */
  readonly vague: readonly string[];
  /** The parts of the answer, for cards; every line is plain text. */
  readonly sections: readonly AnswerSection[];
  readonly footer: string;
}

export interface NamedMatter {
  readonly id: string;
  readonly name: string;
}

export interface Question {
  readonly fact: string;
  readonly text: string;
  readonly options: readonly { readonly value: string | boolean; readonly label: string }[];
  /** The value a premise takes. */
  readonly assumed?: string | boolean;
}

export interface CitedClause {
  /** `source#key` */
  readonly id: string;
  readonly title: string;
  readonly section: string;
  readonly level: string;
  readonly checked: string;
  /** What it says, in our wording. */
  readonly says: string;
  readonly url?: string;
}

export interface TraceLine {
  readonly matter: string;
  readonly route: string;
  readonly decider: Decider;
  readonly truth: 'holds' | 'fails' | 'unknown' | 'default';
  readonly because: string;
}

export interface AnswerSection {
  readonly heading: string;
  readonly lines: readonly string[];
  readonly links?: readonly { readonly text: string; readonly url?: string }[];
}
