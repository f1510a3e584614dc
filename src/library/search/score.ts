import type { Query } from './query.ts';
import { placeOf, type Voice } from './postings.ts';
import { RECIPE } from './recipe.ts';
import type { Segment } from './segment.ts';

/** What scoring needs to know of the whole index; made anew after a change. */
export interface Figures {
  readonly passages: number;
  readonly documents: number;
  /** By voice and segment: for each passage k·(1 − b + b·length ÷ mean length). */
  readonly norms: readonly (readonly Float32Array[])[];
  /** By voice: the same for documents. Empty when every document is a single passage. */
  readonly documentNorms: readonly Float32Array[];
}

const normsOf = (lengths: ArrayLike<number>, mean: number, k: number, b: number): Float32Array =>
  Float32Array.from(lengths, (n) => k * (1 - b + (b * n) / mean));

export function figuresOf(segments: readonly Segment[], documents: number): Figures {
  const perDocument = new Float64Array(documents);
  let passages = 0;
  for (const s of segments) s.documents.forEach((d, i) => s.dead[i] || (passages++, perDocument[d]!++));
  const living = perDocument.reduce((n, size) => n + (size > 0 ? 1 : 0), 0);
  const grouped = living < passages;
  const norms: Float32Array[][] = [];
  const documentNorms: Float32Array[] = [];
  for (let v = 0; v < RECIPE.voice.length; v++) {
    const lengths = new Float64Array(documents);
    let total = 0;
    for (const s of segments) s.voices[v]!.lengths.forEach((n, i) => s.dead[i] || ((total += n), (lengths[s.documents[i]!]! += n)));
    const mean = total / Math.max(1, passages) || 1;
    norms.push(segments.map((s) => normsOf(s.voices[v]!.lengths, mean, RECIPE.k[v]!, RECIPE.b[v]!)));
    documentNorms.push(grouped ? normsOf(lengths, total / Math.max(1, living) || 1, RECIPE.k[v]!, RECIPE.documentB) : new Float32Array(0));
  }
  return { passages, documents: living, norms, documentNorms: grouped ? documentNorms : [] };
}

const idf = (all: number, having: number): number => Math.log(1 + (all - having + 0.5) / (having + 0.5));

function livingIn(voice: Voice, from: number, to: number, dead: Uint8Array | undefined): number {
  if (!dead) return to - from;
  let n = 0;
  for (let i = from; i < to; i++) n += 1 - dead[voice.docs[i]!]!;
  return n;
}

/** The inner loop: one term's postings added to the scores of a segment. */
function add(scores: Float32Array, { docs, counts }: Voice, from: number, to: number, norms: Float32Array, weight: number): void {
  for (let i = from; i < to; i++) {
    const doc = docs[i]!;
    const n = counts[i]!;
    scores[doc]! += (weight * n) / (n + norms[doc]!);
  }
}

/** Scores of all passages, by segment. What is removed still gets a score and is passed over when the best are taken. */
export class Scorer {
  readonly #segments: readonly Segment[];
  readonly #figures: Figures;
  readonly #scores: Float32Array[];
  readonly #withDead: readonly (Uint8Array | undefined)[];
  readonly #documentScores: Float32Array;
  readonly #counts: Float32Array;
  readonly #touched: Int32Array;

  constructor(segments: readonly Segment[], documents: number) {
    this.#segments = segments;
    this.#figures = figuresOf(segments, documents);
    this.#scores = segments.map((s) => new Float32Array(s.ids.length));
    this.#withDead = segments.map((s) => (s.dead.includes(1) ? s.dead : undefined));
    const room = this.#figures.documentNorms.length ? documents : 0;
    this.#documentScores = new Float32Array(room);
    this.#counts = new Float32Array(room);
    this.#touched = new Int32Array(room);
  }

  score(query: Query): readonly Float32Array[] {
    for (const s of this.#scores) s.fill(0);
    this.#documentScores.fill(0);
    query.keys.forEach((keys, voice) => {
      const heard = this.#documentScores.length > 0 && RECIPE.documentVoices.includes(voice);
      keys.forEach((key, i) => this.#addTerm(voice, key, query.weights[voice]![i]!, heard));
    });
    if (this.#documentScores.length > 0) this.#share();
    return this.#scores;
  }

  #addTerm(voice: number, key: number, weight: number, heard: boolean): void {
    let having = 0;
    const places: number[] = [];
    for (let s = 0; s < this.#segments.length; s++) {
      const v = this.#segments[s]!.voices[voice]!;
      const place = placeOf(v.keys, key);
      places.push(place);
      if (place >= 0) having += livingIn(v, v.starts[place]!, v.starts[place + 1]!, this.#withDead[s]);
    }
    if (having === 0) return;
    const loud = RECIPE.voice[voice]! * weight * (RECIPE.k[voice]! + 1);
    const each = loud * idf(this.#figures.passages, having);
    for (let s = 0; s < places.length; s++) {
      if (places[s]! < 0) continue;
      const v = this.#segments[s]!.voices[voice]!;
      add(this.#scores[s]!, v, v.starts[places[s]!]!, v.starts[places[s]! + 1]!, this.#figures.norms[voice]![s]!, each);
    }
    if (heard) this.#addToDocuments(voice, places, loud);
  }

  #addToDocuments(voice: number, places: readonly number[], loud: number): void {
    const [counts, touched] = [this.#counts, this.#touched];
    let n = 0;
    for (let s = 0; s < places.length; s++) {
      if (places[s]! < 0) continue;
      const { documents, voices } = this.#segments[s]!;
      const v = voices[voice]!;
      const dead = this.#withDead[s];
      for (let i = v.starts[places[s]!]!; i < v.starts[places[s]! + 1]!; i++) {
        const passage = v.docs[i]!;
        if (dead && dead[passage]) continue;
        const document = documents[passage]!;
        if (counts[document] === 0) touched[n++] = document;
        counts[document]! += v.counts[i]!;
      }
    }
    const each = loud * idf(this.#figures.documents, n);
    const norms = this.#figures.documentNorms[voice]!;
    for (let i = 0; i < n; i++) {
      const document = touched[i]!;
      const count = counts[document]!;
      this.#documentScores[document]! += (each * count) / (count + norms[document]!);
      counts[document] = 0;
    }
  }

  #share(): void {
    for (let s = 0; s < this.#segments.length; s++) {
      const scores = this.#scores[s]!;
      const { documents } = this.#segments[s]!;
      for (let i = 0; i < scores.length; i++)
        if (scores[i]! > 0) scores[i]! += RECIPE.share * this.#documentScores[documents[i]!]!;
    }
  }
}
