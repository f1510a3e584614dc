import { type Table, TABLE_LIMITS } from '../../../ports/tables.ts';

/** A table handed on as JSON (from the file a member sent); anything else, or more than a table may hold, is none. */
export function tableIn(json: string | undefined): Table | undefined {
  if (json === undefined || json.length > 20_000_000) return undefined;
  try {
    const read: unknown = JSON.parse(json);
    return isTable(read) ? read : undefined;
  } catch {
    return undefined;
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

function isTable(value: unknown): value is Table {
  if (!isRecord(value) || value['kind'] !== 'table' || typeof value['file'] !== 'string') return false;
  const sheets = value['sheets'];
  return Array.isArray(sheets) && sheets.length > 0 && sheets.length <= 30 && sheets.every(isSheet);
}

const isSheet = (value: unknown): boolean =>
  isRecord(value) &&
  typeof value['name'] === 'string' &&
  Array.isArray(value['rows']) &&
  value['rows'].length <= TABLE_LIMITS.rows &&
  value['rows'].every((row) => Array.isArray(row) && row.length <= TABLE_LIMITS.columns && row.every(isCell));

const isCell = (value: unknown): boolean => typeof value === 'string' && value.length <= TABLE_LIMITS.cell;
