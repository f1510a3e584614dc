import type { Notebook } from '../../src/ports/notebook.ts';
import type { Finding } from '../../src/ports/platform.ts';
import { settingsFinding, type Env } from '../shared/settings.ts';
import { groupsIn, howToReach, unreachedIn, type Unreached } from './contacts.ts';
import { wecomAibotSettings } from './settings.ts';

/**
 * Looks at the bot's settings, and with the service's notes at where it could not write. It does not connect: a second
 * long connection would end the one in service.
 */
export async function diagnoseWecomAibot(env: Env, noted?: Noted): Promise<readonly Finding[]> {
  const settings = settingsFinding(() => wecomAibotSettings(env));
  if (settings === undefined) return [];
  if ('level' in settings) return [settings];
  const unreached = noted ? await unreachedIn(noted.notebook, noted.now) : [];
  const groups = noted && settings.mode === 'socket' ? await groupsIn(noted.notebook, noted.now) : [];
  return [
    settings.mode === 'callback' ? CALLBACK : SOCKET,
    ...(settings.name === undefined ? [NAME] : []),
    IDENTITY,
    settings.mode === 'callback' ? UNASKED_NEVER : UNASKED_LATER,
    ...groups.map((id) => knownGroup(id, settings.botId)),
    ...unreached.map(notReached),
  ];
}

interface Noted {
  readonly notebook: Notebook;
  readonly now: number;
}

const knownGroup = (id: string, botId: string): Finding => ({
  level: 'hint',
  found: `群 ${id} 里有人 @ 过机器人，可以往里发提醒`,
  todo: `要把群摘要发到这个群，在学校设置里写 digest_group: wecom-aibot:${botId}:${id}`,
});

const notReached = (chat: Unreached): Finding => ({
  level: 'warning',
  found: `${new Date(chat.at + 8 * 3_600_000).toISOString().slice(0, 10)} 有一条提醒没有发出去`,
  todo: howToReach(chat),
});

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
const UNASKED_NEVER: Finding = {
  level: 'hint',
  found: '回调方式下机器人不能主动发消息，也发不了文件',
  todo: '提醒和会议文件用自建应用，或者把机器人改成长连接',
};
const UNASKED_LATER: Finding = {
  level: 'hint',
  found: '机器人只能主动发给说过话的人和 @ 过它的群',
  todo: '要收提醒的群，请先在群里 @ 它说一句话；要收提醒的人，请先找它说一句话',
};
