import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  deliver,
  type Feishu,
  feishuEnv,
  fileEvent,
  pressEvent,
  startFeishu,
  textEvent,
} from '../fakes/feishu-server.ts';
import { dataFolder, type Running, startProcess, until } from '../fakes/process.ts';
import {
  aibotEnv,
  aibotFile,
  aibotText,
  appDelivery,
  deliverTo,
  fileXml,
  pressXml,
  sealedFile,
  startWecom,
  textXml,
  type Wecom,
  WECOM_AIBOT,
  wecomEnv,
} from '../fakes/wecom-server.ts';
import { docxOf } from '../library/make-files.ts';
import { askAibot } from '../wecom/client.ts';
import { startAibotSocket } from '../wecom/socket-server.ts';

/** Files sent to the bot in a direct chat, from the platform's delivery to an answer that quotes them. */
const KEEPERS = 'feishu:ou_keeper, wecom-app:fangzhuren, wecom-aibot:fangzhuren';
const QUESTION = '望远镜借出多久';
let docx: Uint8Array;
beforeAll(async () => {
  docx = await docxOf([
    '云岭实验学校校园天文台使用办法',
    '（2025年8月20日校长办公会议通过）',
    '第一条 校园天文台由科学教研组管理。',
    '第二条 望远镜借出不超过七日，逾期由借用人说明原因。',
    '第三条 本办法自2025年9月1日起施行。',
  ]);
});

describe('a file sent in Feishu', () => {
  let feishu: Feishu;
  let service: Running;
  let data: string;
  const start = () => startProcess({ ...feishuEnv(feishu.baseUrl), YISHI_DATA: data, YISHI_KEEPERS: KEEPERS });
  beforeEach(async () => {
    feishu = await startFeishu();
    data = dataFolder();
    service = await start();
  });
  afterEach(async () => {
    await service.kill();
    await feishu.close();
  });
  const events = () => `${service.url}/feishu/events`;
  /** Sends a file and gives what was said to it. */
  async function send(name: string, bytes: Uint8Array, from = 'ou_keeper', more: { endless?: boolean } = {}) {
    const event = fileEvent(name, `file_${name.length}_${bytes.length}`, {}, from);
    const { message_id: message } = event.event.message as { message_id: string };
    feishu.files.set(`file_${name.length}_${bytes.length}`, { message, bytes, ...more });
    return said(() => deliver(events(), event));
  }
  async function said(act: () => Promise<Response>): Promise<string> {
    const before = feishu.sent.length;
    expect((await act()).status).toBe(200);
    await until(
      () => feishu.sent.length,
      (n) => n > before,
      20_000,
    );
    return JSON.stringify(feishu.sent.at(-1)!.content);
  }
  const press = (action: string, from: string) =>
    said(() => deliver(`${service.url}/feishu/cards`, pressEvent({ action, kind: 'direct' }, {}, from)));
  const ask = () => said(() => deliver(events(), textEvent(QUESTION, {}, {}, 'ou_teacher')));

  it('comes into the library, and the card’s buttons confirm it and take it out again', async () => {
    const card = await send('天文台使用办法.docx', docx);
    expect(card).toContain('《云岭实验学校校园天文台使用办法》');
    expect(await ask()).toMatch(/望远镜借出不超过七日.*标题、日期待确认/);
    const confirm = /document:confirm:doc_\w+/.exec(card)![0];
    expect(await press(confirm, 'ou_keeper')).toContain('已确认');
    expect(await ask()).not.toContain('待确认');
    expect(await press(confirm.replace('confirm', 'remove'), 'ou_keeper')).toContain('已移除');
    expect(await ask()).not.toContain('望远镜借出不超过七日');
  });

  it('is found after a restart, for which nothing is analysed again', async () => {
    await send('天文台使用办法.docx', docx);
    expect(await ask()).toContain('望远镜借出不超过七日');
    expect(service.output()).toContain('index-changed');
    await service.kill();
    service = await start();
    expect(await ask()).toContain('望远镜借出不超过七日');
    expect(service.output()).not.toContain('index-changed');
  });

  it('is refused from a stranger before anything is fetched, and so is a stranger’s press', async () => {
    expect(await send('天文台.docx', docx, 'ou_stranger')).toContain('请把文件发给办公室主任');
    expect(feishu.calls.resource).toBe(0);
    const card = await send('天文台使用办法.docx', docx);
    expect(await press(/document:remove:doc_\w+/.exec(card)![0], 'ou_stranger')).toContain('请把文件发给办公室主任');
    expect(await ask()).toContain('望远镜借出不超过七日');
  });

  it('is not heard in a group: nothing is said, nothing fetched', async () => {
    const group = fileEvent('天文台.docx', 'file_group', { chat_type: 'group', chat_id: 'oc_group' }, 'ou_keeper');
    expect((await deliver(events(), group)).status).toBe(200);
    expect(await ask()).not.toContain('望远镜借出不超过七日');
    expect([feishu.sent.length, feishu.calls.resource]).toEqual([1, 0]);
  });

  it('tells its code when it is bad, too large, or no longer to be had', async () => {
    expect(await send('表.docx', new TextEncoder().encode('不是 Word'))).toContain('（document-wrong-extension）');
    expect(await send('大.docx', new Uint8Array(21 * 1024 * 1024))).toContain('（document-too-large）');
    expect(await send('没完.docx', new Uint8Array(1024 * 1024), 'ou_keeper', { endless: true })).toContain(
      '（document-too-large）',
    );
    const gone = fileEvent('撤回了.docx', 'file_gone', {}, 'ou_keeper');
    expect(await said(() => deliver(events(), gone))).toContain('（document-not-fetched）');
  });

  it('is fetched with a fresh token when the old one is refused', async () => {
    await ask();
    feishu.revokeTokens();
    expect(await send('天文台使用办法.docx', docx)).toContain('已放进文件库');
  });
});

describe('a file sent in WeCom', () => {
  let wecom: Wecom;
  let service: Running;
  beforeAll(async () => {
    wecom = await startWecom();
  });
  afterEach(() => service.kill());
  afterAll(() => wecom.close());
  const start = async (env: Record<string, string>) =>
    (service = await startProcess({ YISHI_DATA: dataFolder(), YISHI_KEEPERS: KEEPERS, ...env }));
  const words = () => wecom.sent.map(({ content, card }) => content + JSON.stringify(card ?? '')).join('\n');

  it('to the app is fetched by its media id, confirmed by its button, and quoted', async () => {
    await start(wecomEnv(wecom.baseUrl));
    wecom.files.set('media-1', { name: '天文台使用办法.docx', bytes: docx });
    const app = `${service.url}/wecom/app`;
    await deliverTo(app, appDelivery(fileXml('', 'media-1', { FromUserName: 'teacher1' })));
    await until(words, (all) => all.includes('请把文件发给办公室主任'));
    expect(wecom.calls.media).toBe(0);
    await deliverTo(app, appDelivery(fileXml('', 'media-1', { FromUserName: 'FangZhuren' })));
    const id = /document:confirm:doc_\w+/.exec(await until(words, (all) => all.includes('document:confirm')))![0];
    const { task_id: task } = wecom.sent.findLast(({ card }) => card)!.card as { task_id: string };
    await deliverTo(app, appDelivery(pressXml(id, { FromUserName: 'FangZhuren', TaskId: task })));
    await until(words, (all) => all.includes('已确认'));
    await deliverTo(app, appDelivery(textXml(QUESTION)));
    await until(words, (all) => all.includes('望远镜借出不超过七日'));
  });

  it('to the AI bot is fetched from its address and deciphered', async () => {
    await start(aibotEnv(wecom.baseUrl));
    wecom.files.set('one', { name: '天文台使用办法.docx', bytes: sealedFile(docx) });
    const bot = `${service.url}/wecom/aibot`;
    const file = (userid: string) => aibotFile(`${wecom.baseUrl}/cos/one`, { from: { userid } });
    expect((await askAibot(bot, file('teacher1'))).last.stream!.content).toContain('请把文件发给办公室主任');
    expect(wecom.calls.cos).toBe(0);
    const { last } = await askAibot(bot, file('FangZhuren'));
    expect(last.stream!.content).toContain('云岭实验学校校园天文台使用办法');
    expect((await askAibot(bot, aibotText(QUESTION))).last.stream!.content).toContain('望远镜借出不超过七日');
    const elsewhere = aibotFile('https://example.com/one', { from: { userid: 'FangZhuren' } });
    expect((await askAibot(bot, elsewhere)).last.stream!.content).toContain('document-not-fetched');
  });

  it('over the long connection is deciphered with its own key', async () => {
    const socket = await startAibotSocket();
    await start({
      WECOM_AIBOT_ID: WECOM_AIBOT.botId,
      WECOM_AIBOT_SECRET: WECOM_AIBOT.secret,
      WECOM_AIBOT_URL: socket.url,
      WECOM_BASE_URL: wecom.baseUrl,
    });
    await until(
      () => socket.subscriptions,
      (n) => n === 1,
    );
    const key = Buffer.alloc(32, 7).toString('base64');
    wecom.files.set('two', { name: '天文台使用办法.docx', bytes: sealedFile(docx, key) });
    socket.push(aibotFile(`${wecom.baseUrl}/cos/two`, { from: { userid: 'fangzhuren' } }, key), 'req-file');
    const said = () => JSON.stringify(socket.frames);
    await until(said, (all) => all.includes('云岭实验学校校园天文台使用办法'));
    await socket.close();
  });
});
