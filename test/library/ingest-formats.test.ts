import { describe, expect, it } from 'vitest';
import { documentReader } from '../../src/documents/read.ts';
import { isolatedReader } from '../../src/documents/isolated.ts';
import { whereOf } from '../../src/library/cite.ts';
import { bytesOf, docxOf } from './make-files.ts';
import { page, pdfOf } from './make-pdfs.ts';

const gb18030 = (text: string) => Uint8Array.from([...text].flatMap((c) => GB[c] ?? [c.charCodeAt(0)]));
/** The few characters the tests write in GB 18030; Node decodes it but does not encode it. */
const GB: Readonly<Record<string, number[]>> = {
  校: [0xd0, 0xa3],
  服: [0xb7, 0xfe],
  第: [0xb5, 0xda],
  一: [0xd2, 0xbb],
  条: [0xcc, 0xf5],
  自: [0xd7, 0xd4],
  愿: [0xd4, 0xb8],
  '。': [0xa1, 0xa3],
};
const utf16 = (text: string, mark: boolean, big: boolean) => {
  const body = Buffer.from((mark ? '\ufeff' : '') + text, 'utf16le');
  return new Uint8Array(big ? body.swap16() : body);
};

describe('text files', () => {
  it.each([
    ['UTF-8', bytesOf('第一条 校服自愿。')],
    ['UTF-8 with its mark', bytesOf('\ufeff第一条 校服自愿。')],
    ['GB 18030', gb18030('第一条 校服自愿。')],
    ['UTF-16', utf16('第一条 校服自愿。', true, false)],
    ['UTF-16, the other way round', utf16('第一条 校服自愿。', true, true)],
    ['UTF-16 without its mark', utf16('第一条 校服自愿。\r\n第二条 10元。\r\n'.repeat(4), false, false)],
  ])('reads %s', async (_, bytes) => {
    const { text } = await documentReader.prepare(bytes, '办法.txt');
    expect(text.split('\n')[0]).toBe('第一条 校服自愿。');
  });
  it('counts pages by form feeds', async () => {
    const { clauses } = await documentReader.prepare(bytesOf('第一条 甲。\f第二条 乙。\n第三条 丙。\f'), 'a.txt');
    expect(clauses.map((c) => [c.key, c.page, c.paragraph])).toEqual([
      ['a1', 1, 1],
      ['a2', 2, 2],
      ['a3', 2, 3],
    ]);
  });
});

describe('markdown', () => {
  it('keeps headings and tables, drops the marks', async () => {
    const md =
      '---\ntitle: 采购办法\n---\n# 采购办法\n## 一、范围\n**第一条** 适用于[全校](http://a)采购。\n\n| 事项 | 金额 |\n|---|---|\n| 设备 | 5万元 |\n<script>alert(1)</script>\n';
    const { text, metadata, clauses } = await documentReader.prepare(bytesOf(md), '办法.md');
    expect(text).toBe('采购办法\n一、范围\n第一条 适用于全校采购。\n事项 | 金额\n设备 | 5万元');
    expect(metadata.title.value).toBe('采购办法');
    expect(clauses[0]).toMatchObject({ key: 'a1', headings: ['一、范围'] });
  });
});

describe('pages of the web', () => {
  it('tells tables from layout, and says a cell that reaches down in every row', async () => {
    const html = `<html><body><table><tr><td><h1>采购办法</h1><p>第一条 按金额分档。</p>${'<p>说明。</p>'.repeat(5)}</td></tr></table>
      <table><tr><th>事项</th><th>金额</th></tr><tr><td rowspan="2">设备</td><td>1万元以下</td></tr><tr><td>5万元以上</td></tr></table></body></html>`;
    const { text } = await documentReader.prepare(bytesOf(html), 'a.html');
    expect(text).toContain('第一条 按金额分档。\n说明。');
    expect(text).toContain('事项 | 金额\n设备 | 1万元以下\n设备 | 5万元以上');
  });
});

describe('Word files', () => {
  it('reads paragraphs, headings and tables, each with its paragraph', async () => {
    const docx = await docxOf([
      '# 校服选用办法',
      '第一章 总则',
      '第一条 校服由家长自愿选购。',
      [
        ['事项', '金额'],
        ['校服', '300元'],
      ],
      '第二条 价格公开。',
    ]);
    const { clauses, text } = await documentReader.prepare(docx, '办法.docx');
    expect(text).toContain('事项 | 金额\n校服 | 300元');
    expect(clauses.map((c) => [c.key, whereOf(c)])).toEqual([
      ['a1', '第一章 总则 第一条（第3段）'],
      ['a2', '第一章 总则 第二条（第6段）'],
    ]);
  });
  it('writes out the numbers that Word counts itself', async () => {
    const docx = await docxOf([
      '议事规则',
      'auto:为规范议事，制定本规则。',
      'auto:程序如下：',
      'item:提出；',
      'item:决定。',
      'auto:自发布之日起施行。',
    ]);
    const { text } = await documentReader.prepare(docx, '规则.docx');
    expect(text).toBe(
      '议事规则\n第一条 为规范议事，制定本规则。\n第二条 程序如下：\n（一）提出；\n（二）决定。\n第三条 自发布之日起施行。',
    );
  });
});

describe('PDF files', () => {
  const long = (word: string) =>
    Array.from({ length: 6 }, (_, i) => `${word}的第${i + 1}项要求应当向家长公开并接受监督`).join('，');
  it('puts printed lines back together, across pages too, and drops heads and page numbers', async () => {
    const head = { text: '甲市第一中学校服选用办法汇编', x: 200, y: 810, size: 10 };
    const pdf = pdfOf([
      [head, ...page([`第一条 ${long('校服')}。`, '第二条 学校不得强制。'], 1)],
      [head, ...page([`第三条 ${long('价格')}。`], 2)],
      [head, ...page(['第四条 自印发之日起施行。'], 3)],
    ]);
    const { clauses, raw } = await documentReader.prepare(pdf, '办法.pdf');
    expect(clauses.map((c) => [c.key, c.page])).toEqual([
      ['a1', 1],
      ['a2', 1],
      ['a3', 2],
      ['a4', 3],
    ]);
    expect(clauses[0]!.text).toBe(`第一条 ${long('校服')}。`);
    expect(raw).not.toMatch(/— \d —|汇编/);
  });
  it('parts the cells of a row', async () => {
    const row = (cells: readonly string[], y: number) =>
      cells.map((text, i) => ({ text, x: 90 + i * 160, y, size: 12 }));
    const pdf = pdfOf([
      [
        { text: '采购金额分档表', y: 760 },
        ...row(['事项', '金额', '决定'], 720),
        ...row(['设备', '5万元', '党组织会议'], 700),
      ],
    ]);
    expect((await documentReader.prepare(pdf, '表.pdf')).text).toBe(
      '采购金额分档表\n事项 | 金额 | 决定\n设备 | 5万元 | 党组织会议',
    );
  });
  it('says which pages have no text', async () => {
    const pdf = pdfOf([page([long('校服')], 1), [], page([long('价格')], 3)]);
    expect((await documentReader.prepare(pdf, '半扫描.pdf')).warnings).toEqual([
      '第 2 页没有文字层，没有入库；要用请先做文字识别',
    ]);
  });
});

it('gives the same from a process of its own, and tells the stages it comes to', async () => {
  const docx = await docxOf(['# 校服选用办法', '第一条 校服由家长自愿选购。']);
  const stages: string[] = [];
  const apart = await isolatedReader().prepare(docx, '办法.docx', (stage) => stages.push(stage));
  expect(apart).toEqual(await documentReader.prepare(docx, '办法.docx'));
  expect(stages).toEqual(['reading', 'cleaning', 'splitting']);
});

it('reads files at the same time without mixing them up', async () => {
  const texts = Array.from({ length: 6 }, (_, i) => `第一条 第${i}份。`);
  const read = await Promise.all(texts.map((t) => isolatedReader().prepare(bytesOf(t), 'a.txt')));
  expect(read.map((r) => r.text)).toEqual(texts);
});
