import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compiledKnowledge } from '../../src/entry/knowledge/compiled.ts';
import { Homophones } from '../../src/reading/homophones.ts';

const { syllables } = await compiledKnowledge();
const said = new Map(['少先', '先队', '职称', '师德', '德楷', '保安', '章程', '停课', '绩效'].map((p, i) => [p, i]));
it('leaves a pair that a rule author wrote, however rare', () => {
  const pairs = { rarity: (pair: string) => (pair === '一物' ? 5 : undefined) };
  const sounds = { yi: '异一', wu: '物' };
  expect(new Homophones(sounds, pairs).mend('异物')).toBe('一物');
  expect(new Homophones(sounds, { ...pairs, written: (pair) => pair === '异物' }).mend('异物')).toBe('异物');
});
const homophones = new Homophones(syllables, { rarity: (pair) => said.get(pair) });

it.each([
  ['少仙队', '少先队'],
  ['评职乘', '评职称'],
  ['shide楷模', '师德楷模'],
  ['招个bao an', '招个保安'],
  ['学校zhang程', '学校章程'],
  ['挺课三天', '停课三天'],
  ['绩笑', '绩效'],
])('mends %s to %s', (wrong, right) => expect(homophones.mend(wrong)).toBe(right));
it.each(['职称', '买iPad', 'wifi坏了', '张老师', 'does hiring a guard need a vote', 'app采购'])(
  'leaves %s alone',
  (text) => expect(homophones.mend(text)).toBe(text),
);
it('never throws and never changes how long the Chinese is', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'少仙队职乘师德abcde ,.1万') }), (t) => void homophones.mend(t)),
  );
});
