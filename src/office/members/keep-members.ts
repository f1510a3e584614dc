import { type Account, hasRole, type Member } from '../../domain/member.ts';
import type { Deed, Put, Shown } from '../../ports/ledger.ts';
import { accountWord, sameAccount } from './unbound.ts';
import type { MemberRow } from './member-table.ts';

/** What is to be written of a school's list of members, nothing where `puts` is empty, and what to say of it. */
export interface MemberChange {
  readonly puts: readonly Put[];
  readonly deed: Deed;
  /** For the operator, a line each. */
  readonly lines: readonly string[];
}
/** Why nothing is written. */
export interface NotChanged {
  readonly faults: readonly string[];
}

const SERIES = 'member';

/** Takes a list over: whoever bears a known name is changed, others are new; nobody leaves for not being in the list. */
export function importMembers(shown: Shown, rows: readonly MemberRow[], file: string): MemberChange | NotChanged {
  const current = [...shown.records.member.values()];
  let last = shown.records.counter.get(SERIES)?.last ?? 0;
  const next = rows.map((row) =>
    merged(
      current.find((m) => m.name === row.name),
      row,
      () => `m${++last}`,
    ),
  );
  const after = [...current.filter((m) => !next.some((n) => n.id === m.id)), ...next];
  const faults = sharedAccounts(after);
  if (faults.length > 0) return { faults };
  const isNew = (m: Member) => !current.some((c) => c.id === m.id);
  const changed = next.filter((m) => !current.some((c) => c.id === m.id && writtenOf(c) === writtenOf(m)));
  const missing = current.filter((m) => !next.some((n) => n.id === m.id));
  return {
    puts: [
      ...changed.map(putOf),
      ...(next.some(isNew) ? [{ kind: 'counter' as const, record: { id: SERIES, last }, open: true }] : []),
    ],
    deed: { by: 'system', act: 'import-members', about: SERIES, detail: { file, members: changed.map((m) => m.id) } },
    lines: [
      `名册 ${file}：新登记 ${next.filter(isNew).length} 人，更新 ${changed.length - changed.filter(isNew).length} 人，共 ${after.length} 人。`,
      ...(missing.length > 0
        ? [`表里没有、仍留在名册上：${missing.map((m) => m.name).join('、')}（离校的用 members remove）`]
        : []),
      ...incomplete(after),
    ],
  };
}

/** Everything that a list says of a person. */
const writtenOf = ({ name, title, roles, department, bodies, inChargeOf, accounts }: Member): string =>
  JSON.stringify([name, title, roles, department, bodies, inChargeOf, accounts.map(accountWord)]);

function merged(known: Member | undefined, row: MemberRow, newId: () => string): Member {
  if (!known) return { id: newId(), ...row };
  const added = row.accounts.filter((a) => !known.accounts.some((k) => sameAccount(k, a)));
  return {
    id: known.id,
    ...row,
    accounts: [...known.accounts, ...added],
    ...(known.claims && { claims: known.claims }),
  };
}

function sharedAccounts(members: readonly Member[]): string[] {
  return members.flatMap((a, i) =>
    members
      .slice(i + 1)
      .filter((b) => a.accounts.some((x) => b.accounts.some((y) => sameAccount(x, y))))
      .map((b) => `${a.name}和${b.name}用了同一个账号，一个账号只能是一个人`),
  );
}

/** Roles the procedure cannot do without, and bodies nobody sits in: said, not refused. */
function incomplete(members: readonly Member[]): string[] {
  const count = (role: 'secretary' | 'principal' | 'office') => members.filter((m) => hasRole(m, role)).length;
  const words = { secretary: '书记', principal: '校长', office: '办公室主任' } as const;
  const roles = (['secretary', 'principal', 'office'] as const).flatMap((role) =>
    count(role) === 1
      ? []
      : [count(role) === 0 ? `请注意：没有${words[role]}` : `请注意：${words[role]}有 ${count(role)} 位`],
  );
  const bodies = { party: '党组织班子', principal: '行政班子' } as const;
  const empty = (['party', 'principal'] as const).filter((b) => !members.some((m) => m.bodies.includes(b)));
  return [...roles, ...empty.map((b) => `请注意：${bodies[b]}没有成员，会议无法计算到会人数`)];
}

/** Binds an account by the operator's word: how the office itself comes in. */
export function bindAccount(shown: Shown, named: string, account: Account): MemberChange | NotChanged {
  const found = memberNamed(shown, named);
  if (!('id' in found)) return found;
  const holder = [...shown.records.member.values()].find((m) => m.accounts.some((a) => sameAccount(a, account)));
  const { platform, user } = account;
  const deed: Deed = { by: 'system', act: 'bind-account', about: found.id, detail: { platform, user } };
  if (holder?.id === found.id) return { puts: [], deed, lines: [`${accountWord(account)} 已经是${found.name}。`] };
  if (holder) return { faults: [`这个账号已经绑定为${holder.name}，一个账号只能是一个人`] };
  const { claims = [], ...member } = found;
  const left = claims.filter((c) => !sameAccount(c.account, account));
  const record = { ...member, accounts: [...member.accounts, account], ...(left.length > 0 && { claims: left }) };
  return {
    puts: [putOf(record)],
    deed,
    lines: [`已绑定：${accountWord(account)} 是${found.name}（${found.title}）。`],
  };
}

/** Somebody left the school: out of the roster with all accounts; what was done stays in the log. */
export function removeMember(shown: Shown, named: string): MemberChange | NotChanged {
  const found = memberNamed(shown, named);
  if (!('id' in found)) return found;
  return {
    puts: [{ kind: 'member', record: { ...found, accounts: [] }, open: false }],
    deed: { by: 'system', act: 'remove-member', about: found.id },
    lines: [`${found.name}已不在名册上，账号也解除了绑定。`],
  };
}

function memberNamed(shown: Shown, named: string): Member | NotChanged {
  const fits = [...shown.records.member.values()].filter((m) => m.id === named || m.name === named);
  if (fits.length === 1) return fits[0]!;
  return { faults: [fits.length === 0 ? `名册里没有“${named}”` : `有 ${fits.length} 位${named}，请写编号`] };
}

const putOf = (record: Member): Put => ({ kind: 'member', record, open: true });
