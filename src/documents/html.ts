import type { Line } from '../ports/documents.ts';

/**
 * Lines of a page, in one pass over its tags without a tree: nesting of any depth costs nothing. Scripts, styles, menus,
 * forms and whatever is hidden from a reader's eye are left out, so that nothing enters that nobody could have read.
 */
const DROPPED = new Set(['script', 'style', 'noscript', 'template', 'svg', 'math', 'iframe', 'object', 'nav', 'footer', 'aside', 'form', 'button', 'select', 'textarea', 'canvas', 'video', 'audio']);
const VOID = new Set(['br', 'hr', 'img', 'input', 'meta', 'link', 'source', 'wbr', 'col', 'area', 'base', 'embed', 'track']);
const INLINE = /^(?:a|abbr|b|bdi|bdo|big|cite|code|del|dfn|em|font|i|ins|kbd|label|mark|q|s|samp|small|span|strike|strong|sub|sup|tt|u|var|wbr|ruby|rb|rt|rp|o:p|st1:.*)$/;
const HIDDEN = /\bhidden\b(?!=["']?false)|display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])/i;

const NAMED: Readonly<Record<string, string>> = {
  amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', ensp: ' ', emsp: ' ', thinsp: ' ', ldquo: '“', rdquo: '”', lsquo: '‘', rsquo: '’',
  mdash: '—', ndash: '–', hellip: '…', middot: '·', bull: '•', times: '×', divide: '÷', copy: '©', reg: '®', sect: '§', para: '¶', yen: '¥', permil: '‰', le: '≤', ge: '≥', deg: '°', plusmn: '±', laquo: '«', raquo: '»',
};

export function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));?/gi, (whole, dec?: string, hex?: string, name?: string) => {
    if (name !== undefined) return NAMED[name] ?? NAMED[name.toLowerCase()] ?? whole;
    const code = dec !== undefined ? Number(dec) : Number.parseInt(hex!, 16);
    return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : '';
  });
}

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
      for (let i = 0; i < cell.across; i++) if (cell.down > 1) this.#above.set(column + i, { text, left: cell.down - 1 });
      texts.push(text);
      column += cell.across - 1;
    }
    return texts;
  }
}

export function htmlLines(html: string): { lines: Line[]; title?: string } {
  const lines: Line[] = [];
  let title: string | undefined;
  let [text, heading, tables, dropping, depth] = ['', 0, 0, '', 0];
  let cell: Cell | null = null;
  let cells: Cell[] = [];
  let rows = new Rows();

  const put = (line: string, extra: Partial<Line> = {}) => {
    if (line) lines.push({ text: line, paragraph: lines.length + 1, ...extra });
  };
  const flush = () => {
    const line = decodeEntities(text).replace(/\s+/g, ' ').trim();
    text = '';
    if (!line) return;
    if (cell) cell.blocks.push(line);
    else put(line, heading > 0 ? { heading } : {});
  };
  const endCell = () => {
    flush();
    if (cell) cells.push(cell);
    cell = null;
  };
  const endRow = () => {
    endCell();
    const layout = cells.filter(isLayout);
    if (layout.length > 0 || cells.length === 1) for (const c of cells) for (const block of c.blocks) put(block);
    else if (cells.length > 1) put(rows.row(cells).join(' | '), { table: tables });
    cells = [];
  };

  const open = (name: string, attributes: string) => {
    if (DROPPED.has(name) || (!VOID.has(name) && name !== 'body' && name !== 'html' && HIDDEN.test(attributes))) {
      flush();
      if (!VOID.has(name) && !attributes.endsWith('/')) [dropping, depth] = [name, 1];
      return;
    }
    if (INLINE.test(name)) return;
    if (name === 'td' || name === 'th') {
      endCell();
      const span = (which: string) => Math.min(100, Math.max(1, Number(new RegExp(`${which}\\s*=\\s*["']?(\\d{1,3})`, 'i').exec(attributes)?.[1] ?? 1)));
      cell = { blocks: [], across: span('colspan'), down: span('rowspan') };
      return;
    }
    flush();
    if (name === 'tr') endRow();
    if (name === 'table' && !cell) {
      tables++;
      rows = new Rows();
    }
    heading = /^h[1-6]$/.test(name) && !cell ? Number(name[1]) : name === 'br' ? heading : 0;
  };
  const close = (name: string) => {
    if (INLINE.test(name)) return;
    if (name === 'title' && title === undefined) {
      title = decodeEntities(text).replace(/\s+/g, ' ').trim();
      text = '';
    } else if (name === 'td' || name === 'th') endCell();
    else if (name === 'tr' || name === 'table') endRow();
    else flush();
    heading = 0;
  };

  const TAG = /<!--[^]*?(?:-->|$)|<[!?][^>]*>?|<(\/?)([a-z][a-z0-9:-]*)((?:[^>"']|"[^"]*"|'[^']*')*)>/giy;
  for (let at = 0; at < html.length; ) {
    const next = html.indexOf('<', at);
    if (!dropping) text += html.slice(at, next < 0 ? html.length : next);
    if (next < 0) break;
    TAG.lastIndex = next;
    const match = TAG.exec(html);
    if (!match) {
      if (!dropping) text += '<';
      at = next + 1;
      continue;
    }
    at = TAG.lastIndex;
    const name = match[2]?.toLowerCase();
    if (name === undefined) continue;
    if (dropping) {
      if (name === dropping && !match[3]!.endsWith('/')) depth += match[1] ? -1 : 1;
      if (depth === 0) dropping = '';
    } else if (match[1]) close(name);
    else open(name, match[3]!);
  }
  endRow();
  flush();
  return { lines, ...(title && { title }) };
}
