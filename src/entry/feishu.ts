import { feishuClient } from '../../adapters/feishu/client.ts';
import { contactsOf } from '../../adapters/feishu/contacts.ts';
import { diagnoseFeishu } from '../../adapters/feishu/doctor.ts';
import { feishuSettings } from '../../adapters/feishu/settings.ts';
import { matchMembers } from './match-members.ts';
import { told } from './told.ts';

/**
 * `npm run feishu -- doctor`: credentials, scopes, subscriptions, and what to click. `-- members [file]`: who in Feishu's
 * directory seems to be whom in the list of members, as a table for `npm run school -- members bind`.
 */
const UNSET = '没有配置飞书：请填 FEISHU_APP_ID 与 FEISHU_APP_SECRET，见 docs/feishu.md。';
const USAGE = '用法：npm run feishu -- doctor | members [文件]';
const [verb = 'doctor', file = 'feishu-members.csv'] = process.argv.slice(2);

async function members(): Promise<boolean> {
  const settings = feishuSettings(process.env);
  if (!settings) return fault(UNSET);
  const contacts = await contactsOf(feishuClient(settings));
  if ('why' in contacts)
    return fault(
      `取不到通讯录：${contacts.why}\n开放平台 › 权限管理，开通 contact:contact.base:readonly，设好通讯录权限范围，发布版本后再试。`,
    );
  await matchMembers('飞书', contacts.people, file, 'npm run feishu -- members');
  return true;
}

function fault(line: string): false {
  console.error(line);
  return false;
}

async function doctor(): Promise<boolean> {
  const findings = await diagnoseFeishu(process.env);
  if (findings.length === 0) return fault(UNSET);
  return told([['飞书', findings]]) === 0;
}

const VERBS: Readonly<Record<string, () => Promise<boolean>>> = { doctor, members };
try {
  const run = VERBS[verb];
  if (!run) console.error(USAGE);
  process.exitCode = run && (await run()) ? 0 : 1;
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 2;
}
