/** One voice of a segment: for each term the passages that have it and how often, sorted by passage, in typed arrays. */
export interface Voice {
  /** Term keys in rising order; the postings of `keys[i]` stand from `starts[i]` up to `starts[i + 1]`. */
  readonly keys: Uint32Array;
  readonly starts: Uint32Array;
  readonly docs: Uint16Array;
  readonly counts: Uint8Array;
  /** Terms of each passage, for its length. */
  readonly lengths: Uint32Array;
}

/**
 * A segment holds at most this many passages. Their numbers fit two bytes, and the lists that are needed only while a
 * segment is built stay small; looking a term up in several segments costs next to nothing.
 */
export const SEGMENT_LIMIT = 0x2000;

function grown<T extends Uint8Array | Uint32Array | Int32Array>(a: T, size: number): T {
  if (size <= a.length) return a;
  const wider = new (a.constructor as new (n: number) => T)(Math.max(size, Math.ceil(a.length * 1.6)));
  wider.set(a);
  return wider;
}

/**
 * Collects a voice, passage by passage, in the order of the text; `finish` sorts it by term and makes ready for the next
 * segment with the same lists, so that a large index leaves little behind for the garbage collector.
 */
export class VoiceBuilder {
  #slots = new Int32Array(1 << 12);
  #keys = new Uint32Array(1 << 11);
  #last = new Int32Array(1 << 11);
  #terms = 0;
  #entryTerm = new Uint32Array(1 << 12);
  #entryCount = new Uint8Array(1 << 12);
  #entries = 0;
  #docStarts: number[] = [0];
  /** Where the entries of the passage that is being read begin. */
  #begin = 0;
  #length = 0;
  #lengths: number[] = [];

  /** Counts one term of the passage that is being read. */
  add(key: number): void {
    this.#length++;
    const term = this.#termOf(key);
    const last = this.#last[term]! - 1;
    if (last >= this.#begin) {
      if (this.#entryCount[last]! < 255) this.#entryCount[last]!++;
      return;
    }
    this.#entryTerm = grown(this.#entryTerm, this.#entries + 1);
    this.#entryCount = grown(this.#entryCount, this.#entries + 1);
    this.#entryTerm[this.#entries] = term;
    this.#entryCount[this.#entries] = 1;
    this.#last[term] = ++this.#entries;
  }

  endPassage(): void {
    this.#begin = this.#entries;
    this.#docStarts.push(this.#entries);
    this.#lengths.push(this.#length);
    this.#length = 0;
  }

  #termOf(key: number): number {
    let mask = this.#slots.length - 1;
    let at = Math.imul(key, 0x9e3779b1) >>> 7;
    for (; this.#slots[at & mask] !== 0; at++)
      if (this.#keys[this.#slots[at & mask]! - 1] === key) return this.#slots[at & mask]! - 1;
    if (this.#terms * 2 >= this.#slots.length) {
      this.#widen();
      mask = this.#slots.length - 1;
      for (at = Math.imul(key, 0x9e3779b1) >>> 7; this.#slots[at & mask] !== 0;) at++;
    }
    this.#keys = grown(this.#keys, this.#terms + 1);
    this.#last = grown(this.#last, this.#terms + 1);
    this.#keys[this.#terms] = key;
    this.#slots[at & mask] = this.#terms + 1;
    return this.#terms++;
  }

  #widen(): void {
    this.#slots = new Int32Array(this.#slots.length * 2);
    const mask = this.#slots.length - 1;
    for (let term = 0; term < this.#terms; term++) {
      let at = Math.imul(this.#keys[term]!, 0x9e3779b1) >>> 7;
      while (this.#slots[at & mask] !== 0) at++;
      this.#slots[at & mask] = term + 1;
    }
  }

  finish(): Voice {
    const keys = this.#keys.slice(0, this.#terms).sort();
    const place = this.#placesIn(keys);
    const starts = new Uint32Array(keys.length + 1);
    for (let e = 0; e < this.#entries; e++) starts[place[this.#entryTerm[e]!]! + 1]!++;
    for (let i = 0; i < keys.length; i++) starts[i + 1]! += starts[i]!;
    const next = starts.slice(0, keys.length);
    const docs = new Uint16Array(this.#entries);
    const counts = new Uint8Array(this.#entries);
    for (let doc = 0; doc < this.#lengths.length; doc++)
      for (let e = this.#docStarts[doc]!; e < this.#docStarts[doc + 1]!; e++) {
        const at = next[place[this.#entryTerm[e]!]!]!++;
        docs[at] = doc;
        counts[at] = this.#entryCount[e]!;
      }
    const voice = { keys, starts, docs, counts, lengths: Uint32Array.from(this.#lengths) };
    this.#reset();
    return voice;
  }

  #reset(): void {
    this.#slots.fill(0);
    this.#last.fill(0);
    this.#docStarts = [0];
    this.#lengths = [];
    this.#terms = this.#entries = this.#begin = this.#length = 0;
  }

  /** For each term its place in the sorted keys. */
  #placesIn(keys: Uint32Array): Uint32Array {
    const places = new Uint32Array(this.#terms);
    for (let term = 0; term < this.#terms; term++) places[term] = placeOf(keys, this.#keys[term]!);
    return places;
  }
}

/** Where a key stands, or -1. */
export function placeOf(keys: Uint32Array, key: number): number {
  let low = 0;
  let high = keys.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const found = keys[middle]!;
    if (found === key) return middle;
    if (found < key) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
