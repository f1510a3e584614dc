import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { workOnce, type Work } from '../../src/assistant/answer-messages.ts';
import type { LanguageModel } from '../../src/ports/language-model.ts';
import { platformsFrom } from '../../src/entry/platforms.ts';
import { servedSchools } from '../../src/entry/knowledge/schools.ts';
import { memoryNotebook } from '../fakes/notebook.ts';
import {
  delivery,
  envelope,
  FEISHU_APP,
  feishuEnv,
  pressEvent,
  startFeishu,
  textEvent,
  type Feishu,
} from '../fakes/feishu-server.ts';
import { demoSchool, startService } from '../fakes/service.ts';
import { enrol, SCHOOL } from '../contract/school.ts';

/** The whole assistant behind Feishu's webhook, with a school whose people are bound. */
let feishu: Feishu;
let work: Work;
let push: (event: unknown) => Promise<Record<string, unknown>>;
const now = () => Date.parse('2026-11-20T09:00:00+08:00');

async function begin(parts: Partial<Work> = {}) {
  const notebook = memoryNotebook();
  const { webhooks, platforms } = platformsFrom(feishuEnv(feishu.baseUrl), () => {}, notebook);
  const service = startService(
    { school: SCHOOL.id, demo: false, webhooks },
    { platforms, notebook, schools: servedSchools([demoSchool, SCHOOL]), now, ...parts },
  );
  work = service.work;
  const account = (member: string) => ({ platform: 'feishu', app: FEISHU_APP.appId, user: `ou_${member}` }) as const;
  await enrol(work.office.ledgers.forSchool(SCHOOL.id), account, now());
  push = async (event) => {
    const { headers, body } = delivery(event, { now: now() });
    const response = await service.post('/feishu/events', body, headers);
    expect(response.status).toBe(200);
    return (await response.json()) as Record<string, unknown>;
  };
}
const says = (text: string, from = 'office', message = {}) =>
  textEvent(text, { chat_id: `oc_${from}`, create_time: String(now()), ...message }, {}, `ou_${from}`);
const recalls = (id: string) => envelope('im.message.recalled_v1', { message_id: id, chat_id: 'oc_office' });
const wordsOf = (sent: Feishu['sent'][number] | undefined) => JSON.stringify(sent?.content ?? null);
async function settle() {
  while ((await workOnce(work)) > 0);
}

beforeEach(async () => {
  feishu = await startFeishu();
  await begin();
});
afterEach(async () => {
  await work.store.close();
  await feishu.close();
});

describe('a message taken back', () => {
  it('before it was answered is not answered, and its words are gone', async () => {
    await push(says('买一批电脑 8 万', 'office', { message_id: 'om_1' }));
    await push(recalls('om_1'));
    await settle();
    expect(feishu.sent).toEqual([]);
  });

  it('before it came is not answered either', async () => {
    await push(recalls('om_1'));
    await push(says('买一批电脑 8 万', 'office', { message_id: 'om_1' }));
    await settle();
    expect(feishu.sent).toEqual([]);
  });

  it('while its answer waits: the answer is dropped', async () => {
    feishu.fail('reply', { status: 429, code: 99991400, headers: { 'x-ogw-ratelimit-reset': '1' } });
    await push(says('买一批电脑 8 万', 'office', { message_id: 'om_1' }));
    await settle();
    await push(recalls('om_1'));
    expect(await work.store.counts()).toEqual({ waiting: 0, unsent: 0, dead: 0 });
  });

  it('after something was done does not keep the answer back that says so', async () => {
    feishu.fail('reply', { status: 429, code: 99991400, headers: { 'x-ogw-ratelimit-reset': '1' } });
    await push(says('/议题 采购一批课桌椅 8 万', 'office', { message_id: 'om_1' }));
    await settle();
    await push(recalls('om_1'));
    expect((await work.store.counts()).unsent).toBe(1);
  });

  it('after its answer changes nothing', async () => {
    await push(says('帮助', 'office', { message_id: 'om_1' }));
    await settle();
    await push(recalls('om_1'));
    await push(says('帮助', 'office', { message_id: 'om_1' }));
    await settle();
    expect(feishu.sent).toHaveLength(1);
  });
});

describe('a record', () => {
  it('is followed by the card: pressed, it changes in its place', async () => {
    await push(says('/议题 采购一批课桌椅 8 万', 'teacher'));
    await settle();
    const raised = feishu.sent[0]!;
    const button = JSON.stringify(raised.content).match(/"value":(\{"action":"\/[^}]*\})/)?.[1];
    expect(button, wordsOf(raised)).toBeDefined();
    const press = pressEvent(JSON.parse(button!), {}, 'ou_teacher');
    const context = { open_message_id: raised.id, open_chat_id: 'oc_teacher' };
    const answer = await push({ ...press, event: { ...press.event, context } });
    expect(answer).toMatchObject({ toast: { type: 'info' } });
    await settle();
    const here = feishu.sent.filter(({ to }) => to === raised.to || to === raised.id);
    expect([feishu.updates[0]?.id, here.length]).toEqual([raised.id, 1]);
  });
});

describe('a quotation', () => {
  beforeEach(() => {
    const body = { content: JSON.stringify({ text: '采购一批课桌椅，8 万元，旧的坏了三十套' }) };
    feishu.quotable.set('om_before', { message_id: 'om_before', msg_type: 'text', body });
  });
  const group = { chat_type: 'group', chat_id: 'oc_staff', parent_id: 'om_before', root_id: 'om_before' };
  const mentions = [{ key: '@_user_1', id: { open_id: 'ou_bot' }, name: '议事' }];

  it('is taken up by a command', async () => {
    await push(says('/议题', 'teacher', { parent_id: 'om_before' }));
    await settle();
    expect(wordsOf(feishu.sent[0])).toContain('课桌椅');
  });

  it('is the question where there is no other', async () => {
    await push(says('@_user_1', 'teacher', { ...group, mentions }));
    await settle();
    expect(wordsOf(feishu.sent[0])).toMatch(/采购|校长办公会/);
    expect(wordsOf(feishu.sent[0])).not.toContain('先问清，再上会');
  });

  it('is not fetched for a question of its own, and a quoted command is not run', async () => {
    await push(says('买一批电脑 8 万', 'teacher', { parent_id: 'om_before' }));
    await settle();
    expect(feishu.calls.read).toBe(0);
    const body = { content: JSON.stringify({ text: '/撤回 Y1' }) };
    feishu.quotable.set('om_before', { message_id: 'om_before', msg_type: 'text', body });
    await push(says('@_user_1', 'teacher', { ...group, mentions, message_id: 'om_2' }));
    await settle();
    expect(wordsOf(feishu.sent.at(-1))).toContain('先问清，再上会');
  });
});

describe('a paper', () => {
  const papers = [{ kind: 'item-form', of: 'Y1', name: '议题申报单-Y1.docx' }];
  async function tell(to: string, conversation: { kind: 'direct' | 'group'; id: string }) {
    await push(says('/议题 采购一批课桌椅 8 万', 'teacher'));
    await settle();
    const kept = { school: SCHOOL.id, message: { id: `told-${to}` } } as Parameters<Work['store']['answered']>[0];
    const outgoing = { key: `told-${to}`, platform: 'feishu', app: FEISHU_APP.appId, conversation, to } as const;
    await work.store.answered(kept, [{ ...outgoing, reply: { text: '申报单在下面。', papers } }], null, now());
    await settle();
    return feishu.sent.filter((sent) => sent.to === conversation.id);
  }

  it('is made and sent to whoever may have it', async () => {
    const [, file] = await tell('ou_office', { kind: 'direct', id: 'ou_office' });
    expect(file?.type).toBe('file');
    const [upload] = [...feishu.uploads.values()];
    expect(upload!.name).toMatch(/Y1.*\.docx$/);
    expect(Buffer.from(upload!.bytes.slice(0, 2)).toString()).toBe('PK');
  });

  it.each([
    ['to somebody who may not have it', 'ou_teacher2', { kind: 'direct', id: 'ou_teacher2' } as const, '提出人'],
    ['to an account that is nobody’s', 'ou_stranger', { kind: 'direct', id: 'ou_stranger' } as const, '绑定'],
    ['to a group', 'ou_office', { kind: 'group', id: 'oc_staff' } as const, '私聊'],
  ])('is not sent %s; why is said', async (_, to, conversation, why) => {
    const sent = await tell(to, conversation);
    expect(sent).toHaveLength(1);
    expect(sent[0]!.content['text']).toContain(why);
    expect(feishu.uploads.size).toBe(0);
  });
});

describe('a model that takes its time', () => {
  const slow = (ms: number): LanguageModel => ({
    async fill(_, { ruling = '' }) {
      await new Promise((done) => setTimeout(done, ms));
      return { text: ruling.split('\n').slice(0, 2).join(''), cites: [] };
    },
  });

  it('is announced within two seconds, and its words take the place of the announcement', async () => {
    await work.store.close();
    await begin({ model: slow(1600) });
    await push(says('买一批电脑 8 万', 'teacher', { message_id: 'om_1' }));
    const working = settle();
    await expect.poll(() => wordsOf(feishu.sent[0]), { timeout: 2000 }).toContain('请稍候');
    await working;
    expect(feishu.sent).toMatchObject([{ to: 'om_1' }]);
    expect(wordsOf(feishu.sent[0])).not.toMatch(/请稍候|"streaming_mode":true/);
  });

  it('is not announced when it is quick; a question taken back meanwhile is not answered', async () => {
    await work.store.close();
    await begin({ model: slow(100) });
    await push(says('买一批电脑 8 万', 'teacher'));
    await settle();
    expect([feishu.sent.length, feishu.calls.card]).toEqual([1, 0]);
    await work.store.close();
    await begin({ model: slow(1500) });
    await push(says('买一批电脑 8 万', 'teacher', { message_id: 'om_2' }));
    const working = settle();
    await expect.poll(() => feishu.sent.length, { timeout: 2000 }).toBe(2);
    await push(recalls('om_2'));
    await working;
    expect(wordsOf(feishu.sent[1])).toContain('消息已撤回');
    expect(wordsOf(feishu.sent[1])).not.toContain('"streaming_mode":true');
  });
});

describe('coming in', () => {
  const person = (id: string) => ({ open_id: `ou_${id}`, union_id: `on_${id}` });

  it('is welcomed: a group with what belongs there, a person by name', async () => {
    await push(envelope('im.chat.member.bot.added_v1', { chat_id: 'oc_staff', operator_id: person('office') }));
    await push(
      envelope('im.chat.access_event.bot_p2p_chat_entered_v1', { chat_id: 'oc_office', operator_id: person('office') }),
    );
    await settle();
    const [group, direct] = [
      feishu.sent.find((s) => s.to === 'oc_staff'),
      feishu.sent.find((s) => s.to === 'oc_office'),
    ];
    expect(wordsOf(group)).toContain('请私聊我');
    expect(wordsOf(direct)).toContain('方主任');
    expect([group?.how, direct?.how]).toEqual(['chat_id', 'chat_id']);
  });

  it('through the menu does what the command does, to the person', async () => {
    await push(envelope('application.bot.menu_v6', { operator: { operator_id: person('office') }, event_key: 'todo' }));
    await settle();
    expect(feishu.sent).toMatchObject([{ to: 'ou_office', how: 'open_id' }]);
    expect(wordsOf(feishu.sent[0])).toContain('等您办的事');
  });
});
