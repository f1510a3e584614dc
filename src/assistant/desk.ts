import type { SchoolProfile } from '../domain/school.ts';
import type { Clauses } from '../library/clauses.ts';
import type { Reader, Understood } from '../reading/reader.ts';
import { variantFor } from '../rules/adapt.ts';
import type { Known } from '../rules/condition.ts';
import type { Matter, Rulebook } from '../rules/rulebook.ts';
import type { WritingHelp } from '../wording/word-ruling.ts';
import type { Answer, NamedMatter } from './answer.ts';

/** What answering needs; all of it is in memory. */
export interface Desk {
  readonly book: Rulebook;
  readonly reader: Reader;
  readonly clauses: Clauses;
}

export interface Asked {
  readonly question: string;
  /** Facts given as data: they go before what is read. */
  readonly facts?: Readonly<Record<string, unknown>>;
  readonly school: SchoolProfile;
  /** The school's calendar day. */
  readonly day: string;
}

/** Citations of one answer; more are not read. */
export const MOST_CITATIONS = 6;

export function helpFor(known: Known, understood: Understood, asked: Asked, desk: Desk, matter?: Matter): WritingHelp {
  const school = known.lines ? { ...asked.school, amountLines: known.lines } : asked.school;
  return { book: desk.book, school, variant: variantFor(asked.school, known, matter), language: understood.language };
}

export const named = (m: Matter, understood: Understood): NamedMatter => ({
  id: m.id,
  name: m.name[understood.language],
});

/** An answer before anything is known. */
export function baseAnswer(
  { language }: Pick<Answer, 'language'>,
  desk: Desk,
): Omit<Answer, 'answer' | 'sections' | 'footer'> {
  return {
    outcome: 'unruled',
    topic: 'none',
    matter: null,
    matters: [],
    decider: null,
    party_meeting_required: null,
    facts: {},
    steps: [],
    preSteps: [],
    voting: null,
    postSteps: [],
    questions: [],
    alternatives: [],
    premises: [],
    citations: [],
    certainty: 'low',
    confidentiality: 'public',
    rulesVersion: desk.book.version,
    trace: [],
    language,
    vague: [],
  };
}

/** Small print: the rules version, and that the amount lines are the demo's where they were used. */
export function footerOf(help: WritingHelp, asked: Asked, usesLines: boolean): string {
  const l = help.language;
  const demo = asked.school.demo && usesLines && help.school.amountLines === asked.school.amountLines;
  const version =
    l === 'zh' ? `规则版本 ${help.book.version}，${asked.day}` : `Rules ${help.book.version}, ${asked.day}`;
  const lines = l === 'zh' ? '金额线 A1、A2 是演示值' : 'amount lines A1 and A2 are demo values';
  return demo ? `${version}；${lines}` : version;
}
