import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { readTaskTable } from '../documents/tables/read.ts';
import { type Account, BODIES, type Member, ROLES } from '../domain/member.ts';
import type { PlatformName } from '../domain/message.ts';
import type { RefusedTable, Table } from '../ports/tables.ts';
import { readBindings } from '../office/members/bindings-table.ts';
import { accountOn } from '../office/members/directories.ts';
import {
  bindAccount,
  importMembers,
  type MemberChange,
  type NotChanged,
  removeMember,
} from '../office/members/keep-members.ts';
import { readMembers } from '../office/members/member-table.ts';
import { accountWord, PLATFORM_WORDS } from '../office/members/unbound.ts';
import type { SchoolLedger, Shown } from '../ports/ledger.ts';

/** `npm run school -- members import list.xlsx | list | bind <member> <platform> <user> | bind <file> | remove <member>`. */
export const MEMBERS_USAGE =
  '用法：npm run school -- members import 名册.xlsx | list | bind <成员> <平台> <用户 id> | bind <文件> | remove <成员>';

/** The sample school's people cannot be changed; `command` is what to run for a school of one's own. */
export const demoIsFixed = (command: string): string =>
  `演示学校的成员是固定的。请用 YISHI_SCHOOL 指明学校，例如：YISHI_SCHOOL=my-school ${command}`;

type Change = (shown: Shown) => MemberChange | NotChanged;

/** Done, refused with the reasons told, or `null` where the command was not understood. */
export async function membersCommand(args: readonly string[], ledger: SchoolLedger): Promise<boolean | null> {
  const [verb = 'list', first, platform, user] = args;
  if (verb === 'list') return list(ledger);
  if (verb === 'import' && first) return importFile(first, ledger);
  if (verb === 'remove' && first) return change(ledger, (shown) => removeMember(shown, first));
  if (verb === 'bind' && first && !platform) return bindFile(first, ledger);
  if (verb !== 'bind' || !first || !platform || !user) return null;
  if (!isPlatform(platform)) return told([`没有平台 ${platform}；可以写 ${Object.keys(PLATFORM_WORDS).join('、')}`]);
  return bind(first, accountOn(platform, user), ledger);
}

const bind = (member: string, account: Account, ledger: SchoolLedger): Promise<boolean> =>
  change(ledger, (shown) => bindAccount(shown, member, account));

/** The table that the office has confirmed in; an account that cannot be bound does not keep the others back. */
async function bindFile(path: string, ledger: SchoolLedger): Promise<boolean> {
  const table = await tableIn(path);
  if ('message' in table) return told([table.message]);
  const { rows, faults } = readBindings(table);
  if (faults.length > 0) return told([...faults, '没有绑定：请改好再来一次']);
  if (rows.length === 0) return told(['表里没有在“确认”一栏写“是”的行，没有绑定任何人。']);
  let left = 0;
  for (const { member, accounts } of rows)
    for (const account of accounts) if (!(await bind(member, account, ledger))) left++;
  console.log(`确认了 ${rows.length} 行${left > 0 ? `，其中 ${left} 个账号没有绑定，原因见上` : '，都已绑定'}。`);
  return left === 0;
}

const isPlatform = (name: string): name is PlatformName => name in PLATFORM_WORDS;

async function tableIn(path: string): Promise<Table | Pick<RefusedTable, 'message'>> {
  const bytes = await readFile(path).catch(() => undefined);
  return bytes ? readTaskTable(bytes, basename(path)) : { message: `没有文件 ${path}` };
}

async function importFile(path: string, ledger: SchoolLedger): Promise<boolean> {
  const table = await tableIn(path);
  if ('message' in table) return told([table.message]);
  const { rows, faults } = readMembers(table);
  if (faults.length > 0 || rows.length === 0)
    return told([...faults, `没有导入：${faults.length || '表里没有人，一'} 处要改`]);
  return change(ledger, (shown) => importMembers(shown, rows, basename(path)));
}

/** Decided anew on what stands then when the running service wrote in between. */
async function change(ledger: SchoolLedger, decide: Change): Promise<boolean> {
  for (;;) {
    const shown = await ledger.show();
    const made = decide(shown);
    if ('faults' in made) return told(made.faults);
    const { puts, deed, lines } = made;
    const commit = { head: shown.head, at: Date.now(), puts, deeds: [deed], sends: [] };
    if (puts.length > 0 && (await ledger.commit(commit)) === 'stale') continue;
    for (const line of lines) console.log(line);
    return true;
  }
}

function told(faults: readonly string[]): false {
  for (const fault of faults) console.error(fault);
  return false;
}

async function list(ledger: SchoolLedger): Promise<true> {
  const { records } = await ledger.show();
  for (const member of records.member.values()) console.log(lineOf(member));
  if (records.member.size === 0) console.log('名册还是空的。');
  return true;
}

function lineOf({ id, name, title, roles, bodies, department, inChargeOf, accounts }: Member): string {
  const sits = bodies.map((b) => BODIES[b]).join('、') || '—';
  const charged = inChargeOf ? `分管${inChargeOf.join('、')}` : '';
  const bound = accounts.map(accountWord).join(' ') || '未绑定';
  return [id, name, title, roles.map((r) => ROLES[r]).join('、'), department ?? '—', sits, charged, bound].join('\t');
}
