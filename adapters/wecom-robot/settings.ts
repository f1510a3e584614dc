import * as z from 'zod/mini';
import { invalid, isSet, readSettings, url as address, type Env } from '../shared/settings.ts';

/** A group's robot is one address; its key is the only secret, so the whole address is one. */
export interface WecomRobotSettings {
  readonly url: string;
}

const WHERE = {
  WECOM_ROBOT_URL:
    '群里「消息推送（原群机器人）」给出的 Webhook 地址，形如 https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=…',
};
const environment = z.object({ WECOM_ROBOT_URL: address(/^https?$/) });

/** The robot's settings, or nothing when none is configured. */
export function wecomRobotSettings(env: Env): WecomRobotSettings | undefined {
  if (!isSet(env, 'WECOM_ROBOT_URL')) return undefined;
  const { WECOM_ROBOT_URL: url } = readSettings(environment, WHERE, env);
  if (!new URL(url).searchParams.get('key')) throw invalid('WECOM_ROBOT_URL', WHERE);
  return { url };
}
