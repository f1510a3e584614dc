import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AgendaItem } from '../../src/domain/agenda-item.ts';
import { amountInWords } from '../../src/domain/money.ts';
import type { Meeting } from '../../src/domain/meeting.ts';
import { outlineText } from '../../src/papers/outline/blocks.ts';
import { makePaper, outlineFor } from '../../src/papers/paper.ts';
import type { Sources } from '../../src/papers/sources.ts';
import { again, canteen, contractor, partyMeeting, principalMeeting, sources } from './a-case.ts';
import { textOf } from './read-back.ts';

/** Figures of a text without separators and leading zeros: `2026年03月` has 2026 and 3. */
const figuresOf = (text: string): string[] =>
  (text.replace(/(\d),(?=\d{3})/g, '$1').match(/\d+(?:\.\d+)?/g) ?? []).map((n) => String(Number(n)));

/** Every figure that stands in the records, with the days and times of their moments. */
function figuresIn(records: unknown): Set<string> {
  const found = new Set<string>();
  const walk = (value: unknown): void => {
    if (typeof value === 'number' && value > 1e11)
      for (const n of figuresOf(new Date(value + 8 * 3_600_000).toISOString().slice(0, 16))) found.add(n);
    else if (typeof value === 'number' || typeof value === 'string')
      for (const n of figuresOf(String(value))) found.add(n);
    else if (value instanceof Map) for (const v of value.values()) walk(v);
    else if (value && typeof value === 'object') for (const v of Object.values(value)) walk(v);
  };
  walk(records);
  return found;
}

const papers = (
  item: AgendaItem,
  meeting: Meeting,
): readonly (readonly [string, Partial<Sources>, readonly unknown[]])[] => [
  ['item-form', { item }, [item]],
  ['notice', { meeting }, [meeting, item]],
  ['agenda', { meeting }, [meeting, item]],
  ['record', { meeting }, [meeting, item, contractor.deadline]],
  ['minutes', { meeting }, [meeting, contractor]],
  ['follow-up', { resolution: contractor, meeting }, [contractor, meeting.number, '2026-12-24']],
  ['reconsideration', { item: again, resolution: contractor, meeting }, [again, contractor, meeting.number]],
];

/** What a paper counts itself: members of the body, who is there and away, the sum of the votes, its own lists. */
const counted = (meeting: Meeting): string[] => {
  const sums = meeting.agenda.map((e) => (e.vote ? e.vote.for + e.vote.against + e.vote.abstain + e.vote.defer : 0));
  return [5, meeting.present.length, 5 - meeting.present.length, ...sums].map(String);
};
/** Figures of suggested values: 建议值2个工作日. */
const SUGGESTED = ['2', '3'];

type Read = (kind: string, sources: Sources) => Promise<string> | string;
const asOutline: Read = (kind, from) => outlineText(outlineFor(kind, from));
const asFile: Read = async (kind, from) => textOf((await makePaper({ kind, of: 'X1' }, from)).bytes);

/** The figures of each paper that stand in no record. */
async function strangers(item: AgendaItem, meeting: Meeting, read: Read) {
  const items = new Map([...sources().items, [item.id, item]]);
  const strange: string[] = [];
  for (const [kind, more, records] of papers(item, meeting)) {
    const steps = kind === 'item-form' ? item.gates.map((_, i) => String(i + 1)) : ['1', '2', '3'];
    const known = new Set([...figuresIn(records), ...counted(meeting), ...SUGGESTED, ...steps, '1', '2']);
    const said = await read(kind, sources({ ...more, items }));
    for (const n of figuresOf(said)) if (!known.has(n)) strange.push(`${kind}: ${n}`);
  }
  return strange;
}

describe('numbers', () => {
  it('in each file are those of the records', async () => {
    expect(await strangers(canteen, partyMeeting, asFile)).toEqual([]);
    expect(await strangers(canteen, principalMeeting, asFile)).toEqual([]);
  });

  it('follow the records whatever they are: amount, votes, day', async () => {
    const count = fc.nat(40);
    const votes = fc.record({ for: count, against: count, abstain: count, defer: count });
    const day = fc.date({ min: new Date('2026-01-01'), max: new Date('2031-12-31'), noInvalidDate: true });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 1e12 }), votes, day, async (fen, vote, date) => {
        const item = { ...canteen, fields: { ...canteen.fields, amount: (fen / 100).toFixed(2) } };
        const [first, ...rest] = partyMeeting.agenda;
        const agenda = [{ ...first!, vote: { method: '举手' as const, ...vote } }, ...rest];
        const meeting: Meeting = { ...partyMeeting, date: date.toISOString().slice(0, 10), agenda };
        expect(await strangers(item, meeting, asOutline)).toEqual([]);
        expect(await asOutline('item-form', sources({ item }))).toContain(`人民币${amountInWords(fen / 100)}（`);
        const sum = vote.for + vote.against + vote.abstain + vote.defer;
        const record = await asOutline('record', sources({ meeting }));
        expect(record).toContain(
          `同意${vote.for}票，不同意${vote.against}票，弃权${vote.abstain}票，缓议${vote.defer}票，合计${sum}票`,
        );
        expect(record).toContain(`${date.getUTCFullYear()}年${date.getUTCMonth() + 1}月${date.getUTCDate()}日`);
      }),
    );
  });

  it('and words of the outline are what stands in the file, in its order', async () => {
    const plain = (text: string) => text.replace(/[\s\u3000|｜]|____+/g, '');
    for (const [kind, more] of papers(canteen, partyMeeting)) {
      const { blocks } = outlineFor(kind, sources(more));
      const said = plain(outlineText({ title: '', blocks }));
      expect([kind, plain(await asFile(kind, sources(more)))]).toEqual([kind, said]);
    }
  });
});
