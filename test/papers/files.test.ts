import { posix } from 'node:path';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { makePaper } from '../../src/papers/paper.ts';
import type { Sources } from '../../src/papers/sources.ts';
import { again, canteen, contractor, partyMeeting, principalMeeting, school, sources } from './a-case.ts';
import { partsOf } from './read-back.ts';

const bare: Partial<Sources> = {
  item: { ...canteen, fields: {}, gates: [], supplements: [], recusals: [], attachments: [] },
};
/** What people paste: markup, control characters, half an emoji, line breaks. */
const NASTY = '<w:t>&amp;"\u0000\u000b\u001f\ud83d]]>\n二、\u202e校服';

const full: readonly (readonly [string, Partial<Sources>])[] = [
  ['item-form', { item: canteen }],
  ['notice', { meeting: partyMeeting }],
  ['agenda', { meeting: partyMeeting }],
  ['record', { meeting: partyMeeting }],
  ['minutes', { meeting: partyMeeting }],
  ['minutes', { meeting: principalMeeting }],
  ['follow-up', { resolution: contractor, meeting: partyMeeting }],
  ['reconsideration', { item: again, resolution: contractor, meeting: partyMeeting }],
  ['item-form', bare],
  [
    'item-form',
    { item: { ...canteen, title: `${NASTY}甲`, fields: { ...canteen.fields, proposal: NASTY.repeat(90) } } },
  ],
  [
    'record',
    { meeting: { ...partyMeeting, place: NASTY, agenda: partyMeeting.agenda.map((e) => ({ ...e, text: NASTY })) } },
  ],
];

const attributesOf = (xml: string, element: string, attribute: string): string[] =>
  [...xml.matchAll(new RegExp(`<${element}\\s[^>]*?${attribute}="([^"]*)"`, 'g'))].map((m) => m[1]!);
const repeated = (all: readonly string[]) => all.filter((v, i) => all.indexOf(v) !== i);

/** Every prefix a part uses is declared in it. */
function undeclared(xml: string): string[] {
  const declared = new Set(['xml', ...[...xml.matchAll(/xmlns:(\w+)=/g)].map((m) => m[1]!)]);
  const used = [...xml.matchAll(/<\/?(\w+):|\s(\w+):[\w-]+="/g)].map((m) => m[1] ?? m[2]!);
  return [...new Set(used)].filter((p) => p !== 'xmlns' && !declared.has(p));
}

describe.each(full)('the file of %s', async (kind, more) => {
  const { bytes } = await makePaper({ kind, of: 'X1' }, sources(more));
  const parts = partsOf(bytes);
  const xml = (name: string) => parts.get(name) ?? '';

  it('has well-formed parts whose namespaces are declared', () => {
    for (const [name, body] of parts) {
      if (!/\.(xml|rels)$/.test(name)) continue;
      expect([name, XMLValidator.validate(body)]).toEqual([name, true]);
      expect([name, undeclared(body)]).toEqual([name, []]);
    }
  });
  it('declares the content type of every part, once, and no type for a part that is not there', () => {
    const types = xml('[Content_Types].xml');
    const overrides = attributesOf(types, 'Override', 'PartName');
    const endings = attributesOf(types, 'Default', 'Extension');
    expect(repeated(overrides)).toEqual([]);
    expect(repeated(endings)).toEqual([]);
    expect(overrides.filter((p) => !parts.has(p.slice(1)))).toEqual([]);
    for (const name of parts.keys())
      expect(
        overrides.includes(`/${name}`) || endings.includes(name.split('.').pop()!) || name === '[Content_Types].xml',
      ).toBe(true);
    expect(overrides).toContain('/word/document.xml');
  });
  it('has relationships that lead somewhere, under ids of their own', () => {
    for (const [name, body] of parts) {
      if (!name.endsWith('.rels')) continue;
      expect(repeated(attributesOf(body, 'Relationship', 'Id'))).toEqual([]);
      const base = posix.dirname(posix.dirname(name));
      for (const target of attributesOf(body, 'Relationship', 'Target'))
        expect(parts.has(posix.normalize(target.startsWith('/') ? target.slice(1) : posix.join(base, target)))).toBe(
          true,
        );
    }
    const known = attributesOf(xml('word/_rels/document.xml.rels'), 'Relationship', 'Id');
    const used = [...xml('word/document.xml').matchAll(/r:id="([^"]+)"/g)].map((m) => m[1]!);
    expect(used.filter((id) => !known.includes(id))).toEqual([]);
    expect(used.length).toBeGreaterThan(0);
  });
  it('repeats no id of a style, a paragraph or a drawing, and uses only styles it has', () => {
    const styles = attributesOf(xml('word/styles.xml'), 'w:style', 'w:styleId');
    expect(repeated(styles)).toEqual([]);
    const used = [...xml('word/document.xml').matchAll(/<w:(?:pStyle|rStyle|tblStyle) w:val="([^"]+)"/g)].map(
      (m) => m[1]!,
    );
    expect(used.filter((s) => !styles.includes(s))).toEqual([]);
    for (const [element, attribute] of [
      ['w:p', 'w14:paraId'],
      ['wp:docPr', 'id'],
      ['w:bookmarkStart', 'w:id'],
    ] as const)
      expect(repeated(attributesOf(xml('word/document.xml'), element, attribute))).toEqual([]);
  });
  it('declares each font it names, with one to take instead', () => {
    const all = [...parts]
      .filter(([n]) => /word\/(?:document|styles|header|footer)/.test(n))
      .map(([, b]) => b)
      .join('');
    const named = [...all.matchAll(/w:(?:ascii|hAnsi|eastAsia|cs)="([^"]+)"/g)]
      .map((m) => m[1]!)
      .filter((f) => f !== 'zh-CN');
    const table = xml('word/fontTable.xml');
    const declared = attributesOf(table, 'w:font', 'w:name');
    expect([...new Set(named)].filter((f) => !declared.includes(f))).toEqual([]);
    expect(table).toContain('<w:font w:name="仿宋_GB2312"><w:altName w:val="仿宋"/>');
    expect(table).toContain('<w:font w:name="方正小标宋简体"><w:altName w:val="宋体"/>');
  });
  it('gives each table row as many columns as its table has, and each cell a paragraph at its end', () => {
    const parser = new XMLParser({
      ignoreAttributes: false,
      isArray: (name) => ['w:tbl', 'w:tr', 'w:tc', 'w:gridCol', 'w:p'].includes(name),
    });
    const { 'w:body': body } = parser.parse(xml('word/document.xml'))['w:document'];
    for (const table of body['w:tbl'] ?? [])
      for (const row of table['w:tr']) {
        const spans = row['w:tc'].map((c: Record<string, never>) =>
          Number(c['w:tcPr']?.['w:gridSpan']?.['@_w:val'] ?? 1),
        );
        expect(spans.reduce((a: number, b: number) => a + b, 0)).toBe(table['w:tblGrid']['w:gridCol'].length);
      }
    expect(xml('word/document.xml')).not.toMatch(
      /<w:tc>(?:(?!<w:p[ >/]).)*<\/w:tc>|<\/w:tbl><w:sectPr|<\/w:tbl><\/w:tc>/,
    );
  });
  it('says nothing that is not there', () => {
    const text = [...xml('word/document.xml').matchAll(/<w:t[^>]*>([^<]*)</g)].map((m) => m[1]!).join('\n');
    expect(text).not.toMatch(/undefined|null|NaN|\[object|Invalid/);
  });
});

describe('the page', async () => {
  const { bytes } = await makePaper({ kind: 'minutes', of: 'H3' }, sources({ meeting: partyMeeting }));
  const parts = partsOf(bytes);
  const document = parts.get('word/document.xml')!;
  const number = (element: string, attribute: string) => Number(attributesOf(document, element, attribute)[0]);
  const toMm = (twips: number) => (twips * 25.4) / 1440;

  it('is A4 with 156 × 225 mm of text, 37 mm from the top and 28 mm from the binding', () => {
    const margin = (side: string) => toMm(number('w:pgMar', `w:${side}`));
    expect(toMm(number('w:pgSz', 'w:w'))).toBeCloseTo(210, 1);
    expect(toMm(number('w:pgSz', 'w:h'))).toBeCloseTo(297, 1);
    expect([margin('top'), margin('left')].map(Math.round)).toEqual([37, 28]);
    expect(210 - margin('left') - margin('right')).toBeCloseTo(156, 1);
    expect(297 - margin('top') - margin('bottom')).toBeCloseTo(225, 1);
  });
  it('holds 22 lines of 28 characters', () => {
    const [paragraph] = document.match(/<w:p>(?:(?!<\/w:p>).)*主持召开(?:(?!<\/w:p>).)*<\/w:p>/)!;
    const line = Number(/w:line="(\d+)" w:lineRule="exact"/.exec(paragraph)![1]);
    const size = Number(/<w:sz w:val="(\d+)"/.exec(paragraph)![1]) * 10;
    const closer = Number(/<w:spacing w:val="(-?\d+)"/.exec(paragraph)![1]);
    const [width, height] = [(156 * 1440) / 25.4, (225 * 1440) / 25.4];
    expect([Math.floor(height / line), Math.floor(width / (size + closer))]).toEqual([22, 28]);
    expect(paragraph).toContain('w:firstLineChars="200"');
  });
  it('is numbered “— 1 —”, odd pages on the right and even ones on the left', () => {
    const footers = [...parts].filter(([n]) => /word\/footer\d/.test(n)).map(([, b]) => b);
    const sides = footers.map((f) => /<w:jc w:val="(\w+)"/.exec(f)![1]);
    expect(sides.toSorted()).toEqual(['left', 'right']);
    for (const f of footers) expect(f.replace(/<[^>]+>/g, '')).toBe('— PAGE —');
    expect(parts.get('word/settings.xml')).toContain('<w:evenAndOddHeaders/>');
  });
  it('says 演示 at the head of each page of the demo school, and of no other', async () => {
    const headers = (of: ReadonlyMap<string, string>) =>
      [...of].filter(([n]) => /word\/header\d/.test(n)).map(([, b]) => b);
    expect(headers(parts)).toHaveLength(2);
    for (const h of headers(parts)) expect(h).toContain('演示');
    const real = await makePaper(
      { kind: 'minutes', of: 'H3' },
      sources({ meeting: partyMeeting, school: { ...school, demo: false, name: '第一中学' } }),
    );
    expect(headers(partsOf(real.bytes))).toEqual([]);
    expect([...partsOf(real.bytes).values()].join('')).not.toContain('演示');
  });
  it('repeats the head of a table on each page and cuts no row', async () => {
    const { bytes } = await makePaper({ kind: 'agenda', of: 'H3' }, sources({ meeting: partyMeeting }));
    const rows = partsOf(bytes)
      .get('word/document.xml')!
      .match(/<w:tr>.*?<\/w:tr>/g)!;
    expect(rows).toHaveLength(3);
    expect(rows.map((r) => r.includes('<w:tblHeader'))).toEqual([true, false, false]);
    for (const row of rows) expect(row).toContain('<w:cantSplit/>');
  });
});
