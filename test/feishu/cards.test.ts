import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cardParts } from '../../adapters/feishu/cards.ts';
import { escapeMarkdown, escapeText } from '../../adapters/feishu/escape.ts';
import { shortened } from '../../adapters/shared/shortened.ts';
import type { Card, CardAction } from '../../src/domain/message.ts';

const group = { kind: 'group', id: 'oc_group', thread: 'omt_t' } as const;
const card: Card = {
  title: '采购课桌椅',
  tone: 'settled',
  summary: '校长办公会议决定。',
  sections: [
    { heading: '依据', lines: ['八万元,未达十万'], links: [{ text: '采购办法 第3条', url: 'https://a.cn/x(1)' }] },
  ],
  actions: [
    { id: 'raise', label: '提交议题', style: 'primary' },
    { id: 'drop', label: '撤回', style: 'danger' },
  ],
  footer: '规则 2026-03',
};
const form: CardAction = {
  id: 'fill',
  label: '提交',
  style: 'primary',
  fields: [
    { name: 'title', label: '名称', type: 'text', required: true },
    { name: 'amount', label: '金额', type: 'number', required: false },
    { name: 'due', label: '日期', type: 'date', required: true },
    { name: 'body', label: '会议', type: 'select', options: [{ value: 'party', label: '党组织会议' }], required: true },
  ],
};

type Node = { readonly tag?: string } & Record<string, unknown>;
const parsed = (content: string | undefined) => JSON.parse(content ?? 'null');
const built = (changes: Partial<Card> = {}) => parsed(cardParts({ card: { ...card, ...changes } }, group)?.[0]);

/** Every object with a tag, however deep. */
function nodes(value: unknown): Node[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = 'tag' in value ? [value as Node] : [];
  return [...own, ...Object.values(value).flatMap(nodes)];
}
const tagged = (value: unknown, tag: string) => nodes(value).filter((node) => node.tag === tag);
const markdown = (value: unknown) =>
  tagged(value, 'markdown')
    .map((node) => String(node['content']))
    .join('\n');

describe('a card', () => {
  it('shows its tone as a colour and as a word', () => {
    const { header } = built({ tone: 'warns' });
    expect(header).toMatchObject({ template: 'orange', text_tag_list: [{ text: { content: '请注意' } }] });
  });

  it('has a summary for the chat list and calls back only where it was sent', () => {
    expect(built()).toMatchObject({
      schema: '2.0',
      config: { update_multi: true, enable_forward_interaction: false, summary: { content: '校长办公会议决定。' } },
    });
  });

  it('sends back the button, the kind of chat and the thread', () => {
    const values = tagged(built(), 'button').map((node) => node['behaviors']);
    expect(values[0]).toEqual([{ type: 'callback', value: { action: 'raise', kind: 'group', thread: 'omt_t' } }]);
  });

  it('asks before a dangerous button only', () => {
    expect(tagged(built(), 'button').map((node) => 'confirm' in node)).toEqual([false, true]);
  });

  it('gives every field of every form a name of its own, and each form a submit button', () => {
    const made = built({ actions: [form, { ...form, id: 'again' }] });
    const forms = tagged(made, 'form');
    const names = nodes(made).flatMap((node) => (typeof node['name'] === 'string' ? [node['name']] : []));
    expect(new Set(names).size).toBe(names.length);
    expect(forms.map((one) => tagged(one, 'button').map((node) => node['form_action_type']))).toEqual([
      ['submit'],
      ['submit'],
    ]);
  });

  it('links a source only where it is on the web', () => {
    expect(markdown(built())).toContain('](https://a.cn/x%281%29)');
    const links = [{ text: '内部', url: 'javascript:alert(1)' }, { text: '校内', url: 'lark://x' }, { text: '纸质' }];
    expect(markdown(built({ sections: [{ heading: '依据', lines: [], links }] }))).not.toMatch(/\]\(/);
  });
});

describe('what people wrote', () => {
  const nasty = '<at id=all></at> **粗** [点我](http://evil.cn) `x` # 题 :OK: https://evil.cn\n1. 列表';

  it('brings neither mention nor markup into the markdown of a card', () => {
    const hostile = { ...card, title: nasty, summary: nasty, footer: nasty };
    const sections = [{ heading: nasty, lines: [nasty], links: [{ text: nasty, url: 'https://a.cn' }] }];
    const shown = markdown(parsed(cardParts({ card: { ...hostile, sections } }, group)?.[0]));
    expect(shown.replaceAll('**', '').replaceAll('](https://a.cn/)', '')).not.toMatch(/[<>*`_~|:]|\]\(/);
    expect(shown).toContain('&#60;at id&#61;all&#62;');
  });

  it('has no character left that markdown knows', () => {
    const bare = (text: string) => escapeMarkdown(text).replaceAll(/&#\d+;/g, '');
    fc.assert(fc.property(fc.string(), (text) => void expect(bare(text)).not.toMatch(/[<>*_~`[\]()#\\|!:]/)));
  });

  it('mentions nobody in a text message and hides no link', () => {
    const said = escapeText('<at user_id="all">所有人</at> <b>粗</b> 5 < 6 [点我](http://evil.cn)');
    expect(said).toBe('＜at user_id="all">所有人＜/at> ＜b>粗＜/b> 5 < 6 [点我] (http://evil.cn)');
  });

  it('is cut between characters, never inside one', () => {
    expect(shortened('ab😀cd', 4)).toBe('ab…');
    expect(shortened('ab😀cd', 6)).toBe('ab😀cd');
  });
});

describe('a card that is too much for Feishu', () => {
  const long = (sections: number, lines: number, text: string) =>
    Array.from({ length: sections }, (_, n) => ({
      heading: `第 ${n} 节`,
      lines: Array.from({ length: lines }, () => text),
    }));

  it.each([
    ['too long', long(8, 20, '决定"事项"'.repeat(40))],
    ['too many parts', long(150, 2, '一行')],
  ])('goes out as several, numbered, the buttons under the last: %s', (_, sections) => {
    const parts = cardParts({ card: { ...card, sections } }, group)!;
    expect(parts.length).toBeGreaterThan(1);
    for (const [at, content] of parts.entries()) {
      expect(Buffer.byteLength(JSON.stringify(content))).toBeLessThanOrEqual(30 * 1024);
      expect(nodes(parsed(content)).length).toBeLessThanOrEqual(200);
      expect(content).toContain(`（${at + 1}/${parts.length}）`);
      expect(tagged(parsed(content), 'button')).toHaveLength(at === parts.length - 1 ? 2 : 0);
    }
    expect(parts.join('')).not.toContain('只发到这里');
    expect(parts.join('').split(sections[0]!.lines[0]!.replaceAll('"', '\\"'))).toHaveLength(
      sections.reduce((sum, { lines }) => sum + lines.length, 1),
    );
  });

  it('cuts neither a line nor a source that fits, and a longer line only between sentences', () => {
    const clause = `第三条${'学校采购应当集体研究决定，'.repeat(60)}并公示。`;
    const links = [{ text: `采购办法 ${'第三条'.repeat(50)}` }];
    const sections = Array.from({ length: 12 }, (_, n) => ({
      heading: `第 ${n} 节`,
      lines: [clause, clause + clause],
      links,
    }));
    const parts = cardParts({ card: { ...card, sections } }, group)!;
    expect(parts.join('').split(clause)).toHaveLength(37);
    expect(parts.join('').split(links[0]!.text)).toHaveLength(13);
  });

  it('ends with a note where it would be a flood', () => {
    const parts = cardParts({ card: { ...card, sections: long(60, 20, '一二三四五六七八九十'.repeat(20)) } }, group)!;
    expect(parts).toHaveLength(5);
    expect(parts[4]).toContain('只发到这里');
    expect(tagged(parsed(parts[4]), 'button')).toHaveLength(2);
  });

  it('has the words of a model in the place of its summary', () => {
    const [content] = cardParts({ card, head: '这件事由校长办公会议定。' }, group)!;
    expect(parsed(content).body.elements[0].text.content).toBe('这件事由校长办公会议定。');
  });

  it('is left to the text when even its buttons are too many', () => {
    const actions = Array.from({ length: 200 }, (_, n) => ({ id: `a${n}`, label: '选', style: 'default' as const }));
    expect(cardParts({ card: { ...card, actions } }, group)).toBeUndefined();
  });

  it('never exceeds the limits, whatever is in it', () => {
    const section = fc.record({
      heading: fc.string(),
      lines: fc.array(fc.string({ maxLength: 3000, unit: 'binary' })),
    });
    fc.assert(
      fc.property(fc.array(section, { maxLength: 120 }), (sections) => {
        const parts = cardParts({ card: { ...card, sections } }, group)!;
        expect(parts.length).toBeGreaterThan(0);
        for (const content of parts) {
          expect(Buffer.byteLength(JSON.stringify(content))).toBeLessThanOrEqual(30 * 1024);
          expect(nodes(JSON.parse(content)).length).toBeLessThanOrEqual(200);
        }
      }),
      { numRuns: 50 },
    );
  });
});
