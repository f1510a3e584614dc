import { rulingsOf } from '../../src/assistant/rulings.ts';
import { DEMO_MEMBERS } from '../../src/domain/demo-members.ts';
import { Roster } from '../../src/domain/member.ts';
import type { SchoolProfile } from '../../src/domain/school.ts';
import type { Workdays } from '../../src/domain/workdays.ts';
import { compiledKnowledge } from '../../src/entry/knowledge/compiled.ts';
import { deskFrom } from '../../src/entry/knowledge/desk.ts';
import type { Command, Said } from '../../src/office/command.ts';
import { keptFromGroup, type Ran, runCommand } from '../../src/office/run-command.ts';
import { RECORD_KINDS, type Put, type RecordKind, type Shown } from '../../src/ports/ledger.ts';

const { book, schools, model, syllables } = await compiledKnowledge();
const desk = deskFrom({ book, model, syllables });
const demo = schools.find((s) => s.id === 'demo')!;

/** Monday to Friday: for tests that are not about holidays. */
export const plainWorkdays: Workdays = (() => {
  const add = (day: string, n: number) => new Date(Date.parse(day) + n * 86_400_000).toISOString().slice(0, 10);
  const isWorkday = (day: string) => ![0, 6].includes(new Date(day).getUTCDay());
  const shift = (day: string, n: number) => {
    let at = day;
    if (n === 0) while (!isWorkday(at)) at = add(at, 1);
    for (let left = Math.abs(n); left > 0;) if (isWorkday((at = add(at, Math.sign(n))))) left--;
    return at;
  };
  const between = (from: string, to: string): number => {
    if (to < from) return -between(to, from);
    let n = 0;
    for (let at = from; at < to;) if (isWorkday((at = add(at, 1)))) n++;
    return n;
  };
  return { knows: () => true, isWorkday, shift, between };
})();

/** A school whose register lives in memory: commands run as in the service, without a store. */
export function aSchool(options: { school?: Partial<SchoolProfile>; members?: Roster['all']; now?: string } = {}) {
  const school = { ...demo, ...options.school };
  const roster = new Roster(options.members ?? DEMO_MEMBERS);
  const records = Object.fromEntries(RECORD_KINDS.map((k) => [k, new Map()])) as unknown as Record<
    RecordKind,
    Map<string, never>
  >;
  let at = Date.parse(options.now ?? '2026-11-23T09:00:00+08:00');
  const abouts = new Map<string, string>();
  const day = () => new Date(at + 8 * 3_600_000).toISOString().slice(0, 10);
  const shown = (): Shown => ({ head: { seq: 0, hash: '' }, records: records as unknown as Shown['records'] });
  const settle = (puts: readonly Put[]) => {
    for (const put of puts) records[put.kind].set(put.record.id, put.record as never);
  };
  const setting = (member: string, place: 'direct' | 'group' = 'direct') => ({
    shown: shown(),
    by: roster.get(member)!,
    place: { kind: place, id: place === 'direct' ? member : 'g-staff' },
    at,
    day: day(),
    school,
    roster,
    workdays: plainWorkdays,
    about: abouts.get(member),
    ...rulingsOf(desk, school, day()),
  });
  return {
    school,
    roster,
    shown,
    setting,
    settle,
    /** Runs a command as a member and keeps what it wrote. */
    run(
      command: Command,
      member: string,
      words = '',
      values: Record<string, string> = {},
      place?: 'direct' | 'group',
    ): Ran {
      return this.ask(command, member, { words, values }, place);
    },
    ask(command: Command, member: string, said: Said, place?: 'direct' | 'group'): Ran {
      const ran = runCommand(command, said, setting(member, place));
      settle(ran.scene.puts);
      if (ran.scene.about) abouts.set(member, ran.scene.about);
      return { ...ran, reply: keptFromGroup(ran) };
    },
    to(moment: string) {
      at = Date.parse(moment);
    },
  };
}
