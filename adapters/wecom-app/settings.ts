import * as z from 'zod/mini';
import { baseUrl, isSet, readSettings, secret, WHERE_WINDOW, windowSeconds, type Env } from '../shared/settings.ts';
import { aesKeyShape } from '../wecom-shared/crypto.ts';

/** What one self-built app needs, read once at start from the environment. */
export interface WecomAppSettings {
  readonly corpId: string;
  readonly agentId: number;
  readonly secret: string;
  readonly token: string;
  readonly aesKey: string;
  /** Without a trailing slash. */
  readonly baseUrl: string;
  /** How far a delivery's timestamp may lie from now, in milliseconds. */
  readonly windowMs: number;
}

const WHERE = {
  WECOM_CORP_ID: '企业微信管理后台「我的企业 › 企业信息」底部的企业 ID',
  WECOM_AGENT_ID: '「应用管理 › 自建应用」详情页的 AgentId（数字）',
  WECOM_SECRET: '同页的 Secret',
  WECOM_TOKEN: '「接收消息 › 设置 API 接收」中的 Token；没有它，谁都能冒充企业微信',
  WECOM_AES_KEY: '「接收消息 › 设置 API 接收」中的 EncodingAESKey（43 个字符）',
  WECOM_BASE_URL: '以 http:// 或 https:// 开头的地址，默认 https://qyapi.weixin.qq.com',
  WEBHOOK_WINDOW_S: WHERE_WINDOW,
};

const environment = z.object({
  WECOM_CORP_ID: z.string().check(z.regex(/^[\w-]{1,64}$/)),
  WECOM_AGENT_ID: z.string().check(z.regex(/^\d{1,15}$/)),
  WECOM_SECRET: secret(),
  WECOM_TOKEN: secret(),
  WECOM_AES_KEY: aesKeyShape(),
  WECOM_BASE_URL: baseUrl('https://qyapi.weixin.qq.com', /^https?$/),
  WEBHOOK_WINDOW_S: windowSeconds(),
});

/** The app's settings, or nothing when none is configured; throws for half an app. */
export function wecomAppSettings(env: Env): WecomAppSettings | undefined {
  if (!['WECOM_CORP_ID', 'WECOM_AGENT_ID', 'WECOM_SECRET'].some((name) => isSet(env, name))) return undefined;
  const read = readSettings(environment, WHERE, env);
  return {
    corpId: read.WECOM_CORP_ID,
    agentId: Number(read.WECOM_AGENT_ID),
    secret: read.WECOM_SECRET,
    token: read.WECOM_TOKEN,
    aesKey: read.WECOM_AES_KEY,
    baseUrl: read.WECOM_BASE_URL.replace(/\/+$/, ''),
    windowMs: read.WEBHOOK_WINDOW_S * 1000,
  };
}

/** How this app is called in ids: the same agent number exists in every corp. */
export const appOf = ({ corpId, agentId }: WecomAppSettings): string => `${corpId}.${agentId}`;
