import { expect } from 'vitest';
import type { Place } from '../rig.ts';
import type { Conversation } from '../suite.ts';
import type { Talk } from '../talk.ts';
import { inWords, offered } from './working.ts';

/** The item with all its fields, and its button to submit. */
async function submittable(talk: Talk, place: Place) {
  await talk.ask('teacher', '/议题 更换食堂承包商 预算60万', /Y1/, place);
  await talk.ask('teacher', inWords('Y1'), /Y1/, place);
  return offered(talk, /^提交/, place);
}

/** What stands there last about the item no longer offers what is done. */
function showsItsEnd(talk: Talk, before: number, place: Place): void {
  const told = talk.since(before).filter((t) => t.place === place && (place === 'group' || t.to === 'teacher'));
  expect(told.map((t) => t.text).join()).toMatch(/已提交|等.*审核|请方主任办/);
  const last = told.findLast((t) => t.text.includes('Y1'));
  expect(last?.buttons.filter(({ label }) => label.startsWith('提交'))).toEqual([]);
}

/** What is pressed twice. */
export const PRESSING: readonly Conversation[] = [
  {
    name: 'pressed again by the same person: told so, one effect, and the card shows how it ended',
    needs: ['press'],
    async run(talk) {
      const submit = await submittable(talk, 'direct');
      const before = talk.mark;
      const first = await talk.rig.press('teacher', submit, 'direct');
      const second = await talk.rig.press('teacher', submit, 'direct');
      await talk.quiet();
      if (!talk.lacks('toast')) expect([first, second]).toEqual(['已收到，正在处理。', '已收到，正在处理，不用再点。']);
      showsItsEnd(talk, before, 'direct');
      await talk.ask('teacher', '/提交 Y1', /已经提交过/);
    },
  },
  {
    name: 'pressed by two people in the group: each is told, one effect, and the card shows how it ended',
    needs: ['press', 'groups', 'two-people', 'toast'],
    async run(talk) {
      const submit = await submittable(talk, 'group');
      const before = talk.mark;
      const first = await talk.rig.press('teacher', submit, 'group');
      const second = await talk.rig.press('office', submit, 'group');
      await talk.quiet();
      expect([first, second]).toEqual(['已收到，正在处理。', '刚才有人点过，正在处理；结果以卡片为准。']);
      showsItsEnd(talk, before, 'group');
      const reviews = talk
        .since(before)
        .filter((t) => t.to === 'office' && t.buttons.some((b) => /同意/.test(b.label)));
      expect(reviews.length).toBeLessThanOrEqual(1);
      await talk.ask('teacher', '/提交 Y1', /已经提交过/);
    },
  },
];
