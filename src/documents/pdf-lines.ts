import type { Line } from '../ports/documents.ts';

/** A run of characters where the page put it. `y` grows upwards. */
export interface TextPiece {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly size: number;
  /** The last of its line. */
  readonly ends: boolean;
}

interface Printed {
  text: string;
  readonly page: number;
  readonly x: number;
  right: number;
  readonly y: number;
  readonly size: number;
}

const WIDE = /[\u2e80-\u9fff\uff00-\uffef]/;
const STARTS =
  /^(?:第[一二三四五六七八九十百零〇\d]{1,6}[编章节条]|[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[、.．](?!\d)|附件)/;

/** Printed lines of a page. A gap of more than two characters parts the cells of a row. */
function printedLines(pieces: readonly TextPiece[], page: number): Printed[] {
  const lines: Printed[] = [];
  let open: Printed | null = null;
  for (const piece of pieces) {
    const same: boolean = open !== null && Math.abs(piece.y - open.y) < open.size * 0.6 && piece.x > open.x - 1;
    if (piece.text.trim() !== '') {
      if (!same || !open)
        lines.push(
          (open = {
            text: piece.text.trimStart(),
            page,
            x: piece.x,
            right: piece.x + piece.width,
            y: piece.y,
            size: piece.size,
          }),
        );
      else {
        const gap = (piece.x - open.right) / open.size;
        const wide = WIDE.test(open.text.at(-1)!) && WIDE.test(piece.text[0]!);
        open.text += (gap > 2 ? ' | ' : gap > (wide ? 0.6 : 0.2) ? ' ' : '') + piece.text;
        open.right = piece.x + piece.width;
      }
    }
    if (piece.ends && open) open = { ...open };
  }
  for (const line of lines) line.text = line.text.replace(/\s+/g, ' ').trim();
  return lines.filter((l) => l.text !== '');
}

/** One gap in a line alone is spaced-out lettering, not a table. */
function withoutLoneGaps(lines: readonly Printed[]): void {
  const rows = lines.map((l) => l.text.includes(' | '));
  lines.forEach((line, i) => {
    if (rows[i] && !rows[i - 1] && !rows[i + 1]) line.text = line.text.replaceAll(' | ', ' ');
  });
}

const PAGE_NUMBER = /^(?:[-—–－~·\s]*\d{1,4}[-—–－~·\s]*|第\s*\d{1,4}\s*页.{0,12}|\d{1,4}\s*[/／]\s*\d{1,4})$/;
const figureless = (text: string) => text.replace(/[\d\s一二三四五六七八九十]+/g, '#');

/** Running heads and page numbers: at the edge of a page, and either a number or the same on most pages. */
function withoutRunningHeads(pages: readonly Printed[][]): Printed[][] {
  const edges = pages.map((lines) => new Set([...lines.slice(0, 2), ...lines.slice(-2)]));
  const seen = new Map<string, number>();
  for (const edge of edges)
    for (const key of new Set([...edge].map((l) => figureless(l.text)))) seen.set(key, (seen.get(key) ?? 0) + 1);
  const often = Math.max(3, Math.ceil(pages.length * 0.6));
  return pages.map((lines, i) =>
    lines.filter((l, j) => {
      const edge = edges[i]!.has(l);
      const outermost = j === 0 || j === lines.length - 1;
      return (
        !(outermost && PAGE_NUMBER.test(l.text)) &&
        !(edge && l.text.length < 60 && (seen.get(figureless(l.text)) ?? 0) >= often)
      );
    }),
  );
}

/** A line goes on in the next when it is full, the next is not indented and does not begin something new. */
function goesOn(line: Printed, next: Printed, left: number, right: number): boolean {
  if (line.text.includes(' | ') || next.text.includes(' | ')) return false;
  const full = line.right > right - 2.2 * line.size;
  const indented = next.x > left + 0.9 * next.size;
  const apart = line.page === next.page && line.y - next.y > 2.6 * line.size;
  const alike = Math.abs(line.size - next.size) < 0.12 * line.size;
  return full && !indented && !apart && alike && !STARTS.test(next.text);
}

const most = (values: readonly number[], share: number) =>
  values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * share)] ?? 0;

/** Paragraphs out of printed lines, each with the page it begins on. */
export function paragraphsOf(pages: readonly (readonly TextPiece[])[]): Line[] {
  const printed = withoutRunningHeads(pages.map((pieces, i) => printedLines(pieces, i + 1)));
  for (const lines of printed) withoutLoneGaps(lines);
  const all = printed.flat();
  const long = all.filter((l) => l.text.length > 15);
  const [left, right] = [
    most(
      long.map((l) => l.x),
      0.2,
    ),
    most(
      long.map((l) => l.right),
      0.9,
    ),
  ];
  const out: { text: string; page: number; paragraph: number; table?: number }[] = [];
  let tables = 0;
  all.forEach((line, i) => {
    const before = all[i - 1];
    const last = out.at(-1);
    const row = line.text.includes(' | ');
    if (row && !before?.text.includes(' | ')) tables++;
    if (before && last && goesOn(before, line, left, right)) {
      const blank = WIDE.test(last.text.at(-1)!) || WIDE.test(line.text[0]!) ? '' : ' ';
      last.text += blank + line.text;
    } else out.push({ text: line.text, page: line.page, paragraph: out.length + 1, ...(row && { table: tables }) });
  });
  return out;
}
