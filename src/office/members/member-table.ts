import { type Account, type Body, type Member, type Role, ROLES } from '../../domain/member.ts';
import type { Table } from '../../ports/tables.ts';
import { plain, yesOrNo } from './cells.ts';
import { accountsIn } from './directories.ts';
import { sameAccount } from './unbound.ts';

/** A row of the list of members, before it is known whether the person is in the register already. */
export type MemberRow = Omit<Member, 'id' | 'claims'>;

export interface ReadMembers {
  readonly rows: readonly MemberRow[];
  /** What must be put right before anything is taken over, with the row's number as Excel shows it. */
  readonly faults: readonly string[];
}

/** The columns, by what schools call them; blanks and brackets in a heading do not matter. */
const COLUMNS = {
  name: ['姓名', '名字'],
  title: ['职务', '职位'],
  roles: ['角色', '身份'],
  department: ['部门', '处室', '科室'],
  party: ['党组织班子', '党组织班子成员', '班子成员党组织'],
  principal: ['行政班子', '行政班子成员'],
  inChargeOf: ['分管部门', '分管'],
  feishu: ['飞书', '飞书id', '飞书账号', '飞书openid'],
  wecom: ['企业微信', '企业微信id', '企业微信账号', '企业微信userid'],
} as const;
type Column = keyof typeof COLUMNS;

/** What else a role is called; `ROLES` has the names we use. */
const ALSO: Readonly<Record<string, Role>> = {
  党委书记: 'secretary',
  总支书记: 'secretary',
  党总支书记: 'secretary',
  支部书记: 'secretary',
  党支部书记: 'secretary',
  副书记: 'deputy_secretary',
  分管副校长: 'vice_principal',
  办公室: 'office',
  中层: 'head',
  老师: 'teacher',
};
const ROLE_OF: Readonly<Record<string, Role>> = {
  ...Object.fromEntries(Object.entries(ROLES).map(([role, word]) => [word, role as Role])),
  ...ALSO,
};
const several = (cell: string): string[] => cell.split(/[、,，;；/\s]+/).filter((part) => part !== '');

/** Reads the first sheet that has a heading 姓名. */
export function readMembers(table: Table): ReadMembers {
  for (const { rows } of table.sheets) {
    const at = rows.findIndex((row) => row.some((cell) => columnOf(cell) === 'name'));
    if (at >= 0) return readRows(rows, at);
  }
  return { rows: [], faults: ['没有找到“姓名”一列。表头请写：姓名、职务、角色、部门、党组织班子、行政班子、分管部门'] };
}

const columnOf = (heading: string): Column | undefined =>
  (Object.keys(COLUMNS) as Column[]).find((c) => (COLUMNS[c] as readonly string[]).includes(plain(heading)));

function readRows(rows: readonly (readonly string[])[], heading: number): ReadMembers {
  const columns = rows[heading]!.map(columnOf);
  const faults: string[] = [];
  const read: MemberRow[] = [];
  for (const [i, row] of rows.entries()) {
    if (i <= heading || row.every((cell) => cell.trim() === '')) continue;
    const cells = Object.fromEntries(columns.flatMap((c, n) => (c ? [[c, (row[n] ?? '').trim()]] : [])));
    const { member, wrong } = readRow(cells as Partial<Record<Column, string>>);
    faults.push(...wrong.map((w) => `第 ${i + 1} 行：${w}`));
    if (member) read.push(member);
  }
  return { rows: read, faults: [...faults, ...amongThem(read)] };
}

function readRow(cells: Partial<Record<Column, string>>): { member?: MemberRow; wrong: string[] } {
  const { name = '', department = '' } = cells;
  if (name === '') return { wrong: ['没有写姓名'] };
  const said = several(cells.roles ?? '');
  const unknown = said.filter((word) => !(word in ROLE_OF));
  const wrong = unknown.map((w) => `不认识角色“${w}”；可以写 ${Object.values(ROLES).join('、')}`);
  const bodies: Body[] = [];
  for (const body of ['party', 'principal'] as const) {
    const sits = yesOrNo(cells[body] ?? '', ['班子成员', '委员', '成员']);
    if (sits) bodies.push(body);
    if (sits === undefined) wrong.push(`“${COLUMNS[body][0]}”一栏请写是或否，写的是“${cells[body]}”`);
  }
  const roles = [...new Set(said.flatMap((word) => ROLE_OF[word] ?? []))];
  const inChargeOf = several(cells.inChargeOf ?? '');
  const member: MemberRow = {
    name,
    title: cells.title || ROLES[roles[0] ?? 'teacher'],
    // Nobody is given a right by leaving a cell empty.
    roles: roles.length > 0 ? roles : ['teacher'],
    bodies,
    ...(department && { department }),
    ...(inChargeOf.length > 0 && { inChargeOf }),
    accounts: accountsOf(cells),
  };
  return { member, wrong };
}

const accountsOf = ({ feishu, wecom }: Partial<Record<Column, string>>): Account[] => [
  ...(feishu ? accountsIn('飞书', feishu) : []),
  ...(wecom ? accountsIn('企业微信', wecom) : []),
];

/** Names tell people apart, and an account is one person's. */
function amongThem(rows: readonly MemberRow[]): string[] {
  const byName = Map.groupBy(rows, (r) => r.name);
  const twice = [...byName].filter(([, same]) => same.length > 1);
  const shared = rows.flatMap((row, i) =>
    rows
      .slice(i + 1)
      .filter((other) => row.accounts.some((a) => other.accounts.some((b) => sameAccount(a, b))))
      .map((other) => [row, other] as const),
  );
  return [
    ...twice.map(([name, same]) => `${name}有 ${same.length} 行；重名的请在姓名后加字区分，如“${name}（初一）”`),
    ...shared.map(([a, b]) => `${a.name}和${b.name}写了同一个账号，一个账号只能是一个人`),
  ];
}
