import { AppError } from '../../domain/errors.ts';
import { type RefusedTable, TABLE_LIMITS } from '../../ports/tables.ts';
import { LIMITS } from '../refusals.ts';

/** Every way in which a table is not taken, and what to do. */
const REFUSALS = {
  'table-too-large': `文件超过 ${Math.round(LIMITS.bytes / 1024 / 1024)} MB，没有读取。请只留清单那一页，另存后再发。`,
  'table-too-long': `行数超过 ${TABLE_LIMITS.rows} 行，没有读取。请分成几份清单再发。`,
  'table-too-wide': `列数超过 ${TABLE_LIMITS.columns} 列，没有读取。请只留清单用到的列再发。`,
  'table-cell-too-long': `有单元格超过 ${TABLE_LIMITS.cell} 字，没有读取。请把长文另放附件，清单里写要点。`,
  'table-bomb': '文件解开后大得不正常，像是压缩炸弹，没有打开。请向发清单的人要原件。',
  'table-encrypted': '文件加了密码，打不开。请去掉密码另存一份再发。',
  'table-macros': '文件带有宏，没有打开。请另存为不带宏的 .xlsx 再发。',
  'table-old': '这是旧版 Excel（.xls、.et）。请用 Excel 或 WPS 另存为 .xlsx 或 .csv 再发。',
  'table-kind': '这不是表格文件。清单请用 .xlsx 或 .csv。',
  'table-empty': '表里没有内容。请检查是不是选错了文件或工作表。',
  'table-broken': '表格已损坏或不完整，打不开。请重新下载，或用 Excel、WPS 另存一份再发。',
} as const;
export type TableRefusal = keyof typeof REFUSALS;

/** Thrown inside this folder only; leaves it as a value. */
export class NotTaken extends Error {
  readonly code: TableRefusal;
  constructor(code: TableRefusal) {
    super(code);
    this.code = code;
  }
}

const OF_DOCUMENTS: Readonly<Record<string, TableRefusal>> = {
  'document-too-large': 'table-too-large',
  'document-bomb': 'table-bomb',
  'document-encrypted': 'table-encrypted',
  'document-macros': 'table-macros',
  'document-empty': 'table-empty',
  'document-old-office': 'table-old',
};

/** Whatever went wrong while reading, as a sentence; what a parser throws is a broken file. */
export function refusedTable(error: unknown): RefusedTable {
  const code: TableRefusal =
    error instanceof NotTaken
      ? error.code
      : error instanceof AppError
        ? (OF_DOCUMENTS[error.code] ?? (error.code === 'document-broken' ? 'table-broken' : 'table-kind'))
        : 'table-broken';
  return { kind: 'refused', code, message: REFUSALS[code] };
}
