import type { Line } from '../ports/documents.ts';
import { decodeEntities } from './entities.ts';

/**
 * Lines of a page, in one pass over its tags without a tree: nesting of any depth costs nothing. Scripts, styles, menus
 * and whatever is hidden from a reader's eye are left out, so that nothing enters that nobody could have read.
 */
const DROPPED = new Set([
  'script',
  'style',
  'noscript',
  'template',
  'svg',
  'math',
  'iframe',
  'object',
  'nav',
  'footer',
  'aside',
  'button',
  'select',
  'textarea',
  'canvas',
  'video',
  'audio',
]);
const VOID = new Set([
  'br',
  'hr',
  'img',
  'input',
  'meta',
  'link',
  'source',
  'wbr',
  'col',
  'area',
  'base',
  'embed',
  'track',
]);
const INLINE =
  /^(?:a|abbr|b|bdi|bdo|big|cite|code|del|dfn|em|font|i|ins|kbd|label|mark|q|s|samp|small|span|strike|strong|sub|sup|tt|u|var|wbr|ruby|rb|rt|rp|o:p|st1:.*)$/;
const UNSEEN = /display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])/i;
/** The attribute, not a class that happens to be called so. */
const isHidden = (attributes: string) =>
  UNSEEN.test(attributes) || /\shidden(?=[\s=/]|$)/i.test(attributes.replace(/"[^"]*"|'[^']*'/g, ''));

interface Cell {
  readonly blocks: string[];
  readonly across: number;
  readonly down: number;
}
/** A cell that holds an article is there for the layout of the page, not as a figure in a table. */
const isLayout = (cell: Cell) => cell.blocks.length > 4 || cell.blocks.join('').length > 300;

/** One table row as a line; cells that reach down from the rows above are said again, so that each row stands alone. */
class Rows {
  #above = new Map<number, { text: string; left: number }>();
  row(cells: readonly Cell[]): string[] {
    const texts: string[] = [];
    const queue = [...cells];
    for (let column = 0; queue.length > 0 || (this.#above.get(column)?.left ?? 0) > 0; column++) {
      const reaching = this.#above.get(column);
      if (reaching && reaching.left > 0) {
        reaching.left--;
        texts.push(reaching.text);
        continue;
      }
      const cell = queue.shift()!;
      const text = cell.blocks.join(' ');
      for (let i = 0; i < cell.across; i++)
        if (cell.down > 1) this.#above.set(column + i, { text, left: cell.down - 1 });
      texts.push(text);
      column += cell.across - 1;
    }
    return texts;
  }
}

class Page {
  readonly lines: Line[] = [];
  title: string | undefined;
  #text = '';
  #heading = 0;
  #tables = 0;
  #dropping = '';
  #depth = 0;
  #cell: Cell | null = null;
  #cells: Cell[] = [];
  #rows = new Rows();

  write(text: string): void {
    if (!this.#dropping) this.#text += text;
  }

  tag(name: string, attributes: string, closing: boolean): void {
    if (this.#dropping) {
      if (name === this.#dropping && !attributes.endsWith('/')) this.#depth += closing ? -1 : 1;
      if (this.#depth === 0) this.#dropping = '';
    } else if (closing) this.#close(name);
    else this.#open(name, attributes);
  }

  end(): void {
    this.#endRow();
    this.#flush();
  }

  #open(name: string, attributes: string): void {
    const empty = VOID.has(name) || attributes.endsWith('/');
    if (DROPPED.has(name) || (name !== 'body' && name !== 'html' && isHidden(attributes))) {
      if (!empty) [this.#dropping, this.#depth] = [name, 1];
      return;
    }
    if (INLINE.test(name)) return;
    if (name === 'td' || name === 'th') {
      this.#endCell();
      this.#cell = { blocks: [], across: span(attributes, 'colspan'), down: span(attributes, 'rowspan') };
      return;
    }
    this.#flush();
    if (name === 'tr') this.#endRow();
    if (name === 'table' && !this.#cell) {
      this.#tables++;
      this.#rows = new Rows();
    }
    if (name !== 'br') this.#heading = /^h[1-6]$/.test(name) && !this.#cell ? Number(name[1]) : 0;
  }

  #close(name: string): void {
    if (INLINE.test(name)) return;
    if (name === 'title' && this.title === undefined) {
      this.title = plain(this.#text);
      this.#text = '';
    } else if (name === 'td' || name === 'th') this.#endCell();
    else if (name === 'tr' || name === 'table') this.#endRow();
    else this.#flush();
    this.#heading = 0;
  }

  #put(text: string, extra: Partial<Line> = {}): void {
    this.lines.push({ text, paragraph: this.lines.length + 1, ...extra });
  }

  #flush(): void {
    const line = plain(this.#text);
    this.#text = '';
    if (!line) return;
    if (this.#cell) this.#cell.blocks.push(line);
    else this.#put(line, this.#heading > 0 ? { heading: this.#heading } : {});
  }

  #endCell(): void {
    this.#flush();
    if (this.#cell) this.#cells.push(this.#cell);
    this.#cell = null;
  }

  #endRow(): void {
    this.#endCell();
    const cells = this.#cells;
    this.#cells = [];
    if (cells.length === 0) return;
    const row = cells.some(isLayout) ? [] : this.#rows.row(cells);
    if (row.length <= 1) for (const block of cells.flatMap((c) => c.blocks)) this.#put(block);
    else if (row.some((text) => text !== '')) this.#put(row.join(' | '), { table: this.#tables });
  }
}

const plain = (text: string) => decodeEntities(text).replace(/\s+/g, ' ').trim();
const span = (attributes: string, which: string) =>
  Math.min(100, Math.max(1, Number(new RegExp(`${which}\\s*=\\s*["']?(\\d{1,3})`, 'i').exec(attributes)?.[1] ?? 1)));

/** Where a tag ends: at the first `>` outside quotes, or at the very first when a quote is never closed. */
function tagEnd(html: string, from: number): number {
  for (let i = from; i < html.length; i++) {
    const c = html[i];
    if (c === '>') return i;
    if (c === '"' || c === "'") {
      i = html.indexOf(c, i + 1);
      if (i < 0) break;
    }
  }
  return html.indexOf('>', from);
}

export function htmlLines(html: string): { lines: Line[]; title?: string } {
  const page = new Page();
  const NAME = /<(\/?)([a-z][a-z0-9:-]*)|<[!?]/iy;
  for (let at = 0; at < html.length;) {
    const next = html.indexOf('<', at);
    page.write(html.slice(at, next < 0 ? html.length : next));
    if (next < 0) break;
    NAME.lastIndex = next;
    const match = NAME.exec(html);
    if (!match) {
      page.write('<');
      at = next + 1;
      continue;
    }
    const comment = html.startsWith('<!--', next);
    const end = comment ? html.indexOf('-->', next + 4) : tagEnd(html, NAME.lastIndex);
    if (match[2])
      page.tag(match[2].toLowerCase(), html.slice(NAME.lastIndex, end < 0 ? html.length : end), match[1] === '/');
    at = end < 0 ? html.length : end + (comment ? 3 : 1);
  }
  page.end();
  return { lines: page.lines, ...(page.title && { title: page.title }) };
}
