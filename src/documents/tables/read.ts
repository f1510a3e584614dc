import { type RefusedTable, type Sheet, type Table, TABLE_LIMITS } from '../../ports/tables.ts';
import { extensionOf, kindOf } from '../kind.ts';
import { decode } from '../text.ts';
import { NotTaken, refusedTable } from './refused.ts';

/**
 * Reads a task list sent as .xlsx or .csv (UTF-8, GBK or UTF-16, as Excel and WPS save them). Bounded in time and memory
 * before any parser sees it; formulas are never evaluated: the value Excel kept is read.
 */
export async function readTaskTable(bytes: Uint8Array, name: string): Promise<Table | RefusedTable> {
  try {
    const kind = kindOf(bytes);
    const extension = extensionOf(name);
    if (extension === 'xlsm' || extension === 'xltm') throw new NotTaken('table-macros');
    const sheets =
      kind === 'zip'
        ? await (await import('./xlsx.ts')).readXlsxSheets(bytes)
        : [await readCsv(bytes, kind, extension)];
    const filled = sheets.map(trimmed).filter((s) => s.rows.length > 0);
    if (filled.length === 0) throw new NotTaken('table-empty');
    filled.forEach(mustBeBounded);
    return { kind: 'table', file: name, sheets: filled };
  } catch (error) {
    return refusedTable(error);
  }
}

async function readCsv(bytes: Uint8Array, kind: string, extension: string): Promise<Sheet> {
  if (kind !== 'text' || !/^(?:csv|tsv|txt|)$/.test(extension)) throw new NotTaken('table-kind');
  const { parseCsv } = await import('hucre/csv');
  const text = decode(bytes).replace(/^\ufeff/, '');
  // A list has few columns; one row more than allowed is enough to know that there are too many.
  const rows = parseCsv(text, {
    maxRows: TABLE_LIMITS.rows + 1,
    ...(text.includes('\t') && { delimiter: delimiterOf(text) }),
  });
  return { name: '', rows: rows.map((row) => row.map((cell) => String(cell ?? '').trim())) };
}

/** WPS writes tabs into what it calls text; a title row has neither. */
const delimiterOf = (text: string): string => {
  const head = text.slice(0, 4000);
  return (head.match(/\t/g)?.length ?? 0) > (head.match(/,/g)?.length ?? 0) ? '\t' : ',';
};

/** Without the empty rows at the end and the empty cells at the end of rows. */
function trimmed(sheet: Sheet): Sheet {
  const rows = sheet.rows.map((row) => row.slice(0, row.findLastIndex((c) => c !== '') + 1));
  return { ...sheet, rows: rows.slice(0, rows.findLastIndex((r) => r.length > 0) + 1) };
}

function mustBeBounded({ rows }: Sheet): void {
  if (rows.length > TABLE_LIMITS.rows) throw new NotTaken('table-too-long');
  if (rows.some((r) => r.length > TABLE_LIMITS.columns)) throw new NotTaken('table-too-wide');
  if (rows.some((r) => r.some((c) => c.length > TABLE_LIMITS.cell))) throw new NotTaken('table-cell-too-long');
}
