import { LIMITS, refusal } from './refusals.ts';

/**
 * Just enough of ZIP to look before anything is unpacked: the central directory, its sums checked against the limits,
 * and single parts inflated under a cap. A part's declared size is a claim; inflating stops at the cap whatever it says.
 */
export interface Entry {
  readonly name: string;
  readonly method: number;
  readonly packed: number;
  readonly size: number;
  readonly encrypted: boolean;
  readonly at: number;
}

const broken = (detail: string) => refusal('document-broken', '', detail);

function endRecord(view: DataView): number {
  for (let i = view.byteLength - 22; i >= Math.max(0, view.byteLength - 65_557); i--)
    if (view.getUint32(i, true) === 0x06054b50) return i;
  throw broken('no end of central directory');
}

/** The entries of an archive, refused when they promise too much. */
export function entriesOf(bytes: Uint8Array): Map<string, Entry> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endRecord(view);
  const count = view.getUint16(end + 10, true);
  if (count > LIMITS.entries) throw refusal('document-bomb', '', `${count} entries`);
  const entries = new Map<string, Entry>();
  let [at, total, packed] = [view.getUint32(end + 16, true), 0, 0];
  for (let i = 0; i < count; i++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== 0x02014b50)
      throw broken(`entry ${i} of the central directory`);
    const [nameLength, extra, comment] = [28, 30, 32].map((o) => view.getUint16(at + o, true));
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength!)).replaceAll('\\', '/');
    const entry: Entry = {
      name,
      method: view.getUint16(at + 10, true),
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      encrypted: (view.getUint16(at + 8, true) & 1) === 1,
      at: view.getUint32(at + 42, true),
    };
    entries.set(name.toLowerCase(), entry);
    total += entry.size;
    packed += entry.packed;
    at += 46 + nameLength! + extra! + comment!;
  }
  if (total > LIMITS.unpacked || (total > 10_000_000 && total > packed * LIMITS.ratio))
    throw refusal('document-bomb', '', `${total} bytes out of ${packed}`);
  return entries;
}

/** Unpacks one part; never more than the cap, and never more than it said it would be. */
export async function unpack(bytes: Uint8Array, entry: Entry): Promise<Uint8Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (entry.encrypted) throw refusal('document-encrypted');
  if (entry.size > LIMITS.part) throw refusal('document-bomb', '', `${entry.name}: ${entry.size} bytes`);
  if (entry.at + 30 > bytes.length || view.getUint32(entry.at, true) !== 0x04034b50)
    throw broken(`${entry.name}: no local header`);
  const from = entry.at + 30 + view.getUint16(entry.at + 26, true) + view.getUint16(entry.at + 28, true);
  if (from + entry.packed > bytes.length) throw broken(`${entry.name}: cut off`);
  const packed = bytes.slice(from, from + entry.packed);
  if (entry.method === 0) return packed;
  if (entry.method !== 8) throw broken(`${entry.name}: method ${entry.method}`);
  return inflate(packed, entry);
}

async function inflate(packed: Uint8Array<ArrayBuffer>, entry: Entry): Promise<Uint8Array> {
  const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
  const out = new Uint8Array(entry.size);
  let length = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      if (length + value.length > entry.size)
        throw refusal('document-bomb', '', `${entry.name} is larger than it says`);
      out.set(value, length);
      length += value.length;
    }
  } catch (error) {
    await reader.cancel().catch(() => {});
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('document-')) throw error;
    throw broken(`${entry.name}: ${String(error)}`);
  }
  if (length !== entry.size) throw broken(`${entry.name}: ${length} bytes instead of ${entry.size}`);
  return out;
}

const CRC = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});
function crc32(bytes: Uint8Array): number {
  let c = 0xffffffff;
  for (const b of bytes) c = CRC[(c ^ b) & 255]! ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}

/** An archive of our own making, unpacked parts side by side: what a parser gets instead of the file we were sent. */
export function archiveOf(parts: ReadonlyMap<string, Uint8Array>): ArrayBuffer {
  const locals: Uint8Array[] = [];
  const central: Uint8Array[] = [];
  let offset = 0;
  for (const [name, body] of parts) {
    const label = new TextEncoder().encode(name);
    // Version 20, UTF-8 name, stored, 1 January 1980, checksum, both sizes, name length, no extra field.
    const head = [20, 0x800, 0, 0, 0x21];
    const sizes = [crc32(body), body.length, body.length];
    locals.push(record(0x04034b50, head, sizes, [label.length, 0]), label, body);
    central.push(record(0x02014b50, [20, ...head], sizes, [label.length, 0, 0, 0, 0], [0, offset]), label);
    offset += 30 + label.length + body.length;
  }
  const size = central.reduce((n, b) => n + b.length, 0);
  const end = record(0x06054b50, [0, 0, parts.size, parts.size], [size, offset], [0]);
  const all = [...locals, ...central, end];
  const out = new Uint8Array(all.reduce((n, b) => n + b.length, 0));
  let at = 0;
  for (const b of all) {
    out.set(b, at);
    at += b.length;
  }
  return out.buffer;
}

/** Little-endian fields: a signature, then by turns 16-bit and 32-bit groups. */
function record(signature: number, ...groups: (readonly number[])[]): Uint8Array {
  const bytes = new DataView(new ArrayBuffer(4 + groups.reduce((n, g, i) => n + g.length * (i % 2 ? 4 : 2), 0)));
  bytes.setUint32(0, signature, true);
  let at = 4;
  groups.forEach((group, i) => {
    for (const value of group) {
      if (i % 2) bytes.setUint32(at, value, true);
      else bytes.setUint16(at, value, true);
      at += i % 2 ? 4 : 2;
    }
  });
  return new Uint8Array(bytes.buffer);
}
