import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from '../../src/ports/platform.ts';
import { howToInstall, INSTALL, installed } from './load.ts';
import { wechatySettings, type Env } from './settings.ts';

const bad = (found: string, todo: string): Finding => ({ level: 'bad', found, todo });
const warning = (found: string, todo: string): Finding => ({ level: 'warning', found, todo });

/** Looks at the install and the settings. It logs nobody in: each login is a risk to the account. */
export async function diagnoseWechaty(env: Env): Promise<readonly Finding[]> {
  const settings = attempt(() => wechatySettings(env));
  if (settings instanceof Error) return [bad(settings.message, '设好 WECHATY_PUPPET 后再试')];
  const { puppet } = settings;
  const packages = [
    ['wechaty', INSTALL],
    [puppet, howToInstall(puppet)],
  ] as const;
  const loaded = await Promise.all(packages.map(([name, how]) => installed(name, how).catch((error: Error) => error)));
  const missing = loaded.filter((one): one is Error => one instanceof Error);
  return [
    ...missing.map(({ message }) => bad(message, '装好后再试')),
    ...(missing.length > 0
      ? []
      : [{ level: 'good' as const, found: `wechaty 与 ${puppet} 已装好（没有试登录，以免惊动账号）` }]),
    ...(puppet === 'wechaty-puppet-service' ? service(env) : []),
    ...logging(env),
    ...session(env),
    RISK,
  ];
}

const RISK: Finding = {
  level: 'hint',
  found: '这是真人账号，不是官方接口：可能被封号，群里所有人的话都会经过 puppet',
  todo: '用专门的账号；有官方机器人的地方用官方的；开通前请学校分管领导同意，见 docs/wechaty.md',
};

function attempt<T>(read: () => T): T | Error {
  try {
    return read();
  } catch (error) {
    return error as Error;
  }
}

/** wechaty.js.org › puppet-providers › service: what the remote puppet reads from the environment. */
function service(env: Env): Finding[] {
  const on = (name: string) => (env[`WECHATY_PUPPET_SERVICE_${name}`]?.trim() ?? '') !== '';
  const insecure = env['WECHATY_PUPPET_SERVICE_NO_TLS_INSECURE_CLIENT'] === 'true';
  return [
    ...(on('TOKEN') ? [] : [bad('缺少 WECHATY_PUPPET_SERVICE_TOKEN', '填写 puppet 服务方给的 token')]),
    ...(on('ENDPOINT') || on('AUTHORITY')
      ? []
      : [
          warning(
            '没有填 WECHATY_PUPPET_SERVICE_ENDPOINT：会带着 token 去公共的 api.chatie.io 询问地址',
            '填写服务方给的地址，形如 10.0.0.5:8788',
          ),
        ]),
    ...(insecure
      ? [
          warning(
            '关闭了 TLS：token 和聊天内容在网上明文传送',
            '只在本机或内网这样用，否则去掉 …_NO_TLS_INSECURE_CLIENT',
          ),
        ]
      : on('TLS_CA_CERT')
        ? []
        : [
            warning(
              '用的是安装包里人人都有的默认证书：能加密，认不出对方是谁',
              '设 WECHATY_PUPPET_SERVICE_TLS_CA_CERT，或只走内网',
            ),
          ]),
  ];
}

function logging(env: Env): Finding[] {
  const level = env['WECHATY_LOG'] ?? '';
  return [
    ...(/^(?:verbose|silly)$/i.test(level)
      ? [warning(`WECHATY_LOG=${level} 会把聊天内容和 token 写进日志`, '去掉 WECHATY_LOG，或设为 warn')]
      : []),
    ...(env['WECHATY_TOKEN'] ? [warning('WECHATY_TOKEN 会把机器人接到公共的遥控服务', '去掉 WECHATY_TOKEN')] : []),
  ];
}

/** The file with the login must be readable by its owner only. */
function session(env: Env): Finding[] {
  const file = join(env['YISHI_DATA'] ?? './data', 'wechaty.memory-card.json');
  const mode = statSync(file, { throwIfNoEntry: false })?.mode;
  if (mode === undefined || (mode & 0o077) === 0) return [];
  return [bad(`登录凭证 ${file} 别人也能读`, `chmod 600 ${file}`)];
}
