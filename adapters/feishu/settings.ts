import * as z from 'zod/mini';

/** What one Feishu app needs, read once at start from the environment. */
export interface FeishuSettings {
  readonly appId: string;
  readonly appSecret: string;
  /** Empty only in socket mode, where frames arrive decrypted over an authenticated connection. */
  readonly encryptKey: string;
  readonly verificationToken: string;
  readonly mode: 'webhook' | 'socket';
  /** Without a trailing slash. */
  readonly baseUrl: string;
  /** How far a delivery's timestamp may lie from now, in milliseconds. */
  readonly windowMs: number;
}

/** Names the variable to set, so that the operator need not guess. */
export class FeishuSettingsError extends Error {
  readonly code: 'feishu-setting-missing' | 'feishu-setting-invalid';
  readonly variable: string;

  constructor(code: FeishuSettingsError['code'], variable: string, message: string) {
    super(message);
    this.name = 'FeishuSettingsError';
    this.code = code;
    this.variable = variable;
  }
}

type Env = Readonly<Record<string, string | undefined>>;

const WHERE: Readonly<Record<string, string>> = {
  FEISHU_APP_ID: '飞书开放平台「凭证与基础信息」中的 App ID',
  FEISHU_APP_SECRET: '飞书开放平台「凭证与基础信息」中的 App Secret',
  FEISHU_ENCRYPT_KEY: '「事件与回调 › 加密策略」中的 Encrypt Key；没有它，谁都能冒充飞书推送消息',
  FEISHU_VERIFICATION_TOKEN: '「事件与回调 › 加密策略」中的 Verification Token',
  FEISHU_MODE: 'webhook 或 socket',
  FEISHU_BASE_URL: '以 http:// 或 https:// 开头的地址，默认 https://open.feishu.cn',
  WEBHOOK_WINDOW_S: '60 到 604800 之间的整数（秒），默认 28800',
};

const secret = () => z.string().check(z.regex(/^\S{1,256}$/));

const environment = z.object({
  FEISHU_APP_ID: z.string().check(z.regex(/^[\w-]{1,64}$/)),
  FEISHU_APP_SECRET: secret(),
  FEISHU_ENCRYPT_KEY: z.optional(secret()),
  FEISHU_VERIFICATION_TOKEN: z.optional(secret()),
  FEISHU_MODE: z._default(z.enum(['webhook', 'socket']), 'webhook'),
  FEISHU_BASE_URL: z._default(z.url({ protocol: /^https?$/ }), 'https://open.feishu.cn'),
  WEBHOOK_WINDOW_S: z._default(z.coerce.number().check(z.int(), z.gte(60), z.lte(604_800)), 28_800),
});

/** The app's settings, or nothing when no Feishu app is configured. Throws {@link FeishuSettingsError} for half a one. */
export function feishuSettings(env: Env): FeishuSettings | undefined {
  const filled = Object.fromEntries(Object.keys(WHERE).map((name) => [name, env[name]?.trim() || undefined]));
  if (!filled['FEISHU_APP_ID'] && !filled['FEISHU_APP_SECRET']) return undefined;
  const read = z.safeParse(environment, filled);
  if (!read.success) {
    const variable = String(read.error.issues[0]?.path[0]);
    throw filled[variable] === undefined ? missing(variable) : invalid(variable);
  }
  const settings = toSettings(read.data);
  if (settings.mode === 'webhook') assertWebhookSecrets(settings);
  // The SDK's long connection returns without a word for any other form of app id.
  else if (!/^cli_[0-9a-fA-F]{16}$/.test(settings.appId)) throw invalid('FEISHU_APP_ID');
  return settings;
}

/** Guards the endpoint itself: with an empty secret anyone could sign. */
export function assertWebhookSecrets({ encryptKey, verificationToken }: FeishuSettings): void {
  if (encryptKey === '') throw missing('FEISHU_ENCRYPT_KEY');
  if (verificationToken === '') throw missing('FEISHU_VERIFICATION_TOKEN');
}

const toSettings = (env: z.infer<typeof environment>): FeishuSettings => ({
  appId: env.FEISHU_APP_ID,
  appSecret: env.FEISHU_APP_SECRET,
  encryptKey: env.FEISHU_ENCRYPT_KEY ?? '',
  verificationToken: env.FEISHU_VERIFICATION_TOKEN ?? '',
  mode: env.FEISHU_MODE,
  baseUrl: env.FEISHU_BASE_URL.replace(/\/+$/, ''),
  windowMs: env.WEBHOOK_WINDOW_S * 1000,
});

const missing = (name: string) =>
  new FeishuSettingsError('feishu-setting-missing', name, `缺少环境变量 ${name}：请填写${WHERE[name]}。`);

const invalid = (name: string) =>
  new FeishuSettingsError('feishu-setting-invalid', name, `环境变量 ${name} 的值不对：应为${WHERE[name]}。`);
