import { placeOf, type Voice } from './postings.ts';
import type { Query } from './query.ts';
import { RECIPE } from './recipe.ts';
import type { Segment } from './segment.ts';

const idf = (all: number, having: number): number => Math.log(1 + (all - having + 0.5) / (having + 0.5));

/** For each passage k·(1 − b + b·length ÷ mean length), the part of BM25 that no question changes. */
function normsOf(lengths: Uint32Array, mean: number, k: number, b: number): Float32Array {
  const norms = new Float32Array(lengths.length);
  for (let i = 0; i < norms.length; i++) norms[i] = k * (1 - b + (b * lengths[i]!) / mean);
  return norms;
}

function livingIn(voice: Voice, from: number, to: number, dead: Uint8Array | undefined): number {
  if (!dead) return to - from;
  let n = 0;
  for (let i = from; i < to; i++) n += 1 - dead[voice.docs[i]!]!;
  return n;
}

/** The inner loop: one term's postings added to the scores of a segment. */
function add(
  scores: Float32Array,
  { docs, counts }: Voice,
  from: number,
  to: number,
  norms: Float32Array,
  weight: number,
): void {
  for (let i = from; i < to; i++) {
    const doc = docs[i]!;
    const n = counts[i]!;
    scores[doc]! += (weight * n) / (n + norms[doc]!);
  }
}

/** Scores passages for questions; made anew when the index has changed. What is removed is passed over. */
export class Scorer {
  readonly #segments: readonly Segment[];
  #passages = 0;
  /** By voice and segment. */
  readonly #norms: readonly (readonly Float32Array[])[];
  readonly #scores: readonly Float32Array[];
  readonly #withDead: readonly (Uint8Array | undefined)[];
  /** The best passage's score of each document. */
  readonly #best: Float32Array;
  /** What is added to a segment's document numbers: several indexes each count from 0. */
  readonly #first: readonly number[];

  constructor(segments: readonly Segment[], documents: number, first: readonly number[] = segments.map(() => 0)) {
    this.#segments = segments;
    this.#first = first;
    this.#scores = segments.map((s) => new Float32Array(s.ids.length));
    this.#withDead = segments.map((s) => (s.dead.includes(1) ? s.dead : undefined));
    this.#norms = RECIPE.voice.map((_, voice) => this.#normsOf(voice));
    this.#best = new Float32Array(documents);
  }

  #normsOf(voice: number): Float32Array[] {
    let total = 0;
    let passages = 0;
    for (const { dead, voices } of this.#segments)
      for (let i = 0; i < dead.length; i++) {
        if (dead[i]) continue;
        passages++;
        total += voices[voice]!.lengths[i]!;
      }
    this.#passages = passages;
    const mean = total / Math.max(1, passages) || 1;
    return this.#segments.map((s) => normsOf(s.voices[voice]!.lengths, mean, RECIPE.k[voice]!, RECIPE.b[voice]!));
  }

  /** By segment, for each passage: its own score and a share of its document's. */
  score(query: Query): readonly Float32Array[] {
    for (const s of this.#scores) s.fill(0);
    query.keys.forEach((keys, voice) => {
      for (let i = 0; i < keys.length; i++) this.#addTerm(voice, keys[i]!, query.weights[voice]![i]!);
    });
    this.#share();
    return this.#scores;
  }

  #addTerm(voice: number, key: number, weight: number): void {
    let having = 0;
    const places: number[] = [];
    for (let s = 0; s < this.#segments.length; s++) {
      const v = this.#segments[s]!.voices[voice]!;
      const place = placeOf(v.keys, key);
      places.push(place);
      if (place >= 0) having += livingIn(v, v.starts[place]!, v.starts[place + 1]!, this.#withDead[s]);
    }
    if (having === 0) return;
    const each = RECIPE.voice[voice]! * weight * (RECIPE.k[voice]! + 1) * idf(this.#passages, having);
    if (each < RECIPE.floor && having > RECIPE.common) return;
    for (let s = 0; s < places.length; s++) {
      const place = places[s]!;
      if (place < 0) continue;
      const v = this.#segments[s]!.voices[voice]!;
      add(this.#scores[s]!, v, v.starts[place]!, v.starts[place + 1]!, this.#norms[voice]![s]!, each);
    }
  }

  /** A document is worth what its best passage is; its other passages gain most by that. */
  #share(): void {
    const best = this.#best.fill(0);
    for (let s = 0; s < this.#segments.length; s++) {
      const scores = this.#scores[s]!;
      const { documents, dead } = this.#segments[s]!;
      const first = this.#first[s]!;
      for (let i = 0; i < scores.length; i++)
        if (scores[i]! > best[first + documents[i]!]! && !dead[i]) best[first + documents[i]!] = scores[i]!;
    }
    for (let s = 0; s < this.#segments.length; s++) {
      const scores = this.#scores[s]!;
      const { documents } = this.#segments[s]!;
      const first = this.#first[s]!;
      for (let i = 0; i < scores.length; i++)
        if (scores[i]! > 0) scores[i]! += RECIPE.share * best[first + documents[i]!]!;
    }
  }
}
