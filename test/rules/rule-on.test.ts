import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SchoolProfile } from '../../src/domain/school.ts';
import { type Known, weigh } from '../../src/rules/condition.ts';
import { type Ruling, ruleOn } from '../../src/rules/rule-on.ts';
import type { Matter } from '../../src/rules/rulebook.ts';
import { amount, fact, matter, route, threshold } from './make-rules.ts';

const school: SchoolProfile = {
  id: 's',
  name: '某校',
  demo: false,
  since: '2022-01-01',
  schoolTypes: ['义务教育'],
  list: [],
  params: {},
  amountLines: { A1: 10_000, A2: 50_000 },
};
const { amountLines: _lines, ...withoutLines } = school;

const rule = (m: Matter, known: Partial<Known> = {}, at: SchoolProfile = school, day = '2026-11-20'): Ruling =>
  ruleOn(m, { known: { choices: {}, ...known } }, at, day);
const ending = (r: Ruling) =>
  r.kind === 'settled'
    ? r.verdict.decider
    : r.kind === 'needs_facts'
      ? `asks ${r.ask.map((f) => f.id).join(',')}`
      : r.kind;

const purchase = matter(
  [amount, threshold],
  [route('small', { amount: '<A1' }, 'individual'), route('middle', { amount: 'A1..A2' }, 'principal_meeting')],
);

describe('amount tiers', () => {
  it.each([
    [9_999.99, 'individual'],
    [10_000, 'principal_meeting'],
    [49_999, 'principal_meeting'],
    [50_000, 'principal_then_party'],
  ])('puts %d yuan, at a line into the higher tier, to %s', (yuan, decider) => {
    expect(ending(rule(purchase, { amount: yuan }))).toBe(decider);
  });
  it('asks for the amount when it is not told', () => {
    expect(ending(rule(purchase))).toBe('asks amount');
  });
  it('asks for the school’s lines when it has none, and shows every route instead of inventing a figure', () => {
    const ruling = rule(purchase, { amount: 30_000 }, withoutLines);
    expect(ending(ruling)).toBe('asks threshold');
    expect(ruling.kind === 'needs_facts' && ruling.alternatives.map((a) => a.verdict.decider)).toEqual([
      'individual',
      'principal_meeting',
      'principal_then_party',
    ]);
  });
  it('shows the tiers of a school without lines when no amount is told either', () => {
    expect(ending(rule(purchase, {}, withoutLines))).toBe('asks amount');
  });
});

describe('exceptions', () => {
  const scope = fact('scope', ['平常', '过夜', '跨市'], { assume: '平常' });
  it('takes the ordinary value and says so when another would change the ruling', () => {
    const ruling = rule(matter([scope], [route('overnight', { scope: ['过夜', '跨市'] }, 'individual')]));
    expect(ending(ruling)).toBe('principal_then_party');
    expect(ruling.kind === 'settled' && ruling.premises.map((p) => [p.fact.id, p.value])).toEqual([['scope', '平常']]);
  });
  it('names no premise that would change nothing', () => {
    const ruling = rule(matter([scope], [route('note-only', { scope: '过夜' }, 'principal_then_party')]));
    expect(ruling.kind === 'settled' && ruling.premises).toEqual([]);
  });
  it('asks instead of assuming when the wording was loose', () => {
    const m = matter([scope], [route('overnight', { scope: '过夜' }, 'individual')]);
    expect(ending(ruleOn(m, { known: { choices: {} }, vague: new Set(['scope']) }, school, '2026-11-20'))).toBe(
      'asks scope',
    );
  });
  it('lets the stricter of two routes win', () => {
    const m = matter(
      [scope],
      [route('a', { scope: '过夜' }, 'individual'), route('b', { scope: '跨市' }, 'principal_meeting')],
    );
    expect(ending(rule(m, { choices: { scope: ['过夜', '跨市'] } }))).toBe('principal_meeting');
  });
  it('lets a route set aside the one it names, and all with *', () => {
    const named = matter(
      [scope],
      [route('a', { scope: '过夜' }, 'individual', { over: ['b'] }), route('b', { scope: '跨市' }, 'superior')],
    );
    const star = matter(
      [scope],
      [route('a', { scope: '过夜' }, 'individual', { over: '*' }), route('b', { scope: '跨市' }, 'superior')],
    );
    for (const m of [named, star]) expect(ending(rule(m, { choices: { scope: ['过夜', '跨市'] } }))).toBe('individual');
  });
  it('never lets a prohibition be set aside', () => {
    const m = matter(
      [scope],
      [route('a', { scope: '过夜' }, 'individual', { over: '*' }), route('b', { scope: '跨市' }, 'prohibited')],
    );
    expect(ending(rule(m, { choices: { scope: ['过夜', '跨市'] } }))).toBe('prohibited');
  });
  it('acts first in an emergency', () => {
    const m = matter(
      [scope],
      [route('now', { scope: '过夜' }, 'individual', { emergency: true }), route('b', { scope: '跨市' }, 'superior')],
    );
    const ruling = rule(m, { choices: { scope: ['过夜', '跨市'] } });
    expect(ruling.kind === 'settled' && ruling.verdict.emergency).toBe(true);
  });
  it('calls two equally strict routes that disagree contested', () => {
    const m = matter(
      [scope],
      [route('a', { scope: '过夜' }, 'party_meeting'), route('b', { scope: '跨市' }, 'principal_then_party')],
      { decider: 'individual' },
    );
    expect(ending(rule(m, { choices: { scope: ['过夜', '跨市'] } }))).toBe('contested');
  });
  it('weighs a route only while it is in force', () => {
    const m = matter(
      [scope],
      [route('old', { scope: '过夜' }, 'individual', { since: '2023-01-01', until: '2025-01-01' })],
    );
    const on = (day: string) => ending(rule(m, { choices: { scope: ['过夜'] } }, school, day));
    expect([on('2022-12-31'), on('2023-01-01'), on('2024-12-31'), on('2025-01-01')]).toEqual([
      'principal_then_party',
      'individual',
      'individual',
      'principal_then_party',
    ]);
  });
  it('reads not', () => {
    expect(weigh([{ scope: { not: '平常' } }], { choices: { scope: ['过夜'] } })).toBe('holds');
    expect(weigh([{ scope: { not: '平常' } }], { choices: {} })).toBe('unknown');
  });
});

describe('the school', () => {
  const m = matter([], []);
  it('goes by its own list and names the entry', () => {
    const own = {
      ...school,
      list: [{ matter: 'm', decider: 'party_meeting' as const, entry: '清单第3项', since: '2024-01-01' }],
    };
    const ruling = rule(m, {}, own);
    expect(ruling.kind === 'settled' && [ruling.verdict.decider, ruling.verdict.ownEntry]).toEqual([
      'party_meeting',
      '清单第3项',
    ]);
    expect(ending(rule(m, {}, own, '2023-12-31'))).toBe('principal_then_party');
  });
  it('asks for the stage only among the stages it has', () => {
    const stage = fact('school_type', ['义务教育', '高中', '幼儿园'], { kind: 'profile' });
    const staged = matter(
      [stage],
      [route('high', { school_type: '高中' }, 'superior'), route('small', { school_type: '幼儿园' }, 'other_body')],
    );
    expect(ending(rule(staged))).toBe('principal_then_party');
    expect(ending(rule(staged, {}, { ...school, schoolTypes: ['义务教育', '高中'] }))).toBe('asks school_type');
    expect(ending(rule(staged, { choices: { school_type: ['高中'] } }))).toBe('superior');
  });
});

describe('always', () => {
  const scope = fact('scope', ['a', 'b', 'c']);
  const budget = fact('in_budget', [true, false], { kind: 'boolean' });
  const any = matter(
    [amount, threshold, scope, budget],
    [
      route('r1', { amount: '<A1' }, 'individual'),
      route('r2', { amount: 'A1..A2', in_budget: true }, 'principal_meeting'),
      route('r3', { scope: 'b' }, 'superior'),
      route('r4', { scope: { not: 'a' }, in_budget: false }, 'prohibited'),
    ],
  );
  const known = fc
    .record({
      amount: fc.option(fc.integer({ min: 0, max: 100_000 }), { nil: undefined }),
      scope: fc.option(fc.constantFrom('a', 'b', 'c'), { nil: undefined }),
      budget: fc.option(fc.boolean(), { nil: undefined }),
    })
    .map(({ amount: yuan, scope: s, budget: b }): Known => ({
      ...(yuan !== undefined && { amount: yuan }),
      choices: { ...(s && { scope: [s] }), ...(b !== undefined && { in_budget: [b] }) },
    }));

  it('settles the same whatever is learnt afterwards: no further fact overturns a settled ruling', () => {
    fc.assert(
      fc.property(known, known, (less, more) => {
        const first = rule(any, less);
        fc.pre(first.kind === 'settled');
        const wider: Known = { ...more, ...less, choices: { ...more.choices, ...less.choices } };
        expect(ending(rule(any, wider))).toBe(ending(first));
      }),
    );
  });
  it('settles once everything is known', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), fc.constantFrom('a', 'b', 'c'), fc.boolean(), (yuan, s, b) => {
        expect(rule(any, { amount: yuan, choices: { scope: [s], in_budget: [b] } }).kind).not.toBe('needs_facts');
      }),
    );
  });
  it('asks only for facts that are not known', () => {
    fc.assert(
      fc.property(known, (k) => {
        const ruling = rule(any, k);
        if (ruling.kind !== 'needs_facts') return;
        for (const f of ruling.ask) expect(f.id === 'amount' ? k.amount : k.choices[f.id]).toBeUndefined();
      }),
    );
  });
});
