import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileName, paperName, paperRef } from '../../src/domain/papers.ts';
import { zhDay, zhNumber } from '../../src/papers/words.ts';

describe('file names', () => {
  it('name paper, record and title', () => {
    expect(paperName('item-form', 'Y12', '更换食堂承包商')).toBe('议题申报单-Y12-更换食堂承包商.docx');
    expect(paperName('folder', 'Y12', '更换食堂承包商')).toBe('卷宗-Y12-更换食堂承包商.zip');
    expect(paperRef('minutes', 'H3')).toEqual({ kind: 'minutes', of: 'H3', name: '会议纪要-H3.docx' });
  });
  it('keep what was written legible: forbidden signs become their full-width kin', () => {
    expect(paperName('item-form', 'Y1', 'A/B: "校服"? <新>')).toBe('议题申报单-Y1-A／B： ”校服”？ 〈新〉.docx');
  });
  it('are safe on Windows and at most 80 characters, whatever the title', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (title) => {
        const name = fileName(['议题申报单', 'Y12', title], 'docx');
        expect([...name].length).toBeLessThanOrEqual(80);
        expect(name).not.toMatch(/[\u0000-\u001f/\\:*?"<>|]|[\s.]\.docx$/);
        expect(name).toMatch(/^议题申报单-Y12.*\.docx$/);
      }),
    );
  });
});

describe('words', () => {
  it('days are written out, and left to fill in where there is none', () => {
    expect([zhDay('2026-11-03'), zhDay(undefined), zhDay('下周')]).toEqual([
      '2026年11月3日',
      '______年____月____日',
      '下周',
    ]);
  });
  it('headings count in Chinese', () => {
    expect([1, 10, 11, 20, 35, 99].map(zhNumber)).toEqual(['一', '十', '十一', '二十', '三十五', '九十九']);
  });
});
