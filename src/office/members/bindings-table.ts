import type { Account } from '../../domain/member.ts';
import type { Table } from '../../ports/tables.ts';
import { plain, yesOrNo } from './cells.ts';
import { accountsIn, type Directory, DIRECTORY_NAMES } from './directories.ts';
import type { Match, Matched } from './match-people.ts';

/**
 * The table in which the office confirms who is who: comma-separated, with a mark so that Excel reads it as UTF-8. The
 * column 确认 comes empty; a row is bound once 是 stands there.
 */
const HEADINGS = ['确认', '成员编号', '姓名', '职务', '平台', '平台姓名', '平台账号', '说明'] as const;
type Heading = (typeof HEADINGS)[number];

const WHY: Readonly<Record<Match['kind'], string>> = {
  'same-name': '姓名相同',
  rest: '已绑定一部分账号，补上其余的',
  unclear: '有重名，或姓名不完全一样，请核对',
};
const ORDER = Object.keys(WHY) as readonly Match['kind'][];

export function bindingsTable({ matches, missing, strangers }: Matched, directory: Directory): string {
  const inOrder = matches.toSorted((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
  const rows = [
    ...inOrder.map(({ member: m, person: p, kind }) => [
      '',
      m.id,
      m.name,
      m.title,
      directory,
      p.name,
      p.user,
      WHY[kind],
    ]),
    ...missing.map((m) => ['', m.id, m.name, m.title, directory, '', '', '通讯录里没有这个姓名']),
    ...strangers.map((p) => ['', '', '', '', directory, p.name, p.user, '名册里没有这个姓名']),
  ];
  return `\uFEFF${[HEADINGS, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

/** A name from outside is no formula, and Excel keeps the zeros before a number only behind a tab. */
const cell = (text: string): string =>
  `"${text
    .replace(/^[=+\-@\t\r]/, "'$&")
    .replace(/^\d+$/, '\t$&')
    .replaceAll('"', '""')}"`;

export interface BindingRow {
  /** Id or name. */
  readonly member: string;
  readonly accounts: readonly Account[];
}

export interface Bindings {
  readonly rows: readonly BindingRow[];
  /** What must be put right before anybody is bound, with the row's number as Excel shows it. */
  readonly faults: readonly string[];
}

/** The rows with 是, as the program, Excel or WPS has written them. */
export function readBindings({ sheets }: Table): Bindings {
  for (const { rows } of sheets) {
    const at = rows.findIndex((row) => row.some((heading) => plain(heading) === '确认'));
    if (at < 0) continue;
    const columns = rows[at]!.map(plain);
    const read = rows.slice(at + 1).map((row, i) => {
      const said = (heading: Heading) => (row[columns.indexOf(heading)] ?? '').trim();
      return readRow(said, at + i + 2);
    });
    return { rows: read.flatMap((r) => r.row ?? []), faults: read.flatMap((r) => r.fault ?? []) };
  }
  return { rows: [], faults: [`没有找到“确认”一列。表头应是：${HEADINGS.join('、')}`] };
}

function readRow(said: (heading: Heading) => string, number: number): { row?: BindingRow; fault?: string } {
  const confirmed = yesOrNo(said('确认'));
  if (confirmed === undefined) return { fault: `第 ${number} 行：“确认”一栏请写是，或者空着` };
  if (!confirmed) return {};
  const [member, user] = [said('成员编号') || said('姓名'), said('平台账号')];
  const directory = DIRECTORY_NAMES.find((name) => name === said('平台'));
  if (member === '' || user === '') return { fault: `第 ${number} 行写了是，但没有写成员编号或平台账号` };
  if (!directory) return { fault: `第 ${number} 行：“平台”一栏请写${DIRECTORY_NAMES.join('或')}` };
  return { row: { member, accounts: accountsIn(directory, user) } };
}
