import type { Matter, Procedure, Rulebook } from '../rules/rulebook.ts';
import { parseCue } from './cue.ts';
import { CueIndex } from './cue-index.ts';
import { Likeness, type Stated } from './likeness.ts';
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

/** How the voices are weighed; set on questions of our own (test/eval). */
const WEIGHTS = { likeness: 2, cue: 0.42, secondCue: 0.25 };
/** Candidates given back. */
const MOST = 12;
/** There are many more sayings of what is no business of ours than of any one matter: their claim is weighed down. */
const OUTSIDE_WEIGHT = 0.4;
/** Below this share a likeness counts as none. */
const FAINT = 2e-3;

const idf = (total: number, holding: number) => Math.log(1 + total / holding);

export class Matcher {
  readonly #entries: readonly Topic[];
  readonly #cues: CueIndex;
  /** Which entry a cue belongs to. */
  readonly #cueOwner: readonly number[];
  readonly #termWeight = new Map<string, number>();
  readonly #likeness: Likeness;

  constructor(book: Rulebook, model: Model) {
    this.#likeness = new Likeness(model);
    const topics = new Map<string, Matter | Procedure>([...book.matters, ...book.procedures].map((t) => [t.id, t]));
    const matters = new Set(book.matters.map((m) => m.id));
    this.#entries = this.#likeness.topics.map((id) => ({
      kind: matters.has(id) ? 'matter' : topics.has(id) ? 'procedure' : 'outside',
      id,
    }));
    const owned = this.#likeness.topics.flatMap((id, owner) =>
      (topics.get(id)?.cues ?? book.vocabulary.outside).map((c) => ({ cue: parseCue(c), owner })),
    );
    this.#cues = new CueIndex(owned.map((o) => o.cue));
    this.#cueOwner = owned.map((o) => o.owner);
    const holding = new Map<string, Set<number>>();
    for (const { cue, owner } of owned)
      for (const term of cue.terms)
        if (!term.absent)
          for (const a of term.alternatives) holding.set(a.text, (holding.get(a.text) ?? new Set()).add(owner));
    for (const [text, owners] of holding) {
      const size = 1 + 0.2 * Math.min(4, Math.max(0, text.replaceAll('…', '').length - 2));
      this.#termWeight.set(text, idf(this.#entries.length, owners.size) * size);
    }
  }

  /** The weight of the cues that match, for each entry that has any: the best, and a share of the second. */
  #cueScores(text: string): Map<number, number> {
    const best = new Map<number, [number, number]>();
    for (const [number, said] of this.#cues.matches(text)) {
      const owner = this.#cueOwner[number]!;
      const score = said.reduce((sum, t) => sum + (this.#termWeight.get(t) ?? 0), 0);
      const [first, second] = best.get(owner) ?? [0, 0];
      best.set(owner, score > first ? [score, first] : [first, Math.max(second, score)]);
    }
    return new Map([...best].map(([owner, [first, second]]) => [owner, first + WEIGHTS.secondCue * second]));
  }

  /** All topics with any claim, most likely first. `normalised` is the question in normal form, chatter removed. */
  candidates(normalised: string): Candidate[] {
    const likes = this.#likeness.shares(grams(normalised));
    const cues = this.#cueScores(normalised);
    const scored = this.#entries.map((entry, i) => {
      const cue = cues.get(i) ?? 0;
      return {
        entry,
        cue,
        like: likes[i]!,
        score:
          WEIGHTS.likeness * Math.log(likes[i]! * (entry.kind === 'outside' ? OUTSIDE_WEIGHT : 1) + FAINT) +
          WEIGHTS.cue * cue,
      };
    });
    const highest = Math.max(...scored.map((s) => s.score));
    const sum = scored.reduce((n, s) => n + Math.exp(s.score - highest), 0);
    return scored
      .sort((a, b) => b.score - a.score)
      .slice(0, MOST)
      .map(({ entry, cue, like, score }) => ({
        kind: entry.kind,
        id: entry.id,
        cue,
        like,
        share: Math.exp(score - highest) / sum,
      }));
  }

  /** How rare a pair is among the sayings; `undefined` for one that nobody says. */
  rarity(pair: string): number | undefined {
    return this.#likeness.rarity(pair);
  }

  /** What a sentence seems to state of a topic, by likeness to sayings that do. */
  stated(topic: string, normalised: string): Stated[] {
    return this.#likeness.stated(topic, grams(normalised));
  }
}
