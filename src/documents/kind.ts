import { LIMITS, refusal } from './refusals.ts';

/** What the first bytes say a file is. Extensions are only compared with it, never believed. */
export type Kind = 'zip' | 'pdf' | 'html' | 'text';

const starts = (bytes: Uint8Array, ...magic: number[]) => magic.every((b, i) => bytes[i] === b);
const ascii = (bytes: Uint8Array) => String.fromCharCode(...bytes);
const UTF16 = (text: string) => [...text].flatMap((c) => [c.charCodeAt(0), 0]);

function holds(bytes: Uint8Array, needle: readonly number[]): boolean {
  for (let i = bytes.indexOf(needle[0]!); i >= 0; i = bytes.indexOf(needle[0]!, i + 1))
    if (needle.every((b, j) => bytes[i + j] === b)) return true;
  return false;
}

/** A page of the web, by what it opens with; a text that merely speaks of tags is none. */
const HTML =
  /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[^]*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title|div|p|table|article|section|h[1-6])\b/i;

export function kindOf(bytes: Uint8Array): Kind {
  if (bytes.length > LIMITS.bytes) throw refusal('document-too-large');
  if (bytes.length === 0) throw refusal('document-empty');
  if (starts(bytes, 0x50, 0x4b, 3, 4) || starts(bytes, 0x50, 0x4b, 5, 6)) return 'zip';
  if (starts(bytes, 0xd0, 0xcf, 0x11, 0xe0)) {
    // A Word file under a password is an old-style container with one stream of this name.
    throw refusal(holds(bytes, UTF16('EncryptedPackage')) ? 'document-encrypted' : 'document-old-office');
  }
  const head = ascii(bytes.subarray(0, 1024));
  if (head.includes('%PDF-') && !HTML.test(head)) return 'pdf';
  if (head.startsWith('{\\rtf')) throw refusal('document-rich-text');
  if (isPicture(bytes)) throw refusal('document-picture');
  if (isBinary(bytes)) throw refusal('document-kind-unknown');
  return HTML.test(head.replace(/^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, '').replaceAll('\0', '')) ? 'html' : 'text';
}

const isPicture = (b: Uint8Array) =>
  starts(b, 0x89, 0x50, 0x4e, 0x47) ||
  starts(b, 0xff, 0xd8, 0xff) ||
  starts(b, 0x47, 0x49, 0x46, 0x38) ||
  starts(b, 0x49, 0x49, 0x2a, 0) ||
  starts(b, 0x4d, 0x4d, 0, 0x2a);

/** Control characters that no text has; a zero is every other byte of UTF-16 and allowed behind its mark. */
function isBinary(bytes: Uint8Array): boolean {
  const wide = starts(bytes, 0xff, 0xfe) || starts(bytes, 0xfe, 0xff);
  const sample = bytes.subarray(0, 65_536);
  let [controls, zeros] = [0, 0];
  for (const b of sample) {
    if (b === 0) zeros++;
    else if (b < 9 || (b > 13 && b < 32 && b !== 27)) controls++;
  }
  // UTF-16 without its mark has many zeros too, but then hardly any other control character.
  const looksWide = zeros > sample.length * 0.02 && controls < sample.length * 0.1 && bytes.length % 2 === 0;
  return !wide && !looksWide && (zeros > 0 || controls > sample.length * 0.01);
}

const EXTENSIONS: Readonly<Record<string, Kind>> = {
  docx: 'zip',
  pdf: 'pdf',
  html: 'html',
  htm: 'html',
  md: 'text',
  markdown: 'text',
  txt: 'text',
  text: 'text',
};
const NAMES: Readonly<Record<Kind, string>> = {
  zip: 'Word 文档（.docx）或压缩包',
  pdf: 'PDF',
  html: '网页（.html）',
  text: '纯文本（.txt、.md）',
};

export const extensionOf = (name: string): string => (/\.([a-z0-9]{1,10})$/i.exec(name)?.[1] ?? '').toLowerCase();

/** Refuses a file whose name says one thing and whose content is another. A name without extension says nothing. */
export function checkExtension(name: string, kind: Kind): void {
  const extension = extensionOf(name);
  if (extension === 'docm' || extension === 'dotm') throw refusal('document-macros', `扩展名是 .${extension}`);
  const said = EXTENSIONS[extension];
  // Markdown may begin with a tag.
  if (extension === '' || said === kind || (kind === 'html' && /^(?:md|markdown)$/.test(extension))) return;
  throw refusal('document-wrong-extension', `扩展名是 .${extension}，内容是${NAMES[kind]}`);
}
