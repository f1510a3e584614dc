import type { Lexicon } from './lexicon.ts';
import { SEGMENT_LIMIT, type Voice } from './postings.ts';
import { RECIPE } from './recipe.ts';
import { type Passage, SearchIndex, type Stored } from './search-index.ts';
import type { Segment } from './segment.ts';

/**
 * A saved index: four bytes that name the format, the length of a JSON head, the head, then the typed arrays one after
 * another, each on a multiple of four bytes. The head holds a key of the content; a buffer with another key is not read.
 */
const MAGIC = 0x59535831;

interface Head {
  readonly key: string;
  readonly documents: readonly string[];
  readonly segments: readonly { readonly ids: readonly string[]; readonly sizes: readonly number[] }[];
}
type Numbers = Uint8Array | Uint16Array | Uint32Array | Int32Array;

const padded = (n: number): number => (n + 3) & ~3;
const arraysOf = (s: Segment): Numbers[] => [
  s.documents,
  s.dead,
  ...s.voices.flatMap((v) => [v.keys, v.starts, v.docs, v.counts, v.lengths]),
];

/** A key that changes with every passage and with the recipe (two 32-bit hashes). */
export function contentKey(passages: Iterable<Passage>): string {
  let [a, b] = [0xdeadbeef, 0x41c6ce57];
  const mix = (text: string) => {
    for (let i = 0; i < text.length; i++) {
      const c = text.charCodeAt(i);
      a = Math.imul(a ^ c, 0x9e3779b1);
      b = Math.imul(b ^ c, 0x5f356495);
    }
    a = Math.imul(a ^ (a >>> 15) ^ 0xffff, 0x85ebca6b);
    b = Math.imul(b ^ (b >>> 13) ^ 0xffff, 0xc2b2ae35);
  };
  for (const p of passages) for (const part of [p.id, p.document ?? '', p.title ?? '', p.text]) mix(part);
  return `${RECIPE.version}-${(a >>> 0).toString(16).padStart(8, '0')}${(b >>> 0).toString(16).padStart(8, '0')}`;
}

export function toBuffer(index: SearchIndex, key: string): Uint8Array<ArrayBuffer> {
  const { segments, documents } = index.stored;
  const arrays = segments.flatMap(arraysOf);
  const head: Head = {
    key,
    documents,
    segments: segments.map((s) => ({ ids: s.ids, sizes: arraysOf(s).map((a) => a.length) })),
  };
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
    if (at + size > bytes.length) throw new RangeError('the buffer ends early');
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

function readSegment(take: ReturnType<typeof reader>, { ids, sizes }: Head['segments'][number]): Segment {
  if (ids.length > SEGMENT_LIMIT || sizes[0] !== ids.length || sizes[1] !== ids.length)
    throw new RangeError('the ids do not fit');
  const documents = take(Int32Array, sizes[0]);
  const dead = take(Uint8Array, sizes[1]);
  const voices = [];
  for (let at = 2; at < sizes.length; at += 5) voices.push(readVoice(take, sizes.slice(at, at + 5), ids.length));
  if (voices.length !== RECIPE.voice.length) throw new RangeError('another number of voices');
  return { ids, documents, dead, voices };
}

/** The saved index, or `null` when the buffer was made of other content, by another recipe, or is damaged. */
export function fromBuffer(bytes: Uint8Array, key: string, lexicon?: Lexicon): SearchIndex | null {
  try {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (view.getUint32(0) !== MAGIC) return null;
    const headLength = view.getUint32(4);
    const head = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + headLength))) as Head;
    if (head.key !== key) return null;
    const take = reader(bytes, padded(8 + headLength));
    const stored: Stored = { documents: head.documents, segments: head.segments.map((s) => readSegment(take, s)) };
    return new SearchIndex(lexicon, stored);
  } catch {
    return null;
  }
}
