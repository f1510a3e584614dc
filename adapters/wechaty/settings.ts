/** What Wechaty needs from the environment. A puppet's own variables (token, endpoint) are read by the puppet itself. */
export interface WechatySettings {
  /** The npm name of the puppet: which account, by which protocol. */
  readonly puppet: string;
  /** Values that must not stand in a log. */
  readonly secrets: readonly string[];
}

export type Env = Readonly<Record<string, string | undefined>>;

const PUPPET = /^(?:@[a-z\d][\w.-]*\/)?[\w.-]*wechaty-puppet-[\w.-]+$/;
const SECRET = /^WECHATY_.*(?:TOKEN|KEY|SECRET)$/;

/** Wechaty would take a puppet of its own choice, which logs a person's WeChat into the web; so one must be named. */
export function wechatySettings(env: Env): WechatySettings {
  const puppet = env['WECHATY_PUPPET']?.trim() ?? '';
  if (puppet === '')
    throw new Error(
      '没有指明用哪个 puppet，Wechaty 不启动：请把环境变量 WECHATY_PUPPET 设为 puppet 的包名，例如 wechaty-puppet-service；各 puppet 的风险见 docs/wechaty.md。',
    );
  if (!PUPPET.test(puppet))
    throw new Error(`环境变量 WECHATY_PUPPET 的值不对：${puppet} 不是 puppet 的包名，应形如 wechaty-puppet-service。`);
  if (puppet.endsWith('wechat4u'))
    throw new Error('wechaty-puppet-wechat4u 用个人微信的网页协议，多数账号登不上，容易封号，这里不支持。');
  const secrets = Object.entries(env).flatMap(([name, value]) => (SECRET.test(name) && value ? [value] : []));
  return { puppet, secrets };
}
