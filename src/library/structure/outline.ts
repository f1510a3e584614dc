import type { Line } from '../../ports/documents.ts';
import { inlineStarts, type Marker, MARKER_KINDS, markerAt } from './markers.ts';
import type { Span } from './passages.ts';

/** A line or a numbered part of one. */
export interface Block extends Span {
  readonly marker: Marker | null;
  /** Of the file's own heading styles, or 7 for a line that stands like a heading. */
  readonly heading?: number;
  readonly table?: number;
}

export interface Node extends Span {
  readonly block: Block;
  readonly rank: number;
  /** For the heading path: the marker with its heading. */
  readonly title: string;
  /** The block is a heading and nothing else. */
  readonly bare: boolean;
  readonly children: Node[];
  end: number;
}

const TERMINAL = /[。；！？，、：:;,.]$/;
const isBare = (text: string) => text.length <= 50 && !/[。；！？]/.test(text) && !TERMINAL.test(text);

export function blocksOf(text: string, lineAt: (offset: number) => Line): Block[] {
  const last = new Map<Marker['kind'], number>();
  const blocks: Block[] = [];
  for (const m of text.matchAll(/[^\n]+/g)) {
    const { heading, table } = lineAt(m.index);
    const style = { ...(heading !== undefined && { heading }), ...(table !== undefined && { table }) };
    const cuts = table === undefined ? inlineStarts(m[0], last) : [];
    [0, ...cuts].forEach((from, i) => {
      const start = m.index + from;
      const end = m.index + (cuts[i] ?? m[0].length);
      blocks.push({
        start,
        end,
        marker: table === undefined ? markerAt(text.slice(start, end)) : null,
        ...(i === 0 ? style : {}),
      });
    });
  }
  return withPlainHeadings(text, withoutSignature(text, blocks));
}

const DATE_LINE =
  /^[（(]?(?:\d{4}|[二〇○零一三四五六七八九]{4})\s?年\s?[\d一二三四五六七八九十]{1,3}\s?月(?:\s?[\d一二三四五六七八九十]{1,3}\s?日)?[)）]?$/;

/** Who signed and when, at the foot: it belongs to no clause. */
function withoutSignature(text: string, blocks: Block[]): Block[] {
  const line = (b: Block | undefined) => (b ? text.slice(b.start, b.end).trim() : '');
  for (let i = blocks.length - 1; i > 0 && i >= blocks.length - 6; i--) {
    if (!DATE_LINE.test(line(blocks[i]))) continue;
    let from = i;
    while (
      from > 1 &&
      i - from < 3 &&
      !blocks[from - 1]!.marker &&
      line(blocks[from - 1]).length <= 30 &&
      !/[。；，：]/.test(line(blocks[from - 1]))
    )
      from--;
    return [...blocks.slice(0, from), ...blocks.slice(i + 1)];
  }
  return blocks;
}

const HEAD =
  /^(?:[（(].{0,60}(?:通过|印发|发布|公布|修订|修正|批准|施行).{0,30}[)）]|[\u4e00-\u9fff]{1,12}[〔[［(（]\d{4}[〕\]］)）] ?第?\d{1,4} ?号|[\u4e00-\u9fff ]{2,30}文件)$/;

/** The letterhead, the number and the line that says who passed it when: they are told as facts of the document. */
export function withoutHead(text: string, blocks: readonly Block[]): Block[] {
  const head = blocks
    .slice(0, 4)
    .filter(
      (b) =>
        !b.marker &&
        (HEAD.test(text.slice(b.start, b.end).trim()) || DATE_LINE.test(text.slice(b.start, b.end).trim())),
    );
  return head.length < blocks.length ? blocks.filter((b) => !head.includes(b)) : [...blocks];
}

/** A short line without a mark between paragraphs stands like a heading. */
function withPlainHeadings(text: string, blocks: Block[]): Block[] {
  return blocks.map((block, i) => {
    if (block.heading !== undefined || block.marker || block.table !== undefined) return block;
    const line = text.slice(block.start, block.end).trim();
    const next = blocks[i + 1];
    const before = i === 0 ? '。' : text.slice(blocks[i - 1]!.start, blocks[i - 1]!.end).trim();
    const stands =
      line.length >= 4 && line.length <= 40 && isBare(line) && !DATE_LINE.test(line) && /[。！？；”）】]$/.test(before);
    const leads =
      next &&
      next.table === undefined &&
      (next.marker?.kind === 'one' ||
        next.marker?.kind === 'chapter' ||
        (next.marker?.kind === 'article' && next.marker.number === 1) ||
        next.end - next.start >= 60);
    return stands && leads ? { ...block, heading: 7 } : block;
  });
}

/** What a numbered part is called in a heading path. */
function titleOf(text: string, block: Block): string {
  const whole = text.slice(block.start, block.end).trim();
  if (!block.marker || isBare(whole)) return whole.slice(0, 60);
  const { label, length } = block.marker;
  const body = whole.slice(length);
  // 第一条 has no heading of its own unless it stands in brackets.
  if (block.marker.kind === 'article') return label + (/^[【[（(][^】\])）]{2,20}[】\])）]/.exec(body)?.[0] ?? '');
  const cut = [
    /^[^。；：\n]{2,40}?(?=[一首]是|首先，|第一，)/,
    /^[^，。；：“]{0,16}“[^”]{1,20}”(?=[\u3400-\u9fffA-Za-z])/,
    /^[^。；：]{2,40}(?=[。：])/,
  ]
    .map((p) => p.exec(body)?.[0])
    .find((c) => c !== undefined);
  const first = cut ?? /^[^，。；：]{1,24}/.exec(body)?.[0] ?? '';
  const gap = text.slice(block.start + label.length, block.start + length);
  return label + gap + first + (cut === undefined && first.length < body.length ? '…' : '');
}

const rankOf = (block: Block, oneAbove: boolean, bare: boolean): number | null => {
  if (block.marker?.kind === 'one' && oneAbove && bare) return MARKER_KINDS.indexOf('section') + 0.5;
  if (block.marker) return MARKER_KINDS.indexOf(block.marker.kind);
  return block.heading === undefined ? null : 0.1 + block.heading * 0.1;
};

/** The numbered parts as a tree; what stands before the first of them is the root's own. */
export function outline(text: string, blocks: readonly Block[]): Node {
  // 一、总则 over 第一条: only then are the simple numbers above the articles.
  const bareBlock = (b: Block) => isBare(text.slice(b.start, b.end).trim());
  const oneAbove = blocks.some(
    (b, i) => b.marker?.kind === 'one' && bareBlock(b) && blocks[i + 1]?.marker?.kind === 'article',
  );
  const end = blocks.at(-1)?.end ?? 0;
  const root: Node = {
    start: blocks[0]?.start ?? 0,
    end,
    block: { start: 0, end: 0, marker: null },
    rank: -1,
    title: '',
    bare: true,
    children: [],
  };
  const stack = [root];
  for (const [i, block] of blocks.entries()) {
    const bare = bareBlock(block);
    const rank = rankOf(block, oneAbove, bare);
    if (rank === null) continue;
    // A part ends with its last block, not where the next begins: a signature may stand between.
    while (stack.at(-1)!.rank >= rank) stack.pop()!.end = blocks[i - 1]!.end;
    const node: Node = { start: block.start, end, block, rank, title: titleOf(text, block), bare, children: [] };
    stack.at(-1)!.children.push(node);
    stack.push(node);
  }
  return root;
}
