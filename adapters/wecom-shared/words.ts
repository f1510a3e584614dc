import type { Card, CardSection } from '../../src/domain/message.ts';
import { escapeMarkdown, escapeText, shortened } from './escape.ts';

/** A card in words, one line each, for where there are no cards or the card has no room. */

type Markup = 'text' | 'markdown';
const escapes: Readonly<Record<Markup, (text: string) => string>> = { text: escapeText, markdown: escapeMarkdown };

export function linesOf(card: Card, markup: Markup): string[] {
  const escape = escapes[markup];
  const heading = (words: string) => (markup === 'text' ? `【${escape(words)}】` : `**${escape(words)}**`);
  const repeated = card.sections[0]?.lines[0] === card.summary || card.summary === '' || card.summary === card.title;
  return [
    heading(card.title),
    ...(repeated ? [] : [escape(card.summary)]),
    ...card.sections.flatMap((section) => sectionLines(section, markup, heading)),
    ...(card.footer === undefined ? [] : [escape(card.footer)]),
  ];
}

function sectionLines({ heading, lines, links }: CardSection, markup: Markup, asHeading: (words: string) => string) {
  return [asHeading(heading), ...lines.map(escapes[markup]), ...(links ?? []).map((link) => linkLine(link, markup))];
}

/** A source stays on one line, which is never cut: its address only where it leaves room. */
function linkLine({ text, url }: { readonly text: string; readonly url?: string }, markup: Markup): string {
  const shown = escapes[markup](shortened(text, 300));
  const target = url !== undefined && /^https?:\/\//.test(url) && URL.canParse(url) ? new URL(url).href : undefined;
  if (target === undefined || target.length > 600) return shown;
  return markup === 'text' ? `<a href="${target}">${shown}</a>` : `[${shown}](${target.replace(/[()]/g, encoded)})`;
}

const encoded = (character: string) => (character === '(' ? '%28' : '%29');

export const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

/** Room for `（12/34）` and a line break. */
const NUMBER_BYTES = 16;

/**
 * Lines as messages of at most `most` bytes of UTF-8. A line, and with it a citation, stays whole as long as one
 * message can hold it; a longer one is cut after a sentence, at a blank, or between characters. Several are numbered.
 */
export function partsOf(lines: readonly string[], most: number): string[] {
  const whole = lines.join('\n');
  if (bytesOf(whole) <= most) return [whole];
  const room = most - NUMBER_BYTES;
  const parts: string[] = [];
  let part = '';
  for (const line of lines.flatMap((line) => cutLine(line, room))) {
    const longer = part === '' ? line : `${part}\n${line}`;
    if (bytesOf(longer) <= room) part = longer;
    else {
      parts.push(part);
      part = line;
    }
  }
  const all = [...parts, part].filter((text) => text.trim() !== '');
  return all.length === 1 ? all : all.map((text, index) => `（${index + 1}/${all.length}）\n${text}`);
}

function cutLine(line: string, room: number): string[] {
  const pieces: string[] = [];
  let rest = line;
  while (bytesOf(rest) > room) {
    const end = cutAt(rest, room);
    pieces.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return [...pieces, rest];
}

/** Where to cut: the last end of a sentence in the second half of what fits, else a blank there, else what fits. */
function cutAt(line: string, room: number): number {
  let [fits, bytes] = [0, 0];
  for (const { segment } of graphemes.segment(line.slice(0, room))) {
    bytes += bytesOf(segment);
    if (bytes > room) break;
    fits += segment.length;
  }
  if (fits === 0) return [...line][0]!.length;
  const start = Math.floor(fits / 2);
  const half = line.slice(start, fits);
  const sentence = Math.max(...['。', '；', '！', '？', '. ', '; '].map((mark) => half.lastIndexOf(mark)));
  const blank = half.lastIndexOf(' ');
  const at = sentence >= 0 ? sentence : blank;
  return at >= 0 ? start + at + 1 : fits;
}

const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' });
