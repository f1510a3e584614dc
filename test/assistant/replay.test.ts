import { describe, expect, it } from 'vitest';
import { replayUnder } from '../../src/assistant/replay.ts';
import { Schools } from '../../src/domain/schools.ts';
import { checkSchool } from '../../src/rules/check-school.ts';
import { demoSchool, desk, startService } from '../fakes/service.ts';

it('replays an answer as it was given, and shows when the rules have changed', async () => {
  const { post, work } = startService();
  const answer = (await (await post('/api/ask', { question: '招一名编外保安要上党委会吗' })).json()) as {
    id: string;
    decider: string;
  };
  const given = (await work.archive.answer(answer.id))!;
  expect(given).toMatchObject({ matter: 'hire-nonestab-security-guard', rulesVersion: desk.book.version });
  expect(JSON.stringify(given)).not.toContain('招一名');
  expect(replayUnder(given, desk.book)).toEqual({ outcome: 'settled', decider: answer.decider, same: true });
  const changed = {
    ...desk.book,
    matters: desk.book.matters.map((m) => (m.id === given.matter ? { ...m, decider: 'party_meeting' as const } : m)),
  };
  expect(replayUnder(given, changed)).toMatchObject({ decider: 'party_meeting', same: false });
});

describe('a school’s own list', () => {
  const entry = (
    matter: string,
    decider: 'party_meeting' | 'principal_meeting' | 'principal_then_party' | 'individual',
  ) => ({ matter, decider, entry: '清单第1项', since: '2024-01-01' });
  const check = (list: ReturnType<typeof entry>[]) => checkSchool({ ...demoSchool, list }, desk.book);
  it('may be stricter than the default', () => {
    expect(check([entry('hire-nonestab-security-guard', 'principal_then_party')])).toEqual([]);
  });
  it('may not go below what law or superior documents ask, and is told which clause forbids it', () => {
    const [why] = check([entry('mid-level-cadre-appointment', 'individual')]);
    expect(why).toMatch(/党组织会议/);
    expect(why).toMatch(/《.+》/);
    expect(check([entry('student-appeal', 'principal_meeting')])).toHaveLength(1);
    expect(check([entry('performance-pay-scheme', 'principal_then_party')])).toHaveLength(1);
  });
  it('is told which matter was meant', () => {
    expect(check([entry('school-uniforms', 'party_meeting')])[0]).toContain('school-uniform');
  });
});

it('answers by the profile in force on the day', () => {
  const schools = new Schools([
    { since: '2024-01-01', profile: { ...demoSchool, id: 'x', amountLines: { A1: 1000, A2: 2000 } } },
    { since: '2026-01-01', profile: { ...demoSchool, id: 'x', amountLines: { A1: 5000, A2: 9000 } } },
  ]);
  expect([
    schools.on('x', '2023-12-31'),
    schools.on('x', '2025-06-01')?.amountLines?.A1,
    schools.on('x', '2026-01-01')?.amountLines?.A1,
  ]).toEqual([undefined, 1000, 5000]);
});
