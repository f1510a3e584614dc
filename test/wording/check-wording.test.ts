import { describe, expect, it } from 'vitest';
import { answerQuestion } from '../../src/assistant/answer-question.ts';
import { checkWording } from '../../src/wording/check-wording.ts';
import { demoSchool, desk } from '../fakes/service.ts';

const answer = answerQuestion({ question: '招一名编外保安要上党委会吗', school: demoSchool, day: '2026-11-20' }, desk);
const strict = answerQuestion({ question: '食堂要换承包公司', school: demoSchool, day: '2026-11-20' }, desk);
const cites = [answer.citations[0]!.id];

describe('a model’s wording passes only when it says what the ruling says', () => {
  it('passes a plain rewording', () => {
    expect(
      checkWording(
        { text: '计划内补一名保安，由校长办公会议定，不需要上党组织会议。记得先做准入查询。', cites },
        answer,
      ),
    ).toBe(true);
    expect(
      checkWording({ text: '先校长办公会议研究提方案，再上党组织会议决定，需要上党组织会议。', cites: [] }, strict),
    ).toBe(true);
  });
  it.each([
    ['the opposite on the Party meeting', '这事需要上党组织会议讨论。', cites],
    ['a body the ruling does not name', '由校长办公会议定，还要教代会通过，不需要上党组织会议。', cites],
    ['a number the ruling does not hold', '由校长办公会议定，不需要上党组织会议，公示777个工作日。', cites],
    ['an article the ruling does not cite', '由校长办公会议定，不需要上党组织会议，见第九十九条。', cites],
    ['a clause that is not there', '由校长办公会议定，不需要上党组织会议。', ['law-of-nowhere#1']],
  ])('refuses %s', (_what, text, cited) => {
    expect(checkWording({ text, cites: cited }, answer)).toBe(false);
  });
  it('refuses an all-clear where the Party meeting is needed, and silence about it', () => {
    expect(checkWording({ text: '校长办公会议定就行，不用上党组织会议。', cites: [] }, strict)).toBe(false);
    expect(checkWording({ text: '校长办公会议先研究一下方案。', cites: [] }, strict)).toBe(false);
  });
});
