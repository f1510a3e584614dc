import { type Model, softmax } from './learn.ts';

function bytesOf(text: string): ArrayBuffer {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes.buffer;
}

/** Applies a learnt model: how likely a sentence is about each topic. */
export class Likeness {
  readonly topics: readonly string[];
  readonly #numbers: ReadonlyMap<string, number>;
  readonly #idf: Float32Array;
  readonly #starts: Uint32Array;
  readonly #columns: Uint16Array;
  readonly #weights: Int8Array;
  readonly #bias: Float32Array;
  readonly #unit: number;

  constructor(model: Model) {
    this.topics = model.topics;
    this.#numbers = new Map(model.grams.split('\n').map((g, i) => [g, i]));
    this.#idf = new Float32Array(bytesOf(model.idf));
    this.#starts = new Uint32Array(bytesOf(model.starts));
    this.#columns = new Uint16Array(bytesOf(model.columns));
    this.#weights = new Int8Array(bytesOf(model.weights));
    this.#bias = new Float32Array(bytesOf(model.bias));
    this.#unit = model.unit;
  }

  /** Shares that add up to one, in the order of `topics`; all alike when no gram of the sentence is known. */
  shares(grams: readonly string[]): Float64Array {
    const scores = Float64Array.from(this.#bias);
    const known = [...new Set(grams)].map((g) => this.#numbers.get(g)).filter((n) => n !== undefined);
    let norm = 0;
    for (const n of known) norm += this.#idf[n]! ** 2;
    const length = Math.sqrt(norm) || 1;
    for (const n of known) {
      const value = (this.#idf[n]! / length) * this.#unit;
      for (let i = this.#starts[n]!; i < this.#starts[n + 1]!; i++) scores[this.#columns[i]!]! += this.#weights[i]! * value;
    }
    softmax(scores);
    return scores;
  }
}
