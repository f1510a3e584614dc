import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deliver, type Feishu, feishuEnv, pressEvent, startFeishu, textEvent } from '../fakes/feishu-server.ts';
import { dataFolder, type Running, startProcess, until } from '../fakes/process.ts';

let feishu: Feishu;
let service: Running;
let data: string;
const start = () => startProcess({ ...feishuEnv(feishu.baseUrl), YISHI_DATA: data });
const events = () => `${service.url}/feishu/events`;
const heard = (n: number) =>
  until(
    () => feishu.sent.length,
    (length) => length >= n,
  );
/** Long enough for a second answer to show itself, were there one. */
const settle = () => new Promise((done) => setTimeout(done, 700));

beforeEach(async () => {
  data = dataFolder();
  feishu = await startFeishu();
  service = await start();
});
afterEach(async () => {
  await service.kill();
  await feishu.close();
});

describe('a signed, encrypted question', () => {
  it('gets one card in reply to it, and a repeat gets none', async () => {
    const event = textEvent('招一名编外保安要上党委会吗');
    for (let i = 0; i < 5; i++) expect((await deliver(events(), event)).status).toBe(200);
    await heard(1);
    await settle();
    expect(feishu.sent).toHaveLength(1);
    const [message] = feishu.sent;
    expect(message).toMatchObject({ type: 'interactive', how: 'reply', to: event.event.message.message_id });
    expect(JSON.stringify(message!.content)).toContain('校长办公会议');
  });

  it('is answered once when the process is killed after the 200 and started again', async () => {
    const event = textEvent('提拔一个教研组长要党委会投票吗');
    expect((await deliver(events(), event)).status).toBe(200);
    await service.kill();
    service = await start();
    await heard(1);
    expect((await deliver(events(), event)).status).toBe(200);
    await settle();
    expect(feishu.sent).toHaveLength(1);
  });

  it('is answered when Feishu limits the rate, loses an answer or refuses a token, still once', async () => {
    feishu.fail('reply', { status: 429, code: 99991400, headers: { 'x-ogw-ratelimit-reset': '1' } });
    feishu.fail('reply', { how: 'lose' });
    feishu.revokeTokens();
    await deliver(events(), textEvent('买一批电脑 8 万'));
    await until(
      () => feishu.sent.length,
      (n) => n === 1,
      15_000,
    );
    await settle();
    expect(feishu.sent).toHaveLength(1);
  });

  it('falls back to text when the card is refused', async () => {
    feishu.fail('reply', { code: 230099, msg: 'ErrCode: 200621' });
    await deliver(events(), textEvent('食堂要换承包公司'));
    await heard(1);
    expect(feishu.sent[0]).toMatchObject({ type: 'text' });
  });

  it('is followed by a pressed button, read in its light', async () => {
    const event = textEvent('买一批电脑', { chat_id: 'oc_direct' });
    await deliver(events(), event);
    await heard(1);
    const card = JSON.stringify(feishu.sent[0]!.content);
    const action = /fact:amount:[^"\\]+/.exec(card)![0];
    const press = pressEvent({ action, kind: 'direct' });
    await deliver(`${service.url}/feishu/cards`, {
      ...press,
      event: { ...press.event, context: { open_message_id: 'om_card', open_chat_id: 'oc_direct' } },
    });
    await heard(2);
    expect(JSON.stringify(feishu.sent[1]!.content)).toMatch(/不上会|办公会议|党组织会议/);
  });
});

it('tells seven deliveries apart: five refused alike, one run, the repeat acknowledged', async () => {
  const event = textEvent('采购课桌椅八万要过什么会');
  const { header, ...rest } = event;
  const { token: _token, ...bare } = header;
  const url = events();
  const responses = [
    await deliver(url, { ...rest, header: bare }, { encrypt: false, sign: false }),
    await deliver(url, event, { encrypt: false, sign: false }),
    await deliver(url, event, { sign: false }),
    await deliver(url, event, { sign: 'wrong' }),
    await deliver(url, event, { ageSeconds: 2 * 24 * 3600 }),
    await deliver(url, event),
    await deliver(url, event),
  ];
  expect(responses.map((r) => r.status)).toEqual([401, 401, 401, 401, 401, 200, 200]);
  const bodies = await Promise.all(responses.slice(0, 5).map((r) => r.text()));
  expect(new Set(bodies).size).toBe(1);
  await heard(1);
  await settle();
  expect(feishu.sent).toHaveLength(1);
});

it('refuses a delivery over 256 KB with 413', async () => {
  const response = await fetch(events(), { method: 'POST', body: 'x'.repeat(300 * 1024) });
  expect(response.status).toBe(413);
});
