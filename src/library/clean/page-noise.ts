import type { Edit } from './draft.ts';

/**
 * Page numbers that a converter left in the text. Reading sites begin each page with `3、`, in mid-sentence or mid-word;
 * a list begins its items the same way, so the number alone proves nothing: the pages must count up, be long, and break
 * off where no writer would.
 */
const HAN = '\u3400-\u9fff';
const PUNCTUATION = '，。；：！？、”’）》,;:!?';
const ENDS = /[。！？；：”’）)】》.!?;:]\s*$/;

interface TextLine {
  readonly start: number;
  readonly text: string;
}
export const linesOf = (text: string): TextLine[] =>
  [...text.matchAll(/[^\n]+/g)].map((m) => ({ start: m.index, text: m[0] })).filter((l) => l.text.trim() !== '');

interface PageStart {
  readonly line: number;
  readonly number: number;
  /** Where the page's own text begins. */
  readonly rest: number;
  readonly broken: boolean;
  readonly certain: boolean;
}

const LED = /^[ \t\u3000]*(?:[•·●][ \t]*)?(\d{1,4})[ \t]*(?:、|[.．](?!\d))[ \t]*/;

function pageStarts(lines: readonly TextLine[]): PageStart[] {
  let long = 0;
  return lines.flatMap((line, i) => {
    const before = long;
    long = line.text.length;
    const led = LED.exec(line.text);
    if (!led) return [];
    const rest = line.text.slice(led[0].length);
    const broken = i > 0 && (!ENDS.test(lines[i - 1]!.text) || /[；：;:]\s*$/.test(lines[i - 1]!.text));
    const byMark = i > 0 && new RegExp(`^[${PUNCTUATION}]`).test(rest);
    const certain = byMark || (i > 0 && before >= 120 && !ENDS.test(lines[i - 1]!.text));
    return [{ line: i, number: Number(led[1]), rest: line.start + led[0].length, broken: broken || byMark, certain }];
  });
}

/** Chains 1, 2, 3 … of page starts with enough certain breaks among them. */
function pages(lines: readonly TextLine[]): PageStart[] {
  const chains: PageStart[][] = [];
  for (const start of pageStarts(lines)) {
    const chain = chains.findLast((c) => c.at(-1)!.number === start.number - 1);
    if (chain) chain.push(start);
    else if (start.number <= 2) chains.push([start]);
  }
  return chains.flatMap((chain) => {
    const inner = chain.filter((s) => s.number > 1);
    const certain = inner.filter((s) => s.certain);
    const byMark = certain.some((s) => new RegExp(`^[${PUNCTUATION}]`).test(lines[s.line]!.text.replace(LED, '')));
    return certain.length * 2 >= inner.length && certain.length > 0 && (byMark || certain.length >= 2) ? chain : [];
  });
}

const ALONE =
  /^\s*(?:[-—–－~·]+\s*\d{1,4}\s*[-—–－~·]+|第\s*\d{1,4}\s*页(?:\s*[,，/／]?\s*共\s*\d{1,4}\s*页)?|共\s*\d{1,4}\s*页|[Pp]age\s*\d{1,4}(?:\s*of\s*\d{1,4})?|\d{1,4}\s*[/／]\s*\d{1,4})\s*$/;
/** What begins something new and is never the second half of a line. */
const NEW =
  /^\s*(?:第[一二三四五六七八九十百零〇\d]{1,6}[编章节条]|[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[、.．]|附件|[•·●])/;

/** The end of `line` and the start of `next` are two halves of one sentence. */
const halves = (line: string, next: string): boolean =>
  !ENDS.test(line) &&
  !NEW.test(next) &&
  line.trim().length >= 15 &&
  new RegExp(`[${HAN}，、,]\\s*$`).test(line) &&
  new RegExp(`^\\s*[${HAN}${PUNCTUATION}“《]`).test(next);

/** Lines that hold nothing but a page number, and bare numbers that count up between halves of sentences. */
function numberLines(lines: readonly TextLine[]): Edit[] {
  return lines.flatMap((line, i): Edit[] => {
    const [before, after] = [lines[i - 1], lines[i + 1]];
    const parted = before !== undefined && after !== undefined && halves(before.text, after.text);
    if (!ALONE.test(line.text) && !(parted && /^\s*\d{1,4}\s*$/.test(line.text))) return [];
    const start = before ? before.start + before.text.length : line.start;
    return [{ start, end: parted ? after.start : line.start + line.text.length, text: '', kind: 'page-noise' }];
  });
}

export function pageNoise(text: string): Edit[] {
  const lines = linesOf(text);
  const edits: Edit[] = pages(lines).map((page) => {
    const previous = lines[page.line - 1];
    return {
      start:
        page.broken && page.number > 1 && previous
          ? previous.start + previous.text.trimEnd().length
          : lines[page.line]!.start,
      end: page.rest,
      text: '',
      kind: 'page-noise',
    };
  });
  edits.push(...numberLines(lines));
  // “抓紧抓好 2 、。要充分”, “这项工作 — 3 — 抓紧”: a number nobody wrote there.
  for (const pattern of [
    new RegExp(`(?<=[${HAN}”）])\\s*\\d{1,4}\\s*、\\s*(?=[。，；：！？])`, 'g'),
    new RegExp(`(?<=[${HAN}，、])\\s*[-—–－]+ ?\\d{1,4} ?[-—–－]+\\s*(?=[${HAN}，。、；])`, 'g'),
  ])
    for (const m of text.matchAll(pattern))
      if (/、/.test(m[0]) || /[-—–－] \d+ [-—–－]/.test(m[0]) || /\n/.test(m[0]))
        edits.push({ start: m.index, end: m.index + m[0].length, text: '', kind: 'page-noise' });
  return edits;
}

/** Lines broken by a converter: the next begins with a mark no line begins with, or the whole text is cut to one width. */
export function brokenLines(text: string): Edit[] {
  const lines = linesOf(text);
  const widths = lines.map((l) => l.text.length).sort((a, b) => a - b);
  const width = widths[Math.floor(widths.length * 0.9)] ?? 0;
  const cut =
    lines.length >= 8 &&
    width >= 18 &&
    width <= 60 &&
    widths.filter((w) => w >= width - 3 && w <= width + 3).length >= lines.length * 0.4;
  return lines.flatMap((line, i): Edit[] => {
    const next = lines[i + 1];
    if (!next) return [];
    const byMark = new RegExp(`[${HAN}\\w]\\s*$`).test(line.text) && /^\s*[，。；：！？、）》]/.test(next.text);
    const full = cut && line.text.length >= width - 3 && halves(line.text, next.text);
    return byMark || full
      ? [
          {
            start: line.start + line.text.trimEnd().length,
            end: next.start + /^\s*/.exec(next.text)![0].length,
            text: '',
            kind: 'broken-line',
          },
        ]
      : [];
  });
}
