import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { wecomAibotPlatform } from '../../adapters/wecom-aibot/send.ts';
import { wecomAppClient } from '../../adapters/wecom-app/client.ts';
import { wecomAppPlatform } from '../../adapters/wecom-app/send.ts';
import type { Card, CardAction, InboundMessage, Reply } from '../../src/domain/message.ts';
import type { Platform } from '../../src/ports/platform.ts';
import { memoryNotebook } from '../fakes/notebook.ts';
import { aibotPress, aibotText, pressXml, startWecom, textXml, type Json, type Wecom } from '../fakes/wecom-server.ts';
import { appSettings, botHook, botSettings, messageIn, NOW, readApp, readBot } from './reading.ts';

/** What can be pressed, chosen and filled in, sent by the real clients and pressed as WeCom would tell of it. */
let wecom: Wecom;
let notebook: ReturnType<typeof memoryNotebook>;
let app: Platform;
let bot: Platform;

beforeEach(async () => {
  wecom = await startWecom();
  notebook = memoryNotebook();
  app = wecomAppPlatform(wecomAppClient(appSettings(wecom.baseUrl)), notebook);
  bot = wecomAibotPlatform(botSettings(wecom.baseUrl), notebook);
});
afterEach(() => wecom.close());

const say = (platform: Platform, reply: Reply, message?: InboundMessage, key = 'k1') =>
  platform.send(
    {
      key,
      platform: platform.name,
      app: message?.app ?? '',
      conversation: message?.conversation ?? { kind: 'direct', id: 'ZhangSan' },
      ...(message && { replyTo: message.messageId }),
      reply,
    },
    NOW,
  );
const tell = (card: Card) => say(app, { text: card.title, card });
const heard = async (xml: string) => messageIn(await readApp(xml, {}, notebook));
const item = (key: string, id: string) =>
  `<SelectedItem><QuestionKey><![CDATA[${key}]]></QuestionKey><OptionIds><OptionId><![CDATA[${id}]]></OptionId></OptionIds></SelectedItem>`;
const selected = (...items: string[]) => `<SelectedItems>${items.join('')}</SelectedItems>`;
const last = () => wecom.sent.at(-1)!;

const act = (id: string, label: string, fields?: CardAction['fields']): CardAction => ({
  id,
  label,
  style: 'default',
  ...(fields && { fields }),
});
const card = (...actions: CardAction[]): Card => ({
  title: '待办',
  tone: 'asks',
  summary: '选一项',
  sections: [],
  actions,
});
const select = (name: string, label: string, options: string[]) => ({
  name,
  label,
  type: 'select' as const,
  options: options.map((o, n) => ({ value: `${name}${n}`, label: o })),
  required: true,
});
const talk = act('/沟通 Y12', '记沟通', [
  select('stance', '态度', ['无重大分歧', '有重大分歧']),
  select('who', '与谁', ['书记', '校长']),
]);
const progress = act('/进展 J5', '报进展', [
  { name: 'text', label: '完成得怎样', type: 'text', required: true },
  { name: 'until', label: '完成时限', type: 'date', required: true },
]);

describe('a button', () => {
  it('stands for a command line of any length', async () => {
    const line = `/沟通 Y12 ${'无重大分歧'.repeat(118)}`;
    await tell(card(act(line, '记上'), act('/待办', '待办')));
    const [long, short] = last().card!['button_list'] as { key: string }[];
    expect(short!.key).toBe('/待办');
    expect(Buffer.byteLength(long!.key)).toBeLessThanOrEqual(1024);
    expect((await heard(pressXml(long!.key))).action).toEqual({ id: line, values: {} });
  });

  it('that asks for words is asked for in chat, in the place of its answer', async () => {
    await tell(card(progress));
    const [{ key }] = last().card!['button_list'] as [{ key: string }];
    const press = await heard(pressXml(key, { TaskId: 'k1', ResponseCode: 'code-7' }));
    expect(press).not.toHaveProperty('action');
    await say(app, press.prompt!, press, 'k2');
    expect(wecom.updates).toMatchObject([{ code: 'code-7', word: '已选：报进展' }]);
    expect(last()).toMatchObject({
      type: 'text',
      content: expect.stringContaining('完成时限：（日期，如 2026-12-25）'),
    });
    const filled = await heard(textXml('完成得怎样：已验收\n完成时限：2026-12-25'));
    expect(filled).toMatchObject({
      text: '',
      action: { id: '/进展 J5', values: { text: '已验收', until: '2026-12-25' } },
    });
  });
});

describe('a form of nothing but choices', () => {
  it('is a card of selections, which brings the values', async () => {
    await tell(card(talk));
    const [{ key }] = last().card!['button_list'] as [{ key: string }];
    const press = await heard(pressXml(key, { ResponseCode: undefined }));
    await say(app, press.prompt!, press, 'k2');
    const asked = last().card!;
    expect(asked).toMatchObject({
      card_type: 'multiple_interaction',
      main_title: { title: '记沟通' },
      select_list: [
        {
          question_key: 'stance',
          title: '态度',
          option_list: [{ id: 'stance0', text: '无重大分歧' }, { id: 'stance1' }],
        },
        { question_key: 'who' },
      ],
    });
    const submit = (asked['submit_button'] as { key: string }).key;
    const both = selected(item('stance', 'stance0'), item('who', 'who1'));
    expect((await heard(pressXml(submit, { TaskId: 'k2' }, both))).action).toEqual({
      id: '/沟通 Y12',
      values: { stance: 'stance0', who: 'who1' },
    });
    const one = await heard(pressXml(submit, { TaskId: 'k2' }, selected(item('stance', 'stance0'))));
    expect(one.prompt?.text).toContain('与谁');
  });

  it('is asked in words where WeCom does not take the card', async () => {
    const press = await (async () => {
      await tell(card(talk));
      const [{ key }] = last().card!['button_list'] as [{ key: string }];
      return heard(pressXml(key, { ResponseCode: undefined }));
    })();
    wecom.fail('send', { code: 40058 });
    await say(app, press.prompt!, press, 'k2');
    expect(last()).toMatchObject({
      type: 'text',
      content: expect.stringContaining('态度：（无重大分歧、有重大分歧，选一个）'),
    });
    expect((await heard(textXml('态度：无重大分歧；与谁：校长'))).action).toEqual({
      id: '/沟通 Y12',
      values: { stance: 'stance0', who: 'who1' },
    });
  });

  it('is one for the AI bot too, updated with what was chosen', async () => {
    const read = async (body: Json) => readBot(body, {}, botHook(notebook));
    const question = messageIn(await read(aibotText('办', { response_url: wecom.responseUrl() })));
    await say(bot, { text: '', card: { ...card(talk), title: '记沟通' } }, question);
    const note = [...notebook.notes].find(([name]) => name === 'card:k1')!;
    const sent = JSON.parse(note[1].body) as { submit_button: { key: string } };
    const selected_items = {
      selected_item: [
        { question_key: 'stance', option_ids: { option_id: ['stance1'] } },
        { question_key: 'who', option_ids: { option_id: ['who0'] } },
      ],
    };
    const body = aibotPress(sent.submit_button.key, 'k1');
    const event = { ...(body['event'] as Json) };
    const pressed = { ...(event['template_card_event'] as Json), selected_items };
    const reading = await read({ ...body, event: { ...event, template_card_event: pressed } });
    expect(messageIn(reading).action).toEqual({ id: '/沟通 Y12', values: { stance: 'stance1', who: 'who0' } });
    const { openReply } = await import('./deliveries.ts');
    expect(openReply(JSON.stringify(reading.answer.body))).toMatchObject({
      response_type: 'update_template_card',
      template_card: {
        task_id: 'k1',
        replace_text: '已选：有重大分歧、书记',
        select_list: [{ disable: true, selected_id: 'stance1' }, { selected_id: 'who0' }],
      },
    });
  });
});

describe('many choices', () => {
  const actions = Array.from({ length: 12 }, (_, n) => act(`matter:m${n}`, `事项${n}`));

  it('are a list to choose one from', async () => {
    await tell(card(...actions));
    expect(wecom.sent).toHaveLength(1);
    expect(last().card).toMatchObject({ card_type: 'vote_interaction', checkbox: { mode: 0, question_key: 'choice' } });
    const press = pressXml('choose', { TaskId: 'k1', ResponseCode: 'code-3' }, selected(item('choice', 'matter:m7')));
    const message = await heard(press);
    expect(message.action?.id).toBe('matter:m7');
    await say(app, { text: '好的' }, message, 'k2');
    expect(wecom.updates).toMatchObject([{ code: 'code-3', word: '已选：事项7' }]);
  });

  it('of which none was chosen are asked for again', async () => {
    await tell(card(...actions));
    expect((await heard(pressXml('choose', { TaskId: 'k1' }))).prompt?.text).toContain('先选一项');
  });
});

it('the welcome is said once, however often the app is opened', async () => {
  const { eventXml } = await import('./deliveries.ts');
  expect((await heard(eventXml('enter_agent', { CreateTime: 1, EventKey: '' }))).text).toBe('帮助');
  for (const CreateTime of [2, 3])
    expect(await readApp(eventXml('enter_agent', { CreateTime, EventKey: '' }), {}, notebook)).toMatchObject({
      kind: 'ignored',
      why: 'welcomed before',
    });
});
