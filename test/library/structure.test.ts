import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { structure } from '../../src/library/structure.ts';

const show = (text: string, title?: string) =>
  structure(text, undefined, title).map((p) => [p.key, p.headings.join('/'), text.slice(p.start, p.end)]);
const prose = (sentences: number, word: string) =>
  Array.from({ length: sentences }, (_, i) => `${word}第${i + 1}件事要按程序办理并向教职工公开办理结果。`).join('');

const RULES = `某某中学议事规则
第一章 总则
第一条 为规范学校议事，制定本规则。
第二条 重大事项按下列程序决定：
（一）提出议题；
（二）会前沟通；
（三）会议决定。
前款规定以外的事项，由校长决定。
第二章 会议
第一节 党组织会议
第三条 党组织会议由书记主持。依照第四条规定回避的除外。
第三条之一 列席人员没有表决权。
第三章 附则
第四条 本规则自2024年9月1日起施行。
某某中学
2024年8月20日
附件1：议题申报表
项目 内容`;

describe('regulations', () => {
  it('makes each article one part, with its paragraphs and items and its heading path', () => {
    expect(show(RULES, '某某中学议事规则')).toEqual([
      ['a1', '第一章 总则', '第一条 为规范学校议事，制定本规则。'],
      [
        'a2',
        '第一章 总则',
        '第二条 重大事项按下列程序决定：\n（一）提出议题；\n（二）会前沟通；\n（三）会议决定。\n前款规定以外的事项，由校长决定。',
      ],
      ['a3', '第二章 会议/第一节 党组织会议', '第三条 党组织会议由书记主持。依照第四条规定回避的除外。'],
      ['a3-1', '第二章 会议/第一节 党组织会议', '第三条之一 列席人员没有表决权。'],
      ['a4', '第三章 附则', '第四条 本规则自2024年9月1日起施行。'],
      [expect.stringMatching(/^x1\.t/), '附件1：议题申报表', '项目 内容'],
    ]);
  });
  it('keeps a long article of many paragraphs in one piece', () => {
    const article = `第一条 ${prose(12, '甲')}\n${prose(12, '乙')}\n（一）${prose(5, '丙')}`;
    const parts = structure(`${article}\n第二条 短。`);
    expect(parts.map((p) => p.key)).toEqual(['a1', 'a2']);
    expect(parts[0]!.end - parts[0]!.start).toBeGreaterThan(600);
  });
  it('finds every article of a hundred, in one line or in many', () => {
    const articles = Array.from({ length: 99 }, (_, i) => `第${numeralOf(i + 1)}条 ${prose(1, '某')}`);
    for (const glue of ['\n', ''])
      expect(structure(articles.join(glue)).map((p) => p.key)).toEqual(articles.map((_, i) => `a${i + 1}`));
  });
  it('does not take an article that is spoken of for one that begins', () => {
    const text = '第一条 学校应当公开。\n第二条规定的事项除外，依照第三条第二款办理。\n第二条 学校不得收费。';
    expect(show(text).map(([key]) => key)).toEqual(['a1', 'a2']);
  });
  it('tells two regulations in one file apart', () => {
    expect(
      structure('收费办法\n第一条 甲。\n第二条 乙。\n公开办法\n第一条 丙。\n第二条 丁。').map((p) => [
        p.key,
        p.headings[0],
      ]),
    ).toEqual([
      ['a1', '收费办法'],
      ['a2', '收费办法'],
      ['b2.a1', '公开办法'],
      ['b2.a2', '公开办法'],
    ]);
  });
});

const numeralOf = (n: number) => {
  const digits = '零一二三四五六七八九';
  return n < 10 ? digits[n]! : `${n < 20 ? '' : digits[Math.floor(n / 10)]}十${n % 10 ? digits[n % 10] : ''}`;
};

describe('numbered and unnumbered prose', () => {
  it('splits by its own numbering only what is too long', () => {
    const text = `一、基本要求\n${prose(3, '甲')}\n二、主要做法\n（一）健全机制\n${prose(20, '乙')}\n（二）${prose(4, '丙')}\n（三）短的。\n（四）也短。`;
    const parts = structure(text);
    expect(parts.map((p) => [p.key.replace(/t\w+$/, 't'), p.headings.join('/')])).toEqual([
      ['s1', ''],
      ['s2.k1.t', '二、主要做法/（一）健全机制'],
      ['s2.k1.t', '二、主要做法/（一）健全机制'],
      ['s2.k2-k4', '二、主要做法'],
    ]);
  });
  it('finds headings that ran into the text', () => {
    const text = `${prose(4, '甲')}一、坚持一条“主线”学校始终坚持。${prose(20, '乙')}二、主要做法（一）健全三动机制，构建新格局一是高位推动。${prose(20, '丙')}`;
    expect(new Set(structure(text).flatMap((p) => p.headings))).toEqual(
      new Set(['一、坚持一条“主线”', '二、主要做法', '（一）健全三动机制，构建新格局']),
    );
  });
  it('cuts prose into 150 to 400 characters at the ends of sentences', () => {
    const parts = structure(prose(60, '学校的'));
    expect(parts.length).toBeGreaterThan(3);
    for (const p of parts) {
      expect(p.end - p.start).toBeGreaterThanOrEqual(150);
      expect(p.end - p.start).toBeLessThanOrEqual(400);
      expect(prose(60, '学校的').slice(p.start, p.end)).toMatch(/。$/);
    }
  });
  it('names a passage by its words, so that its neighbours may change', () => {
    const [a, b] = [prose(8, '甲'), prose(8, '乙')];
    const keys = (text: string) => structure(text).map((p) => p.key);
    expect(keys(`${a}\n${b}`).slice(-1)).toEqual(keys(`前言。\n${a}\n${b}`).slice(-1));
    expect(keys('同一句话。\n第一条 甲。\n第一章 乙\n同一句话。').length).toBe(
      new Set(keys('同一句话。\n第一条 甲。\n第一章 乙\n同一句话。')).size,
    );
  });
  it('gives rows that stand alone the head of their table', () => {
    const rows = [
      '事项 | 金额 | 谁决定',
      ...Array.from({ length: 40 }, (_, i) => `采购第${i}类 | ${i}万元以上 | 校长办公会议`),
    ];
    const parts = structure(rows.join('\n'), () => ({ text: '', paragraph: 1, table: 1 }));
    expect(parts.length).toBeGreaterThan(2);
    expect(parts[0]!.headings).toEqual([]);
    for (const p of parts.slice(1)) expect(p.headings).toEqual([rows[0]]);
  });
});

describe('any text', () => {
  const pieces = [
    '第一条',
    '第二条 ',
    '第三章 总则',
    '一、',
    '二、',
    '（一）',
    '（二）',
    '1.',
    '(1)',
    '①',
    '附件1：',
    '\n',
    '。',
    '：',
    '，',
    '学校应当公开办理结果',
    '2024年3月5日',
    ' | ',
    prose(6, '长'),
  ];
  it('is covered by parts that do not overlap, in order, with keys of their own', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 80 }), (list) => {
        const text = list.join('');
        const parts = structure(text);
        let at = 0;
        for (const p of parts) {
          expect(p.start).toBeGreaterThanOrEqual(at);
          expect(p.end).toBeGreaterThan(p.start);
          at = p.end;
        }
        expect(at).toBeLessThanOrEqual(text.length);
        expect(new Set(parts.map((p) => p.key)).size).toBe(parts.length);
      }),
      { numRuns: 800 },
    );
  });
});
