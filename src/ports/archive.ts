import type { SchoolProfile } from '../domain/school.ts';

/** An answer as it was given, without the words of the question: enough to rule on it again. */
export interface GivenAnswer {
  readonly id: string;
  readonly school: SchoolProfile;
  readonly day: string;
  readonly rulesVersion: string;
  readonly matter: string;
  readonly facts: Readonly<Record<string, unknown>>;
  /** Facts spoken of too loosely for their assumption. */
  readonly vague: readonly string[];
  /** Values taken as premises. */
  readonly premises: Readonly<Record<string, string | boolean>>;
  readonly outcome: string;
  readonly decider: string | null;
}

/** What is kept so that an old answer can be replayed, and what schools set for themselves. */
export interface Archive {
  /** Keeps the rules once a version; `body` is the compiled book as JSON. */
  keepRules(version: string, body: string, now: number): Promise<void>;
  rules(version: string): Promise<string | null>;
  keepAnswer(answer: GivenAnswer, now: number): Promise<void>;
  answer(id: string): Promise<GivenAnswer | null>;
  /** A profile in force from `since` on; an earlier one stays for the days before. */
  keepProfile(profile: SchoolProfile, since: string): Promise<void>;
  profiles(): Promise<readonly { readonly since: string; readonly profile: SchoolProfile }[]>;
  tidyAnswers(before: number): Promise<void>;
}
