import type { Finding } from '../../src/ports/platform.ts';
import { settingsFinding, type Env } from '../shared/settings.ts';
import { feishuClient, type FeishuClient } from './client.ts';
import { toldPlainly } from './errors.ts';
import { NO_ANSWER, type Failure } from './http.ts';
import { scopeFindings, subscriptionFindings } from './permissions.ts';
import { feishuSettings, type FeishuSettings } from './settings.ts';

/** Missing scope, in its several codes. */
const NO_SCOPE = new Set([99991672, 99991679, 230027]);
const CREDENTIALS = new Set([10003, 10014, 99991543]);
/** 机器人信息: initialised 0, enabled 2; all else is some way of being off. */
const ENABLED = 2;

interface DoctorOptions {
  readonly fetch?: typeof globalThis.fetch;
}

/** Looks at credentials, bot, scopes and subscriptions; nothing is sent to anybody. */
export async function diagnoseFeishu(env: Env, options: DoctorOptions = {}): Promise<readonly Finding[]> {
  const settings = settingsFinding(() => feishuSettings(env));
  if (settings === undefined) return [];
  if ('level' in settings) return [settings];
  const client = feishuClient(settings, options);
  const info = await client.botInfo();
  if (!info.ok) return [unwell(info)];
  const [send, scopes, subscribed] = await Promise.all([
    sendScope(client),
    scopeFindings(client),
    subscriptionFindings(client, settings),
  ]);
  return [...botFindings(info.body['bot']), send, ...scopes, ...subscribed, way(settings)];
}

function unwell(failure: Failure): Finding {
  const found = toldPlainly(failure);
  if (CREDENTIALS.has(failure.code))
    return { level: 'bad', found, todo: '开放平台 › 凭证与基础信息，核对 FEISHU_APP_ID 与 FEISHU_APP_SECRET' };
  if (failure.code === NO_ANSWER)
    return { level: 'bad', found, todo: '检查这台服务器能否访问 FEISHU_BASE_URL（默认 https://open.feishu.cn）' };
  return { level: 'bad', found, todo: '开放平台 › 添加应用能力 › 机器人，然后在「版本管理与发布」里发布版本' };
}

function botFindings(bot: unknown): Finding[] {
  const { app_name: name, activate_status: status } = (bot ?? {}) as { app_name?: unknown; activate_status?: unknown };
  const good: Finding = { level: 'good', found: `应用「${String(name ?? '')}」的凭证有效，机器人可用` };
  if (status === ENABLED) return [good];
  return [
    {
      level: 'bad',
      found: '机器人未启用',
      todo: '开放平台 › 版本管理与发布，发布版本；再请企业管理员在管理后台启用应用',
    },
  ];
}

/** A reply to a message that does not exist: without the scope Feishu says so, with it that there is no such message. */
async function sendScope(client: FeishuClient): Promise<Finding> {
  const body = { msg_type: 'text', content: '{"text":"."}', uuid: 'doctor' } as const;
  const answer = await client.reply('om_00000000000000000000000000000000', body, false);
  if (!answer.ok && NO_SCOPE.has(answer.code))
    return {
      level: 'bad',
      found: '没有发消息的权限',
      todo: '开放平台 › 权限管理，开通 im:message:send_as_bot，再发布版本',
    };
  return { level: 'good', found: '有发消息的权限' };
}

/** What no interface tells: where deliveries go. */
function way({ mode }: FeishuSettings): Finding {
  const socket = mode === 'socket';
  return {
    level: 'hint',
    found: socket ? '收消息走长连接，不需要公网地址' : '收消息走事件推送，需要公网地址',
    todo: socket
      ? '事件与回调：「事件配置」「回调配置」两页都选「使用长连接」（服务要先启动），保存后发布版本'
      : '事件与回调：事件发到 https://你的域名/feishu/events，回调发到 https://你的域名/feishu/cards，保存时应提示成功；然后发布版本',
  };
}
