import type { AgendaItem } from '../../src/domain/agenda-item.ts';
import type { Meeting } from '../../src/domain/meeting.ts';
import type { SchoolProfile } from '../../src/domain/school.ts';
import { MEETING_COMMANDS } from '../../src/office/meetings/commands.ts';
import { aSchool } from './a-school.ts';

const CANTEEN: AgendaItem = {
  id: 'Y1',
  title: '关于更换食堂承包商的请示',
  state: 'ready',
  matter: { id: 'canteen', name: '食堂承包' },
  ruling: {
    decider: 'party_meeting',
    rulesVersion: 'test',
    confidentiality: 'internal',
    cadre: false,
    large: false,
    category: '后勤采购',
    facts: {},
    basis: [],
    steps: [],
    postSteps: [],
  },
  fields: {},
  legs: [{ body: 'party', act: 'decides' }],
  leg: 0,
  gates: [],
  sponsor: 'teacher',
  deputy: 'vice_principal',
  origin: { kind: 'group', id: 'g-staff' },
  supplements: [],
  recusals: [],
  attachments: [],
  resolutions: [],
  raisedAt: 0,
};

type Changes = Partial<Omit<AgendaItem, 'ruling'>> & { readonly ruling?: Partial<AgendaItem['ruling']> };
export const anItem = (id: string, { ruling, ...changes }: Changes = {}): AgendaItem => ({
  ...CANTEEN,
  id,
  ...changes,
  ruling: { ...CANTEEN.ruling, ...ruling },
});

export const CADRE = { cadre: true, confidentiality: 'committee_only', category: '重要干部任免' } as const;
export const FOUR = {
  goal: '12月31日前完成食堂新承包商进场',
  measures: '12月招标、月底交接',
  deadline: '2026-12-31',
  owner: 'vice_principal',
};

/** Monday 23 November 2026, 09:00; a Party meeting is called for Friday 27 at 14:00 in the tests that use `called`. */
export function aMeetingSchool(
  items: readonly AgendaItem[],
  school: Partial<SchoolProfile> = {},
  members?: Parameters<typeof aSchool>[0],
) {
  const at = aSchool({ school, ...members });
  at.settle(items.map((record) => ({ kind: 'item', record, open: true })));
  const run = (
    line: string,
    by = 'office',
    values: Record<string, string> = {},
    place: 'direct' | 'group' = 'direct',
  ) => {
    const [, name, words] = /^\/(\S+)\s*(.*)$/s.exec(line)!;
    const command = MEETING_COMMANDS.find((c) => c.name === name || c.aliases.includes(name!));
    if (!command) throw new Error(`no command ${name}`);
    return at.run(command, by, words, values, place);
  };
  const meeting = (id = 'H1'): Meeting => at.shown().records.meeting.get(id)!;
  const item = (id = 'Y1'): AgendaItem => at.shown().records.item.get(id)!;
  const entry = (id = 'Y1', of = 'H1') => meeting(of).agenda.find((e) => e.item === id)!;
  const CALL = '/会议 党组织会议 11月27日 14:00 三楼会议室';
  return {
    ...at,
    say: run,
    meeting,
    item,
    entry,
    called() {
      run(CALL);
      for (const i of items) run(`/议程 H1 ${i.id}`);
      run('/会议 H1 通知');
    },
    opened(...names: string[]) {
      this.called();
      at.to('2026-11-27T14:05:00+08:00');
      run(`/到会 H1 ${names.length > 0 ? names.join('、') : '周书记、郑校长、孙副书记、何副校长、秦委员'} 开会`);
    },
  };
}
