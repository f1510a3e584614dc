import { type Model, softmax, type Table } from './learn.ts';

function bytesOf(text: string): ArrayBuffer {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes.buffer;
}

/** What a sentence states of a topic, as far as the sayings tell. */
export interface Stated {
  /** `fact=value`, or `?` for too vague. */
  readonly what: string;
  /** Of all that can be stated of the topic, from 0 to 1. */
  readonly share: number;
}

/** A sentence's grams by number, with their weights. */
interface Weighed {
  readonly numbers: readonly number[];
  readonly values: readonly number[];
}

class Weights {
  readonly classes: readonly string[];
  readonly #starts: Uint32Array;
  readonly #columns: Uint16Array;
  readonly #weights: Int8Array;
  readonly #bias: Float32Array;
  readonly #unit: number;

  constructor(table: Table) {
    this.classes = table.classes;
    this.#starts = new Uint32Array(bytesOf(table.starts));
    this.#columns = new Uint16Array(bytesOf(table.columns));
    this.#weights = new Int8Array(bytesOf(table.weights));
    this.#bias = new Float32Array(bytesOf(table.bias));
    this.#unit = table.unit;
  }

  scores({ numbers, values }: Weighed): Float64Array {
    const scores = Float64Array.from(this.#bias);
    numbers.forEach((n, k) => {
      const value = values[k]! * this.#unit;
      for (let i = this.#starts[n]!; i < this.#starts[n + 1]!; i++)
        scores[this.#columns[i]!]! += this.#weights[i]! * value;
    });
    return scores;
  }
}

/** Applies a learnt model: how likely a sentence is about each topic, and what it states of it. */
export class Likeness {
  readonly topics: readonly string[];
  readonly #numbers: ReadonlyMap<string, number>;
  readonly #idf: Float32Array;
  readonly #topicWeights: Weights;
  readonly #leafWeights: Weights;
  /** For each topic of which something can be stated, its leaves: their places and what they state. */
  readonly #leaves: ReadonlyMap<string, readonly { readonly at: number; readonly what: string }[]>;

  constructor(model: Model) {
    this.#numbers = new Map(model.grams.split('\n').map((g, i) => [g, i]));
    this.#idf = new Float32Array(bytesOf(model.idf));
    this.#topicWeights = new Weights(model.topics);
    this.#leafWeights = new Weights(model.leaves);
    this.topics = this.#topicWeights.classes;
    const leaves = this.#leafWeights.classes.map((name, at) => {
      const [topic, what = ''] = name.split(/ (.*)/);
      return { topic: topic!, at, what };
    });
    this.#leaves = Map.groupBy(leaves, (l) => l.topic);
  }

  /** How rare a gram is among the sayings; `undefined` for one that is in none, or in too few to be sure of. */
  rarity(gram: string): number | undefined {
    const number = this.#numbers.get(gram);
    return number === undefined ? undefined : this.#idf[number]!;
  }

  #weigh(grams: readonly string[]): Weighed {
    const numbers = [...new Set(grams)].map((g) => this.#numbers.get(g)).filter((n) => n !== undefined);
    const length = Math.hypot(...numbers.map((n) => this.#idf[n]!)) || 1;
    return { numbers, values: numbers.map((n) => this.#idf[n]! / length) };
  }

  /** Shares that add up to one, in the order of `topics`; all alike when no gram of the sentence is known. */
  shares(grams: readonly string[]): Float64Array {
    const scores = this.#topicWeights.scores(this.#weigh(grams));
    softmax(scores);
    return scores;
  }

  /** What the sentence states of a topic, most likely first; empty when it states nothing in particular. */
  stated(topic: string, grams: readonly string[]): Stated[] {
    const leaves = this.#leaves.get(topic);
    if (!leaves) return [];
    const all = this.#leafWeights.scores(this.#weigh(grams));
    const own = Float64Array.from(leaves, (l) => all[l.at]!);
    softmax(own);
    return leaves
      .map(({ what }, i) => ({ what, share: own[i]! }))
      .filter((s) => s.what !== '')
      .sort((a, b) => b.share - a.share);
  }
}
