import { expect } from 'vitest';
import type { Conversation } from '../suite.ts';

/** Questions about who decides, as people put them. */
export const ASKING: readonly Conversation[] = [
  {
    name: 'a question in a direct chat gets one answer, in reply to it',
    needs: ['hears'],
    async run({ ask, rig }) {
      const { told, text } = await ask('teacher', '招一名编外保安要上党委会吗？', /校长办公会/);
      expect(text).toContain('不需要上党组织会议');
      expect(told.filter((t) => t.text.includes('不需要上党组织会议'))).toHaveLength(1);
      expect(told.every((t) => t.place === 'direct' && t.to === 'teacher')).toBe(true);
      if (rig.capabilities.replies) expect(told[0]!.under).toBeDefined();
    },
  },
  {
    name: 'in the group only what names the assistant is answered, there and once',
    needs: ['groups'],
    async run({ ask, say, since, mark, quiet }) {
      const before = mark;
      await say('teacher', '招一名编外保安要上党委会吗？', 'group', { unnamed: true });
      await quiet();
      expect(since(before)).toEqual([]);
      const { told } = await ask('teacher', '招一名编外保安要上党委会吗？', /校长办公会/, 'group');
      expect(told.map((t) => t.place)).toEqual(told.map(() => 'group'));
      expect(told.filter((t) => t.text.includes('不需要上党组织会议'))).toHaveLength(1);
    },
  },
  {
    name: 'what is missing is asked for, and a choice answers it',
    needs: ['hears'],
    async run({ ask, choose, rig }) {
      const { told, text } = await ask('teacher', '买一批电脑', /大约多少元/);
      const pressed = told.some((t) => t.buttons.some((b) => /万元/.test(b.label)));
      expect(pressed || /回复 \d+：.*万元/.test(text), text).toBe(true);
      if (rig.capabilities.buttons === 0) expect(told.flatMap((t) => t.buttons)).toEqual([]);
      const { text: answer } = await choose('teacher', /^A2（5万元）及以上/, /党组织会议/);
      expect(answer).toContain('设备与货物采购');
    },
  },
  {
    name: 'an amount said in words answers it too',
    needs: ['hears'],
    async run({ ask }) {
      await ask('teacher', '买一批电脑', /大约多少元/);
      const { text } = await ask('teacher', '8万', /党组织会议/);
      expect(text).toContain('设备与货物采购');
    },
  },
  {
    name: 'what was asked directly is not known in the group',
    needs: ['groups'],
    async run({ ask }) {
      await ask('teacher', '买一批电脑', /大约多少元/);
      const { text } = await ask('teacher', '8万', /./, 'group');
      expect(text).not.toContain('设备与货物采购');
    },
  },
  {
    name: 'help comes within a second, in a direct chat and in the group, while others wait',
    needs: ['hears'],
    async run({ rig, ask, hears, mark, say, lacks }) {
      const places = lacks('groups') ? (['direct'] as const) : (['direct', 'group'] as const);
      await ask('teacher', '帮助', /议题/);
      for (const place of places) {
        await Promise.all(['principal', 'office', 'dean'].map((m) => say(m, '采购课桌椅八万要过什么会')));
        const before = mark;
        const begun = performance.now();
        await say('teacher2', '帮助', place);
        await hears(before, (all) =>
          all.some((t) => t.place === place && /议题/.test(t.text) && (place === 'group' || t.to === 'teacher2')),
        );
        expect(performance.now() - begun).toBeLessThan(1000);
      }
      expect(rig.told().length).toBeGreaterThan(places.length);
    },
  },
  {
    name: 'somebody whom the school has not bound is told how to be',
    needs: ['hears', 'own-school'],
    async run({ ask }) {
      const { text } = await ask('stranger', '/议题 更换食堂承包商 预算60万', /绑定/);
      expect(text).not.toMatch(/Y\d/);
      const { text: rule } = await ask('stranger', '招一名编外保安要上党委会吗？', /校长办公会/);
      expect(rule).not.toMatch(/Y\d/);
    },
  },
];
