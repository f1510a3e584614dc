import { CHARS, cutGrams, cutWords, PAIRS, type Sink, VOICES, WORDS } from './cut.ts';
import { SEGMENT_LIMIT, type Voice, VoiceBuilder } from './postings.ts';

/** Passages indexed together. Never changed but for its tombstones; small ones are merged into larger ones. */
export interface Segment {
  readonly ids: readonly string[];
  /** The document that each passage belongs to, by its number in the index. */
  readonly documents: Int32Array;
  readonly voices: readonly Voice[];
  /** 1 where a passage has been removed. */
  readonly dead: Uint8Array;
}

/** Words are cut in blocks: ICU has a fixed cost for each text it is given. */
const BLOCK = 1 << 14;

export class SegmentBuilder {
  #ids: string[] = [];
  #documents: number[] = [];
  readonly #voices = Array.from({ length: VOICES }, () => new VoiceBuilder());
  #waiting: string[] = [];
  #waitingLength = 0;
  #buried: number[] = [];
  readonly #grams: Sink = (voice, key) => this.#voices[voice]!.add(key);

  get size(): number {
    return this.#ids.length;
  }
  get full(): boolean {
    return this.size === SEGMENT_LIMIT;
  }

  /** @param text title, headings and text, cleaned. */
  add(id: string, document: number, text: string): void {
    this.#ids.push(id);
    this.#documents.push(document);
    cutGrams(text, this.#grams);
    this.#voices[CHARS]!.endPassage();
    this.#voices[PAIRS]!.endPassage();
    this.#waiting.push(text);
    this.#waitingLength += text.length;
    if (this.#waitingLength > BLOCK) this.#cutWaiting();
  }

  /** Marks a passage taken in before as removed. */
  bury(at: number): void {
    this.#buried.push(at);
  }

  #cutWaiting(): void {
    const words = this.#voices[WORDS]!;
    let passage = 0;
    let end = this.#waiting[0]?.length ?? 0;
    cutWords(this.#waiting.join('\n'), (_, key, from) => {
      for (; from >= end; end += 1 + this.#waiting[++passage]!.length) words.endPassage();
      words.add(key);
    });
    for (; passage < this.#waiting.length; passage++) words.endPassage();
    this.#waiting = [];
    this.#waitingLength = 0;
  }

  /** The segment of what was taken in; the builder is empty again. */
  finish(): Segment {
    this.#cutWaiting();
    const dead = new Uint8Array(this.size);
    for (const at of this.#buried) dead[at] = 1;
    const segment = {
      ids: this.#ids,
      documents: Int32Array.from(this.#documents),
      voices: this.#voices.map((v) => v.finish()),
      dead,
    };
    this.#ids = [];
    this.#documents = [];
    this.#buried = [];
    return segment;
  }
}

export const livesIn = (s: Segment): number => s.dead.reduce((n, d) => n - d, s.ids.length);

/** New passage numbers for the living of each segment, one after another. */
function renumbered(segments: readonly Segment[]): Int32Array[] {
  let next = 0;
  return segments.map((s) => Int32Array.from(s.dead, (dead) => (dead ? -1 : next++)));
}

function mergeVoice(voices: readonly Voice[], numbers: readonly Int32Array[], lives: number): Voice {
  const lengths = new Uint32Array(lives);
  voices.forEach((v, s) => v.lengths.forEach((n, doc) => numbers[s]![doc]! >= 0 && (lengths[numbers[s]![doc]!] = n)));
  const room = voices.reduce((n, v) => n + v.docs.length, 0);
  const keys: number[] = [];
  const starts: number[] = [0];
  const docs = new Uint16Array(room);
  const counts = new Uint8Array(room);
  const at = voices.map(() => 0);
  let filled = 0;
  for (;;) {
    let key = Infinity;
    voices.forEach((v, s) => at[s]! < v.keys.length && (key = Math.min(key, v.keys[at[s]!]!)));
    if (key === Infinity) break;
    for (let s = 0; s < voices.length; s++) {
      const v = voices[s]!;
      if (v.keys[at[s]!] !== key) continue;
      for (let i = v.starts[at[s]!]!; i < v.starts[at[s]! + 1]!; i++) {
        const doc = numbers[s]![v.docs[i]!]!;
        if (doc < 0) continue;
        docs[filled] = doc;
        counts[filled++] = v.counts[i]!;
      }
      at[s]!++;
    }
    if (filled === starts.at(-1)) continue;
    keys.push(key);
    starts.push(filled);
  }
  return {
    keys: Uint32Array.from(keys),
    starts: Uint32Array.from(starts),
    docs: docs.slice(0, filled),
    counts: counts.slice(0, filled),
    lengths,
  };
}

/** One segment of the living passages of several, in their order. */
export function merge(segments: readonly Segment[]): Segment {
  const numbers = renumbered(segments);
  const lives = segments.reduce((n, s) => n + livesIn(s), 0);
  const living = <T>(of: (s: Segment) => ArrayLike<T>): T[] =>
    segments.flatMap((s) => Array.from(of(s)).filter((_, doc) => !s.dead[doc]));
  return {
    ids: living((s) => s.ids),
    documents: Int32Array.from(living((s) => s.documents)),
    voices: Array.from({ length: VOICES }, (_, voice) =>
      mergeVoice(
        segments.map((s) => s.voices[voice]!),
        numbers,
        lives,
      ),
    ),
    dead: new Uint8Array(lives),
  };
}
