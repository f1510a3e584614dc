import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compiledKnowledge, ROOT } from '../../src/entry/knowledge/compiled.ts';
import { lintBook, uncited } from '../../src/rules/lint-book.ts';
import type { Clause, Fact, Matter, Procedure, Route, Rulebook } from '../../src/rules/rulebook.ts';
import { amount, fact, matter, route, threshold } from './make-rules.ts';

const { book: own } = await compiledKnowledge();
const DAY = '9999-12-31';

const scope = fact('scope', ['平常', '过夜', '跨市']);
const stage = fact('school_type', ['义务教育', '高中'], { kind: 'profile' });

const outing = (facts: Fact[], routes: Route[], rest: Partial<Matter> = {}): Matter =>
  matter(facts, routes, { id: 'spring-outing', ...rest });
const bookOf = (matters: Matter[], rest: Partial<Rulebook> = {}): Rulebook => ({
  ...own,
  matters,
  procedures: [],
  clauses: [],
  ...rest,
});
const lint = (facts: Fact[], routes: Route[]) => lintBook(bookOf([outing(facts, routes)]), DAY);

describe('a sound book', () => {
  it('has no finding when each route is reached, none disagree and each fact is used', () => {
    const routes = [
      route('small', { amount: '<A1', scope: '平常' }, 'individual'),
      route('overnight', { scope: '过夜' }, 'party_meeting'),
    ];
    expect(lint([amount, threshold, scope], routes)).toEqual([]);
  });
  it('may hold a route for one school stage only: the lint is of no school in particular', () => {
    expect(lint([stage], [route('high', { school_type: '高中' }, 'superior')])).toEqual([]);
  });
});

describe('a route that is never reached', () => {
  it('is named with its place in the file', () => {
    const routes = [
      route('overnight', { scope: '过夜' }, 'party_meeting'),
      route('nowhere', { scope: { not: ['平常', '过夜', '跨市'] } }, 'individual'),
    ];
    expect(lint([scope], routes)).toEqual([
      { id: 'spring-outing', path: ['routes', 1, 'when'], message: expect.stringContaining('走向 nowhere 走不到') },
    ]);
  });
  it('is found when an amount runs from more to less', () => {
    const [found, ...more] = lint([amount], [route('backwards', { amount: '300000..200000' }, 'party_meeting')]);
    expect(found?.message).toContain('走向 backwards 走不到');
    expect(more).toEqual([]);
  });
  it('is not one that only an unusual value reaches: assumptions are not taken', () => {
    const assumed = { ...scope, assume: '平常' };
    expect(lint([assumed], [route('overnight', { scope: '过夜' }, 'party_meeting')])).toEqual([]);
  });
});

describe('rules that contradict each other', () => {
  const yes = fact('paid', [true, false], { kind: 'boolean' });
  const overnight = route('overnight', { scope: '过夜' }, 'party_meeting');
  const paid = route('paid', { paid: true }, 'principal_then_party');
  const torn = (routes: Route[]) => lint([scope, yes], routes);

  it('are not a route and the one that follows it', () => {
    const following = { ...paid, since: '2025-01-01' };
    expect(torn([{ ...overnight, until: '2025-01-01' }, following])).toEqual([]);
    expect(torn([overnight, following])).toHaveLength(1);
  });
  it('are named, both of them, with the number of cases and what to do', () => {
    const [found, ...more] = torn([overnight, paid]);
    expect(found).toMatchObject({ id: 'spring-outing', path: ['routes'] });
    expect(found!.message).toContain('1 种情形下规则打架');
    expect(found!.message).toContain('overnight 与 paid');
    expect(found!.message).toContain('over');
    expect(more).toEqual([]);
  });
  it('are at peace once one says that it goes before the other', () => {
    expect(torn([{ ...overnight, over: ['paid'] }, paid])).toEqual([]);
  });
  it('are at peace when the stricter simply wins', () => {
    expect(torn([overnight, { ...paid, decider: 'individual' }])).toEqual([]);
  });
  it('are at peace when both lead to the same decider', () => {
    expect(torn([overnight, { ...paid, decider: 'party_meeting' }])).toEqual([]);
  });
  it('are at peace when no case meets both', () => {
    expect(torn([overnight, route('other', { scope: '跨市', paid: true }, 'principal_then_party')])).toEqual([]);
  });
});

describe('a fact without effect', () => {
  it('is named with its place in the file', () => {
    const idle = fact('weather', ['晴', '雨']);
    expect(lint([scope, idle], [route('overnight', { scope: '过夜' }, 'party_meeting')])).toEqual([
      {
        id: 'spring-outing',
        path: ['facts', 'weather'],
        message: expect.stringContaining('事实 weather 没有任何走向'),
      },
    ]);
  });
  it('is not the school’s amount lines, which no condition names', () => {
    expect(lint([threshold], [])).toEqual([]);
  });
});

it('tells of every matter, each under its own name', () => {
  const idle = fact('weather', ['晴', '雨']);
  const names = ['spring-outing', 'autumn-outing', 'sports-day'];
  const matters = names.map((id, i) => outing(i === 1 ? [] : [idle], [], { id }));
  expect(lintBook(bookOf(matters), DAY).map((f) => f.id)).toEqual(['spring-outing', 'sports-day']);
});

describe('clauses nobody cites', () => {
  const clause = (id: string): Clause => ({ ...own.clauses[0]!, id });
  const procedure = (cites: string[]): Procedure => ({ ...own.procedures[0]!, cites });
  const clauses = ['办法#1', '办法#2', '办法#3', '办法#4'].map(clause);
  const cited = outing([scope], [route('overnight', { scope: '过夜' }, 'party_meeting', { cites: ['办法#2'] })], {
    cites: ['办法#1'],
  });
  it('are those that no matter, no route and no procedure rests on', () => {
    expect(uncited(bookOf([cited], { clauses, procedures: [procedure(['办法#3'])] }))).toEqual(['办法#4']);
  });
});

describe('the project’s own book', () => {
  it('has no finding and no idle clause', () => {
    expect(own.matters.length).toBeGreaterThan(100);
    expect(lintBook(own, DAY)).toEqual([]);
    expect(uncited(own)).toEqual([]);
  });
  it('passes the command, which says how much it looked at', () => {
    const said = execFileSync(process.execPath, ['--no-warnings', join(ROOT, 'src/entry/rules.ts'), 'lint'], {
      encoding: 'utf8',
    });
    expect(said).toContain(`没有问题：${own.matters.length} 个事项`);
  }, 60_000);
});
