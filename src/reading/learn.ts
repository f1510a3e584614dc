/**
 * Learns to tell the topics apart from example sayings: multinomial logistic regression over characters and pairs,
 * trained when the knowledge is compiled (seconds), applied in microseconds. It is deterministic: the same sayings give
 * the same model. The model only finds the subject; what holds for it the rules decide.
 */
export interface Example {
  readonly grams: readonly string[];
  readonly topic: number;
}

/** The trained weights in a form that travels as JSON: sparse, rounded to a byte. */
export interface Model {
  readonly topics: readonly string[];
  /** Grams joined by line breaks; position is their number. */
  readonly grams: string;
  /** Base64 of Float32: how much each gram says. */
  readonly idf: string;
  /** Base64 of Uint32: where each gram's weights start. */
  readonly starts: string;
  /** Base64 of Uint16: the topics weighed. */
  readonly columns: string;
  /** Base64 of Int8: the weights, in units of `unit`. */
  readonly weights: string;
  /** Base64 of Float32: each topic's own weight. */
  readonly bias: string;
  readonly unit: number;
}

const EPOCHS = 14;
/** Weights smaller than this share of the largest are left out: they are most of the table and little of the meaning. */
const SMALLEST = 0.012;

/** A small generator of our own, so that training is the same everywhere. */
function shuffler(seed: number): (list: number[]) => void {
  let state = seed;
  const next = () => (state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff) / 0x7fffffff;
  return (list) => {
    for (let i = list.length - 1; i > 0; i--) {
      const j = Math.floor(next() * (i + 1));
      [list[i], list[j]] = [list[j]!, list[i]!];
    }
  };
}

/** A pair says more than a character. */
export const gramWeight = (gram: string, idf: number): number => idf * (gram.length > 1 ? 1.3 : 0.7);

function unitLength(values: Float32Array): Float32Array {
  const norm = Math.hypot(...values) || 1;
  return values.map((v) => v / norm);
}

export const toBase64 = (data: ArrayBufferView): string => {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  let text = '';
  for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return btoa(text);
};

interface Row {
  readonly features: Uint32Array;
  readonly values: Float32Array;
  readonly topic: number;
}

/** The dense table: one step of gradient descent an example. */
function train(rows: readonly Row[], features: number, topics: number): { table: Float32Array; bias: Float32Array } {
  const table = new Float32Array(features * topics);
  const bias = new Float32Array(topics);
  const share = new Float64Array(topics);
  const order = rows.map((_, i) => i);
  const shuffle = shuffler(7);
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    shuffle(order);
    const rate = 3 / (1 + epoch * 0.3);
    for (const index of order) {
      const { features: fs, values, topic } = rows[index]!;
      share.set(bias);
      for (let f = 0; f < fs.length; f++) {
        const at = fs[f]! * topics;
        for (let t = 0; t < topics; t++) share[t]! += table[at + t]! * values[f]!;
      }
      softmax(share);
      share[topic]! -= 1;
      for (let t = 0; t < topics; t++) if (Math.abs(share[t]!) < 1e-3) share[t] = 0;
      for (let f = 0; f < fs.length; f++) {
        const at = fs[f]! * topics;
        const step = values[f]! * rate;
        for (let t = 0; t < topics; t++) if (share[t] !== 0) table[at + t]! -= step * share[t]!;
      }
    }
  }
  return { table, bias };
}

/** In place: scores into shares that add up to one. */
export function softmax(scores: Float64Array): void {
  let highest = -Infinity;
  for (const s of scores) if (s > highest) highest = s;
  let sum = 0;
  for (let i = 0; i < scores.length; i++) sum += scores[i] = Math.exp(scores[i]! - highest);
  for (let i = 0; i < scores.length; i++) scores[i]! /= sum;
}

function packed(table: Float32Array, features: number, topics: number) {
  let largest = 0;
  for (const w of table) largest = Math.max(largest, Math.abs(w));
  const unit = largest / 127 || 1;
  const starts = new Uint32Array(features + 1);
  const columns: number[] = [];
  const weights: number[] = [];
  for (let f = 0; f < features; f++) {
    starts[f] = columns.length;
    for (let t = 0; t < topics; t++) {
      const w = table[f * topics + t]!;
      if (Math.abs(w) < largest * SMALLEST) continue;
      columns.push(t);
      weights.push(Math.round(w / unit));
    }
  }
  starts[features] = columns.length;
  return { unit, starts, columns: Uint16Array.from(columns), weights: Int8Array.from(weights) };
}

/** @param topics names, in the order that `Example.topic` counts. */
export function learn(examples: readonly Example[], topics: readonly string[]): Model {
  const numbers = new Map<string, number>();
  const held: number[] = [];
  const ids = examples.map((e) => {
    const own = [...new Set(e.grams)].map((g) => {
      let n = numbers.get(g);
      if (n === undefined) numbers.set(g, (n = numbers.size));
      return n;
    });
    for (const n of own) held[n] = (held[n] ?? 0) + 1;
    return own;
  });
  const names = [...numbers.keys()];
  const idf = Float32Array.from(names, (g, i) => gramWeight(g, Math.log(1 + examples.length / held[i]!)));
  const rows = ids.map((own, i): Row => ({
    features: Uint32Array.from(own),
    values: unitLength(Float32Array.from(own, (n) => idf[n]!)),
    topic: examples[i]!.topic,
  }));
  const { table, bias } = train(rows, names.length, topics.length);
  const { unit, starts, columns, weights } = packed(table, names.length, topics.length);
  return {
    topics,
    grams: names.join('\n'),
    idf: toBase64(idf),
    starts: toBase64(starts),
    columns: toBase64(columns),
    weights: toBase64(weights),
    bias: toBase64(bias),
    unit,
  };
}
