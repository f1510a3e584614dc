import { inChinese } from '../library/numerals.ts';

/**
 * Word counts 第一条, （一） and 1. itself and keeps the figures out of the text, so that a plain reader sees articles
 * without numbers. Here the labels are counted as Word would and written into the paragraphs. The XML is only searched
 * with patterns, never built into a tree: its size is bounded, its depth is not.
 */
interface Level {
  readonly format: string;
  readonly text: string;
  readonly start: number;
}
interface List {
  readonly abstract: string;
  readonly starts: ReadonlyMap<number, number>;
}

const value = (xml: string, tag: string): string | undefined =>
  new RegExp(`<w:${tag}\\b[^>]*?\\bw:val="([^"]*)"`).exec(xml)?.[1];
/** Up to the last closing tag: behind it, a million opening ones would each search to the end in vain. */
const upToLast = (xml: string, tag: string): string => xml.slice(0, xml.lastIndexOf(`</w:${tag}>`) + tag.length + 5);
const blocks = (xml: string, tag: string): string[] =>
  xml.includes(`</w:${tag}>`)
    ? (upToLast(xml, tag).match(new RegExp(`<w:${tag}\\b[^>]*?(?:/>|>[^]*?</w:${tag}>)`, 'g')) ?? [])
    : [];
const attribute = (xml: string, name: string): string | undefined =>
  new RegExp(`\\bw:${name}="([^"]*)"`).exec(xml.slice(0, 300))?.[1];

function levelsOf(abstract: string): Map<number, Level> {
  return new Map(
    blocks(abstract, 'lvl').map((lvl) => [
      Number(attribute(lvl, 'ilvl') ?? 0),
      {
        format: value(lvl, 'numFmt') ?? 'decimal',
        text: value(lvl, 'lvlText') ?? '',
        start: Number(value(lvl, 'start') ?? 1),
      },
    ]),
  );
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const ROMAN = [
  '',
  'i',
  'ii',
  'iii',
  'iv',
  'v',
  'vi',
  'vii',
  'viii',
  'ix',
  'x',
  'xi',
  'xii',
  'xiii',
  'xiv',
  'xv',
  'xvi',
  'xvii',
  'xviii',
  'xix',
  'xx',
];

function figure(n: number, format: string): string {
  if (/^(?:chinese|ideograph|japanese|taiwanese)/.test(format)) return inChinese(n);
  if (format === 'decimalEnclosedCircle' || format === 'decimalEnclosedCircleChinese')
    return n <= 20 ? String.fromCharCode(0x245f + n) : String(n);
  if (format.endsWith('Letter'))
    return format.startsWith('upper') ? (LETTERS[(n - 1) % 26] ?? '').toUpperCase() : (LETTERS[(n - 1) % 26] ?? '');
  if (format.endsWith('Roman'))
    return format.startsWith('upper') ? (ROMAN[n] ?? String(n)).toUpperCase() : (ROMAN[n] ?? String(n));
  return String(n);
}

/** Counts one list: a step at a level starts the deeper ones anew. */
class Counter {
  readonly #levels: ReadonlyMap<number, Level>;
  readonly #starts: ReadonlyMap<number, number>;
  readonly #at: (number | undefined)[] = [];

  constructor(levels: ReadonlyMap<number, Level>, starts: ReadonlyMap<number, number>) {
    this.#levels = levels;
    this.#starts = starts;
  }

  next(depth: number): string {
    const level = this.#levels.get(depth);
    if (!level || depth > 8) return '';
    this.#at[depth] = (this.#at[depth] ?? this.#first(depth) - 1) + 1;
    this.#at.length = depth + 1;
    if (level.format === 'bullet' || level.format === 'none') return '';
    return level.text.replace(/%(\d)/g, (_, d: string) => {
      const i = Number(d) - 1;
      return figure(this.#at[i] ?? this.#first(i), this.#levels.get(i)?.format ?? 'decimal');
    });
  }

  #first(depth: number): number {
    return this.#starts.get(depth) ?? this.#levels.get(depth)?.start ?? 1;
  }
}

/** Which list a paragraph style belongs to, through the styles it is based on. */
function listOfStyle(styles: string): (id: string) => { list: string; depth: number } | null {
  const byId = new Map(blocks(styles, 'style').map((s) => [attribute(s, 'styleId') ?? '', s]));
  return (id) => {
    for (
      let [style, hops] = [byId.get(id), 0];
      style && hops < 10;
      style = byId.get(value(style, 'basedOn') ?? ''), hops++
    ) {
      const numPr = blocks(style, 'numPr')[0];
      const list = numPr && value(numPr, 'numId');
      if (list) return { list, depth: Number(value(numPr, 'ilvl') ?? 0) };
    }
    return null;
  };
}

const escapeXml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** The document's XML with the automatic numbers written out. */
export function withNumbers(document: string, numbering: string, styles: string): string {
  const abstracts = new Map(
    blocks(numbering, 'abstractNum').map((a) => [attribute(a, 'abstractNumId') ?? '', levelsOf(a)]),
  );
  const lists = new Map<string, List>(
    blocks(numbering, 'num').map((num) => [
      attribute(num, 'numId') ?? '',
      {
        abstract: value(num, 'abstractNumId') ?? '',
        starts: new Map(
          blocks(num, 'lvlOverride').flatMap((o) =>
            value(o, 'startOverride') ? [[Number(attribute(o, 'ilvl') ?? 0), Number(value(o, 'startOverride'))]] : [],
          ),
        ),
      },
    ]),
  );
  const styleList = listOfStyle(styles);
  // Lists of one abstract definition go on counting together unless one says where it starts.
  const counters = new Map<string, Counter>();
  const counterOf = (id: string): Counter | null => {
    const list = lists.get(id);
    const levels = list && abstracts.get(list.abstract);
    if (!levels) return null;
    const key = list.starts.size > 0 ? `own ${id}` : list.abstract;
    let counter = counters.get(key);
    if (!counter) counters.set(key, (counter = new Counter(levels, list.starts)));
    return counter;
  };
  const withLabel = (whole: string, inner: string): string => {
    const numPr = blocks(inner, 'numPr')[0];
    const style = value(inner, 'pStyle');
    const inherited = style ? styleList(style) : null;
    const list = (numPr && value(numPr, 'numId')) ?? inherited?.list;
    if (!list || list === '0') return whole;
    const depth = Number((numPr && value(numPr, 'ilvl')) ?? inherited?.depth ?? 0);
    const label = counterOf(list)?.next(depth) ?? '';
    return label ? `${whole}<w:r><w:t xml:space="preserve">${escapeXml(label)}</w:t></w:r>` : whole;
  };
  const plain = replaceClosed(document, 'pPrChange', /<w:pPrChange\b[^]*?<\/w:pPrChange>/g, () => '');
  return replaceClosed(plain, 'pPr', /<w:pPr>([^]*?)<\/w:pPr>/g, withLabel);
}

function replaceClosed(
  xml: string,
  tag: string,
  pattern: RegExp,
  by: (whole: string, inner: string) => string,
): string {
  if (!xml.includes(`</w:${tag}>`)) return xml;
  const head = upToLast(xml, tag);
  return head.replace(pattern, by) + xml.slice(head.length);
}
