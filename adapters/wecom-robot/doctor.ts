import type { Finding } from '../../src/ports/platform.ts';
import { callWecom, NO_ANSWER, type Fetch } from '../wecom-shared/api.ts';
import { toldPlainly } from '../wecom-shared/errors.ts';
import { settingsFinding, type Env } from '../shared/settings.ts';
import { wecomRobotSettings } from './settings.ts';

const KEY_INVALID = 93000;

/** Asks WeCom to send nothing: a valid address refuses the empty text, an invalid one itself. */
export async function diagnoseWecomRobot(env: Env, fetch?: Fetch): Promise<readonly Finding[]> {
  const settings = settingsFinding(() => wecomRobotSettings(env));
  if (settings === undefined) return [];
  if ('level' in settings) return [settings];
  const answer = await callWecom(settings.url, { msgtype: 'text', text: { content: '' } }, fetch);
  const dead = !answer.ok && (answer.code === KEY_INVALID || answer.code === NO_ANSWER);
  if (dead)
    return [
      {
        level: 'bad',
        found: toldPlainly(answer),
        todo: '群设置 › 消息推送，重新取得 Webhook 地址后改 WECOM_ROBOT_URL',
      },
    ];
  return [{ level: 'good', found: '群机器人的地址有效（只能发，不能收；每分钟最多 20 条）' }];
}
