import type { Finding } from '../../src/ports/platform.ts';
import { feishuClient, type FeishuClient } from './client.ts';
import { toldPlainly } from './errors.ts';
import { NO_ANSWER, type Failure } from './http.ts';
import { feishuSettings, FeishuSettingsError, type FeishuSettings } from './settings.ts';

/** Missing scope, in its several codes. */
const NO_SCOPE = new Set([99991672, 99991679, 230027]);
const CREDENTIALS = new Set([10003, 10014, 99991543]);
/** 机器人信息: initialised 0, enabled 2; all else is some way of being off. */
const ENABLED = 2;

interface DoctorOptions {
  readonly fetch?: typeof globalThis.fetch;
}

/** Looks at credentials, bot and scopes; nothing is sent to anybody. */
export async function diagnoseFeishu(
  env: Readonly<Record<string, string | undefined>>,
  options: DoctorOptions = {},
): Promise<readonly Finding[]> {
  const settings = settingsOf(env);
  if (settings === undefined) return [];
  if ('level' in settings) return [settings];
  const client = feishuClient(settings, options);
  const info = await client.botInfo();
  if (!info.ok) return [unwell(info)];
  return [...botFindings(info.body['bot']), await sendScope(client), ...subscription(settings)];
}

function settingsOf(env: Readonly<Record<string, string | undefined>>): FeishuSettings | Finding | undefined {
  try {
    return feishuSettings(env);
  } catch (error) {
    if (!(error instanceof FeishuSettingsError)) throw error;
    return { level: 'bad', found: error.message, todo: `设好环境变量 ${error.variable} 后再试` };
  }
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

function subscription({ mode }: FeishuSettings): Finding[] {
  const where =
    mode === 'socket'
      ? '两页都选「使用长连接」（服务要先启动）'
      : '事件发到 https://你的域名/feishu/events，回调发到 https://你的域名/feishu/cards，保存时应提示成功';
  return [
    {
      level: 'hint',
      found: '收消息的权限与订阅飞书没有接口可查',
      todo: `开放平台 › 权限管理：im:message.p2p_msg:readonly、im:message.group_at_msg:readonly；事件与回调：添加事件 im.message.receive_v1、回调 card.action.trigger，${where}；然后发布版本`,
    },
  ];
}
