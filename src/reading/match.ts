import type { Matter, Procedure, Rulebook } from '../rules/rulebook.ts';
import { type Cue, matchCue, parseCue } from './cue.ts';
import { grams, normalise } from './normalise.ts';

/**
 * Finds the matter or procedure question a sentence is about. Three voices are added up: the cues of its author
 * (action × object × qualifier, rarer words weighing more), the likeness to the names people use for it, and the words
 * those names are made of. Everything is prepared once; a question costs about a millisecond.
 */
export interface Topic {
  readonly kind: 'matter' | 'procedure';
  readonly id: string;
}

export interface Candidate extends Topic {
  readonly score: number;
  /** The part of the score that comes from cues: a match without any is a likeness only. */
  readonly cue: number;
}

interface Entry extends Topic {
  readonly cues: readonly Cue[];
}

/** How the voices are weighed. Set by hand on questions of our own; see bench/reading. */
const WEIGHTS = { likeness: 7, words: 2.2, secondCue: 0.25 };

const idf = (total: number, holding: number) => Math.log(1 + total / holding);

export class Matcher {
  readonly #entries: readonly Entry[];
  readonly #termWeight = new Map<string, number>();
  readonly #asking: readonly RegExp[];
  /** For each gram, the examples it stands in. An example is one name of one entry. */
  readonly #postings = new Map<string, number[]>();
  readonly #exampleOwner: number[] = [];
  readonly #exampleNorm: number[] = [];
  readonly #gramWeight = new Map<string, number>();
  /** For each gram, how much it speaks for each entry that uses it. */
  readonly #wordVotes = new Map<string, ReadonlyMap<number, number>>();

  constructor(book: Rulebook) {
    this.#asking = book.vocabulary.asking.map((p) => new RegExp(p, 'g'));
    const topics: readonly (Matter | Procedure)[] = [...book.matters, ...book.procedures];
    this.#entries = topics.map((t, i) => ({
      kind: i < book.matters.length ? 'matter' : 'procedure',
      id: t.id,
      cues: t.cues.map(parseCue),
    }));
    this.#weighTerms();
    this.#indexNames(topics);
  }

  #weighTerms(): void {
    const holding = new Map<string, Set<number>>();
    this.#entries.forEach((entry, i) => {
      for (const cue of entry.cues)
        for (const term of cue.terms)
          if (!term.absent)
            for (const a of term.alternatives) holding.set(a.text, (holding.get(a.text) ?? new Set()).add(i));
    });
    for (const [text, entries] of holding) {
      const size = 1 + 0.2 * Math.min(4, Math.max(0, text.replaceAll('…', '').length - 2));
      this.#termWeight.set(text, idf(this.#entries.length, entries.size) * size);
    }
  }

  /** What is left of a question when the words that only ask are taken away. */
  bare(normalised: string): string {
    const left = this.#asking.reduce((text, pattern) => text.replace(pattern, ' '), normalised);
    return /[\u3400-\u9fffa-z]/.test(left) ? left : normalised;
  }

  #indexNames(topics: readonly (Matter | Procedure)[]): void {
    const examples = topics.flatMap((t, owner) =>
      [t.name.zh, t.name.en, ...t.names].map((name) => ({ owner, grams: new Set(grams(this.bare(normalise(name)))) })),
    );
    const holding = new Map<string, Set<number>>();
    for (const e of examples) for (const g of e.grams) holding.set(g, (holding.get(g) ?? new Set()).add(e.owner));
    for (const [g, owners] of holding) {
      this.#gramWeight.set(g, idf(topics.length, owners.size) * (g.length > 1 ? 1.4 : 0.5));
      this.#wordVotes.set(g, new Map([...owners].map((o) => [o, 1 / Math.sqrt(owners.size)])));
    }
    for (const [i, e] of examples.entries()) {
      let norm = 0;
      for (const g of e.grams) {
        norm += this.#gramWeight.get(g)! ** 2;
        const list = this.#postings.get(g);
        if (list) list.push(i);
        else this.#postings.set(g, [i]);
      }
      this.#exampleOwner.push(e.owner);
      this.#exampleNorm.push(Math.sqrt(norm));
    }
  }

  #likeness(text: string): { nearest: Float64Array; words: Float64Array } {
    const nearest = new Float64Array(this.#entries.length);
    const words = new Float64Array(this.#entries.length);
    const dots = new Map<number, number>();
    let norm = 0;
    for (const g of new Set(grams(text))) {
      const weight = this.#gramWeight.get(g);
      if (weight === undefined) {
        norm += g.length > 1 ? 9 : 2;
        continue;
      }
      norm += weight ** 2;
      for (const example of this.#postings.get(g)!) dots.set(example, (dots.get(example) ?? 0) + weight ** 2);
      for (const [owner, share] of this.#wordVotes.get(g)!) words[owner]! += weight * share;
    }
    for (const [example, dot] of dots) {
      const owner = this.#exampleOwner[example]!;
      const cosine = dot / (this.#exampleNorm[example]! * Math.sqrt(norm || 1));
      if (cosine > nearest[owner]!) nearest[owner] = cosine;
    }
    const length = Math.sqrt(norm || 1);
    return { nearest, words: words.map((w) => w / length) };
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

  /** All entries with any score, best first. `normalised` is the question in normal form, chatter removed. */
  candidates(normalised: string): Candidate[] {
    const { nearest, words } = this.#likeness(this.bare(normalised));
    return this.#entries
      .map((entry, i) => {
        const cue = this.#cueScore(entry, normalised);
        return { kind: entry.kind, id: entry.id, cue, score: cue + WEIGHTS.likeness * nearest[i]! + WEIGHTS.words * words[i]! };
      })
      .filter((c) => c.score > 0)
      .sort((a, b) => b.score - a.score);
  }
}
