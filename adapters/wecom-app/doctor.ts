import type { Person } from '../../src/domain/member.ts';
import type { Finding } from '../../src/ports/platform.ts';
import type { Failure, Fetch } from '../wecom-shared/api.ts';
import { toldPlainly } from '../wecom-shared/errors.ts';
import { settingsFinding, type Env } from '../shared/settings.ts';
import { wecomAppClient } from './client.ts';
import { peopleInRange } from './people.ts';
import { wecomAppSettings } from './settings.ts';

/** What to click for the errors a new app usually meets. */
const TODO: ReadonlyMap<number, string> = new Map([
  [40001, '管理后台 › 应用管理 › 该应用 › Secret，重新取得后改 WECOM_SECRET'],
  [40013, '管理后台 › 我的企业 › 企业信息，核对 WECOM_CORP_ID'],
  [40056, '管理后台 › 应用管理 › 该应用，核对 WECOM_AGENT_ID'],
  [301002, 'AgentId 与 Secret 不是同一个应用的：管理后台 › 应用管理 › 该应用，两项一起核对'],
  [60020, '管理后台 › 应用管理 › 该应用 › 企业可信IP，加上括号里说的出口 IP'],
  [50003, '管理后台 › 应用管理 › 该应用，点「启用」'],
]);

/** Looks at the app's settings, token and reach; nothing is sent to anybody. */
export async function diagnoseWecomApp(env: Env, fetch?: Fetch): Promise<readonly Finding[]> {
  const settings = settingsFinding(() => wecomAppSettings(env));
  if (settings === undefined) return [];
  if ('level' in settings) return [settings];
  const client = wecomAppClient(settings, fetch ? { fetch } : {});
  const answer = await client.agent();
  if (!answer.ok)
    return [
      { level: 'bad', found: toldPlainly(answer), todo: TODO.get(answer.code) ?? '按错误码查企业微信「全局错误码」' },
    ];
  return [
    { level: 'good', found: `应用「${String(answer.body['name'] ?? '')}」的凭证有效，服务器 IP 可信` },
    ...reach(answer.body),
    directory(await peopleInRange(client)),
    {
      level: 'hint',
      found: '接收消息的地址企业微信没有接口可查',
      todo: '管理后台 › 应用管理 › 该应用 › 接收消息 › 设置 API 接收：URL 填 https://你的域名/wecom/app，Token 与 EncodingAESKey 与环境变量一致，保存时应提示成功；勾选「用户进入应用」',
    },
  ];
}

/** Whom `npm run wecom -- members` could put beside the roster. */
const directory = (people: readonly Person[] | Failure): Finding =>
  'ok' in people
    ? {
        level: 'warning',
        found: `读不到可见范围里的成员：${toldPlainly(people)}`,
        todo: '不影响问答；绑定账号请本人发“/绑定 姓名”，或用 npm run school -- members bind',
      }
    : { level: 'good', found: `可见范围里有 ${people.length} 人；npm run wecom -- members 把他们和名册对上` };

/** Closed, or visible to nobody: everything else would work and still nobody could ask. */
function reach(agent: Readonly<Record<string, unknown>>): Finding[] {
  const lists = [agent['allow_userinfos'], agent['allow_partys'], agent['allow_tags']];
  const someone = lists.some((list) => /\d|userid/.test(JSON.stringify(list ?? {})));
  const range = '管理后台 › 应用管理 › 该应用 › 可见范围';
  return [
    ...(agent['close'] === 1
      ? [{ level: 'bad' as const, found: '应用已停用', todo: '管理后台 › 应用管理 › 该应用，点「启用」' }]
      : []),
    ...(someone ? [] : [{ level: 'warning' as const, found: '可见范围里没有人', todo: `${range}，加上能用的教职工` }]),
  ];
}
