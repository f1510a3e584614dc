import type { Matter, Procedure, Rulebook } from '../rules/rulebook.ts';
import { Asking } from './asking.ts';
import { type Cue, matchCue, parseCue } from './cue.ts';
import { Likeness } from './likeness.ts';
import type { Model } from './learn.ts';
import { grams } from './normalise.ts';

/**
 * Finds the matter or procedure question a sentence is about. Two voices are added up: the cues of its author (action ×
 * object × qualifier, rarer words weighing more), and the likeness to what people say of it, learnt from the sayings.
 */
export interface Topic {
  readonly kind: 'matter' | 'procedure' | 'outside';
  readonly id: string;
}

export interface Candidate extends Topic {
  /** How likely, of all topics together, from 0 to 1. */
  readonly share: number;
  /** The author's cues alone: 0 when none matched. */
  readonly cue: number;
  /** The learnt likeness alone, from 0 to 1. */
  readonly like: number;
}

interface Entry extends Topic {
  readonly cues: readonly Cue[];
}

/** How the voices are weighed; set on questions of our own (test/eval). */
const WEIGHTS = { likeness: 1.1, cue: 0.42, secondCue: 0.25 };
/** Below this share a likeness counts as none. */
const FAINT = 2e-4;

const idf = (total: number, holding: number) => Math.log(1 + total / holding);

export class Matcher {
  readonly #entries: readonly Entry[];
  readonly #termWeight = new Map<string, number>();
  readonly #asking: Asking;
  readonly #likeness: Likeness;

  constructor(book: Rulebook, model: Model) {
    this.#asking = new Asking(book.vocabulary);
    this.#likeness = new Likeness(model);
    const topics = new Map<string, Matter | Procedure>([...book.matters, ...book.procedures].map((t) => [t.id, t]));
    const matters = new Set(book.matters.map((m) => m.id));
    this.#entries = model.topics.map((id) => ({
      kind: matters.has(id) ? 'matter' : topics.has(id) ? 'procedure' : 'outside',
      id,
      cues: (topics.get(id)?.cues ?? []).map(parseCue),
    }));
    this.#weighTerms();
  }

  #weighTerms(): void {
    const holding = new Map<string, Set<number>>();
    this.#entries.forEach((entry, i) => {
      for (const cue of entry.cues)
        for (const term of cue.terms)
          if (!term.absent) for (const a of term.alternatives) holding.set(a.text, (holding.get(a.text) ?? new Set()).add(i));
    });
    for (const [text, entries] of holding) {
      const size = 1 + 0.2 * Math.min(4, Math.max(0, text.replaceAll('…', '').length - 2));
      this.#termWeight.set(text, idf(this.#entries.length, entries.size) * size);
    }
  }

  #cueScore(entry: Entry, text: string): number {
    let [first, second] = [0, 0];
    for (const cue of entry.cues) {
      const found = matchCue(cue, text);
      if (!found) continue;
      const score = found.reduce((sum, t) => sum + (this.#termWeight.get(t) ?? 0), 0);
      if (score > first) [first, second] = [score, first];
      else if (score > second) second = score;
    }
    return first + WEIGHTS.secondCue * second;
  }

  /** All topics with any claim, most likely first. `normalised` is the question in normal form, chatter removed. */
  candidates(normalised: string): Candidate[] {
    const likes = this.#likeness.shares(grams(this.#asking.bare(normalised)));
    const scored = this.#entries.map((entry, i) => {
      const cue = this.#cueScore(entry, normalised);
      return { entry, cue, like: likes[i]!, score: WEIGHTS.likeness * Math.log(likes[i]! + FAINT) + WEIGHTS.cue * cue };
    });
    const highest = Math.max(...scored.map((s) => s.score));
    const sum = scored.reduce((n, s) => n + Math.exp(s.score - highest), 0);
    return scored
      .map(({ entry, cue, like, score }) => ({ kind: entry.kind, id: entry.id, cue, like, share: Math.exp(score - highest) / sum }))
      .sort((a, b) => b.share - a.share)
      .slice(0, 12);
  }
}
