import { describe, expect, it } from 'vitest';
import { feishuWebhook } from '../../adapters/feishu/events.ts';
import { feishuSettings } from '../../adapters/feishu/settings.ts';
import { feishuEnv } from '../fakes/feishu-server.ts';
import { memoryNotebook } from '../fakes/notebook.ts';
import { knownBot, settingsFor } from './reading.ts';

const env = feishuEnv('http://127.0.0.1:9000/');

describe('settings of a Feishu app', () => {
  it('are absent when no app is configured', () => {
    expect(feishuSettings({ FEISHU_APP_ID: '', FEISHU_MODE: 'webhook' })).toBeUndefined();
  });

  it('fill in the open platform, webhooks and eight hours', () => {
    const { FEISHU_BASE_URL: _, ...rest } = env;
    const defaults = { baseUrl: 'https://open.feishu.cn', mode: 'webhook', windowMs: 28_800_000 };
    expect(feishuSettings(rest)).toMatchObject(defaults);
    expect(settingsFor('http://127.0.0.1:9000/').baseUrl).toBe('http://127.0.0.1:9000');
  });

  it.each(['FEISHU_APP_SECRET', 'FEISHU_ENCRYPT_KEY', 'FEISHU_VERIFICATION_TOKEN', 'FEISHU_APP_ID'])(
    'name the missing variable: %s',
    (name) => {
      const start = () => feishuSettings({ ...env, [name]: ' ' });
      expect(start).toThrow(expect.objectContaining({ code: 'setting-missing', variable: name }));
      expect(start).toThrow(new RegExp(`缺少环境变量 ${name}`));
    },
  );

  it.each([
    ['FEISHU_MODE', 'both'],
    ['FEISHU_BASE_URL', 'ftp://feishu'],
    ['FEISHU_BASE_URL', 'open.feishu.cn'],
    ['WEBHOOK_WINDOW_S', 'long'],
    ['WEBHOOK_WINDOW_S', '5'],
  ])('name the wrong variable: %s=%s', (name, value) => {
    const wrong = { code: 'setting-invalid', variable: name };
    expect(() => feishuSettings({ ...env, [name]: value })).toThrow(expect.objectContaining(wrong));
  });

  it('choose the long connection where no secret of a webhook is set, and the webhook where one is', () => {
    const { FEISHU_ENCRYPT_KEY: _key, FEISHU_VERIFICATION_TOKEN: token, ...bare } = env;
    expect(feishuSettings(bare)?.mode).toBe('socket');
    expect(() => feishuSettings({ ...bare, FEISHU_VERIFICATION_TOKEN: token })).toThrow(/FEISHU_ENCRYPT_KEY/);
    expect(() => feishuSettings({ ...bare, FEISHU_MODE: 'webhook' })).toThrow(/FEISHU_ENCRYPT_KEY/);
  });

  it('do not need an encrypt key for the long connection, but the app id it insists on', () => {
    const {
      FEISHU_ENCRYPT_KEY: _key,
      FEISHU_VERIFICATION_TOKEN: _token,
      ...socket
    } = { ...env, FEISHU_MODE: 'socket' };
    expect(feishuSettings(socket)?.mode).toBe('socket');
    expect(() => feishuSettings({ ...socket, FEISHU_APP_ID: 'cli_short' })).toThrow(/FEISHU_APP_ID/);
  });

  it('never open a webhook that anyone could sign for', () => {
    expect(() => feishuWebhook({ ...settingsFor(), encryptKey: '' }, knownBot, memoryNotebook())).toThrow(
      /FEISHU_ENCRYPT_KEY/,
    );
    expect(() => feishuWebhook({ ...settingsFor(), verificationToken: '' }, knownBot, memoryNotebook())).toThrow(
      /FEISHU_VERIFICATION_TOKEN/,
    );
  });

  it('never put a secret into an error', () => {
    expect(() => feishuSettings({ ...env, FEISHU_APP_SECRET: 'hush hush' })).toThrow(/^(?!.*hush).*$/);
  });
});
