import * as z from 'zod/mini';
import {
  baseUrl,
  invalid,
  isSet,
  missing,
  readSettings,
  secret,
  WHERE_WINDOW,
  windowSeconds,
  type Env,
} from '../shared/settings.ts';

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

const WHERE = {
  FEISHU_APP_ID: '飞书开放平台「凭证与基础信息」中的 App ID',
  FEISHU_APP_SECRET: '飞书开放平台「凭证与基础信息」中的 App Secret',
  FEISHU_ENCRYPT_KEY: '「事件与回调 › 加密策略」中的 Encrypt Key；没有它，谁都能冒充飞书推送消息',
  FEISHU_VERIFICATION_TOKEN: '「事件与回调 › 加密策略」中的 Verification Token',
  FEISHU_MODE: 'webhook 或 socket；不填时，填了 Encrypt Key 就是 webhook，没填就是 socket',
  FEISHU_BASE_URL: '以 http:// 或 https:// 开头的地址，默认 https://open.feishu.cn',
  WEBHOOK_WINDOW_S: WHERE_WINDOW,
};

const environment = z.object({
  FEISHU_APP_ID: z.string().check(z.regex(/^[\w-]{1,64}$/)),
  FEISHU_APP_SECRET: secret(),
  FEISHU_ENCRYPT_KEY: z.optional(secret()),
  FEISHU_VERIFICATION_TOKEN: z.optional(secret()),
  FEISHU_MODE: z.optional(z.enum(['webhook', 'socket'])),
  FEISHU_BASE_URL: baseUrl('https://open.feishu.cn', /^https?$/),
  WEBHOOK_WINDOW_S: windowSeconds(),
});

/** The app's settings, or nothing when no Feishu app is configured. Throws for half a one. */
export function feishuSettings(env: Env): FeishuSettings | undefined {
  if (!isSet(env, 'FEISHU_APP_ID') && !isSet(env, 'FEISHU_APP_SECRET')) return undefined;
  const settings = toSettings(readSettings(environment, WHERE, env));
  if (settings.mode === 'webhook') assertWebhookSecrets(settings);
  // The SDK's long connection returns without a word for any other form of app id.
  else if (!/^cli_[0-9a-fA-F]{16}$/.test(settings.appId)) throw invalid('FEISHU_APP_ID', WHERE);
  return settings;
}

/** Guards the endpoint itself: with an empty secret anyone could sign. */
export function assertWebhookSecrets({ encryptKey, verificationToken }: FeishuSettings): void {
  if (encryptKey === '') throw missing('FEISHU_ENCRYPT_KEY', WHERE);
  if (verificationToken === '') throw missing('FEISHU_VERIFICATION_TOKEN', WHERE);
}

const toSettings = (env: z.infer<typeof environment>): FeishuSettings => ({
  appId: env.FEISHU_APP_ID,
  appSecret: env.FEISHU_APP_SECRET,
  encryptKey: env.FEISHU_ENCRYPT_KEY ?? '',
  verificationToken: env.FEISHU_VERIFICATION_TOKEN ?? '',
  // Whoever has set no secret of a webhook has no public address: the long connection needs none.
  mode: env.FEISHU_MODE ?? (env.FEISHU_ENCRYPT_KEY || env.FEISHU_VERIFICATION_TOKEN ? 'webhook' : 'socket'),
  baseUrl: env.FEISHU_BASE_URL.replace(/\/+$/, ''),
  windowMs: env.WEBHOOK_WINDOW_S * 1000,
});
