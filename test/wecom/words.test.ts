import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeMarkdown, escapeText } from '../../adapters/wecom-shared/escape.ts';
import { controlCard, noticeCard, taskIdOf } from '../../adapters/wecom-shared/template-card.ts';
import { bytesOf, partsOf } from '../../adapters/shared/parts.ts';
import { linesOf } from '../../adapters/wecom-shared/words.ts';
import type { Card } from '../../src/domain/message.ts';

const card: Card = {
  title: '采购课桌椅',
  tone: 'settled',
  summary: '校长办公会议决定。',
  sections: [
    { heading: '依据', lines: ['八万元,未达十万'], links: [{ text: '采购办法 第3条', url: 'https://a.cn/x(1)' }] },
  ],
  actions: [],
  footer: '规则 2026-03',
};

describe('a long answer', () => {
  const lines = [
    '【结论 Ruling】',
    ...Array.from(
      { length: 12 },
      (_, n) =>
        `第 ${n + 1} 步：由校长办公会议讨论决定，报党组织会议；the principal's meeting decides, then reports to the Party committee, in that order.`,
    ),
    '依据：《中小学校领导人员管理暂行办法》第三条：“重大事项由党组织会议讨论决定。” Clause 3: major matters are decided by the Party committee.',
  ];

  it('is split by bytes, every line whole, in order, numbered', () => {
    const parts = partsOf(lines, 600);
    expect(parts.length).toBeGreaterThan(3);
    expect(parts.every((part) => bytesOf(part) <= 600)).toBe(true);
    expect(parts.map((part) => part.split('\n')[0])).toEqual(parts.map((_, n) => `（${n + 1}/${parts.length}）`));
    expect(parts.flatMap((part) => part.split('\n').slice(1))).toEqual(lines);
  });

  it('is one message when it fits', () => {
    expect(partsOf(['短', 'short'], 2048)).toEqual(['短\nshort']);
  });

  it('cuts a line that no message can hold after a sentence, or at a blank', () => {
    const [first = '', second = ''] = partsOf(['甲'.repeat(90) + '。' + '乙'.repeat(90)], 400).map(
      (part) => part.split('\n')[1],
    );
    expect([first.endsWith('。'), second]).toEqual([true, '乙'.repeat(90)]);
    expect(partsOf(['word '.repeat(100).trim()], 200).every((part) => !/\bwor$|^d\b/m.test(part))).toBe(true);
  });

  it('never goes through a citation, in a line that must be cut', () => {
    const cited = '《中国共产党重大事项请示报告条例》（中发〔2019〕8号）第十二条第三款';
    for (let before = 20; before < 160; before++) {
      const parts = partsOf(['甲'.repeat(before) + cited + '乙'.repeat(120)], 400);
      expect(parts.some((part) => part.includes(cited))).toBe(true);
      expect(parts.every((part) => bytesOf(part) <= 400)).toBe(true);
    }
  });

  it('loses nothing and never cuts inside a character, whatever it is', () => {
    const text = fc.array(
      fc.string({ unit: fc.constantFrom('字', '😀', '👨‍👩‍👧', 'é', 'a', ' ', '。', '. '), maxLength: 400 }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(text, fc.integer({ min: 100, max: 400 }), (all, most) => {
        const parts = partsOf(all, most);
        const bare = parts.map((part) => part.replace(/^（\d+\/\d+）\n/, '')).join('');
        expect(parts.every((part) => bytesOf(part) <= most)).toBe(true);
        expect(bare.replaceAll(/\s/g, '')).toBe(all.join('').replaceAll(/\s/g, ''));
        expect(parts.join('')).not.toMatch(/\uFFFD/);
      }),
      { numRuns: 200 },
    );
  });
});

describe('what people wrote', () => {
  const nasty =
    '<@all> <@zhangsan> <a href="http://evil.cn">点</a> <font color="warning">红</font> <think>想</think> **粗** `x` [点](http://evil.cn) ![图](http://evil.cn) ~~删~~';

  it('mentions nobody and hides no link, in text and in markdown', () => {
    expect(escapeText(nasty)).not.toMatch(/<[@a-z/]/i);
    expect(escapeMarkdown(nasty)).not.toMatch(/<[@a-z/]|\]\(|[*`~]/i);
    expect(escapeMarkdown('# 题\n> 引')).toBe('＃ 题 ＞ 引');
  });

  it('has no live markup left in any of it', () => {
    fc.assert(
      fc.property(fc.string(), (text) => void expect(escapeMarkdown(text)).not.toMatch(/<\s*[@a-z/!]|\]\(|[*`~|]/i)),
    );
  });

  it('stays readable', () => {
    expect(escapeText('5 < 6 且 7 > 6，a@b.cn，100%')).toBe('5 < 6 且 7 > 6，a@b.cn，100%');
  });

  it('stands in a card in words with its sources on lines of their own', () => {
    expect(linesOf(card, 'text')).toEqual([
      '【采购课桌椅】',
      '校长办公会议决定。',
      '【依据】',
      '八万元,未达十万',
      '<a href="https://a.cn/x(1)">采购办法 第3条</a>',
      '规则 2026-03',
    ]);
    expect(linesOf(card, 'markdown')).toContain('[采购办法 第3条](https://a.cn/x%281%29)');
    const links = [{ text: '坏', url: 'javascript:alert(1)' }, { text: '纸质' }];
    expect(linesOf({ ...card, sections: [{ heading: '依据', lines: [], links }] }, 'text').join('')).not.toContain(
      'href',
    );
  });
});

describe('a template card', () => {
  const buttons = [{ id: 'go', label: '去办', style: 'primary' as const }];

  it('shows its tone as a colour and as a word', () => {
    expect(controlCard({ ...card, tone: 'warns' }, { kind: 'buttons', actions: buttons }, 'k')['source']).toEqual({
      desc: '议事 · 请注意',
      desc_color: 2,
    });
  });

  it('has an id of allowed characters', () => {
    expect(taskIdOf('q:1#答')).toMatch(/^[\w@-]{1,128}$/);
    expect(taskIdOf('a'.repeat(200))).toHaveLength(128);
  });

  it('is a notice where everything fits and there is somewhere to go', () => {
    expect(noticeCard(card)).toMatchObject({
      card_type: 'text_notice',
      main_title: { title: '采购课桌椅' },
      horizontal_content_list: [{ keyname: '依据', value: '八万元,未达十万' }],
      card_action: { type: 1, url: 'https://a.cn/x(1)' },
    });
    expect(noticeCard({ ...card, sections: [] })).toBeUndefined();
    expect(noticeCard({ ...card, sections: [{ ...card.sections[0]!, lines: ['长'.repeat(27)] }] })).toBeUndefined();
  });
});
