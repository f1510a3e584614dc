import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { AgendaItem } from '../../src/domain/agenda-item.ts';
import { DEMO_MEMBERS } from '../../src/domain/demo-members.ts';
import { Roster } from '../../src/domain/member.ts';
import { shownTo } from '../../src/office/shown-to.ts';
import { maySee, standingOf } from '../../src/office/visibility.ts';

const roster = new Roster(DEMO_MEMBERS);
const ids = DEMO_MEMBERS.map((m) => m.id);
const sight = { roster, item: () => undefined };

const anItem = fc.record({
  confidentiality: fc.constantFrom('public', 'internal', 'committee_only'),
  bodies: fc.constantFrom<readonly string[]>(['party'], ['principal'], ['principal', 'party'], ['superior'], []),
  sponsor: fc.constantFrom(...ids),
  deputy: fc.option(fc.constantFrom(...ids), { nil: undefined }),
  recused: fc.subarray(ids),
});
const itemOf = (o: typeof anItem extends fc.Arbitrary<infer T> ? T : never): AgendaItem =>
  ({
    id: 'Y1',
    title: 't',
    state: 'preparing',
    ruling: { confidentiality: o.confidentiality },
    legs: o.bodies.map((body) => ({ body, act: 'decides' })),
    gates: [{ code: 'sp_talk', name: 'n', leg: 0, state: 'differs', records: [{ note: 'between two' }] }],
    sponsor: o.sponsor,
    deputy: o.deputy,
    recusals: o.recused.map((member) => ({ member, why: 'kin' })),
  }) as unknown as AgendaItem;

it('shows a record to those who may see it and to nobody else, and a confidential one only to those who deal with it', () => {
  fc.assert(
    fc.property(anItem, fc.constantFrom(...DEMO_MEMBERS), (o, member) => {
      const viewed = { kind: 'item', record: itemOf(o) } as const;
      const seen = maySee(member, viewed, sight);
      expect(shownTo(member, viewed, sight) !== undefined).toBe(seen);
      const deals =
        [o.sponsor, o.deputy].includes(member.id) ||
        member.bodies.some((b) => o.bodies.includes(b)) ||
        ['office', 'secretary', 'principal'].includes(member.id);
      expect(seen).toBe(o.confidentiality !== 'committee_only' || deals);
    }),
  );
});

it('tells what was said between secretary and principal only to those who sit in a meeting of it and did not stand back', () => {
  fc.assert(
    fc.property(anItem, fc.constantFrom(...DEMO_MEMBERS), (o, member) => {
      const viewed = { kind: 'item', record: itemOf(o) } as const;
      const told = JSON.stringify(shownTo(member, viewed, sight) ?? '').includes('between two');
      const meets = o.bodies.some((b) => b === 'party' || b === 'principal');
      const sits = member.bodies.some((b) => o.bodies.includes(b)) || (member.id === 'office' && meets);
      expect(told).toBe(sits && !o.recused.includes(member.id));
      expect(told).toBe(standingOf(member, viewed, sight) === 'inside');
    }),
  );
});
