import type { Sheet } from '../../ports/tables.ts';
import { TABLE_LIMITS } from '../../ports/tables.ts';
import { archiveOf, entriesOf, unpack } from '../zip.ts';
import { NotTaken } from './refused.ts';

/** The parts a table needs; pictures, macros, links to other files and the rest stay behind. */
const PARTS =
  /^(?:\[content_types\]\.xml|_rels\/\.rels|xl\/(?:workbook|styles|sharedstrings)\.xml|xl\/_rels\/workbook\.xml\.rels|xl\/worksheets\/[\w-]+\.xml)$/;
const SHEET = /^xl\/worksheets\//;
const MOST_SHEETS = 30;

interface Merge {
  readonly startRow: number;
  readonly startCol: number;
  readonly endRow: number;
  readonly endCol: number;
}

/**
 * The sheets of an .xlsx that can be seen. The parser gets an archive of our own making, in which every sheet is known to
 * be small: a cell in the last corner would otherwise cost a rectangle of seventeen thousand million.
 */
export async function readXlsxSheets(bytes: Uint8Array): Promise<readonly Sheet[]> {
  const parts = await partsOf(bytes);
  const { readXlsx } = await import('hucre/xlsx');
  const workbook = await readXlsx(archiveOf(parts));
  return workbook.sheets
    .filter((s) => !s.hidden && !s.veryHidden)
    .map((s) => ({
      name: s.name,
      rows: unmerged(
        s.rows.map((row) => row.map(textOf)),
        s.merges ?? [],
      ),
    }));
}

async function partsOf(bytes: Uint8Array): Promise<Map<string, Uint8Array>> {
  const entries = entriesOf(bytes);
  const names = [...entries.keys()];
  if (names.some((n) => n.endsWith('vbaproject.bin'))) throw new NotTaken('table-macros');
  if (names.includes('encryptedpackage')) throw new NotTaken('table-encrypted');
  if (!names.includes('xl/workbook.xml')) throw new NotTaken('table-kind');
  const wanted = [...entries].filter(([name]) => PARTS.test(name));
  if (wanted.filter(([name]) => SHEET.test(name)).length > MOST_SHEETS) throw new NotTaken('table-bomb');
  const parts = new Map<string, Uint8Array>();
  for (const [name, entry] of wanted) {
    const xml = xmlOf(await unpack(bytes, entry));
    parts.set(entry.name, new TextEncoder().encode(SHEET.test(name) ? lean(xml) : xml));
  }
  return parts;
}

function xmlOf(bytes: Uint8Array): string {
  const xml = new TextDecoder(bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8').decode(bytes);
  if (/<!DOCTYPE|<!ENTITY/i.test(xml)) throw new NotTaken('table-broken');
  return xml.replace(/(<\?xml[^>]*encoding=)(["'])utf-16\2/i, '$1$2UTF-8$2');
}

/** A sheet without its empty, merely formatted cells, refused when what is left is too much. */
function lean(xml: string): string {
  const kept = xml
    .replace(/<(?:\w+:)?c\b[^>]*\/>/g, '')
    .replace(/<((?:\w+:)?c)\b[^>]*><\/\1>/g, '')
    .replace(/<(?:\w+:)?row\b[^>]*\/>/g, '')
    .replace(/<((?:\w+:)?row)\b[^>]*>\s*<\/\1>/g, '');
  let rows = 0;
  for (const [, attributes] of kept.matchAll(/<(?:\w+:)?row\b([^>]*)>/g)) {
    const at = Number(/\br="(\d+)"/.exec(attributes!)?.[1] ?? 0);
    if (++rows > TABLE_LIMITS.rows || at > TABLE_LIMITS.rows) throw new NotTaken('table-too-long');
  }
  for (const [, column, row] of kept.matchAll(/<(?:\w+:)?c\b[^>]*\br="([A-Za-z]{1,4})(\d{1,8})"/g)) {
    if (columnNumber(column!) > TABLE_LIMITS.columns) throw new NotTaken('table-too-wide');
    if (Number(row) > TABLE_LIMITS.rows) throw new NotTaken('table-too-long');
  }
  return kept;
}

const columnNumber = (letters: string): number =>
  [...letters.toUpperCase()].reduce((n, c) => n * 26 + c.charCodeAt(0) - 64, 0);

/** Days come as dates, or as Excel's day number where the cell's format was lost. */
function textOf(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? '' : cell.toISOString().slice(0, 10);
  return String(cell).trim();
}

/** What stands in a merged field holds for each of its rows, as people read it; titles across columns stay in one cell. */
function unmerged(rows: readonly string[][], merges: readonly Merge[]): readonly string[][] {
  const filled = rows.map((r) => [...r]);
  for (const m of merges.slice(0, TABLE_LIMITS.rows)) {
    const value = rows[m.startRow]?.[m.startCol] ?? '';
    if (value === '' || m.startCol !== m.endCol) continue;
    for (let row = m.startRow + 1; row <= Math.min(m.endRow, rows.length - 1); row++)
      if (filled[row]!.length > 0) filled[row]![m.startCol] = value;
  }
  return filled;
}
