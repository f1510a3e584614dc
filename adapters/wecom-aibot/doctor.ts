import type { Finding } from '../../src/ports/platform.ts';
import { settingsFinding, type Env } from '../wecom-shared/settings.ts';
import { wecomAibotSettings } from './settings.ts';

/** Looks at the bot's settings. It does not connect: a second long connection would end the one in service. */
export async function diagnoseWecomAibot(env: Env): Promise<readonly Finding[]> {
  const settings = settingsFinding(() => wecomAibotSettings(env));
  if (settings === undefined) return [];
  if ('level' in settings) return [settings];
  return [settings.mode === 'callback' ? CALLBACK : SOCKET, NAME, IDENTITY].flatMap((finding) =>
    finding === NAME && settings.name !== undefined ? [] : [finding],
  );
}

const CALLBACK: Finding = {
  level: 'hint',
  found: '智能机器人用 URL 回调：Token 与 EncodingAESKey 的格式正确',
  todo: '管理后台 › 智能机器人 › API 模式 › 使用 URL 回调：URL 填 https://你的域名/wecom/aibot，保存时应提示成功',
};
const SOCKET: Finding = {
  level: 'hint',
  found: '智能机器人用长连接：Bot ID 与 Secret 的格式正确（没有试连，以免顶掉正在运行的实例）',
  todo: '管理后台 › 智能机器人 › API 模式 › 使用长连接；同时只能运行一个实例。启动服务后日志应有「智能机器人长连接已建立」',
};
const NAME: Finding = {
  level: 'warning',
  found: '没有填 WECOM_AIBOT_NAME：名称里有空格，或 @ 写在句中时，@ 会留在问题里',
  todo: '把 WECOM_AIBOT_NAME 设为机器人在企业微信里的名称',
};
const IDENTITY: Finding = {
  level: 'hint',
  found: '由非超级管理员创建的机器人收到的是加密的成员编号，与自建应用对不上',
  todo: '请由超级管理员创建机器人',
};
