import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { dataFolder, type Running, startProcess, until } from '../fakes/process.ts';
import {
  aibotEnv,
  aibotGroupText,
  aibotPress,
  aibotText,
  appDelivery,
  checkDelivery,
  deliverTo,
  pressXml,
  startWecom,
  textXml,
  WECOM_AIBOT,
  wecomEnv,
  type Wecom,
} from '../fakes/wecom-server.ts';
import { askAibot } from '../wecom/client.ts';
import { startAibotSocket, type AibotSocket } from '../wecom/socket-server.ts';

let wecom: Wecom;
let service: Running;
let data: string;
const start = () => startProcess({ ...wecomEnv(wecom.baseUrl), ...aibotEnv(wecom.baseUrl), YISHI_DATA: data });
const app = () => `${service.url}/wecom/app`;
const bot = () => `${service.url}/wecom/aibot`;
const said = (n: number) =>
  until(
    () => wecom.sent.length,
    (length) => length >= n,
  );
/** Long enough for a second answer to show itself, were there one. */
const settle = () => new Promise((done) => setTimeout(done, 700));
const words = () => wecom.sent.map(({ content, card }) => content + JSON.stringify(card ?? '')).join('\n');

beforeEach(async () => {
  data = dataFolder();
  wecom = await startWecom();
  service = await start();
});
afterEach(async () => {
  await service.kill();
  await wecom.close();
});

it('passes the check of both addresses, bare', async () => {
  for (const [url, kind] of [
    [app(), 'app'],
    [bot(), 'aibot'],
  ] as const) {
    const response = await deliverTo(url, checkDelivery('1616140317555161061', kind));
    expect([response.status, await response.text()]).toEqual([200, '1616140317555161061']);
    expect((await deliverTo(url, checkDelivery('1', kind, { sign: 'wrong' }))).status).toBe(401);
  }
});

describe('a question to the app', () => {
  it('is acknowledged with nothing and answered through the API, once, killed or repeated', async () => {
    const question = textXml('招一名编外保安要上党委会吗');
    const response = await deliverTo(app(), appDelivery(question));
    expect([response.status, await response.text()]).toEqual([200, '']);
    await service.kill();
    service = await start();
    await said(1);
    await settle();
    const count = wecom.sent.length;
    expect(words()).toContain('校长办公会议');
    for (let n = 0; n < 3; n++) expect((await deliverTo(app(), appDelivery(question))).status).toBe(200);
    await settle();
    expect(wecom.sent).toHaveLength(count);
    expect(new Set(wecom.sent.map(({ content }) => content)).size).toBe(count);
  });

  it('is followed by a pressed button, or a number, read in its light', async () => {
    await deliverTo(app(), appDelivery(textXml('买一批电脑')));
    await said(1);
    await settle();
    const card = wecom.sent.find(({ type }) => type === 'template_card')?.card;
    const [first] = (card?.['button_list'] ?? []) as { key: string }[];
    const before = wecom.sent.length + wecom.updates.length;
    await deliverTo(
      app(),
      appDelivery(first ? pressXml(first.key, { TaskId: String(card!['task_id']) }) : textXml('1')),
    );
    await until(
      () => wecom.sent.length + wecom.updates.length,
      (n) => n > before,
    );
    await settle();
    expect(words() + JSON.stringify(wecom.updates)).toMatch(/不上会|办公会议|党组织会议/);
  });

  it('is answered when WeCom limits, loses an answer and refuses a token, still once', async () => {
    wecom.fail('send', { how: 'lose' });
    wecom.fail('send', { code: -1 });
    wecom.revokeTokens();
    await deliverTo(app(), appDelivery(textXml('帮助')));
    await until(
      () => wecom.sent.length,
      (n) => n > 0,
      15_000,
    );
    await settle();
    expect(new Set(wecom.sent.map(({ content }) => content)).size).toBe(wecom.sent.length);
  });
});

it('tells seven deliveries to the app apart: five refused alike, one run, the repeat acknowledged', async () => {
  const question = textXml('采购课桌椅八万要过什么会');
  const responses = [];
  for (const options of [
    { encrypt: false, sign: false },
    { sign: false },
    { sign: 'wrong' },
    { keys: WECOM_AIBOT },
    { ageSeconds: 2 * 24 * 3600 },
    {},
    {},
  ] as const)
    responses.push(await deliverTo(app(), appDelivery(question, options)));
  expect(responses.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401, 200, 200]);
  expect(new Set(await Promise.all(responses.slice(0, 5).map((response) => response.text()))).size).toBe(1);
  await said(1);
  await settle();
  expect(wecom.calls.send).toBe(wecom.sent.length);
});

it('refuses a delivery over 256 KB with 413', async () => {
  for (const url of [app(), bot()])
    expect((await fetch(url, { method: 'POST', body: 'x'.repeat(300 * 1024) })).status).toBe(413);
});

describe('a question to the AI bot', () => {
  it('in a group is answered as a stream that the client fetches, and a press is answered too', async () => {
    const { frames, last } = await askAibot(bot(), aibotGroupText('@议事 提拔一个教研组长要党委会投票吗'));
    expect(frames[0]!.stream!.finish).toBe(false);
    expect(last.stream).toMatchObject({ finish: true });
    expect(last.stream!.content).toMatch(/校长办公会议|党组织会议/);
  });

  it('keeps its stream over a restart', async () => {
    const question = aibotText('买一批电脑');
    const { frames } = await askAibot(bot(), question, 0);
    await service.kill();
    service = await start();
    const { last } = await askAibot(bot(), question);
    expect(last.stream).toMatchObject({ id: frames[0]!.stream!.id, finish: true });
    const [button] = (last.template_card?.['button_list'] ?? []) as { key: string }[];
    if (!button) return expect(last.stream!.content).toContain('回复 1');
    const press = aibotPress(button.key, String(last.template_card!['task_id']), { response_url: wecom.responseUrl() });
    expect((await askAibot(bot(), press)).last).toMatchObject({ response_type: 'update_template_card' });
    await said(1);
    expect(wecom.sent[0]).toMatchObject({ how: 'response_url' });
  });
});

describe('over the long connection', () => {
  let socket: AibotSocket;
  let second: Running;
  beforeAll(async () => {
    socket = await startAibotSocket();
    second = await startProcess({
      WECOM_AIBOT_ID: WECOM_AIBOT.botId,
      WECOM_AIBOT_SECRET: WECOM_AIBOT.secret,
      WECOM_AIBOT_URL: socket.url,
    });
  });
  afterAll(async () => {
    await second.kill();
    await socket.close();
  });

  it('a question is answered to its frame, once', async () => {
    await until(
      () => socket.subscriptions,
      (n) => n === 1,
    );
    const question = aibotText('食堂阿姨走了想再招一个，要上会吗？');
    for (const id of ['req-1', 'req-2']) socket.push(question, id);
    const frames = await until(
      () => socket.frames.filter(({ cmd }) => cmd === 'aibot_respond_msg'),
      (all) => all.length > 0,
    );
    expect(frames[0]).toMatchObject({
      headers: { req_id: 'req-1' },
      body: { stream: { finish: true, content: expect.stringMatching(/会议/) } },
    });
    await new Promise((done) => setTimeout(done, 1300));
    expect(socket.frames.filter(({ cmd }) => cmd === 'aibot_respond_msg')).toHaveLength(1);
  });
});
