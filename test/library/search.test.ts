import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compiledKnowledge } from '../../src/entry/knowledge/compiled.ts';
import { checksum, contentKey, fromBytes, toBytes } from '../../src/library/search/buffer.ts';
import { clean } from '../../src/library/search/clean.ts';
import { JointIndex } from '../../src/library/search/joint-index.ts';
import { Expansions } from '../../src/library/search/lexicon.ts';
import { lexiconOf } from '../../src/library/search/lexicon-of.ts';
import { buildIndex, type Passage, SearchIndex } from '../../src/library/search/search-index.ts';
import { damage, marks, readSet } from '../../bench/retrieval-data.ts';

const { book, lexicon } = await compiledKnowledge();
const passages: Passage[] = book.clauses.map((c) => ({ id: c.id, title: `${c.title} ${c.section}`, text: c.text.zh }));
const index = buildIndex(passages, lexicon);
const found = (question: string, k = 10) => index.search(question, k).map((hit) => hit.id);

describe('finds', () => {
  it.each([
    ['欺凌', 'law-minors#39'],
    ['校车', 'reg-school-bus-2012#15-23-38'],
    ['陪餐', 'moe-45-food#s2'],
    ['捐赠', 'law-donation-1999#4-12-16-18'],
  ])('a passage by the two characters %s', (question, id) => expect(found(question, 5)).toContain(id));

  it.each([
    ['學生傷害事故要在幾小時內報告', 'sh-injury-2024#13'],
    ['学生 伤害\n事故 24 小时 报告', 'sh-injury-2024#13'],
    ['ＡＰＰ进校园谁审查', 'moe-app-2018#all'],
  ])('the same however a question is typed: %s', (question, id) => expect(found(question, 5)).toContain(id));

  it('English passages by whole words, in either case', () => {
    const english = buildIndex(book.clauses.map((c) => ({ id: c.id, title: c.title, text: c.text.en })));
    expect(english.search('Who checks records of Sexual offences before hiring?', 5).map((h) => h.id)).toContain(
      'law-minors#62',
    );
    expect(english.search('hir', 5)).toEqual([]);
  });

  it('what is said in other words, through the lexicon', () => {
    const hidden = [
      { id: 'a', text: '解除聘用合同须书面通知本人' },
      { id: 'b', text: '食堂须取得许可' },
    ];
    expect(buildIndex(hidden).search('炒鱿鱼')).toEqual([]);
    expect(buildIndex(hidden, lexicon).search('炒鱿鱼')[0]?.id).toBe('a');
  });

  it('a matter’s official name by what people say of it', () => {
    const derived = lexiconOf(book, lexicon);
    expect(derived.pairs.length).toBeGreaterThan(lexicon.pairs.length + 500);
    expect(derived.pairs.find((p) => p.say[0] === '旷工')?.mean.join()).toContain('解除或终止聘用合同');
  });

  it('nothing where nothing matches, and never more than asked for', () => {
    expect(found('zzzz')).toEqual([]);
    expect(found('学校', 3)).toHaveLength(3);
    expect(index.search('学校', 0)).toEqual([]);
  });
});

describe('filters', () => {
  it('shows only what may be shown, as many as asked for', () => {
    const hits = index.search('学校 家长 公示', 10, (id) => id.startsWith('moe-'));
    expect(hits).toHaveLength(10);
    expect(hits.every((h) => h.id.startsWith('moe-'))).toBe(true);
  });
});

describe('damaged text', () => {
  it.each([
    ['抓紧抓好\n2、。要充分发挥', '抓紧抓好。要充分发挥'],
    ['中小学校党的\n\n      2、建设工作', '中小学校党的建设工作'],
    ['党*织领导', '党组织领导'],
    ['黨*織會議', '党组织会议'],
    ['党W和D建', '党委和党建'],
    ['组Z生活H', '组织生活会'],
    ['重要 事項', '重要事项'],
    ['A4纸、3D打印、X光', 'a4纸、3d打印、x光'],
  ])('%j reads %j', (text, read) => expect(clean(text)).toBe(read.replaceAll('、', '、')));

  it('costs at most one point of nDCG@10', () => {
    const set = readSet('test/data/retrieval');
    const sample = { ...set, queries: set.queries.filter((_, i) => i % 3 === 0) };
    const ndcg = (docs: readonly Passage[]) => {
      const built = buildIndex(docs, lexicon);
      return (
        sample.queries.reduce(
          (sum, q) =>
            sum +
            marks(
              built.search(q.text).map((h) => h.id),
              set.grades.get(q.id)!,
            ).ndcg,
          0,
        ) / sample.queries.length
      );
    };
    const whole = ndcg(set.docs);
    expect(whole).toBeGreaterThan(0.44);
    expect(ndcg(damage(set).docs)).toBeGreaterThan(whole - 0.01);
  });
});

const QUESTIONS = ['辞退编外人员要先告诉工会吗', '校服', '谁定章程', '大额资金 A2', '家长会', 'committee 2023'];
const ranking = (i: SearchIndex) => QUESTIONS.map((q) => i.search(q, 50));
const someOf = fc.subarray(passages, { minLength: 1, maxLength: 60 });

describe('keeps its answers', () => {
  it('after saving and loading', () =>
    fc.assert(
      fc.property(someOf, (some) => {
        const built = buildIndex(some, lexicon);
        const { segments, documents } = built.stored;
        const loaded = new SearchIndex(lexicon, { segments: segments.map((s) => fromBytes(toBytes(s))!), documents });
        expect(ranking(loaded)).toEqual(ranking(built));
      }),
      { numRuns: 20 },
    ));

  it('when it is searched in parts, whatever has been removed from them', () =>
    fc.assert(
      fc.property(someOf, someOf, (some, gone) => {
        const half = Math.ceil(some.length / 2);
        const parts = [some.slice(0, half), some.slice(half)].map((p) => buildIndex(p));
        // Documents of one part only: the parts count theirs apart.
        const shared = new Set(some.slice(0, half).map((p) => p.id.split('#')[0]));
        fc.pre(some.slice(half).every((p) => !shared.has(p.id.split('#')[0])));
        for (const part of parts) part.remove(gone.map((p) => p.id));
        const left = buildIndex(
          some.filter((p) => !gone.includes(p)),
          lexicon,
        );
        const joint = new JointIndex(parts, new Expansions(lexicon));
        expect(QUESTIONS.map((q) => joint.search(q, 50))).toEqual(ranking(left));
      }),
      { numRuns: 20 },
    ));

  it('however the passages came in and whatever was there before', () =>
    fc.assert(
      fc.property(someOf, fc.array(fc.tuple(someOf, someOf), { maxLength: 5 }), (kept, steps) => {
        const grown = new SearchIndex(lexicon);
        for (const [coming, going] of steps) {
          grown.add(coming);
          grown.remove(going.map((p) => p.id));
        }
        grown.add(kept.slice(0, 5));
        grown.add(kept.map((p) => ({ ...p, text: '旧文' })));
        grown.add(kept);
        grown.remove(passages.filter((p) => !kept.includes(p)).map((p) => p.id));
        expect(grown.size).toBe(kept.length);
        expect(ranking(grown)).toEqual(ranking(buildIndex(kept, lexicon)));
      }),
      { numRuns: 30 },
    ));

  it('when it holds more than a segment, and the same passage twice in one go', () => {
    const many = Array.from({ length: 9000 }, (_, i) => ({
      id: `m${i}`,
      text: passages[i % passages.length]!.text + i,
    }));
    const twice = buildIndex([...many, ...many.slice(0, 100)]);
    expect(twice.size).toBe(9000);
    expect(ranking(twice)).toEqual(ranking(buildIndex(many)));
  });

  it('and tells a damaged segment', () => {
    const bytes = toBytes(index.stored.segments[0]!);
    const sum = checksum(bytes);
    expect(fromBytes(bytes.subarray(0, bytes.length - 8))).toBeNull();
    expect(fromBytes(new Uint8Array([1, 2, 3]))).toBeNull();
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const hurt = bytes.slice();
        hurt[at]! ^= by;
        expect(checksum(hurt)).not.toBe(sum);
        expect(() => fromBytes(hurt)).not.toThrow();
      }),
      { numRuns: 30 },
    );
    expect(contentKey(passages)).not.toBe(contentKey(passages.slice(1)));
  });
});

describe('odd questions', () => {
  it.each([
    '',
    ' ',
    '？！。',
    '*',
    '的的的',
    '\u0000',
    '😀党',
    '\ud800',
    'a'.repeat(100_000),
    '学'.repeat(50_000),
    '请问怎么办',
    '𠮷',
  ])('are answered, %#', (question) => {
    expect(() => index.search(question)).not.toThrow();
  });
  it('and any other, alone or as a passage', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), (text, question) => {
        const one = buildIndex([{ id: 'x', title: question, text }], lexicon);
        expect(one.search(question).length).toBeLessThanOrEqual(1);
        expect(index.search(text, 5).every((h) => Number.isFinite(h.score))).toBe(true);
      }),
      { numRuns: 100 },
    ));
  it('an empty index answers too', () => expect(new SearchIndex().search('学校')).toEqual([]));
});
