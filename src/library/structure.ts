import type { Line } from '../ports/documents.ts';
import { blocksOf, type Block, type Node, outline, withoutHead } from './structure/outline.ts';
import { MARKER_KINDS } from './structure/markers.ts';
import { MAX, MIN, type Span, passagesOf } from './structure/passages.ts';

/** A part of a document that can be cited: an article, a numbered part, or a passage of prose. */
export interface Part extends Span {
  /** Stable: the numbers it stands under, or for unnumbered text a hash of its words. `a12` is 第十二条, `s1.k2` is 一、（二）. */
  readonly key: string;
  /** 第十二条, （二）至（四）, 三、会议制度; empty for prose, which stands under its headings. */
  readonly label: string;
  /** The headings it stands under, highest first. */
  readonly headings: readonly string[];
}

const LETTER: Readonly<Record<string, string>> = {
  annex: 'x',
  part: 'p',
  chapter: 'c',
  section: 'j',
  article: 'a',
  one: 's',
  bracket: 'k',
  digit: 'd',
  paren: 'e',
  circle: 'o',
};
const ARTICLE = MARKER_KINDS.indexOf('article');
/** No article is longer; what claims to be one is prose behind a number, and would not fit a row of the store. */
const LONGEST = 20_000;

/** FNV-1a over the words without blanks and marks, so that cleaning a comma away does not rename a passage. */
function wordsHash(text: string): string {
  let [a, b] = [0x811c9dc5, 0x01000193];
  for (const c of text.replace(/[^\p{L}\p{N}]/gu, '')) {
    a = Math.imul(a ^ c.codePointAt(0)!, 0x01000193);
    b = Math.imul(b ^ (c.codePointAt(0)! + 0x9e37), 0x85ebca6b);
  }
  return ((a >>> 0).toString(16).padStart(8, '0') + (b >>> 0).toString(16).padStart(8, '0')).slice(0, 10);
}

/** Where a walk through the tree stands. */
interface Place {
  readonly key: string;
  readonly headings: readonly string[];
}

class Parts {
  readonly #text: string;
  readonly #rows: readonly Block[];
  readonly #keys = new Map<string, number>();
  readonly out: Part[] = [];
  #regulation = 1;
  #article = 0;

  constructor(text: string, blocks: readonly Block[]) {
    this.#text = text;
    this.#rows = blocks.filter((b) => b.table !== undefined);
  }

  /** Emits a node and what is under it. */
  node(node: Node, at: Place): void {
    const place = this.#enter(node, at);
    if (node.rank === ARTICLE && this.#size(node) <= LONGEST)
      return this.#put(node, place.key, node.block.marker!.label, at.headings);
    // An article must stay addressable by itself, however short its chapter.
    if (node.rank > ARTICLE && this.#size(node) <= MAX) return this.#put(node, place.key, node.title, at.headings);
    this.inner(node, place);
  }

  /** A node's own words, then its children, the short ones in groups. */
  inner(node: Node, place: Place): void {
    const own = { start: node.start, end: node.children[0]?.start ?? node.end };
    const first = node.children[0];
    const grouped = first !== undefined && first.rank > ARTICLE;
    const ownSize = this.#size(own);
    if (node.bare || !grouped || ownSize >= MIN) {
      const words = node.bare && node.rank >= 0 ? { start: Math.min(own.end, node.block.end), end: own.end } : own;
      this.#prose(words, place);
      this.#children(node.children, place, null);
    } else this.#children(node.children, place, own);
  }

  /** @param lead words of the parent that go with its first children: “下列事项由党组织会议决定：”. */
  #children(children: readonly Node[], place: Place, lead: Span | null): void {
    let group: Node[] = [];
    let from = lead;
    const size = () =>
      group.length || from
        ? this.#size({ start: from?.start ?? group[0]!.start, end: group.at(-1)?.end ?? from!.end })
        : 0;
    const flush = () => {
      if (group.length === 1 && !from) this.node(group[0]!, place);
      else if (group.length > 0 || from) {
        const keys = group.map((n) => this.#partKey(n));
        const labels = group.map((n) => n.block.marker?.label ?? '');
        const key = [place.key, keys.length > 1 ? `${keys[0]}-${keys.at(-1)}` : (keys[0] ?? '0')]
          .filter(Boolean)
          .join('.');
        const label = labels.length > 1 ? `${labels[0]}至${labels.at(-1)}` : (labels[0] ?? '');
        this.#put(
          { start: from?.start ?? group[0]!.start, end: group.at(-1)?.end ?? from!.end },
          key,
          label,
          place.headings,
        );
      }
      group = [];
      from = null;
    };
    for (const child of children) {
      const own = this.#size(child);
      if (child.rank <= ARTICLE || own > MAX) {
        flush();
        this.node(child, place);
        continue;
      }
      if ((group[0] && group[0].rank !== child.rank) || size() + own > MAX) flush();
      group.push(child);
      if (size() >= MIN) flush();
    }
    flush();
  }

  #enter(node: Node, at: Place): Place {
    const { marker } = node.block;
    const headings = node.title ? [...at.headings, node.title] : at.headings;
    if (marker?.kind === 'article') {
      // A second 第一条 begins a second regulation in the same file.
      if (marker.number === 1 && this.#article > 1 && !marker.sub) this.#regulation++;
      this.#article = marker.number;
      const outer = /^x\d+/.exec(at.key)?.[0] ?? (this.#regulation > 1 ? `b${this.#regulation}` : '');
      return { key: `${outer ? `${outer}.` : ''}${this.#partKey(node)}`, headings };
    }
    return { key: `${at.key ? `${at.key}.` : ''}${this.#partKey(node)}`, headings };
  }

  #partKey(node: Node): string {
    const { marker } = node.block;
    return marker
      ? `${LETTER[marker.kind]}${marker.number}${marker.sub ? `-${marker.sub}` : ''}`
      : `h${wordsHash(node.title).slice(0, 6)}`;
  }

  #size({ start, end }: Span): number {
    return this.#text.slice(start, end).trim().length;
  }

  #prose(span: Span, place: Place): void {
    for (const passage of passagesOf(this.#text, span)) {
      const key = `${place.key ? `${place.key}.` : ''}t${wordsHash(this.#text.slice(passage.start, passage.end))}`;
      this.#put(passage, key, '', [...place.headings, ...this.#tableHead(passage)]);
    }
  }

  /** Rows that stand without the head of their table get it as a heading. */
  #tableHead({ start }: Span): string[] {
    const row = this.#rows.find((b) => b.start <= start && start < b.end);
    const head = row && this.#rows.find((b) => b.table === row.table);
    return head && head !== row ? [this.#text.slice(head.start, head.end)] : [];
  }

  #put(span: Span, key: string, label: string, headings: readonly string[]): void {
    const words = this.#text.slice(span.start, span.end);
    const [start, end] = [
      span.start + (words.length - words.trimStart().length),
      span.end - (words.length - words.trimEnd().length),
    ];
    if (end <= start) return;
    const times = (this.#keys.get(key) ?? 0) + 1;
    this.#keys.set(key, times);
    this.out.push({ start, end, key: times > 1 ? `${key}_${times}` : key, label, headings });
  }
}

/**
 * Splits a cleaned text into the parts that can be cited. Articles stay whole, however many paragraphs they have; other
 * numbered parts stay whole up to 400 characters and are split by their own numbering beyond; the rest is prose.
 * @param title is left out of the heading paths: everything stands under it.
 * @param lineAt what the file itself knew of the line at an offset of `text`.
 */
export function structure(
  text: string,
  lineAt: (offset: number) => Line = () => ({ text: '', paragraph: 1 }),
  title = '',
): Part[] {
  const all = blocksOf(text, lineAt);
  const titled = all[0] && !all[0].marker && text.slice(all[0].start, all[0].end).trim() === title.trim();
  const blocks = withoutHead(text, titled && all.length > 1 ? all.slice(1) : all);
  const parts = new Parts(text, blocks);
  parts.inner(outline(text, blocks), { key: '', headings: [] });
  return parts.out;
}
