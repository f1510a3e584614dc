import type { Line, ReadDocument } from '../ports/documents.ts';
import { htmlLines } from './html.ts';
import { refusal } from './refusals.ts';

/** Text files: which encoding it is, then lines; form feeds, as pdftotext writes them, are pages. */
export function decode(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  const declared = /<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{2,20})/i
    .exec(String.fromCharCode(...bytes.subarray(0, 2048)))?.[1]
    ?.toLowerCase();
  // Only UTF-16 has zeros in a text; without its mark, the way round that gives Chinese is the right one.
  if (bytes.subarray(0, 65_536).includes(0)) {
    const wide = ['utf-16le', 'utf-16be'].find((way) =>
      looksWritten(new TextDecoder(way).decode(bytes.subarray(0, 65_536))),
    );
    if (wide) return new TextDecoder(wide).decode(bytes);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // GB 18030 has a reading for nearly everything: it is the guess for all that is not UTF-8.
    return new TextDecoder(declared === 'big5' ? 'big5' : 'gb18030').decode(bytes);
  }
}

const looksWritten = (text: string) =>
  (text.match(/[\u4e00-\u9fff\u3000-\u303f\uff00-\uffef“”‘’…—·\s!-~]/g)?.length ?? 0) > text.length * 0.9;

/** A text in which one character in twenty could not be read was no text. */
function checkReadable(text: string): void {
  const strange = text.match(/[\ufffd\u0000-\u0008\u000e-\u001f]/g)?.length ?? 0;
  if (strange > 20 && strange > text.length * 0.05) throw refusal('document-kind-unknown', '内容不是能读的文字');
}

const numbered = (lines: readonly Omit<Line, 'paragraph'>[]): Line[] =>
  lines.filter((l) => l.text.trim() !== '').map((l, i) => ({ ...l, paragraph: i + 1 }));

export function readText(bytes: Uint8Array): ReadDocument {
  const text = decode(bytes);
  checkReadable(text);
  const pages = text.replace(/\f\s*$/, '').split('\f');
  const lines = pages.flatMap((page, i) =>
    page
      .split(/\r\n?|\n|\u2028|\u2029|\u0085/)
      .map((line) => ({ text: line.replaceAll('\0', ''), ...(pages.length > 1 && { page: i + 1 }) })),
  );
  return { format: 'txt', lines: numbered(lines), warnings: [] };
}

export function readHtml(bytes: Uint8Array): ReadDocument {
  const html = decode(bytes);
  checkReadable(html);
  return { format: 'html', ...htmlLines(html), warnings: [] };
}

const inline = (text: string) =>
  text
    .replace(/!\[[^\]\n]{0,300}\]\([^)\n]{0,1000}\)/g, '')
    .replace(/\[([^\]\n]{0,300})\]\([^)\n]{0,1000}\)/g, '$1')
    .replace(/(\*\*|__)(?=\S)([^\n]{1,500}?\S|\S)\1/g, '$2')
    .replace(/(?<![*\w])\*(?=[^\s*])([^*\n]{1,300}[^\s*])\*(?![*\w])/g, '$1')
    .replace(/`([^`\n]{1,300})`/g, '$1')
    .replace(/<\/?[a-z][^>\n]{0,500}>/gi, '');

/** Markdown: headings and tables keep their meaning, the rest of the marks go. */
export function readMarkdown(bytes: Uint8Array): ReadDocument {
  const source = decode(bytes);
  checkReadable(source);
  const front = /^---\r?\n([^]{0,5000}?)\r?\n---\r?\n/.exec(source);
  const title = front && /^title:\s*["']?(.{1,200}?)["']?\s*$/m.exec(front[1]!)?.[1];
  const body = (front ? source.slice(front[0].length) : source)
    .replace(/<!--[^]*?-->/g, '')
    .replace(/<(script|style)\b[^]*?<\/\1\s*>/gi, '');
  let tables = 0;
  let before = false;
  const lines = body.split(/\r\n?|\n/).flatMap((line): Omit<Line, 'paragraph'>[] => {
    const row = /^\s*\|(.+)\|\s*$/.exec(line)?.[1];
    if (row && !before) tables++;
    before = row !== undefined;
    if (row !== undefined)
      return /^[\s|:-]+$/.test(row)
        ? []
        : [
            {
              text: row
                .split('|')
                .map((c) => inline(c).trim())
                .join(' | '),
              table: tables,
            },
          ];
    const heading = /^(#{1,6})\s+(.*?)\s*#*$/.exec(line);
    if (heading) return [{ text: inline(heading[2]!), heading: heading[1]!.length }];
    if (/^\s*(?:```|~~~|[-*_]{3,}\s*$|={3,}\s*$)/.test(line)) return [];
    return [{ text: inline(line.replace(/^\s*(?:>\s?|[-*+]\s+)+/, '')) }];
  });
  return { format: 'md', lines: numbered(lines), ...(title && { title }), warnings: [] };
}
