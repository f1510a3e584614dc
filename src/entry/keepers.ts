import { demoMember } from '../assistant/demo.ts';
import { Roster } from '../domain/member.ts';
import type { Ledgers } from '../ports/ledger.ts';
import type { Intake } from '../assistant/take-document.ts';

/** `feishu:ou_x` as it stands in YISHI_KEEPERS: a platform's name and its id of a person. */
const ACCOUNT = /^(?:feishu|wecom-app|wecom-aibot|wechaty):[\w.@=+-]{1,128}$/;

/**
 * Whose files the library takes: members by the roles their school's register gives them, and the accounts that
 * YISHI_KEEPERS names, as the office. In the sample school's web chat everyone has the role they have chosen; nowhere
 * else is a role read from what a person is called.
 * @throws Error in Chinese when an entry is no account.
 */
export function keepersFrom(
  env: Readonly<Record<string, string | undefined>>,
  demo: boolean,
  register?: Ledgers,
): Intake['rolesOf'] {
  const listed = (env['YISHI_KEEPERS'] ?? '').split(/[\s,，、]+/).filter((account) => account !== '');
  const wrong = listed.find((account) => !ACCOUNT.test(account));
  if (wrong !== undefined)
    throw new Error(`环境变量 YISHI_KEEPERS 里的 ${wrong} 不对：写成 feishu:ou_xxx 或 wecom-app:zhangsan，用逗号隔开`);
  const keepers = new Set(listed.map((account) => account.toLowerCase()));
  return async ({ platform, app, id }, school) => {
    if (platform === 'web') return demo ? (demoMember(id)?.roles ?? []) : [];
    if (keepers.has(`${platform}:${id}`.toLowerCase())) return ['office'];
    const shown = await register?.forSchool(school).show();
    return new Roster([...(shown?.records.member.values() ?? [])]).byAccount(platform, app, id)?.roles ?? [];
  };
}
