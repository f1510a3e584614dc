import type { FourClear, Resolution } from '../../../domain/resolution.ts';
import type { Scene } from '../../scene.ts';
import { dayIn, isDay } from '../../dates.ts';
import { readFour, readOwner } from '../four-clear.ts';
import type { Column, Layout } from './columns.ts';

/** A row that can become a task. */
export interface GoodRow {
  /** As Excel counts. */
  readonly at: number;
  /** The list's own number of the task. */
  readonly row: string;
  readonly four: FourClear;
  readonly coowner?: string;
  readonly checker?: string;
  readonly problem?: string;
  readonly from?: string;
  readonly nature?: string;
}

/** A row that cannot, with what is missing. */
export interface BadRow {
  readonly at: number;
  readonly row: string;
  readonly says: readonly string[];
}

export interface ReadRows {
  readonly good: readonly GoodRow[];
  readonly bad: readonly BadRow[];
  /** The list has no numbers of its own: rows were counted. */
  readonly counted: boolean;
}

/** Formulas in a text file would be run by whoever opens it next; a list holds words. */
const FORMULA = /^[=@]|^[+-](?=[A-Za-z(])/;
const NOT_A_ROW = /^(?:合计|总计|小计|备注|说明|注|填表人|制表)[:：]?/;

/** Reads the rows below the header. `known` finds the task an earlier import made of the same number. */
export function readRows(scene: Scene, layout: Layout, known: (row: string) => Resolution | undefined): ReadRows {
  const counted = !layout.columns.has('row');
  const [good, bad]: [GoodRow[], BadRow[]] = [[], []];
  const seen = new Map<string, number>();
  let n = 0;
  layout.sheet.rows.forEach((cells, index) => {
    const at = index + 1;
    if (at <= layout.headerRow || isNoRow(cells, layout)) return;
    const row = counted ? String(++n) : cell(cells, layout, 'row');
    const read = readRow(scene, cells, layout, known(row));
    const says = [...numberFaults(row, seen.get(row)), ...('says' in read ? read.says : [])];
    seen.set(row, seen.get(row) ?? at);
    if (says.length > 0 || 'says' in read) bad.push({ at, row, says });
    else good.push({ at, row, ...read });
  });
  return { good, bad, counted };
}

const cell = (cells: readonly string[], layout: Layout, column: Column): string => {
  const n = layout.columns.get(column);
  return n === undefined ? '' : (cells[n] ?? '').replace(/\s+/g, ' ').trim();
};

/** Empty rows, the header repeated on the next page, sums and notes below the table. */
function isNoRow(cells: readonly string[], layout: Layout): boolean {
  const filled = cells.filter((c) => c.trim() !== '');
  if (filled.length === 0) return true;
  const header = layout.sheet.rows[layout.headerRow - 1]!;
  if (cells.every((c, n) => c === (header[n] ?? ''))) return true;
  return filled.length <= 2 && NOT_A_ROW.test(filled[0]!.trim());
}

function numberFaults(row: string, before: number | undefined): readonly string[] {
  if (row === '') return ['编号还没有写'];
  if (row.length > 40) return ['编号太长（不超过40字）'];
  return before === undefined
    ? []
    : [`编号“${row}”和第${before}行重复；同一编号有几项任务的，请写成 ${row}-1、${row}-2`];
}

type Read = Omit<GoodRow, 'at' | 'row'> | { readonly says: readonly string[] };

function readRow(scene: Scene, cells: readonly string[], layout: Layout, old: Resolution | undefined): Read {
  const get = (column: Column) => cell(cells, layout, column);
  const formulas = [...layout.columns.keys()].filter((c) => FORMULA.test(get(c)));
  if (formulas.length > 0) return { says: ['有单元格是公式，请改成文字或日期'] };
  const owners = ownersIn(scene, get('owner'));
  const deadline = deadlineOf(scene, get('deadline'), old);
  const { four, faults } = readFour(scene, {
    goal: get('goal'),
    measures: get('measures'),
    owner: owners.owner,
    deadline: deadline.read,
  });
  if (!four) return { says: faults.map((f) => f.says) };
  const coowner = get('coowner') || owners.others;
  const checker = ownersIn(scene, get('checker')).member;
  return {
    four: { ...four, deadline: deadline.kept ?? four.deadline },
    ...(coowner && { coowner: scene.roster.named(coowner)?.id ?? coowner }),
    ...(checker && { checker }),
    ...some('problem', get('problem')),
    ...some('from', get('from')),
    ...some('nature', get('nature')),
  };
}

const some = <K extends string>(key: K, value: string): { [P in K]?: string } =>
  (value === '' ? {} : { [key]: value }) as { [P in K]?: string };

/** An overdue task comes again with the day it had: that is no new deadline, and may have passed. */
function deadlineOf(scene: Scene, text: string, old: Resolution | undefined): { read: string; kept?: string } {
  const day = isDay(text) ? text : dayIn(text, scene.day)?.day;
  return old && day !== undefined && day < scene.day && day === old.deadline
    ? { read: scene.day, kept: day }
    : { read: text };
}

/** `总务处张老师、何副校长`: the first is responsible, the others help. A department with a name stands for the person. */
function ownersIn(scene: Scene, text: string): { owner: string; others: string; member: string | undefined } {
  const parts = text
    .split(/[、,，;；/\n]|\s+和\s*|\s{1,}/)
    .map((p) => p.trim())
    .filter(Boolean);
  const read = parts.map((p) => personIn(scene, p));
  const [first = '', ...rest] = read;
  return {
    owner: first,
    others: rest.map((p) => scene.roster.nameOf(p)).join('、'),
    member: scene.roster.get(first) ? first : undefined,
  };
}

function personIn(scene: Scene, text: string): string {
  const plain = text.replace(/[(（].*?[)）]/g, '').replace(/^(?:牵头|责任人|责任部门)[:：]/, '');
  const known = readOwner(scene, plain);
  const after = scene.roster.all.filter((m) => plain.length > m.name.length && plain.endsWith(m.name));
  if (after.length === 1) return after[0]!.id;
  return known ?? plain;
}
