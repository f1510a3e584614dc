import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { feishuClient } from '../../adapters/feishu/client.ts';
import { listenToFeishu } from '../../adapters/feishu/socket.ts';
import type { InboundMessage } from '../../src/domain/message.ts';
import { memoryNotebook } from '../fakes/notebook.ts';
import { envelope, pressEvent, startFeishu, textEvent, type Feishu } from '../fakes/feishu-server.ts';
import { settingsFor } from './reading.ts';
import { attachSocket, type FeishuSocket } from './socket-server.ts';

let feishu: Feishu;
let socket: FeishuSocket;
let stop: AbortController;
let listening: Promise<void>;
const log = vi.fn();
const deliver = vi.fn<(message: InboundMessage) => Promise<void>>(() => Promise.resolve());

const recall = vi.fn<(id: string) => Promise<void>>(() => Promise.resolve());
const hands = () => ({ deliver, recall, until: stop.signal, log, notebook: memoryNotebook() });

const decoded = (data: string | undefined) => JSON.parse(Buffer.from(data ?? '', 'base64').toString('utf8'));

beforeEach(async () => {
  feishu = await startFeishu();
  socket = attachSocket(feishu.server);
  stop = new AbortController();
  const settings = settingsFor(feishu.baseUrl, { FEISHU_MODE: 'socket' });
  listening = listenToFeishu(settings, { ...hands(), bot: feishuClient(settings).bot });
  await socket.connected;
});
afterEach(async () => {
  stop.abort();
  await listening;
  await feishu.close();
  vi.clearAllMocks();
});

describe('over the long connection', () => {
  it('a message arrives as over HTTP, and is acknowledged once it is kept', async () => {
    const mentions = [{ key: '@_user_1', id: { open_id: 'ou_bot' }, name: '议事' }];
    const event = textEvent('@_user_1 谁来定', { chat_type: 'group', message_id: 'om_1', mentions });
    expect(await socket.push(event)).toEqual({ code: 200 });
    const id = 'feishu:cli_0123456789abcdef:om_1';
    expect(deliver).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ id, text: '谁来定', addressed: true }));
  });

  it('a long event arrives in parts, in any order', async () => {
    await socket.push(textEvent('绩效方案'.repeat(500)), 3);
    expect(deliver.mock.calls[0]?.[0].text).toHaveLength(2000);
  });

  it('a press is answered with a toast', async () => {
    const { code, data } = await socket.push(pressEvent({ action: 'confirm', kind: 'group' }));
    expect([code, decoded(data)]).toEqual([200, { toast: { type: 'info', content: expect.any(String) } }]);
  });

  it('a message taken back is told by the id it had', async () => {
    expect((await socket.push(envelope('im.message.recalled_v1', { message_id: 'om_1' }))).code).toBe(200);
    expect(recall).toHaveBeenCalledExactlyOnceWith('feishu:cli_0123456789abcdef:om_1');
    expect(deliver).not.toHaveBeenCalled();
  });

  it('what could not be kept is asked for again', async () => {
    deliver.mockRejectedValueOnce(new Error('database is away'));
    expect((await socket.push(textEvent('谁来定'))).code).toBe(500);
  });

  it.each([
    ['another event', envelope('im.chat.disbanded_v1', {})],
    ['another app', textEvent('谁来定', {}, { app_id: 'cli_fedcba9876543210' })],
    ['no event at all', []],
  ])('is acknowledged and left alone: %s', async (_, event) => {
    expect((await socket.push(event)).code).toBe(200);
    expect(deliver).not.toHaveBeenCalled();
  });

  it('says in the log that it is connected', () => {
    expect(log).toHaveBeenCalledWith('info', expect.stringContaining('长连接已建立'));
  });
});

describe('a long connection that Feishu refuses', () => {
  it('ends with the reason, without the secret', async () => {
    feishu.fail('socket', { code: 514, msg: 'auth failed' });
    const settings = settingsFor(feishu.baseUrl, { FEISHU_MODE: 'socket' });
    const bot = () => Promise.resolve(undefined);
    const refused = listenToFeishu(settings, { ...hands(), bot });
    await expect(refused).rejects.toThrow(/514/);
    expect(JSON.stringify(log.mock.calls)).not.toContain(settings.appSecret);
  });
});
