import { describe, expect, it } from 'vitest';
import { writeXlsx } from 'hucre/xlsx';
import { readTaskTable } from '../../src/documents/tables/read.ts';
import { archiveOf } from '../../src/documents/zip.ts';
import type { Table } from '../../src/ports/tables.ts';
import { aSchool } from './a-school.ts';
import { of, say, type School, toldOf } from './resolutions-help.ts';

const HEAD = ['编号', '存在问题', '整改目标', '整改措施', '整改时限', '责任人', '分管领导', '来源', '性质'];
const GOOD = [
  [
    '1',
    '1号楼漏水',
    '12月底前修好1号楼防水并验收',
    '11月招标、12月施工',
    '2026年12月25日',
    '总务处',
    '何副校长',
    '督查',
    '限期',
  ],
  ['2', '台账不全', '补齐2026年12个月台账', '逐月核对采购票据', '12.20', '方主任、陶主任', '', '自查', '立行立改'],
];
const BAD = ['3', '某', '尽快落实', '', '2月30日', '张三丰', '', '', ''];

const utf8 = (text: string) => new TextEncoder().encode(text);
/** GBK's two-byte part turned round: what Excel saves a .csv as in China. */
function gbkOf(bytes: Uint8Array): Uint8Array {
  const decoder = new TextDecoder('gb18030');
  const codes = new Map<string, readonly number[]>();
  for (let a = 0x81; a < 0xff; a++)
    for (let b = 0x40; b < 0xff; b++) if (b !== 0x7f) codes.set(decoder.decode(new Uint8Array([a, b])), [a, b]);
  const text = new TextDecoder().decode(bytes);
  return new Uint8Array([...text].flatMap((c) => (c < '\u0080' ? [c.charCodeAt(0)] : codes.get(c)!)));
}
const csvOf = (rows: readonly (readonly string[])[]) =>
  utf8(rows.map((r) => r.map((c) => `"${c}"`).join(',')).join('\r\n'));
const table = async (bytes: Uint8Array, name = '整改清单.csv'): Promise<Table> => {
  const read = await readTaskTable(bytes, name);
  if (read.kind === 'refused') throw new Error(read.message);
  return read;
};
const send = (school: School, t: Table, words = '导入 整改清单', who = 'office') =>
  say(school, who, `/清单 ${words}`, { table: JSON.stringify(t) });

describe('a table is read', () => {
  it('from GBK as Excel saves it', async () => {
    const gbk = gbkOf(csvOf([HEAD, ...GOOD]));
    expect((await table(gbk)).sheets[0]!.rows[1]![1]).toBe('1号楼漏水');
  });

  it('from .xlsx, with real dates, and merged cells holding for each of their rows', async () => {
    const rows = [
      ['2026年整改任务清单'],
      HEAD,
      [...GOOD[0]!.slice(0, 4), new Date(Date.UTC(2026, 11, 25)), '总务处'],
      ['2', '', '补齐12个月台账', '逐月核对', 46_380],
    ];
    const bytes = await writeXlsx({
      sheets: [{ name: '任务', rows, merges: [{ startRow: 2, startCol: 5, endRow: 3, endCol: 5 }] }],
    });
    const read = await table(bytes, '清单.xlsx');
    expect(read.sheets[0]!.name).toBe('任务');
    expect(read.sheets[0]!.rows[2]!.slice(4)).toEqual(['2026-12-25', '总务处']);
    expect(read.sheets[0]!.rows[3]![5]).toBe('总务处');
  });

  it('leaves hidden sheets out', async () => {
    const bytes = await writeXlsx({
      sheets: [
        { name: '藏', rows: [['机密']], hidden: true },
        { name: '任务', rows: [HEAD] },
      ],
    });
    expect((await table(bytes, 'a.xlsx')).sheets.map((s) => s.name)).toEqual(['任务']);
  });
});

describe('a hostile file is refused, quickly and in a sentence', () => {
  const workbook = (sheet: string) =>
    new Uint8Array(
      archiveOf(
        new Map([
          [
            '[Content_Types].xml',
            utf8('<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'),
          ],
          [
            '_rels/.rels',
            utf8(
              '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            ),
          ],
          [
            'xl/workbook.xml',
            utf8(
              '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
            ),
          ],
          [
            'xl/_rels/workbook.xml.rels',
            utf8(
              '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
            ),
          ],
          ['xl/worksheets/sheet1.xml', utf8(sheet)],
        ]),
      ),
    );
  const sheet = (rows: string) =>
    `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows}</sheetData></worksheet>`;
  const text = (r: string, t: string) => `<c r="${r}" t="inlineStr"><is><t>${t}</t></is></c>`;
  /** As above, but claiming to unpack to far more than it is. */
  const bomb = () => {
    const bytes = workbook(sheet(''));
    const view = new DataView(bytes.buffer);
    for (let i = 0; i + 46 < bytes.length; i++)
      if (view.getUint32(i, true) === 0x02014b50) view.setUint32(i + 24, 400_000_000, true);
    return bytes;
  };
  const rows100k = Array.from({ length: 100_000 }, (_, n) => `<row r="${n + 1}">${text(`A${n + 1}`, 'x')}</row>`).join(
    '',
  );

  it.each([
    ['a bomb', bomb(), 'a.xlsx', 'table-bomb'],
    ['100k rows', workbook(sheet(rows100k)), 'a.xlsx', 'table-too-long'],
    ['a cell in the last corner', workbook(sheet(`<row r="1">${text('XFD1', 'x')}</row>`)), 'a.xlsx', 'table-too-wide'],
    [
      'a cell in the last row',
      workbook(sheet(`<row r="1048576">${text('A1048576', 'x')}</row>`)),
      'a.xlsx',
      'table-too-long',
    ],
    ['entities', workbook(`<!DOCTYPE a [<!ENTITY b "c">]>${sheet('')}`), 'a.xlsx', 'table-broken'],
    ['100k rows of csv', utf8('编号,目标任务\n'.repeat(100_000)), 'a.csv', 'table-too-long'],
    ['an old workbook', new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), 'a.xls', 'table-old'],
    ['a torn archive', workbook(sheet('')).slice(0, 300), 'a.xlsx', 'table-broken'],
    ['macros', utf8('x'), 'a.xlsm', 'table-macros'],
    ['a picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 1, 2, 3]), 'a.csv', 'table-kind'],
    ['nothing', utf8(',,,\n,,'), 'a.csv', 'table-empty'],
  ])('%s', async (_, bytes, name, code) => {
    const began = performance.now();
    const read = await readTaskTable(bytes, name);
    expect(read).toMatchObject({ kind: 'refused', code });
    expect(performance.now() - began).toBeLessThan(3000);
  });

  it('merely formatted rows down to the last are no reason to refuse', async () => {
    const bytes = workbook(
      sheet(`<row r="1">${text('A1', '编号')}</row><row r="1048576"><c r="A1048576" s="1"/></row>`),
    );
    expect((await table(bytes, 'a.xlsx')).sheets[0]!.rows).toEqual([['编号']]);
  });
});

describe('a list is imported', () => {
  it('row by row, tracked by the same commands, each owner told once', async () => {
    const school = aSchool();
    const ran = send(school, await table(csvOf([['2026年整改清单'], HEAD, ...GOOD])));
    expect(ran.reply.text).toMatch(/新增 2 项（R1–R2）/);
    expect(of(school, 'R1')).toMatchObject({
      number: '1',
      owner: '总务处',
      deadline: '2026-12-25',
      checker: 'vice_principal',
      state: 'waiting',
      source: { kind: 'list', list: '整改清单', row: '1', problem: '1号楼漏水', from: '督查', nature: '限期' },
    });
    expect(of(school, 'R2')).toMatchObject({ owner: 'office', coowner: 'dean', deadline: '2026-12-20' });
    expect(toldOf(ran)).toEqual(['teacher']);
    say(school, 'teacher', '/进展 R1 已开工');
    say(school, 'teacher', '/销号 R1 佐证：验收单');
    say(school, 'vice_principal', '/复核 R1 同意');
    say(school, 'office', '/复核 R1 同意');
    expect(of(school, 'R1').state).toBe('closed');
    const stats = say(school, 'secretary', '/清单 统计 整改清单').reply.text;
    expect(stats).toMatch(/2 项，已销号 1 项，销号率 50%，逾期 0 项/);
    expect(stats).toMatch(/总务处：1 项，已销号 1 项，销号率 100%/);
    school.to('2026-12-30T09:00:00+08:00');
    expect(say(school, 'teacher2', '/清单 整改').reply.text).toMatch(/逾期 1 项[^]*2｜R2/);
  });

  it('not at all while a row is incomplete, unless the others are asked for', async () => {
    const school = aSchool();
    const t = await table(csvOf([HEAD, ...GOOD, BAD]));
    const ran = send(school, t);
    expect(ran.refused).toBe('rows-incomplete');
    expect(ran.reply.text).toMatch(
      /第4行（编号 3）：目标任务“尽快落实”没法衡量.*推进措施还没有写.*“2月30日”不是日历上的一天.*“张三丰”在名册里没有找到/,
    );
    expect(school.shown().records.resolution.size).toBe(0);
    const [others] = ran.reply.card!.actions;
    expect(others).toMatchObject({ id: '/清单 导入其余 整改清单', label: '先导入其余 2 行' });
    expect(say(school, 'office', others!.id).refused).toBe('needs-file');
    expect(send(school, t, '导入其余 整改清单').reply.text).toMatch(/新增 2 项.*[^]*第 4 行/);
    expect(school.shown().records.resolution.size).toBe(2);
  });

  it('again updates by number and doubles nothing', async () => {
    const school = aSchool();
    send(school, await table(csvOf([HEAD, ...GOOD])));
    expect(send(school, await table(csvOf([HEAD, ...GOOD]))).reply.text).toMatch(/新增 0 项，更新 0 项，没有变化 2 项/);
    say(school, 'teacher', '/进展 R1 已开工');
    const changed = GOOD.map((r) => [...r]);
    changed[0]![3] = '12月招标、12月底施工';
    expect(
      send(school, await table(csvOf([HEAD, ...changed, ['4', '', '装好6个摄像头', '12月安装', '12月30日', '陶主任']])))
        .reply.text,
    ).toMatch(/新增 1 项（R3），更新 1 项，没有变化 1 项/);
    expect(of(school, 'R1')).toMatchObject({
      measures: '12月招标、12月底施工',
      state: 'running',
      progress: [{ text: '已开工' }],
    });
  });

  it('never moves a deadline back in time, nor undoes an extension; overdue rows may come again', async () => {
    const school = aSchool();
    send(school, await table(csvOf([HEAD, ...GOOD])));
    const later = GOOD.map((r) => [...r]);
    later[0]![4] = '2027-03-01';
    expect(send(school, await table(csvOf([HEAD, ...later]))).reply.text).toMatch(
      /R1（编号 1）时限仍是2026年12月25日；.*\/延期 R1/,
    );
    expect(of(school, 'R1').deadline).toBe('2026-12-25');
    say(school, 'teacher', '/延期 R1 1月31日 冬季不能施工');
    say(school, 'vice_principal', '/延期 R1 同意');
    school.to('2027-01-05T09:00:00+08:00');
    const again = send(school, await table(csvOf([HEAD, GOOD[1]!])));
    expect(again.refused).toBeUndefined();
    expect(of(school, 'R1').deadline).toBe('2027-01-31');
  });

  it.each([
    ['numbers given twice', [HEAD, GOOD[0]!, GOOD[0]!], /编号“1”和第2行重复/],
    ['formulas', [HEAD, ['1', '=cmd|x', ...GOOD[0]!.slice(2)]], /公式/],
    ['no number', [HEAD, ['', ...GOOD[0]!.slice(1)]], /编号还没有写/],
    ['no column for the owner', [HEAD.slice(0, 5), GOOD[0]!.slice(0, 5)], /第1行的表头缺：责任主体/],
    [
      'no header',
      [
        ['甲', '乙'],
        ['1', '2'],
      ],
      /没有找到表头/,
    ],
  ])('refuses %s', async (_, rows, says) => {
    const school = aSchool();
    expect(send(school, await table(csvOf(rows))).reply.text).toMatch(says);
    expect(school.shown().records.resolution.size).toBe(0);
  });

  it('takes no table that is none', () => {
    for (const json of [
      'x',
      '{}',
      '{"kind":"table","file":"a","sheets":[]}',
      '{"kind":"table","file":"a","sheets":[{"name":"","rows":[[1]]}]}',
    ])
      expect(say(aSchool(), 'office', '/清单 导入 整改', { table: json }).refused).toBe('needs-file');
  });

  it('takes a list of 1900 rows', async () => {
    const rows = Array.from({ length: 1900 }, (_, n) => [
      `${n + 1}`,
      '',
      `装好第${n + 1}个摄像头`,
      '12月安装',
      '2026-12-30',
      '陶主任',
    ]);
    const school = aSchool();
    const began = performance.now();
    expect(send(school, await table(csvOf([HEAD, ...rows]))).reply.text).toMatch(/新增 1900 项（R1–R1900）/);
    expect(performance.now() - began).toBeLessThan(5000);
  });
});
