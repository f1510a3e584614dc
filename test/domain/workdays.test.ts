import { describe, expect, it } from 'vitest';
import { dayAfter, weekdayOf, workdaysOf } from '../../src/domain/workdays.ts';
import { compiledKnowledge } from '../../src/entry/knowledge/compiled.ts';

const workdays = workdaysOf((await compiledKnowledge()).workdays);

/** Every day on which a year differs from Monday to Friday, written out from the State Council's notices. */
const PUBLISHED: Readonly<Record<number, { off: string; on: string }>> = {
  2025: {
    off: '0101 0128 0129 0130 0131 0203 0204 0404 0501 0502 0505 0602 1001 1002 1003 1006 1007 1008',
    on: '0126 0208 0427 0928 1011',
  },
  2026: {
    off: '0101 0102 0216 0217 0218 0219 0220 0223 0406 0501 0504 0505 0619 0925 1001 1002 1005 1006 1007',
    on: '0104 0214 0228 0509 0920 1010',
  },
};

describe.each([2025, 2026])('the working calendar of %i', (year) => {
  const { off, on } = PUBLISHED[year]!;
  const dated = (list: string) => list.split(' ').map((d) => `${year}-${d.slice(0, 2)}-${d.slice(2)}`);

  it('is right on every day of the year', () => {
    const wrong: string[] = [];
    let days = 0;
    for (let day = `${year}-01-01`; day.startsWith(`${year}`); day = dayAfter(day, 1)) {
      days++;
      const weekend = [0, 6].includes(weekdayOf(day));
      const expected = weekend ? dated(on).includes(day) : !dated(off).includes(day);
      if (workdays.isWorkday(day) !== expected) wrong.push(day);
    }
    expect(days).toBe(365);
    expect(wrong).toEqual([]);
    expect(workdays.knows(year)).toBe(true);
  });

  it('lists days off on weekdays and make-up days on weekends only', () => {
    expect(dated(off).filter((d) => [0, 6].includes(weekdayOf(d)))).toEqual([]);
    expect(dated(on).filter((d) => ![0, 6].includes(weekdayOf(d)))).toEqual([]);
  });
});

describe('a year whose notice is not recorded', () => {
  it('is Monday to Friday and says that it is not known', () => {
    expect(workdays.knows(2027)).toBe(false);
    expect(workdays.isWorkday('2027-01-01')).toBe(true);
    expect(workdays.isWorkday('2027-01-02')).toBe(false);
  });
});

describe('counting working days', () => {
  it('steps over the National Day holiday and takes the make-up Saturday', () => {
    expect(workdays.shift('2026-09-30', 1)).toBe('2026-10-08');
    expect(workdays.shift('2026-10-09', 1)).toBe('2026-10-10');
    expect(workdays.shift('2026-10-08', -1)).toBe('2026-09-30');
    expect(workdays.shift('2026-10-03', 0)).toBe('2026-10-08');
    expect(workdays.shift('2026-10-09', 0)).toBe('2026-10-09');
  });

  it('counts without the first day and backwards with a sign', () => {
    expect(workdays.between('2026-09-30', '2026-10-10')).toBe(3);
    expect(workdays.between('2026-10-10', '2026-09-30')).toBe(-3);
    expect(workdays.between('2026-11-27', '2026-11-29')).toBe(0);
  });

  it('goes and comes back to the same working day over any stretch of both years', () => {
    for (let day = '2025-01-02'; day < '2026-12-01'; day = dayAfter(day, 3)) {
      if (!workdays.isWorkday(day)) continue;
      for (const n of [1, 3, 7, 20]) {
        const there = workdays.shift(day, n);
        expect(workdays.between(day, there)).toBe(n);
        expect(workdays.shift(there, -n)).toBe(day);
      }
    }
  });
});
