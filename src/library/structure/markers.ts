import { numeral } from '../numerals.ts';

/** What Chinese official documents number their parts with, highest first. The order is the order of nesting. */
export const MARKER_KINDS = [
  'annex',
  'part',
  'chapter',
  'section',
  'article',
  'one',
  'bracket',
  'digit',
  'paren',
  'circle',
] as const;
export type MarkerKind = (typeof MARKER_KINDS)[number];

export interface Marker {
  readonly kind: MarkerKind;
  readonly number: number;
  /** 第三条之一 is 3 and 1; 2.3 is 2 and 3. */
  readonly sub?: number;
  /** As it stands: 第三条, （一）, 1. */
  readonly label: string;
  /** How many characters of the line it takes, blanks behind it included. */
  readonly length: number;
}

const N = '[一二三四五六七八九十百千零〇两\\d０-９]{1,8}';
const C = '[一二三四五六七八九十百]{1,4}';
/** An article's number followed by one of these is spoken of, not begun: 第三条规定的……, 第三条第二款. */
const SPOKEN_OF = '(?!第|规定|所(?:列|称|述|规定)|的|和|与|及|或|至|、|，|,|之(?:规定|外)|中(?:的|所)|款|项)';
const SHAPES: readonly (readonly [MarkerKind, RegExp])[] = [
  ['annex', new RegExp(`^(附件|附表|附录)[ ]?(${N})?[ ]*(?:[:：.．、 ]|$)`)],
  ['part', new RegExp(`^第[ ]?(${N})[ ]?(?:编|部分)(?=[ \\u3000:：]|$|[^的中第，、])`)],
  ['chapter', new RegExp(`^第[ ]?(${N})[ ]?章${SPOKEN_OF}`)],
  ['section', new RegExp(`^第[ ]?(${N})[ ]?节(?=[ \\u3000:：]|$|[^课，。、的])${SPOKEN_OF}`)],
  ['article', new RegExp(`^第[ ]?(${N})[ ]?条(?:之(${C}))?${SPOKEN_OF}`)],
  ['one', new RegExp(`^(${C})[ ]?[、．.](?!\\d)`)],
  ['bracket', new RegExp(`^[（(][ ]?(${C})[ ]?[)）][、.．]?`)],
  ['digit', /^(\d{1,2})(?:[.．](\d{1,2}))?(?:[.．](?!\d)|、|[ ](?=[\u3400-\u9fff]))/],
  ['paren', /^[（(][ ]?(\d{1,2})[ ]?[)）][、.．]?|^(\d{1,2})[)）]/],
  ['circle', /^([①-⑳])/],
];

/** The marker a line begins with. */
export function markerAt(line: string): Marker | null {
  for (const [kind, shape] of SHAPES) {
    const m = shape.exec(line);
    if (!m) continue;
    const figure = m[1] ?? (kind === 'paren' ? m[2] : undefined) ?? (kind === 'annex' ? '1' : '');
    const number =
      kind === 'circle'
        ? figure.charCodeAt(0) - 0x245f
        : numeral(kind === 'annex' && !m[2] ? '1' : kind === 'annex' ? m[2]! : figure);
    if (number === null) continue;
    if (kind === 'digit' && (m[2] === undefined && /^\d{1,2} /.test(m[0]) ? line.length > 60 : false)) continue;
    if (kind === 'annex' && line.length > 60) continue;
    const sub = kind === 'article' || kind === 'digit' ? m[2] && numeral(m[2]) : undefined;
    return {
      kind,
      number,
      ...(typeof sub === 'number' && { sub }),
      label: m[0].replace(/[ :：]+$/g, ''),
      length: m[0].length + (/^[ \u3000]*/.exec(line.slice(m[0].length))?.[0].length ?? 0),
    };
  }
  return null;
}

const ENDED = '。；！？：”’）》】…';
const INLINE = new RegExp(
  `(?<=[${ENDED}])[ ]?(?=第${C}条${SPOKEN_OF}|${C}、|[（(]${C}[)）]|\\d{1,2}[.．、](?=[\\u3400-\\u9fff])|[（(]\\d{1,2}[)）](?=[\\u3400-\\u9fff]))`,
  'g',
);
/** （一） right behind a heading that runs on without a mark: 二、主要做法（一）健全……. */
const BEHIND_HEADING = new RegExp(`^(?:${C}、|第${N}章)[^，。；：（(]{2,30}(?=[（(]一[)）])`);

/**
 * Places inside a line where a numbered part begins. Text that has lost its line ends hides them; each must follow a
 * sentence's end and count on from the last of its kind, or （二） in a sentence would start a part.
 * @param last the last number seen of each kind; carried on from line to line.
 */
export function inlineStarts(line: string, last: Map<MarkerKind, number>): number[] {
  const places = [...line.matchAll(INLINE)].map((m) => m.index + m[0].length);
  const behind = BEHIND_HEADING.exec(line);
  const starts: number[] = [];
  for (const at of [0, ...new Set([...(behind ? [behind[0].length] : []), ...places].sort((a, b) => a - b))]) {
    const marker = markerAt(line.slice(at, at + 80));
    if (!marker) continue;
    const expected = marker.number === 1 || marker.number === (last.get(marker.kind) ?? 0) + 1;
    if (at > 0 && !expected) continue;
    last.set(marker.kind, marker.number);
    for (const deeper of MARKER_KINDS.slice(MARKER_KINDS.indexOf(marker.kind) + 1))
      if (deeper !== 'article') last.delete(deeper);
    if (at > 0) starts.push(at);
    // A heading and its first part in one line: look behind the heading too.
    const inner = at > 0 ? BEHIND_HEADING.exec(line.slice(at)) : null;
    if (inner) {
      starts.push(at + inner[0].length);
      last.set('bracket', 1);
    }
  }
  return [...new Set(starts)].sort((a, b) => a - b);
}
