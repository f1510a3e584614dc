import { describe, expect, it } from 'vitest';
import { commandOf } from '../../src/assistant/commands.ts';
import { DEMO_MEMBERS } from '../../src/domain/demo-members.ts';
import { COMMANDS } from '../../src/office/commands.ts';
import { refsIn } from '../../src/office/command.ts';
import { keptFromGroup, runCommand } from '../../src/office/run-command.ts';
import { remindRound } from '../../src/office/reminders/round.ts';
import { viewOfShown } from '../../src/office/reminders/view.ts';
import { Roster } from '../../src/domain/member.ts';
import { aSchoolWithSecret } from './secret-school.ts';
import { aSchool, plainWorkdays } from './a-school.ts';

const MOST = 4000;
const row = (piece: string, before = '', after = '') => {
  const room = MOST - before.length - after.length;
  return `${before}${piece.repeat(Math.ceil(room / piece.length)).slice(0, room)}${after}`;
};

/** Rows that patterns with two ways to read the same letters try again and again. */
const HOSTILE: Readonly<Record<string, string>> = {
  blanks: row(' ', 'a', 'b'),
  commas: row('，', 'a', 'b'),
  lines: row('\n', 'a', 'b'),
  digits: row('1'),
  numbers: row('-J1', 'D-1'),
  'money blanks': row(' ', '预算', '万'),
  'day blanks': row(' ', '1', '天'),
  days: row('1月 '),
  labels: row(' 事实：'),
  opinions: row('意见 '),
  ats: row('@ '),
  refs: Array.from({ length: 600 }, (_, i) => `Y${i + 100}`).join(' '),
  choices: `{${row('a=b,').slice(0, 3000)}} 换食堂`,
  closing: row('的事情 '),
};

/** What a busy two-core machine adds at most; a pattern that blows up takes seconds. */
const MOST_MS = 250;
const quickest = (run: () => unknown): number =>
  Math.min(
    ...[1].map(() => {
      const from = performance.now();
      run();
      return performance.now() - from;
    }),
  );

describe('a hostile text of 4000 characters', () => {
  const school = aSchoolWithSecret('discussing');
  it.each(Object.entries(HOSTILE))('%s: is read by every command in no time', (_, text) => {
    expect(quickest(() => [commandOf(`/${text}`), commandOf(`/议题 ${text}`), refsIn(text)])).toBeLessThan(50);
    const slow = COMMANDS.flatMap((command) =>
      ['', 'H1 Y2 ', 'J2 '].flatMap((ref) => {
        if (ref !== '' && command.name === '议题') return [];
        const said = { words: `${ref}${text}`, values: {}, quoted: text };
        const ms = quickest(() => runCommand(command, said, school.setting('office')));
        return ms > MOST_MS ? [`/${command.name} ${ref} ${Math.round(ms)} ms`] : [];
      }),
    );
    expect(slow).toEqual([]);
  });

  it('names no more records than are looked up in no time', () => {
    expect(refsIn(HOSTILE['refs']!).length).toBeLessThanOrEqual(20);
  });
});

const ODD = [
  '__proto__',
  'constructor',
  'toString',
  '-1',
  '1e309',
  'NaN',
  'Infinity',
  '0x10',
  '１２３',
  '99999999999999999999',
  '2026-02-30',
  '9999-12-31',
  '0000-00-00',
  '月底',
  '\u202e反过来',
  '\u200b',
  '\u0000',
  '<at user_id="all"></at>',
  '"; DROP TABLE deed; --',
  'null',
  '[]',
  '{"kind":"table"}',
  '{"kind":"table","file":"a","sheets":[{"name":"","rows":[["__proto__","目标任务","推进措施","完成时限","责任主体"]]}]}',
];
const FIELDS = [
  'text',
  'note',
  'why',
  'evidence',
  'item',
  'meeting',
  'about',
  'until',
  'step',
  'date',
  'time',
  'place',
  'amount',
  'minutes',
  'days',
  'from',
  'basis',
  'method',
  '同意',
  '不同意',
  '弃权',
  '缓议',
  'member',
  'outcome',
  'goal',
  'measures',
  'deadline',
  'owner',
  'coowner',
  'reason',
  'facts',
  'impact',
  'proposal',
  'table',
  'name',
  'urgent',
  'opinion',
  'again',
  'at_secretary',
  '__proto__',
  'constructor',
  'hasOwnProperty',
];
const odd = (value: string): Record<string, string> => Object.fromEntries(FIELDS.map((name) => [name, value]));

describe('odd values of forms and words', () => {
  it.each(['preparing', 'discussing'] as const)(
    'are answered or refused, never a fault, and change nobody’s prototype (%s)',
    (stage) => {
      const faults: string[] = [];
      const school = aSchoolWithSecret(stage);
      for (const by of ['office', 'teacher'])
        for (const command of COMMANDS)
          for (const value of ODD)
            for (const ref of ['Y2', 'H1 Y2', 'J2']) {
              if (command.name === '议题') continue;
              try {
                keptFromGroup(
                  runCommand(command, { words: `${ref} ${value}`.trim(), values: odd(value) }, school.setting(by)),
                );
              } catch (error) {
                faults.push(`${by} /${command.name} ${ref} ${value}: ${String(error)}`);
              }
            }
      expect([...new Set(faults)].slice(0, 8)).toEqual([]);
      expect(Object.keys(Object.prototype)).toEqual([]);
    },
  );

  it('keeps no amount that is no sum of money', () => {
    for (const amount of ['-1', 'NaN', '1e309', 'abc', '9e99', '1e13']) {
      const school = aSchool();
      const command = COMMANDS.find((c) => c.name === '议题')!;
      school.run(command, 'teacher', '{scope=经营方式不变} 更换食堂承包商', { amount });
      school.run(command, 'teacher', `更换食堂承包商 金额：${amount}`);
      for (const item of school.shown().records.item.values()) {
        const kept = item.fields['amount'];
        expect(kept === undefined || (Number(kept) >= 0 && Number(kept) < 1e12), `${amount}: ${kept}`).toBe(true);
      }
    }
  });

  it('keeps no control, direction or invisible characters of words and forms', () => {
    const school = aSchool();
    const command = COMMANDS.find((c) => c.name === '议题')!;
    school.run(command, 'teacher', '更换\u202e食堂\u200b承包商\u0000 预算60万', { proposal: '招\u2066标\u0007' });
    const item = [...school.shown().records.item.values()][0]!;
    expect(item.title).toBe('关于更换食堂承包商的请示');
    expect(item.fields['proposal']).toBe('招标');
  });
});

/** Everybody who has a part in something open leaves the school one after the other. */
describe('somebody has left the roster', () => {
  it.each(DEMO_MEMBERS.map((m) => m.id))('%s: commands, cards and reminders go on', (gone) => {
    const faults: string[] = [];
    for (const stage of ['preparing', 'listed', 'discussing', 'closing'] as const) {
      const school = aSchoolWithSecret(stage);
      const roster = new Roster(DEMO_MEMBERS.filter((m) => m.id !== gone));
      for (const by of ['office', 'secretary'].filter((m) => m !== gone))
        for (const command of COMMANDS)
          for (const words of [
            '',
            'Y1',
            'Y2',
            'Y3',
            'H1',
            'J1',
            'J2',
            'H1 通知',
            'H1 Y2',
            'Y2 同意',
            'J2 同意',
            'J2 已开标',
            'H1 出差',
            '全部',
            'Y3 材料不全',
            'H1 Y2 撤下 不急',
            'H1 取消 不开',
            '统计',
          ])
            try {
              if (['议题', '提醒', '稍后', '待办'].includes(command.name)) continue;
              runCommand(command, { words, values: {} }, { ...school.setting(by), roster });
            } catch (error) {
              faults.push(`${by} /${command.name} ${words} (${stage}): ${String(error)}`);
            }
      const view = viewOfShown(school.shown(), { school: school.school, roster, workdays: plainWorkdays });
      try {
        remindRound({ view, rounds: [], day: '2026-11-24', at: 0, late: false, missed: [] });
      } catch (error) {
        faults.push(`round (${stage}): ${String(error)}`);
      }
    }
    expect([...new Set(faults)].slice(0, 8)).toEqual([]);
  });
});
