import { describe, expect, it } from 'vitest';
import { wecomAibotSettings } from '../../adapters/wecom-aibot/settings.ts';
import { wecomAppSettings } from '../../adapters/wecom-app/settings.ts';
import { wecomRobotSettings } from '../../adapters/wecom-robot/settings.ts';
import { aibotEnv, WECOM_AIBOT, wecomEnv } from './deliveries.ts';

const app = wecomEnv('http://127.0.0.1:9000/');
const bot = aibotEnv('http://127.0.0.1:9000');
const socket = { WECOM_AIBOT_ID: WECOM_AIBOT.botId, WECOM_AIBOT_SECRET: WECOM_AIBOT.secret };
const robot = 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=abc';

describe('settings', () => {
  it('are absent when nothing is configured', () => {
    const env = { WECOM_CORP_ID: '', WECOM_BASE_URL: 'http://x', WEBHOOK_WINDOW_S: '60' };
    expect([wecomAppSettings(env), wecomAibotSettings(env), wecomRobotSettings(env)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('of the app fill in the platform and eight hours', () => {
    const { WECOM_BASE_URL: _, ...rest } = app;
    expect(wecomAppSettings(rest)).toMatchObject({
      baseUrl: 'https://qyapi.weixin.qq.com',
      windowMs: 28_800_000,
      agentId: 1000002,
    });
    expect(wecomAppSettings(app)?.baseUrl).toBe('http://127.0.0.1:9000');
  });

  it.each(['WECOM_CORP_ID', 'WECOM_AGENT_ID', 'WECOM_SECRET', 'WECOM_TOKEN', 'WECOM_AES_KEY'])(
    'of the app name the missing variable: %s',
    (name) => {
      const start = () => wecomAppSettings({ ...app, [name]: ' ' });
      expect(start).toThrow(expect.objectContaining({ code: 'setting-missing', variable: name }));
      expect(start).toThrow(new RegExp(`缺少环境变量 ${name}`));
    },
  );

  it.each([
    ['WECOM_AES_KEY', 'too-short'],
    ['WECOM_AGENT_ID', 'app'],
    ['WECOM_BASE_URL', 'qyapi.weixin.qq.com'],
    ['WEBHOOK_WINDOW_S', '5'],
  ])('of the app name the wrong variable: %s=%s', (name, value) => {
    expect(() => wecomAppSettings({ ...app, [name]: value })).toThrow(
      expect.objectContaining({ code: 'setting-invalid', variable: name }),
    );
  });

  it('of the bot choose the mode by what is there, or as told', () => {
    expect(wecomAibotSettings(bot)).toMatchObject({ mode: 'callback', botId: WECOM_AIBOT.botId });
    expect(wecomAibotSettings(socket)).toMatchObject({ mode: 'socket', url: 'wss://openws.work.weixin.qq.com' });
    expect(wecomAibotSettings({ ...bot, ...socket })?.mode).toBe('callback');
    expect(wecomAibotSettings({ ...bot, ...socket, WECOM_AIBOT_MODE: 'socket' })?.mode).toBe('socket');
  });

  it.each([
    [{ ...bot, WECOM_AIBOT_AES_KEY: '' }, 'WECOM_AIBOT_AES_KEY'],
    [{ ...bot, WECOM_AIBOT_ID: '' }, 'WECOM_AIBOT_ID'],
    [{ WECOM_AIBOT_ID: 'b' }, 'WECOM_AIBOT_SECRET'],
    [{ ...bot, WECOM_AIBOT_MODE: 'both' }, 'WECOM_AIBOT_MODE'],
    [{ ...socket, WECOM_AIBOT_URL: 'http://x' }, 'WECOM_AIBOT_URL'],
  ])('of the bot name what is wrong (%#)', (env, variable) => {
    expect(() => wecomAibotSettings(env)).toThrow(expect.objectContaining({ variable }));
  });

  it('of the robot are its address, with a key', () => {
    expect(wecomRobotSettings({ WECOM_ROBOT_URL: robot })).toEqual({ url: robot });
    for (const url of ['https://qyapi.weixin.qq.com/cgi-bin/webhook/send', 'abc'])
      expect(() => wecomRobotSettings({ WECOM_ROBOT_URL: url })).toThrow(
        expect.objectContaining({ variable: 'WECOM_ROBOT_URL' }),
      );
  });

  it('never put a secret into an error', () => {
    expect(() => wecomAppSettings({ ...app, WECOM_SECRET: 'hush hush' })).toThrow(/^(?!.*hush).*$/);
    expect(() => wecomRobotSettings({ WECOM_ROBOT_URL: 'https://x/?no=hush' })).toThrow(/^(?!.*hush).*$/);
  });
});
