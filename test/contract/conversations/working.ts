import { expect } from 'vitest';
import type { Conversation } from '../suite.ts';
import type { Talk } from '../talk.ts';

/** The office at work: items, gates, confidential matters, buttons. */
const FIELDS: Readonly<Record<string, string>> = {
  建议方案: '公开招标选择新的食堂承包单位，合同期三年',
  影响对象: '全校学生1200人、教职工90人',
  风险: '食品安全与衔接断供风险，交接期双方留人',
  资金来源: '学校伙食费专户',
  是否预算内: '预算内',
  采购方式: '公开招标',
  征求意见: '家长委员会11人中9人赞成更换',
};

const drafted = async ({ ask }: Talk) => {
  const { text } = await ask('teacher', '/议题 更换食堂承包商 预算60万', /Y1/);
  return text;
};

/** Fields stated in words, as anybody may who has no form. */
export const inWords = (item: string) =>
  `/补充 ${item} ${Object.entries(FIELDS)
    .map(([label, value]) => `${label}：${value}`)
    .join('\n')}`;

export const WORKING: readonly Conversation[] = [
  {
    name: 'a sentence becomes a draft that says what is missing, as a form or in words',
    needs: ['hears'],
    async run(talk) {
      const text = await drafted(talk);
      expect(text).toContain('食堂');
      expect(text).toMatch(/还缺：.*建议方案/s);
      const { told, text: refused } = await talk.ask('teacher', '/提交 Y1', /还不能提交/);
      const fields = told.flatMap((t) => t.fields);
      if (talk.rig.capabilities.forms) expect(fields.join()).toContain('建议方案');
      else {
        expect(fields).toEqual([]);
        expect(refused).toContain('建议方案');
      }
      await talk.ask('teacher', inWords('Y1'), /已填齐|可以提交/);
      await talk.ask('teacher', '/提交 Y1', /已提交|等.*审核|请方主任办/);
    },
  },
  {
    name: 'a form is filled in where there are forms',
    needs: ['hears', 'forms'],
    async run(talk) {
      await drafted(talk);
      await talk.ask('teacher', '/提交 Y1', /还不能提交/);
      const before = talk.mark;
      await talk.rig.press('teacher', talk.button(/申报单/), 'direct', {
        proposal: '公开招标',
        affected: '全校',
        risk: '衔接断供',
        fund_source: '伙食费专户',
        in_budget: '预算内',
        procurement_mode: '公开招标',
        opinions: '赞成',
      });
      await talk.hears(before, (all) => all.some((t) => /已填齐|可以提交|提交/.test(t.text) && !/还缺/.test(t.text)));
    },
  },
  {
    name: 'an item is refused at a gate, the gate is closed with evidence, and the next is named',
    needs: ['hears'],
    async run(talk) {
      await drafted(talk);
      await talk.ask('teacher', inWords('Y1'), /Y1/);
      await talk.ask('teacher', '/提交 Y1', /Y1/);
      await talk.ask('office', '/审核 Y1 同意', /部门审核/);
      await talk.ask('vice_principal', '/审核 Y1 同意 方案可行', /分管领导审核/);
      const { text } = await talk.ask('principal', '/确定 Y1', /还不能上会|未办/);
      expect(text).toMatch(/家长|家委会/);
      const { text: closed } = await talk.ask('office', '/前置 Y1 parents 家委会纪要第3号', /家长/);
      expect(closed).toMatch(/已办|办结/);
      const { text: again } = await talk.ask('office', '/前置 Y1 parents 家委会纪要第3号', /还没办的|已经办结/);
      expect(/还没办的：[^\n]*/.exec(again)?.[0] ?? '').not.toContain('家长');
    },
  },
  {
    name: 'who is asked next is told directly, without having said anything before',
    needs: ['hears', 'unasked'],
    async run(talk) {
      await drafted(talk);
      await talk.ask('teacher', inWords('Y1'), /Y1/);
      const before = talk.mark;
      await talk.say('teacher', '/提交 Y1');
      await talk.hears(before, (all) => all.some((t) => t.to === 'office' && t.text.includes('Y1')));
    },
  },
  {
    name: 'a confidential matter leaves the group for a direct chat',
    needs: ['groups', 'unasked'],
    async run({ ask, quiet, since, mark }) {
      const before = mark;
      const { text } = await ask('dean', '/议题 给予张三记过处分', /私聊/, 'group');
      await quiet();
      const told = since(before);
      const here = told.filter((t) => t.place === 'group');
      expect(here.map((t) => t.text).join()).not.toMatch(/处分|张三/);
      expect(
        told
          .filter((t) => t.to === 'dean')
          .map((t) => t.text)
          .join(),
      ).toMatch(/处分/);
      expect(text).toContain('私聊');
    },
  },
  {
    name: 'a question about a confidential matter in the group is answered for the procedure only',
    needs: ['groups'],
    async run({ ask }) {
      const { text } = await ask('teacher', '给一名老师处分要上什么会', /会议/, 'group');
      expect(text).toMatch(/私聊我/);
    },
  },
  {
    name: 'one button pressed twice has one effect',
    needs: ['press'],
    async run(talk) {
      await drafted(talk);
      await talk.ask('teacher', inWords('Y1'), /Y1/);
      const submit = await offered(talk, /^提交/);
      const before = talk.mark;
      await Promise.all([talk.rig.press('teacher', submit, 'direct'), talk.rig.press('teacher', submit, 'direct')]);
      await talk.quiet();
      const told = talk.since(before).filter((t) => t.to === 'teacher');
      expect(told.length).toBeGreaterThan(0);
      const { text } = await talk.ask('teacher', '/提交 Y1', /已经提交过/);
      expect(text).toContain('Y1');
      const asked = talk.since(before).filter((t) => t.to === 'office' && t.buttons.some((b) => /同意/.test(b.label)));
      expect(asked.length).toBeLessThanOrEqual(1);
    },
  },
  {
    name: 'a button in the group pressed by somebody who may not do it is refused by name',
    needs: ['press', 'groups', 'two-people'],
    async run(talk) {
      await talk.ask('teacher', '/议题 更换食堂承包商 预算60万', /Y1/, 'group');
      await talk.ask('teacher', inWords('Y1'), /Y1/, 'group');
      const submit = await offered(talk, /^提交/, 'group');
      const before = talk.mark;
      await talk.rig.press('teacher2', submit, 'group');
      const told = await talk.hears(before, (all) => all.some((t) => /林老师/.test(t.text)));
      expect(told.map((t) => t.text).join()).not.toMatch(/议题 Y1 已提交/);
      await talk.rig.press('teacher', submit, 'group');
      await talk.quiet();
      await talk.ask('teacher', '/提交 Y1', /已经提交过/);
    },
  },
];

/** The item's card with that button, shown anew. */
export async function offered(talk: Talk, label: RegExp, place: 'direct' | 'group' = 'direct') {
  await talk.ask('teacher', '/议题 Y1', /Y1/, place);
  return talk.button(label, place);
}
