import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clean } from '../../src/library/clean.ts';

const text = (raw: string) => clean(raw).text;
const kinds = (raw: string) => new Set(clean(raw).marks.map((m) => m.kind));
const long = (n: number, seed: string) => seed.repeat(Math.ceil(n / seed.length)).slice(0, n);

describe('page numbers left in the text', () => {
  it('mends a sentence that a page number broke', () => {
    expect(text('要把这项工作抓紧抓好\n2、。要充分听取教职工意见。')).toBe(
      '要把这项工作抓紧抓好。要充分听取教职工意见。',
    );
    expect(text('要把这项工作抓紧抓好 2 、。要充分听取意见。')).toBe('要把这项工作抓紧抓好。要充分听取意见。');
    expect(text('把这项工作 — 3 — 抓紧抓好。')).toBe('把这项工作抓紧抓好。');
  });
  it('joins pages that begin in the middle of a word', () => {
    const page = [...'甲乙丙丁戊己庚辛'].map((c) => `${c}项要求要落到实处并向教职工公开办理结果，`).join('');
    expect(text(`1、${page}制\n2、度落实。${page}程\n3、序。`)).toBe(`${page}制度落实。${page}程序。`);
  });
  it('leaves the numbers of a real list alone', () => {
    const list = '1、提出议题。\n2、会前沟通。\n3、会议决定。';
    expect(text(list)).toBe(list);
    const headings = '1、加强领导\n2、完善制度\n3、督促落实';
    expect(text(headings)).toBe(headings);
  });
  it('takes out lines that are nothing but a page number', () => {
    expect(text('校服由家长自愿选购，学校不得强制\n- 2 -\n统一着装。\n第 3 页 共 9 页\n第二条 价格公开。')).toBe(
      '校服由家长自愿选购，学校不得强制统一着装。\n第二条 价格公开。',
    );
  });
});

describe('masked characters', () => {
  it.each([
    ['加强党*织建设', '加强党组织建设'],
    ['校党*织有关决议', '校党组织有关决议'],
    ['做好思想*治工作', '做好思想政治工作'],
    ['党W*记主持', '党委书记主持'],
    ['构建党W、支部', '构建党委、支部'],
    ['抓好D建工作', '抓好党建工作'],
    ['开好组Z生活H', '开好组织生活会'],
    ['召开MZ生活H', '召开民主生活会'],
    ['党WW员联系支部', '党委委员联系支部'],
    ['依据*央政策', '依据中央政策'],
    ['社会**核心价值观', '社会主义核心价值观'],
    ['带领班*成员学习', '带领班子成员学习'],
  ])('%s → %s', (masked, whole) => {
    expect(text(masked)).toBe(whole);
    expect(kinds(masked)).toContain('restored');
  });
  it.each([
    '具有全*性的问题',
    '近年来，*市开展',
    'XX区委教育工委',
    '评为A级，使用App登录',
    '参加PPT比赛',
    'D级危房',
    '**加粗**的字',
    '抓好班*一盘棋',
  ])('leaves %s as it stands, having no single reading', (masked) => {
    expect(text(masked)).toBe(masked);
  });
  it('marks what it could not read', () => {
    expect(clean('具有全*性的问题').marks).toMatchObject([{ kind: 'masked', start: 3, end: 4 }]);
  });
});

describe('what a site puts around a document', () => {
  it('takes away buttons, licence lines, tag clouds and the closing lists', () => {
    const site = [
      '文档分享市场',
      '举报 版权申诉 马上下载',
      '校服选用管理办法',
      '上传时间：2023-07-20',
      '9页',
      '第一条 校服由家长自愿选购。',
      '点击阅读更多内容',
      '最新标签',
      '小学 作文 教案 总结 心得 体会',
      '©2008-2016 某网 All Rights Reserved.',
    ].join('\n');
    expect(text(site)).toBe('文档分享市场\n校服选用管理办法\n第一条 校服由家长自愿选购。');
    expect(text('第一条 价格公开。\n扫描二维码推送至手机访问。')).toBe('第一条 价格公开。');
    expect(text('第一条 价格公开。\n上一篇：别的文章 下一篇：返回列表')).toBe('第一条 价格公开。');
  });
  it('keeps a sentence of the document that speaks of the same things', () => {
    const own = '家长扫描二维码填写问卷，结果向全体家长公开，任何人不得代填。';
    expect(text(own)).toBe(own);
    const rules = '相关推荐\n第一条 推荐名单须公示。\n第二条 公示不少于五日。';
    expect(text(`正文开头。\n${rules}`)).toContain('第二条');
  });
  it('says a title once', () => {
    expect(text('2024校服选用办法（试行）\n校服选用办法（试行）\n第一条 自愿。')).toBe(
      '2024校服选用办法（试行）\n第一条 自愿。',
    );
    expect(text('2023年工作总结报告\n2023年工作总结报告 工作总结报告 近年来，学校做了很多事情，取得了成绩。')).toBe(
      '2023年工作总结报告\n近年来，学校做了很多事情，取得了成绩。',
    );
  });
});

describe('characters', () => {
  it('folds traditional characters, half-width marks and odd forms', () => {
    expect(text('校長辦公會議應當聽取教代會意見')).toBe('校长办公会议应当听取教代会意见');
    expect(text('会议(党组织会议)由书记主持,校长参加.')).toBe('会议（党组织会议）由书记主持，校长参加。');
    expect(text('２０２４年⼈数')).toBe('2024年人数');
    expect(text('通 知')).toBe('通 知');
    expect(text('关 于 开 学 的 通 知')).toBe('关于开学的通知');
    expect(text('第一条 学校 应当公开，不得 隐瞒。')).toBe('第一条 学校应当公开，不得隐瞒。');
  });
  it('takes out what cannot be seen', () => {
    expect(text('校\u200b服\u202e选用')).toBe('校服选用');
  });
  it('leaves figures, addresses and English alone', () => {
    for (const plain of ['比例为3:2，时间8:30', '见 http://a.cn/b', 'use GB/T 9704-2012, then print', '覆盖率21.2%'])
      expect(text(plain)).toBe(plain);
  });
});

describe('the way back to the source', () => {
  it('shows a quote as the source has it', () => {
    const raw = '要落实党*织领导,抓紧抓好\n2、。要公开';
    const cleaned = clean(raw);
    expect(cleaned.text).toBe('要落实党组织领导，抓紧抓好。要公开');
    const at = cleaned.text.indexOf('抓好。');
    const { start, end } = cleaned.toRaw(at, at + 3);
    expect(raw.slice(start, end)).toBe('抓好\n2、。');
    expect(
      cleaned.marks.map((m) => [m.kind, raw.slice(m.rawStart, m.rawEnd), cleaned.text.slice(m.start, m.end)]),
    ).toEqual([
      ['restored', '*', '组'],
      ['punctuation', ',', '，'],
      ['page-noise', '\n2、', ''],
    ]);
  });

  const pieces = [
    '党*织',
    '党W',
    '学校',
    '應當',
    '。',
    '，',
    ',',
    '\n',
    ' ',
    '\u3000',
    '1、',
    '2、',
    '3、',
    '（一）',
    '(',
    ')',
    '*',
    '《办法》',
    '第一条',
    '最新标签',
    '扫描二维码关注',
    '上一篇：',
    '\u200b',
    '- 2 -',
    '12',
    'ABC',
    'XX',
    '\ud83d\ude00',
    '\ud83d',
    '。。',
    '、。',
    '附件',
    long(130, '议事规则'),
  ];
  const messy = fc
    .array(
      fc.oneof(
        { weight: 5, arbitrary: fc.constantFrom(...pieces) },
        { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 5 }) },
      ),
      { maxLength: 60 },
    )
    .map((p) => p.join(''));

  it('never throws, is done after once, and every place leads into the source', () => {
    fc.assert(
      fc.property(messy, fc.nat(), fc.nat(), (raw, a, b) => {
        const cleaned = clean(raw);
        expect(clean(cleaned.text).text).toBe(cleaned.text);
        expect(cleaned.raw).toBe(raw);
        const [from, to] = [a % (cleaned.text.length + 1), b % (cleaned.text.length + 1)].sort((x, y) => x - y) as [
          number,
          number,
        ];
        const { start, end } = cleaned.toRaw(from, to);
        expect(start).toBeGreaterThanOrEqual(0);
        expect(end).toBeLessThanOrEqual(raw.length);
        expect(start).toBeLessThanOrEqual(end);
        for (const m of cleaned.marks)
          expect(
            0 <= m.rawStart &&
              m.rawStart <= m.rawEnd &&
              m.rawEnd <= raw.length &&
              m.start <= m.end &&
              m.end <= cleaned.text.length,
          ).toBe(true);
      }),
      { numRuns: 1500 },
    );
  });

  it('rebuilds the source from the text and its marks', () => {
    fc.assert(
      fc.property(messy, (raw) => {
        const { text: cleaned, marks } = clean(raw);
        let [rebuilt, at] = ['', 0];
        for (const m of marks.filter((x) => x.kind !== 'masked')) {
          rebuilt += cleaned.slice(at, m.start) + raw.slice(m.rawStart, m.rawEnd);
          at = m.end;
        }
        expect(rebuilt + cleaned.slice(at)).toBe(raw);
      }),
      { numRuns: 1500 },
    );
  });
});
