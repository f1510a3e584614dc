import type { Sheet, Table } from '../../../ports/tables.ts';

/** What a task list tells of each task; the first five are asked for (form 8, procedure section 5). */
export type Column =
  'row' | 'goal' | 'measures' | 'deadline' | 'owner' | 'coowner' | 'checker' | 'problem' | 'from' | 'nature';

/** How lists name their columns, the surest name first; matched whole, then as a part. */
const NAMES: Readonly<Record<Column, readonly string[]>> = {
  row: ['编号', '序号', '任务编号', '整改编号', '问题编号', '清单编号', '条目', 'no', 'no.', 'id'],
  goal: [
    '目标任务',
    '整改目标',
    '任务目标',
    '工作目标',
    '工作任务',
    '重点任务',
    '整改任务',
    '任务内容',
    '工作内容',
    '自查标准',
    '达标要求',
    '任务',
    '目标',
  ],
  measures: [
    '推进措施',
    '整改措施',
    '工作措施',
    '具体措施',
    '主要措施',
    '落实措施',
    '工作举措',
    '措施',
    '举措',
    '做法',
  ],
  deadline: [
    '完成时限',
    '整改时限',
    '完成期限',
    '整改期限',
    '完成时间',
    '截止日期',
    '截止时间',
    '时间节点',
    '时限',
    '期限',
  ],
  owner: [
    '责任主体',
    '责任人',
    '责任单位',
    '责任部门',
    '责任处室',
    '牵头部门',
    '牵头单位',
    '承办部门',
    '负责人',
    '责任',
  ],
  coowner: ['协办', '协办部门', '配合部门', '配合单位', '协同部门', '配合'],
  checker: ['分管领导', '督办人', '督办领导', '责任领导', '包抓领导', '审核人'],
  problem: ['问题', '问题表述', '存在问题', '主要问题', '具体问题', '问题描述'],
  from: ['来源', '问题来源', '任务来源'],
  nature: ['性质', '整改性质', '整改类型', '整改类别', '类型'],
};
/** Columns that hold the words of others and mean something else. */
const OTHER = /对应|原因|进度|进展|佐证|备注|完成情况|是否|电话|签字/;
const FOUR: readonly Column[] = ['goal', 'measures', 'deadline', 'owner'];
/** Titles and notes stand above the header. */
const HEADER_WITHIN = 15;

const plainHeader = (cell: string): string =>
  cell
    .normalize('NFKC')
    .replace(/[(（【[].*?[)）】\]]/g, '')
    .replace(/[\s*★:：]/g, '')
    .toLowerCase();

function columnOf(header: string): Column | undefined {
  const columns = Object.keys(NAMES) as Column[];
  const whole = columns.find((c) => NAMES[c].includes(header));
  if (whole !== undefined || header === '' || header.length > 12 || OTHER.test(header)) return whole;
  return columns.find((c) => NAMES[c].some((n) => n.length >= 2 && !/^[a-z]/.test(n) && header.includes(n)));
}

export interface Layout {
  readonly sheet: Sheet;
  /** The row of the header, counted as Excel counts. */
  readonly headerRow: number;
  readonly columns: ReadonlyMap<Column, number>;
}

function layoutOf(sheet: Sheet, at: number): Layout {
  const columns = new Map<Column, number>();
  // A whole name goes before one found as a part, wherever it stands.
  const cells = sheet.rows[at]!.map(plainHeader);
  for (const sure of [true, false])
    cells.forEach((cell, n) => {
      const column = columnOf(cell);
      if (column && !columns.has(column) && NAMES[column].includes(cell) === sure) columns.set(column, n);
    });
  return { sheet, headerRow: at + 1, columns };
}

const clear = (layout: Layout): number => FOUR.filter((c) => layout.columns.has(c)).length;

/** The sheet and row that read most like the header of a task list; what is missing of the four stays missing. */
export function layoutIn(table: Table): Layout | undefined {
  const found = table.sheets.flatMap((sheet) => sheet.rows.slice(0, HEADER_WITHIN).map((_, at) => layoutOf(sheet, at)));
  const best = found.toSorted((a, b) => clear(b) - clear(a) || b.columns.size - a.columns.size)[0];
  return best && clear(best) >= 2 ? best : undefined;
}

export const missingColumns = (layout: Layout): readonly Column[] => FOUR.filter((c) => !layout.columns.has(c));
