import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyOf, noteActions } from '../../adapters/shared/action-keys.ts';
import { askFor, readForm } from '../../adapters/shared/chat-form.ts';
import { readField } from '../../adapters/shared/field-values.ts';
import { type Listener, meantBy, pressed } from '../../adapters/shared/meant.ts';
import type { CardAction, CardField } from '../../src/domain/message.ts';
import { memoryNotebook } from '../fakes/notebook.ts';

const NOW = Date.parse('2026-11-21T10:00:00+08:00');
const field = (name: string, label: string, type: CardField['type'], required = true): CardField => ({
  name,
  label,
  type,
  required,
  ...(type === 'select' && { options: ['党组织会议', '校长办公会议'].map((l, n) => ({ value: `b${n}`, label: l })) }),
});
const goal = field('goal', '目标任务', 'text');
const until = field('until', '完成时限', 'date');
const money = field('money', '金额（元）', 'number', false);
const body = field('body', '会议', 'select', false);
const action: CardAction = { id: '/落实 J5', label: '四明确', style: 'primary', fields: [goal, until, money, body] };

describe('the lines of a form', () => {
  it('are asked for as they are to be sent back', () => {
    expect(askFor(action, action.fields!, false)).toBe(
      [
        '四明确：请按这个格式回复：',
        '目标任务：…',
        '完成时限：（日期，如 2026-12-25）',
        '金额：（数字，元，可不填）',
        '会议：（党组织会议、校长办公会议，选一个，可不填）',
        '30 分钟内有效；不办了请回复“取消”。',
      ].join('\n'),
    );
  });

  it.each([
    ['on lines', '目标任务：食堂改造\n完成时限：2026-12-25'],
    ['in one line', '目标任务：食堂改造；完成时限：2026年12月25日'],
    ['with half-width colons and blanks', ' 目标任务: 食堂改造 完成时限 : 2026/12/25'],
    ['in another order', '完成时限：12月25日，目标任务：食堂改造'],
    ['with our remarks copied along', '目标任务：食堂改造\n完成时限：2026-12-25\n金额：（数字，元，可不填）\n会议：…'],
  ])('are read %s', (_, text) => {
    expect(readForm(action.fields!, text, NOW)).toEqual({
      values: { goal: '食堂改造', until: '2026-12-25' },
      faults: [],
    });
  });

  it('may go on below their label', () => {
    expect(readForm([goal], '目标任务：一、改造\n二、验收', NOW)?.values).toEqual({ goal: '一、改造\n二、验收' });
  });

  it.each(['食堂改造要上会吗', '我们的目标任务：是什么', '目标任务', ''])('are not seen in %j', (text) => {
    expect(readForm(action.fields!, text, NOW)).toBeUndefined();
  });

  it('with labels and values as they may be come back as they were', () => {
    const word = fc.string({
      unit: fc.constantFrom('甲', '乙', 'a', '1', '。', '（', ')', '*', '.'),
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(word, word, (label, written) => {
        fc.pre(!/^(?:…|\.{3}|（.*）)?$/.test(written));
        const one = field('x', `题${label}`, 'text');
        const line = askFor({ ...action, fields: [one] }, [one], false).split('\n')[1]!;
        const shown = line.slice(0, line.indexOf('：'));
        expect(readForm([one], `${shown}：${written}`, NOW)?.values).toEqual({ x: written });
      }),
    );
  });
});

describe('a field', () => {
  it.each([
    [until, '2026-12-25', '2026-12-25'],
    [until, '1月5日', '2027-01-05'],
    [until, '明天', '2026-11-22'],
    [until, '2026年2月30日', undefined],
    [until, '下周', undefined],
    [money, '12', '12'],
    [money, '8万', '80000'],
    [money, '600,000.50元', '600000.5'],
    [money, '5人', '5'],
    [money, '大约五万', undefined],
    [body, '校长办公会议', 'b1'],
    [body, '2', 'b1'],
    [body, '教代会', undefined],
    [goal, 'x'.repeat(2001), undefined],
  ])('%# reads what was written', (one, written, value) => {
    const read = readField(one, written, NOW);
    expect('value' in read ? read.value : undefined).toBe(value);
    if (value === undefined) expect(read).toHaveProperty('fault');
  });
});

describe('a form in chat', () => {
  const setUp = async (offered: CardAction = action) => {
    const notebook = memoryNotebook();
    await noteActions(notebook, [offered], NOW);
    const listener = (messageId: string, more: Partial<Listener> = {}): Listener => ({
      notebook,
      platform: 'wecom-app',
      conversation: { kind: 'direct', id: 'ZhangSan' },
      from: 'zhangsan',
      messageId,
      ...more,
    });
    const say = (text: string, id = text, more: Partial<Listener> = {}, now = NOW) =>
      meantBy(text, listener(id, more), now);
    return { say, press: (now = NOW) => pressed(keyOf(offered), {}, listener('press'), now) };
  };
  const FILLED = '目标任务：食堂改造\n完成时限：2026-12-25';
  const ran = { action: { id: '/落实 J5', values: { goal: '食堂改造', until: '2026-12-25' } } };

  it('is asked for when its button is pressed, and the labelled reply runs it', async () => {
    const { say, press } = await setUp();
    expect(await press()).toMatchObject({ prompt: { text: expect.stringContaining('目标任务：…') } });
    expect(await say(FILLED)).toEqual(ran);
  });

  it('means the same when the platform repeats the reply, and is over for the next', async () => {
    const { say, press } = await setUp();
    await press();
    await say(FILLED, 'm1');
    expect(await say(FILLED, 'm1')).toEqual(ran);
    expect(await say(FILLED, 'm2')).toBeUndefined();
  });

  it('tells what is wrong, keeps what is right and asks only for the rest', async () => {
    const { say, press } = await setUp();
    await press();
    const told = (await say('目标任务：食堂改造\n完成时限：下周')) as { prompt: { text: string } };
    expect(told.prompt.text).toMatch(/^“完成时限”写的是“下周”，要写日期/);
    expect(told.prompt.text).not.toContain('目标任务：');
    expect(await say('完成时限：2026-12-25')).toEqual(ran);
  });

  it('is ended by 取消, and by half an hour', async () => {
    const { say, press } = await setUp();
    await press();
    expect(await say('取消')).toMatchObject({ prompt: { text: expect.stringContaining('先不办了') } });
    expect(await say(FILLED)).toBeUndefined();
    await press();
    expect(await say(FILLED, 'late', {}, NOW + 31 * 60_000)).toBeUndefined();
  });

  it('leaves alone what else is said meanwhile, by anybody', async () => {
    const { say, press } = await setUp();
    await press();
    for (const text of ['食堂外包要上会吗？', '谢谢', '/帮助', '2026-12-25']) expect(await say(text)).toBeUndefined();
    expect(await say(FILLED, 'x', { from: 'lisi' })).toBeUndefined();
    expect(await say(FILLED, 'x', { conversation: { kind: 'group', id: 'g' } })).toBeUndefined();
    expect(await say(FILLED)).toEqual(ran);
  });

  it('with nothing that must be filled takes 确定', async () => {
    const { say, press } = await setUp({ ...action, fields: [money] });
    await press();
    expect(await say('确定')).toEqual({ action: { id: '/落实 J5', values: {} } });
  });

  it('of one date takes the date alone', async () => {
    const { say, press } = await setUp({ ...action, fields: [until] });
    await press();
    expect(await say('2026-12-25')).toEqual({ action: { id: '/落实 J5', values: { until: '2026-12-25' } } });
  });

  it('of a card from long ago is said to have expired', async () => {
    const { press } = await setUp();
    expect(await press(NOW + 31 * 24 * 3_600_000)).toMatchObject({
      prompt: { text: expect.stringContaining('过了时间') },
    });
  });

  it('is never begun by a long or a made-up key', async () => {
    const { say } = await setUp();
    const long: CardAction = { id: `/沟通 Y12 ${'无'.repeat(590)}`, label: '办', style: 'default' };
    expect(Buffer.byteLength(keyOf(long))).toBeLessThanOrEqual(128);
    expect(keyOf({ ...long, id: '#x' })).not.toBe('#x');
    expect(await say(keyOf(long))).toBeUndefined();
  });
});
