/**
 * Learns to tell the topics apart from example sayings: multinomial logistic regression over characters and pairs,
 * trained when the knowledge is compiled (seconds), applied in microseconds. It is deterministic: the same sayings give
 * the same model. The model only finds the subject; what holds for it the rules decide.
 */
export interface Example {
  readonly grams: readonly string[];
  readonly topic: string;
  /** What it states of the topic: `scope=班级`, `?` for too vague, or nothing in particular. */
  readonly states: string;
}

/** Sparse weights, rounded to a byte, in a form that travels as JSON. */
export interface Table {
  readonly classes: readonly string[];
  /** Base64 of Uint32: where each gram's weights start. */
  readonly starts: string;
  /** Base64 of Uint16: the classes weighed. */
  readonly columns: string;
  /** Base64 of Int8: the weights, in units of `unit`. */
  readonly weights: string;
  /** Base64 of Float32: each class's own weight. */
  readonly bias: string;
  readonly unit: number;
}

export interface Model {
  /** Grams joined by line breaks; position is their number. */
  readonly grams: string;
  /** Base64 of Float32: how much each gram says. */
  readonly idf: string;
  /** Which topic a sentence is about. */
  readonly topics: Table;
  /** What it states of a topic: classes are `topic` and `topic fact=value`; they compete within their topic only. */
  readonly leaves: Table;
}

const EPOCHS = 8;
/** Weights smaller than this share of the largest are left out: they are most of the table and little of the meaning. */
const SMALLEST = { topics: 0.012, leaves: 0.08 };

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
export const gramWeight = (gram: string, idf: number): number => Math.sqrt(idf) * (gram.length > 1 ? 1.3 : 1);

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
  readonly wanted: number;
}

interface Dense {
  readonly table: Float32Array;
  readonly bias: Float32Array;
}

/** The dense table: one step of gradient descent an example. */
function train(rows: readonly Row[], features: number, classes: number): Dense {
  const table = new Float32Array(features * classes);
  const bias = new Float32Array(classes);
  const share = new Float64Array(classes);
  const order = rows.map((_, i) => i);
  const shuffle = shuffler(7);
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    shuffle(order);
    const rate = 3 / (1 + epoch * 0.3);
    for (const index of order) {
      const { features: fs, values, wanted } = rows[index]!;
      share.set(bias);
      for (let f = 0; f < fs.length; f++) {
        const at = fs[f]! * classes;
        const value = values[f]!;
        for (let t = 0; t < classes; t++) share[t]! += table[at + t]! * value;
      }
      softmax(share);
      share[wanted]! -= 1;
      for (let t = 0; t < classes; t++) if (Math.abs(share[t]!) < 1e-3) share[t] = 0;
      for (let f = 0; f < fs.length; f++) {
        const at = fs[f]! * classes;
        const step = values[f]! * rate;
        for (let t = 0; t < classes; t++) if (share[t] !== 0) table[at + t]! -= step * share[t]!;
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

/** One weight: which gram speaks how much for which class. */
type Weight = readonly [gram: number, column: number, weight: number];

function weightsOf(
  { table }: Dense,
  grams: readonly number[],
  classes: number,
  firstColumn: number,
  smallest: number,
): Weight[] {
  let largest = 0;
  for (const w of table) largest = Math.max(largest, Math.abs(w));
  return grams.flatMap((gram, g) =>
    Array.from({ length: classes }, (_, c): Weight => [gram, firstColumn + c, table[g * classes + c]!]).filter(
      ([, , w]) => Math.abs(w) >= largest * smallest,
    ),
  );
}

function packed(classes: readonly string[], weights: Weight[], bias: Float32Array, grams: number): Table {
  const largest = weights.reduce((most, [, , w]) => Math.max(most, Math.abs(w)), 0);
  const unit = largest / 127 || 1;
  weights.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const starts = new Uint32Array(grams + 1);
  for (const [gram] of weights) starts[gram + 1]! += 1;
  for (let g = 0; g < grams; g++) starts[g + 1]! += starts[g]!;
  return {
    classes,
    starts: toBase64(starts),
    columns: toBase64(Uint16Array.from(weights, ([, column]) => column)),
    weights: toBase64(Int8Array.from(weights, ([, , w]) => Math.round(w / unit))),
    bias: toBase64(bias),
    unit,
  };
}

interface Sayings {
  readonly names: readonly string[];
  readonly idf: Float32Array;
  /** The grams of each example, by number. */
  readonly ids: readonly number[][];
}

function numbered(examples: readonly Example[]): Sayings {
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
  return { names, idf, ids };
}

/** Rows over the grams given, renumbered from 0; values of unit length. */
const rowOf = (
  own: readonly number[],
  idf: Float32Array,
  renumbered: (gram: number) => number,
  wanted: number,
): Row => ({
  features: Uint32Array.from(own, renumbered),
  values: unitLength(Float32Array.from(own, (n) => idf[n]!)),
  wanted,
});

function learnTopics(examples: readonly Example[], { names, idf, ids }: Sayings): Table {
  const classes = [...new Set(examples.map((e) => e.topic))];
  const number = new Map(classes.map((t, i) => [t, i]));
  const rows = ids.map((own, i) => rowOf(own, idf, (n) => n, number.get(examples[i]!.topic)!));
  const dense = train(rows, names.length, classes.length);
  return packed(
    classes,
    weightsOf(
      dense,
      names.map((_, i) => i),
      classes.length,
      0,
      SMALLEST.topics,
    ),
    dense.bias,
    names.length,
  );
}

/** A small model for each topic of which something can be stated. */
function learnLeaves(examples: readonly Example[], { names, idf, ids }: Sayings): Table {
  const classes: string[] = [];
  const bias: number[] = [];
  const weights: Weight[] = [];
  for (const [topic, own] of Map.groupBy(examples.keys(), (i) => examples[i]!.topic)) {
    const states = [...new Set(own.map((i) => examples[i]!.states))].sort();
    if (states.length < 2) continue;
    const grams = [...new Set(own.flatMap((i) => ids[i]!))];
    const local = new Map(grams.map((g, i) => [g, i]));
    const rows = own.map((i) => rowOf(ids[i]!, idf, (n) => local.get(n)!, states.indexOf(examples[i]!.states)));
    const dense = train(rows, grams.length, states.length);
    for (const w of weightsOf(dense, grams, states.length, classes.length, SMALLEST.leaves)) weights.push(w);
    classes.push(...states.map((s) => (s === '' ? topic : `${topic} ${s}`)));
    bias.push(...dense.bias);
  }
  return packed(classes, weights, Float32Array.from(bias), names.length);
}

export function learn(examples: readonly Example[]): Model {
  const sayings = numbered(examples);
  return {
    grams: sayings.names.join('\n'),
    idf: toBase64(sayings.idf),
    topics: learnTopics(examples, sayings),
    leaves: learnLeaves(examples, sayings),
  };
}
