import { describe, expect, it } from 'vitest';
import { DEMO_MEMBERS } from '../../src/domain/demo-members.ts';
import { COMMANDS } from '../../src/office/commands.ts';
import { keptFromGroup, runCommand } from '../../src/office/run-command.ts';
import { aSchoolWithSecret, SECRET, STAGES, type Stage } from './secret-school.ts';

/** Outside the Party meeting, and not the office: they have no part in the matter. */
const OUTSIDERS = ['union', 'dean', 'teacher', 'teacher2'];
const INSIDERS = DEMO_MEMBERS.map((m) => m.id).filter((id) => !OUTSIDERS.includes(id));

/** What may be typed or pressed after any command's name. */
const REFS = ['', 'Y1', 'J1', 'H1', 'H1 Y1', 'D-2026-03-01', 'D-2026-03-01-J1'];
const DEEDS = [
  '',
  '同意',
  '撤下 不合适',
  '全部',
  '统计',
  '通知',
  '12月1日 等报价',
  '暂缓',
  '无需 不涉及',
  '备注：补一句',
  '何副校长 亲属',
];
const VALUES: readonly Readonly<Record<string, string>>[] = [
  {},
  {
    text: '一句',
    note: '一句',
    why: '一句',
    evidence: '一句',
    item: 'Y1',
    meeting: 'H1',
    about: 'Y1',
    until: '2026-12-01',
    step: 'survey',
  },
];

/** These weigh rules or working days each time: a few words are enough. */
const SLOW = new Set(['议题', '待办', '提醒', '稍后']);
const FEW = new Set(['', '全部', '12月1日 等报价']);

function* lines() {
  for (const command of COMMANDS)
    for (const ref of REFS)
      for (const [n, deed] of DEEDS.entries()) {
        const words = `${ref} ${deed}`.trim();
        if (SLOW.has(command.name) && !FEW.has(deed)) continue;
        yield { command, said: { words, values: VALUES[n % 2]! } };
      }
}

type School = ReturnType<typeof aSchoolWithSecret>;
function heard(
  school: School,
  by: string,
  place: 'direct' | 'group',
  line: { command: (typeof COMMANDS)[number]; said: { words: string; values: Readonly<Record<string, string>> } },
  about?: string,
) {
  const ran = runCommand(line.command, line.said, { ...school.setting(by, place), ...(about && { about }) });
  return { reply: keptFromGroup(ran), refused: ran.refused, tellings: ran.scene.tellings };
}

describe.each(STAGES.filter((s) => s !== 'draft' && s !== 'ready' && s !== 'decided'))(
  'a confidential matter that is %s',
  (stage: Stage) => {
    it.each(OUTSIDERS)('leaves no trace in anything %s is answered', (by) => {
      const [there, gone] = [aSchoolWithSecret(stage), aSchoolWithSecret(stage, false)];
      const differ = new Set<string>();
      for (const line of lines())
        for (const place of ['direct', 'group'] as const) {
          const [a, b] = [heard(there, by, place, line), heard(gone, by, place, line)];
          const toMe = ({ tellings }: typeof a) => tellings.filter((t) => 'group' in t.to || t.to.member === by);
          const [x, y] = [JSON.stringify([a.reply, a.refused, toMe(a)]), JSON.stringify([b.reply, b.refused, toMe(b)])];
          if (x !== y)
            differ.add(
              `${place} /${line.command.name} ${line.said.words} ${Object.keys(line.said.values).length}\n   ${x.slice(0, 160)}\n   ${y.slice(0, 160)}`,
            );
        }
      expect([...differ].slice(0, 5)).toEqual([]);
    });

    it.each(INSIDERS)('is not read out in a group whatever %s says there', (by) => {
      const school = aSchoolWithSecret(stage);
      const told = new Set<string>();
      for (const line of lines())
        for (const about of [undefined, 'Y1', 'H1']) {
          if (line.said.words.includes(SECRET.title)) continue;
          const { reply, tellings } = heard(school, by, 'group', line, about);
          const said = JSON.stringify([reply, tellings.filter((t) => 'group' in t.to)]);
          if (said.includes(SECRET.subject))
            told.add(`/${line.command.name} ${line.said.words} (${about})\n   ${said.slice(0, 200)}`);
        }
      expect([...told].slice(0, 5)).toEqual([]);
    });
  },
);
