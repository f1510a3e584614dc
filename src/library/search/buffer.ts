import { clean } from './clean.ts';
import { cutGrams, cutWords } from './cut.ts';
import { SEGMENT_LIMIT, type Voice } from './postings.ts';
import { RECIPE } from './recipe.ts';
import type { Passage } from './search-index.ts';
import type { Segment } from './segment.ts';

/**
 * A segment as bytes: four that name the format, the length of a JSON head, the head, then the typed arrays one after
 * another, each on a multiple of four bytes. What has been removed is not among them: it changes, the bytes do not.
 */
const MAGIC = 0x59535832;

interface Head {
  readonly ids: readonly string[];
  readonly sizes: readonly number[];
}
type Numbers = Uint8Array | Uint16Array | Uint32Array | Int32Array;

const padded = (n: number): number => (n + 3) & ~3;
const arraysOf = (s: Segment): Numbers[] => [
  s.documents,
  ...s.voices.flatMap((v) => [v.keys, v.starts, v.docs, v.counts, v.lengths]),
];

/** Two 32-bit hashes at once. */
class Hash {
  #a = 0xdeadbeef;
  #b = 0x41c6ce57;

  add(n: number): void {
    this.#a = Math.imul(this.#a ^ n, 0x9e3779b1);
    this.#b = Math.imul(this.#b ^ n, 0x5f356495);
    this.#a ^= this.#a >>> 15;
    this.#b ^= this.#b >>> 13;
  }
  addText(text: string): void {
    for (let i = 0; i < text.length; i++) this.add(text.charCodeAt(i));
    this.add(0xffff);
  }
  get hex(): string {
    return [this.#a, this.#b].map((n) => (n >>> 0).toString(16).padStart(8, '0')).join('');
  }
}

/** A key that changes with every passage. */
export function contentKey(passages: Iterable<Passage>): string {
  const hash = new Hash();
  for (const p of passages) for (const part of [p.id, p.document ?? '', p.title ?? '', p.text]) hash.addText(part);
  return hash.hex;
}

export function checksum(bytes: Uint8Array): string {
  const hash = new Hash();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const whole = bytes.length & ~3;
  for (let at = 0; at < whole; at += 4) hash.add(view.getInt32(at, true));
  for (let at = whole; at < bytes.length; at++) hash.add(bytes[at]!);
  return hash.hex;
}

const PROBE = '学校党组织会议研究决定，提交教職工代表大会審議通過的绩效工资 分配方案，自2024年9月1日起施行。A4纸、App';
let key: string | undefined;

/**
 * Changes with the format, with the figures of the search and with whatever cuts text: a sentence is cut and hashed,
 * because another ICU makes other words and a new rule of cleaning other texts, and both would make an old index lie.
 */
export function recipeKey(): string {
  if (key) return key;
  const hash = new Hash();
  const sink = (voice: number, term: number) => (hash.add(voice), hash.add(term));
  cutGrams(clean(PROBE), sink);
  cutWords(clean(PROBE), sink);
  key = `${MAGIC.toString(16)}-${RECIPE.version}-${hash.hex}`;
  return key;
}

export function toBytes(segment: Segment): Uint8Array<ArrayBuffer> {
  const arrays = arraysOf(segment);
  const head: Head = { ids: segment.ids, sizes: arrays.map((a) => a.length) };
  const headBytes = new TextEncoder().encode(JSON.stringify(head));
  const out = new Uint8Array(arrays.reduce((n, a) => n + padded(a.byteLength), padded(8 + headBytes.length)));
  new DataView(out.buffer).setUint32(0, MAGIC);
  new DataView(out.buffer).setUint32(4, headBytes.length);
  out.set(headBytes, 8);
  let at = padded(8 + headBytes.length);
  for (const a of arrays) {
    out.set(new Uint8Array(a.buffer, a.byteOffset, a.byteLength), at);
    at += padded(a.byteLength);
  }
  return out;
}

/** Hands out the arrays of a buffer in order; each is a copy, so that the buffer can go. */
function reader(bytes: Uint8Array, from: number) {
  let at = from;
  return <T extends Numbers>(type: { new (buffer: ArrayBuffer): T; BYTES_PER_ELEMENT: number }, length: number): T => {
    const size = length * type.BYTES_PER_ELEMENT;
    if (!(size >= 0) || at + size > bytes.length) throw new RangeError('the buffer ends early');
    const copy = bytes.slice(at, at + size);
    at += padded(size);
    return new type(copy.buffer as ArrayBuffer);
  };
}

function readVoice(take: ReturnType<typeof reader>, sizes: readonly number[], passages: number): Voice {
  const voice = {
    keys: take(Uint32Array, sizes[0]!),
    starts: take(Uint32Array, sizes[1]!),
    docs: take(Uint16Array, sizes[2]!),
    counts: take(Uint8Array, sizes[3]!),
    lengths: take(Uint32Array, sizes[4]!),
  };
  const whole = voice.starts.length === voice.keys.length + 1 && voice.starts.at(-1) === voice.docs.length;
  if (!whole || voice.counts.length !== voice.docs.length || voice.lengths.length !== passages)
    throw new RangeError('the arrays do not fit');
  return voice;
}

/** The segment, all its passages alive; `null` when the bytes are of another format or do not fit together. */
export function fromBytes(bytes: Uint8Array): Segment | null {
  try {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (view.getUint32(0) !== MAGIC) return null;
    const headLength = view.getUint32(4);
    const { ids, sizes } = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + headLength))) as Head;
    if (ids.length > SEGMENT_LIMIT || sizes[0] !== ids.length) return null;
    const take = reader(bytes, padded(8 + headLength));
    const documents = take(Int32Array, sizes[0]);
    const voices: Voice[] = [];
    for (let at = 1; at < sizes.length; at += 5) voices.push(readVoice(take, sizes.slice(at, at + 5), ids.length));
    return voices.length === RECIPE.voice.length ? { ids, documents, voices, dead: new Uint8Array(ids.length) } : null;
  } catch {
    return null;
  }
}
