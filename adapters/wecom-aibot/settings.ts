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
import { aesKeyShape } from '../wecom-shared/crypto.ts';

/** What one AI bot needs, read once at start from the environment. A bot is in exactly one of its two modes. */
interface Common {
  readonly botId: string;
  /** The bot's name in WeCom: stands before what is said to it in a group, as plain text. */
  readonly name?: string;
  /** Hosts besides WeCom's own to which an answer may be posted: those of a loopback server. */
  readonly hosts: readonly string[];
}

export interface CallbackSettings extends Common {
  readonly mode: 'callback';
  readonly token: string;
  readonly aesKey: string;
  readonly windowMs: number;
}

export interface SocketSettings extends Common {
  readonly mode: 'socket';
  readonly secret: string;
  readonly url: string;
}

const WHERE = {
  WECOM_AIBOT_ID: '「智能机器人 › API 模式」页的 Bot ID',
  WECOM_AIBOT_NAME: '机器人在企业微信里的名称，用来去掉群消息开头的 @',
  WECOM_AIBOT_MODE: 'callback 或 socket；不填时，有 Token 为 callback，否则为 socket',
  WECOM_AIBOT_TOKEN: '「智能机器人 › API 模式 › 使用 URL 回调」中的 Token；没有它，谁都能冒充企业微信',
  WECOM_AIBOT_AES_KEY: '「智能机器人 › API 模式 › 使用 URL 回调」中的 EncodingAESKey（43 个字符）',
  WECOM_AIBOT_SECRET: '「智能机器人 › API 模式 › 使用长连接」中的 Secret',
  WECOM_AIBOT_URL: '以 ws:// 或 wss:// 开头的地址，默认 wss://openws.work.weixin.qq.com',
  WECOM_BASE_URL: '以 http:// 或 https:// 开头的地址，默认 https://qyapi.weixin.qq.com',
  WEBHOOK_WINDOW_S: WHERE_WINDOW,
};

const environment = z.object({
  WECOM_AIBOT_ID: z.string().check(z.regex(/^[\w-]{1,128}$/)),
  WECOM_AIBOT_NAME: z.optional(z.string().check(z.maxLength(60))),
  WECOM_AIBOT_MODE: z.optional(z.enum(['callback', 'socket'])),
  WECOM_AIBOT_TOKEN: z.optional(secret()),
  WECOM_AIBOT_AES_KEY: z.optional(aesKeyShape()),
  WECOM_AIBOT_SECRET: z.optional(secret()),
  WECOM_AIBOT_URL: baseUrl('wss://openws.work.weixin.qq.com', /^(wss?|https?)$/),
  WECOM_BASE_URL: baseUrl('https://qyapi.weixin.qq.com', /^https?$/),
  WEBHOOK_WINDOW_S: windowSeconds(),
});

/** The bot's settings, or nothing when none is configured; throws for half a bot. */
export function wecomAibotSettings(env: Env): CallbackSettings | SocketSettings | undefined {
  if (!['WECOM_AIBOT_ID', 'WECOM_AIBOT_TOKEN', 'WECOM_AIBOT_SECRET'].some((name) => isSet(env, name))) return undefined;
  const read = readSettings(environment, WHERE, env);
  const common = {
    botId: read.WECOM_AIBOT_ID,
    ...(read.WECOM_AIBOT_NAME === undefined ? {} : { name: read.WECOM_AIBOT_NAME }),
    hosts: [read.WECOM_AIBOT_URL, read.WECOM_BASE_URL].map((url) => new URL(url).hostname),
  };
  const mode = read.WECOM_AIBOT_MODE ?? (read.WECOM_AIBOT_TOKEN === undefined ? 'socket' : 'callback');
  return mode === 'callback' ? { ...common, mode, ...callback(read) } : { ...common, mode, ...socket(read) };
}

type Read = z.infer<typeof environment>;

function callback({ WECOM_AIBOT_TOKEN: token, WECOM_AIBOT_AES_KEY: key, WEBHOOK_WINDOW_S }: Read) {
  if (token === undefined) throw missing('WECOM_AIBOT_TOKEN', WHERE);
  if (key === undefined) throw missing('WECOM_AIBOT_AES_KEY', WHERE);
  return { token, aesKey: key, windowMs: WEBHOOK_WINDOW_S * 1000 };
}

function socket({ WECOM_AIBOT_SECRET: secretText, WECOM_AIBOT_URL: url }: Read) {
  if (secretText === undefined) throw missing('WECOM_AIBOT_SECRET', WHERE);
  if (!/^wss?:/.test(url)) throw invalid('WECOM_AIBOT_URL', WHERE);
  return { secret: secretText, url };
}
