import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compiledKnowledge } from '../../src/entry/knowledge/compiled.ts';
import { matchCue, parseCue } from '../../src/reading/cue.ts';
import { CueIndex } from '../../src/reading/cue-index.ts';
import { normalise } from '../../src/reading/normalise.ts';

const matches = (cue: string, text: string) => matchCue(parseCue(cue), normalise(text)) !== null;

describe('a cue', () => {
  it.each([
    ['保安|门卫 招|聘', '想招个门卫', true],
    ['保安|门卫 招|聘', '门卫室漏水', false],
    ['保安 招 -合同', '招保安的合同', false],
    ['换…承包', '换一家承包', true],
    ['换…承包', '换一家离学校很远很远很远的公司承包', false],
    ['security_guard hir', 'Hiring a Security Guard', true],
    ['app', 'wechat-app', true],
    ['app', 'happy', false],
    ['教代会', '教代會什麼時候開', true],
    ['电脑', '电 脑', true],
  ])('«%s» on «%s»: %s', (cue, text, expected) => expect(matches(cue, text)).toBe(expected));
  it.each(['a| b', '-a', '…'])('is refused when malformed: «%s»', (cue) => expect(() => parseCue(cue)).toThrow());
});

it('is matched by the index as it is one by one, for every cue of the book', async () => {
  const { book } = await compiledKnowledge();
  const cues = [...book.matters, ...book.procedures].flatMap((t) => t.cues).map(parseCue);
  const index = new CueIndex(cues);
  const names = [...book.matters, ...book.procedures].flatMap((t) => t.names);
  const text = fc
    .array(fc.constantFrom(...names), { minLength: 1, maxLength: 2 })
    .map((list) => normalise(list.join(',')));
  fc.assert(
    fc.property(text, (t) => {
      const one = cues.flatMap((cue, i) => (matchCue(cue, t) ? [i] : []));
      expect([...index.matches(t).keys()].sort((a, b) => a - b)).toEqual(one);
    }),
    { numRuns: 60 },
  );
});
