import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sendReminders, sweepReminders } from '../../src/assistant/send-reminders.ts';
import { DEMO_MEMBERS } from '../../src/domain/demo-members.ts';
import { Roster } from '../../src/domain/member.ts';
import { Schools } from '../../src/domain/schools.ts';
import { dayAfter, workdaysOf } from '../../src/domain/workdays.ts';
import { compiledKnowledge } from '../../src/entry/knowledge/compiled.ts';
import { dayAt } from '../../src/domain/china-time.ts';
import { dueRound, momentsBetween } from '../../src/office/reminders/due.ts';
import { remindersOf } from '../../src/office/reminders/reminders.ts';
import { viewOfShown } from '../../src/office/reminders/view.ts';
import { aLedger, type Fate } from './a-ledger.ts';
import { aResolution, put } from './some-records.ts';

const knowledge = await compiledKnowledge();
const workdays = workdaysOf(knowledge.workdays);
const demo = knowledge.schools.find((s) => s.id === 'demo')!;
const roster = new Roster(DEMO_MEMBERS);
const SECRET = '某干部任免';
const china = (moment: string) => Date.parse(`${moment}+08:00`);

const RECORDS = [
  put.resolution({ createdAt: 0 }),
  put.resolution({
    id: 'J2',
    title: SECRET,
    owner: 'deputy_secretary',
    confidentiality: 'committee_only',
    deadline: '2026-10-09',
    createdAt: 0,
  }),
  put.resolution({ id: 'J3', title: '课桌椅采购', owner: 'dean', deadline: '2026-09-28', createdAt: 0 }),
  put.item({ raisedAt: 0 }),
];

function aService(params: Record<string, string> = {}) {
  const school = { ...demo, params: { ...demo.params, ...params } };
  const ledger = aLedger(RECORDS);
  const schools = new Schools([{ since: school.since, profile: school }]);
  const work = { ledgers: ledger.ledgers, schools, workdays, log: () => {} };
  const at = (moment: string) => sendReminders(work, 'demo', china(moment));
  const rounds = () => [...ledger.shown().records.round.values()];
  return { ...ledger, school, work, at, rounds };
}

describe('when the round is made', () => {
  it('at the school’s time, once, on a make-up Saturday too', async () => {
    const s = aService();
    expect((await s.at('2026-10-10T07:59:00')).due).toBe('no');
    expect((await s.at('2026-10-10T08:00:00')).due).toBe('due');
    expect((await s.at('2026-10-10T08:01:00')).due).toBe('no');
    expect(s.sends.length).toBe(new Set(s.sends.map((x) => x.key)).size);
    expect(s.sends.every((x) => x.key.length <= 50 && x.platform === 'web')).toBe(true);
    expect(s.sends.map((x) => `${x.conversation.kind} ${x.conversation.id}`)).toContain('group g-committee');
  });
  it('not on Sundays and holidays, nor in quiet hours, nor while the school has paused', async () => {
    const s = aService({ no_reminders: '2026-07-10/2026-08-25' });
    for (const moment of [
      '2026-09-27T08:00:00',
      '2026-10-01T08:00:00',
      '2026-09-28T21:00:00',
      '2026-09-28T06:59:00',
      '2026-08-03T08:00:00',
    ])
      expect((await s.at(moment)).due).toBe('no');
    expect(s.sends).toEqual([]);
  });
  it('late once on the same day after an outage, and says so', async () => {
    const s = aService();
    await s.at('2026-11-23T08:00:00');
    const late = await s.at('2026-11-24T10:17:00');
    expect(late.due).toBe('late');
    expect(late.sent.every(({ text }) => text.includes('迟到'))).toBe(true);
    expect((await s.at('2026-11-24T10:18:00')).due).toBe('no');
  });
  it('makes up for a whole day missed in the next round, and only there', async () => {
    const s = aService();
    await s.at('2026-11-23T08:00:00');
    expect((await s.at('2026-11-24T22:00:00')).due).toBe('no');
    const next = await s.at('2026-11-25T08:00:00');
    expect(next.sent.every(({ text }) => text.includes('11月24日的提醒没有发出，已并入今天'))).toBe(true);
    const after = await s.at('2026-11-26T08:00:00');
    expect(after.sent.some(({ text }) => text.includes('没有发出'))).toBe(false);
  });
  it('is not late on the day the register was begun after its time', () => {
    const now = china('2026-11-23T10:00:00');
    expect(dueRound(demo, [], now, workdays, now - 1000)).toBe('no');
    expect(dueRound(demo, [], now, workdays, china('2026-11-20T10:00:00'))).toBe('late');
  });
  it('a dry run says the same and leaves no trace', async () => {
    const s = aService();
    const dry = await sendReminders(s.work, 'demo', china('2026-11-23T08:00:00'), { dry: true });
    expect(s.commits).toEqual([]);
    expect((await s.at('2026-11-23T08:00:00')).sent).toEqual(dry.sent);
  });
  it('a moved clock passes the moments of working days only', () => {
    const moments = momentsBetween(china('2026-09-30T08:00:00'), china('2026-10-10T08:00:00'), demo, workdays);
    expect(moments.map(dayAt)).toEqual(['2026-10-08', '2026-10-09', '2026-10-10']);
  });
  it('what is done before the round is not in it', async () => {
    const s = aService();
    s.keep([{ kind: 'resolution', record: { ...aResolution(), state: 'ended' }, open: false }]);
    const { sent } = await s.at('2026-11-23T08:00:00');
    expect(sent.some(({ text }) => text.includes('J1 '))).toBe(false);
  });
  it('a school that fails does not keep the others from theirs', async () => {
    const s = aService();
    const broken = { ...s.ledgers, schools: async () => ['broken', 'demo'] };
    const schools = new Schools(
      ['broken', 'demo'].map((id) => ({ since: '2022-01-01', profile: { ...s.school, id } })),
    );
    const forSchool = (id: string) => {
      if (id === 'broken') throw new Error('disk');
      return s.ledger;
    };
    const made = await sweepReminders(
      { ...s.work, schools, ledgers: { ...broken, forSchool } },
      china('2026-11-23T08:00:00'),
    );
    expect(made.map((m) => m.school)).toEqual(['demo']);
  });
});

/** One stretch of a school's life: the clock moves, and some processes look whether a round is due. */
const stretch = fc.record({
  minutes: fc.oneof(
    { weight: 3, arbitrary: fc.integer({ min: 1, max: 900 }) },
    { weight: 3, arbitrary: fc.integer({ min: 900, max: 4000 }) },
    { weight: 1, arbitrary: fc.integer({ min: -3000, max: -1 }) },
  ),
  replicas: fc.integer({ min: 0, max: 4 }),
  fate: fc.constantFrom<Fate>('saved', 'saved', 'saved', 'killed-before', 'killed-after'),
  change: fc.option(
    fc.record({
      id: fc.constantFrom('J1', 'J2', 'J3', 'J4'),
      open: fc.boolean(),
      days: fc.integer({ min: -5, max: 10 }),
    }),
  ),
});

describe('whatever restarts, replicas, outages and clock moves do', () => {
  it('everyone with something to hear gets exactly one digest a working day, and no group hears a secret', async () => {
    let rounds = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(stretch, { minLength: 15, maxLength: 40, size: 'max' }), async (life) => {
        const s = aService();
        let now = china('2026-09-24T06:00:00');
        let last = '';
        for (const { minutes, replicas, fate, change } of life) {
          now += minutes * 60_000;
          const day = dayAt(now);
          if (change) {
            const secret = change.id === 'J2';
            const record = aResolution({
              id: change.id,
              title: secret ? SECRET : '公开的事',
              createdAt: 0,
              deadline: dayAfter(day, change.days),
              confidentiality: secret ? 'committee_only' : 'public',
            });
            s.keep([{ kind: 'resolution', record, open: change.open }]);
          }
          const people = new Set(
            remindersOf(viewOfShown(s.shown(), { school: s.school, roster, workdays }), day).map((r) => r.member),
          );
          const before = s.sends.length;
          s.fares(fate);
          await Promise.allSettled(Array.from({ length: replicas }, () => sendReminders(s.work, 'demo', now)));
          const minute = Math.floor((now + 8 * 3_600_000) / 60_000) % 1440;
          const wanted = workdays.isWorkday(day) && minute >= 480 && minute < 1260 && day > last;
          const made = s.sends.slice(before);
          if (!wanted || replicas === 0 || fate === 'killed-before') {
            expect(made).toEqual([]);
            continue;
          }
          rounds++;
          const direct = made.filter((m) => m.conversation.kind === 'direct').map((m) => m.conversation.id);
          expect(direct.toSorted()).toEqual([...people].toSorted());
          expect(
            made.filter((m) => m.conversation.kind === 'group').every((m) => !JSON.stringify(m).includes(SECRET)),
          ).toBe(true);
          expect(made.every((m) => m.reply.text.split('\n').length <= 20)).toBe(true);
          const between: string[] = [];
          if (last)
            for (let d = dayAfter(last, 1); d < day; d = dayAfter(d, 1)) if (workdays.isWorkday(d)) between.push(d);
          expect(s.commits.at(-1)!.deeds[0]!.detail).toMatchObject({ missed: between });
          expect(made.every((m) => m.reply.text.includes('没有发出') === between.length > 0)).toBe(true);
          last = day;
        }
        const days = s.commits.map((c) => c.deeds[0]!.about);
        expect(new Set(days).size).toBe(days.length);
        expect(s.rounds().map((r) => r.id)).toEqual(last ? [last] : []);
      }),
      { numRuns: 100 },
    );
    expect(rounds).toBeGreaterThan(200);
  });
});
