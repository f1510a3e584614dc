import { htmlLines } from './html.ts';
import type { ReadDocument } from '../ports/documents.ts';
import { withNumbers } from './numbering.ts';
import { LIMITS, refusal } from './refusals.ts';
import { archiveOf, entriesOf, type Entry, unpack } from './zip.ts';

/**
 * A Word file. Mammoth never sees the archive we were sent: the few parts it needs are unpacked here under a cap and put
 * into a new one, so macros, embedded objects, pictures and whatever else was inside stay behind.
 */
const PARTS = [
  'word/styles.xml',
  'word/footnotes.xml',
  'word/endnotes.xml',
  'word/_rels/document.xml.rels',
  'word/_rels/footnotes.xml.rels',
  'word/_rels/endnotes.xml.rels',
  '_rels/.rels',
  '[Content_Types].xml',
];

function checkInside(entries: ReadonlyMap<string, Entry>): void {
  const names = [...entries.keys()];
  if (names.some((n) => /(?:^|\/)vba(?:project|data)\.(?:bin|xml)$/.test(n))) throw refusal('document-macros');
  if (names.includes('encryptedpackage') || [...entries.values()].some((e) => e.encrypted))
    throw refusal('document-encrypted');
  if (!names.includes('[content_types].xml') || !names.includes('word/document.xml'))
    throw refusal('document-not-word');
}

/** XML as text. Word never writes a document type; whoever does wants entities unfolded. */
function xmlOf(bytes: Uint8Array): string {
  const wide =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  const xml = new TextDecoder(wide).decode(bytes);
  if (/<!DOCTYPE|<!ENTITY/i.test(xml)) throw refusal('document-broken', '文件里有不该有的实体定义');
  return xml;
}

export async function readDocx(bytes: Uint8Array, mostPart: number = LIMITS.part): Promise<ReadDocument> {
  const entries = entriesOf(bytes);
  checkInside(entries);
  const part = async (name: string): Promise<string | null> => {
    const entry = entries.get(name.toLowerCase());
    if (entry && entry.size > mostPart && mostPart < LIMITS.part)
      throw refusal('document-too-costly', '', `${name}: ${entry.size} bytes`);
    return entry ? xmlOf(await unpack(bytes, entry)) : null;
  };
  if (/macroEnabled/i.test((await part('[content_types].xml')) ?? '')) throw refusal('document-macros');
  const parts = new Map<string, Uint8Array>();
  for (const name of PARTS) {
    const xml = await part(name);
    if (xml !== null) parts.set(name, new TextEncoder().encode(xml));
  }
  const document = withNumbers(
    (await part('word/document.xml'))!,
    (await part('word/numbering.xml')) ?? '',
    (await part('word/styles.xml')) ?? '',
  );
  parts.set('word/document.xml', new TextEncoder().encode(document));
  const html = await toHtml(archiveOf(parts));
  const pictures = document.match(/<(?:pic:pic|v:imagedata)\b/g)?.length ?? 0;
  const read = htmlLines(html);
  if (read.lines.length === 0) throw refusal('document-empty', pictures > 0 ? '文档里只有图片' : '');
  return {
    format: 'docx',
    lines: read.lines,
    warnings: pictures > 0 ? [`有 ${pictures} 幅图片，图片里的文字没有入库`] : [],
  };
}

async function toHtml(archive: ArrayBuffer): Promise<string> {
  const { default: mammoth } = await import('mammoth');
  // On Node mammoth takes the Buffer, its build for Workers the ArrayBuffer; each ignores the other.
  const input: { arrayBuffer: ArrayBuffer; buffer?: Buffer } = { arrayBuffer: archive };
  if (typeof Buffer !== 'undefined') input.buffer = Buffer.from(archive);
  try {
    const { value } = await mammoth.convertToHtml(input, {
      styleMap: [
        "p[style-name='Title'] => h1:fresh",
        "p[style-name='标题'] => h1:fresh",
        "p[style-name='Subtitle'] => h2:fresh",
      ],
      convertImage: mammoth.images.imgElement(() => Promise.resolve({ src: '' })),
      externalFileAccess: false,
    });
    // The way back from a footnote is for clicking, not for reading.
    return value.replace(/<a href="#(?:foot|end)note-ref-[^"]*">↑<\/a>/g, '');
  } catch (error) {
    throw refusal('document-broken', error instanceof RangeError ? '文件的层次嵌套深得不正常' : '', String(error));
  }
}
