import { describe, expect, it } from 'vitest';
import { memoryNotebook } from '../fakes/notebook.ts';
import { wecomAppWebhook } from '../../adapters/wecom-app/events.ts';
import { appDelivery, checkDelivery, eventXml, pressXml, textXml, WECOM_AIBOT, WECOM_APP } from './deliveries.ts';
import { appSettings, messageIn, NOW, readApp, readBy } from './reading.ts';

const TWO_DAYS_S = 2 * 24 * 3600;
const xml = textXml('谁来定');
const hook = () => wecomAppWebhook(appSettings(), memoryNotebook());
const raw = (body: string, query = new URLSearchParams()) => readBy(hook(), { method: 'POST', query, body });
const APP = `${WECOM_APP.corpId}.${WECOM_APP.agentId}`;

describe('a callback is refused', () => {
  it.each([
    ['in plain text', { encrypt: false, sign: false }],
    ['encrypted but unsigned', { sign: false }],
    ['signed with another token', { sign: 'wrong' }],
    ['two days old', { ageSeconds: TWO_DAYS_S }],
    ['two days ahead', { ageSeconds: -TWO_DAYS_S }],
    ['with the keys of another app', { keys: WECOM_AIBOT }],
  ] as const)('%s', async (_, options) => {
    expect(await readApp(xml, options)).toMatchObject({ kind: 'refused', answer: { status: 401 } });
  });

  it('when it is for another corp, though signed', async () => {
    expect(await readApp(xml, { receiveId: 'ww_other' })).toMatchObject({ kind: 'refused', answer: { status: 401 } });
  });

  it('with the same small body whatever the reason', async () => {
    const readings = [
      await readApp(xml, { sign: 'wrong' }),
      await readApp(xml, { ageSeconds: TWO_DAYS_S }),
      await readApp(xml, { receiveId: '' }),
      await raw('junk'),
    ];
    expect(new Set(readings.map(({ answer }) => JSON.stringify(answer.body))).size).toBe(1);
    expect(JSON.stringify(readings[0]!.answer.body)).not.toMatch(/token|signature/i);
  });

  it.each(['<xml></xml>', '<xml><Encrypt>a</Encrypt><Encrypt>b</Encrypt></xml>', '<xml><Content>a</Content></xml>'])(
    'with 401 when it holds nothing encrypted: %s',
    async (body) => {
      expect(await raw(body)).toMatchObject({ kind: 'refused', answer: { status: 401 } });
    },
  );

  it.each(['', 'not xml', '<a>', '{"encrypt":"x"}', '<a>'.repeat(50_000), '<xml><__proto__>1</__proto__></xml>'])(
    'with 400 when it cannot be read (%#)',
    async (body) => expect(await raw(body)).toMatchObject({ kind: 'refused', answer: { status: 400 } }),
  );

  it('when it declares a document type, wherever', async () => {
    const entity = '<!DOCTYPE x [<!ENTITY e "boom">]>';
    const { query, body } = appDelivery(xml, { now: NOW });
    expect(await raw(entity + body, query)).toMatchObject({ kind: 'refused', answer: { status: 400 } });
    expect(await readApp(entity + xml)).toMatchObject({ kind: 'ignored', why: 'unreadable' });
  });

  it('with 413 over 256 KB, before anything is looked at', async () => {
    expect(await raw('x'.repeat(256 * 1024 + 1))).toMatchObject({ kind: 'refused', answer: { status: 413 } });
  });
});

describe('a callback is taken in', () => {
  it('and answered with nothing, each time under the same id', async () => {
    const [first, repeat] = [await readApp(xml), await readApp(xml)];
    expect(first).toMatchObject({ kind: 'messages', answer: { status: 200, body: '' } });
    expect(repeat).toEqual(first);
  });

  it('when WeCom comes back within its window', async () => {
    expect(await readApp(xml, { ageSeconds: 7 * 3600 })).toMatchObject({ kind: 'messages' });
  });
});

describe('the check of the address', () => {
  it('gets the text back, bare', async () => {
    for (const echo of ['1616140317555161061', 'a+b/c=', '字']) {
      expect(await readBy(hook(), checkDelivery(echo, 'app', { now: NOW }))).toEqual({
        kind: 'handshake',
        answer: { status: 200, body: echo },
      });
    }
  });

  it('survives a + that was not escaped', async () => {
    for (let n = 0; n < 20; n++) {
      const { query } = checkDelivery('echo', 'app', { now: NOW });
      const plain = [...query].map(([name, value]) => `${name}=${value.replaceAll('=', '%3D')}`).join('&');
      const reading = await readBy(hook(), { method: 'GET', query: new URLSearchParams(plain), body: '' });
      expect(reading.answer).toEqual({ status: 200, body: 'echo' });
    }
  });

  it.each([{ sign: false }, { sign: 'wrong' }, { receiveId: 'ww_other' }, { ageSeconds: TWO_DAYS_S }] as const)(
    'is refused: %j',
    async (options) => {
      expect((await readBy(hook(), checkDelivery('echo', 'app', { now: NOW, ...options }))).kind).toBe('refused');
    },
  );
});

describe('a text', () => {
  it('is for us, from a member, in the chat with the app', async () => {
    const heard = messageIn(
      await readApp(textXml('采购八万元,谁来定?', { MsgId: '4561255354251345929', CreateTime: 1767225600 })),
    );
    expect(heard).toEqual({
      id: `wecom-app:${APP}:4561255354251345929`,
      platform: 'wecom-app',
      app: APP,
      conversation: { kind: 'direct', id: 'ZhangSan' },
      from: 'zhangsan',
      text: '采购八万元,谁来定?',
      addressed: true,
      messageId: '4561255354251345929',
      sentAt: 1767225600000,
      receivedAt: NOW,
    });
  });

  it.each(['007', '1.0', '0x10', 'true', 'a < b && c > d', '<xml>', '&lt;不是标签&gt;', ']]>', '第一行\n第二行'])(
    'stays what was written: %j',
    async (text) => {
      expect(messageIn(await readApp(textXml(text))).text).toBe(text);
    },
  );

  it('is read where WeCom escapes instead of quoting', async () => {
    const escaped = textXml('').replace('<Content><![CDATA[]]></Content>', '<Content>5 &lt; 6 &amp; 7</Content>');
    expect(messageIn(await readApp(escaped)).text).toBe('5 < 6 & 7');
  });

  it('for another agent with the same keys is left alone', async () => {
    expect(await readApp(textXml('谁来定', { AgentID: 9 }))).toMatchObject({
      kind: 'ignored',
      answer: { status: 200, body: '' },
    });
  });

  it.each(['image', 'voice', 'file', 'location', 'link'])(
    'is empty for a message of type %s, so that it gets an answer',
    async (MsgType) => {
      expect(messageIn(await readApp(textXml('', { MsgType, Content: undefined, MediaId: 'm' }))).text).toBe('');
    },
  );
});

describe('an event', () => {
  it('of entering is a welcome, once for all of them', async () => {
    const ids = [];
    for (const [event, CreateTime] of [
      ['subscribe', 1],
      ['enter_agent', 2],
      ['enter_agent', 3],
    ] as const)
      ids.push(messageIn(await readApp(eventXml(event, { CreateTime, EventKey: '' }))).id);
    expect(new Set(ids)).toEqual(new Set([`wecom-app:${APP}:welcome:zhangsan`]));
  });

  it('of a pressed button is an action, to be answered on its card', async () => {
    const heard = messageIn(await readApp(pressXml('fact:amount:80000')));
    expect(heard).toMatchObject({
      text: '',
      action: { id: 'fact:amount:80000', values: {} },
      messageId: 'card.code-1',
    });
  });

  it('of two presses in one second is two', async () => {
    const CreateTime = 5;
    const ids = [];
    for (const [key, TaskId] of [
      ['a', 't'],
      ['b', 't'],
      ['a', 'u'],
      ['a', 't'],
    ] as const)
      ids.push(messageIn(await readApp(pressXml(key, { CreateTime, TaskId }))).id);
    expect(new Set(ids).size).toBe(3);
  });

  it('brings the selections', async () => {
    const item = (key: string, ids: string) =>
      `<SelectedItem><QuestionKey>${key}</QuestionKey><OptionIds>${ids}</OptionIds></SelectedItem>`;
    const one = `<SelectedItems>${item('body', '<OptionId>party</OptionId>')}</SelectedItems>`;
    const two = `<SelectedItems>${item('body', '<OptionId>a</OptionId><OptionId>b</OptionId>')}${item('__proto__', '<OptionId>x</OptionId>')}</SelectedItems>`;
    expect(messageIn(await readApp(pressXml('go', {}, one))).action?.values).toEqual({ body: 'party' });
    expect(messageIn(await readApp(pressXml('go', {}, two))).action?.values).toEqual({ body: 'a,b' });
  });

  it('of the menu is its key as a text', async () => {
    expect(messageIn(await readApp(eventXml('click', { EventKey: '帮助' }))).text).toBe('帮助');
  });

  it.each(['view', 'LOCATION', 'change_contact', 'inactive_alert', 'unsubscribe'])(
    '%s is only acknowledged',
    async (event) => {
      expect(await readApp(eventXml(event))).toMatchObject({
        kind: 'ignored',
        why: `event ${event}`,
        answer: { status: 200, body: '' },
      });
    },
  );
});
