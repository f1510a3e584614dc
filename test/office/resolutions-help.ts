import type { AgendaItem } from '../../src/domain/agenda-item.ts';
import type { Meeting, Outcome } from '../../src/domain/meeting.ts';
import type { FourClear, Resolution } from '../../src/domain/resolution.ts';
import type { Command } from '../../src/office/command.ts';
import { commandNamed } from '../../src/office/run-command.ts';
import { adopt } from '../../src/office/resolutions/adopt.ts';
import { aSchool } from './a-school.ts';

export type School = ReturnType<typeof aSchool>;

export const FOUR: FourClear = {
  goal: '12月底前完成食堂承包商更换并签约',
  measures: '11月招标、12月签约',
  deadline: '2026-12-20',
  owner: 'dean',
};

/** An item a body is about to decide. */
export function anItem(more: Partial<AgendaItem> = {}): AgendaItem {
  return {
    id: 'Y1',
    number: 'D-2026-03-02',
    title: '关于更换食堂承包商的请示',
    state: 'listed',
    matter: { id: 'canteen', name: '食堂' },
    ruling: {
      decider: 'party_meeting',
      rulesVersion: 'test',
      confidentiality: 'internal',
      cadre: false,
      large: true,
      category: '大额资金',
      facts: {},
      basis: [],
      steps: [],
      postSteps: [],
    },
    fields: {},
    legs: [{ body: 'party', act: 'decides' }],
    leg: 0,
    gates: [],
    sponsor: 'teacher2',
    deputy: 'vice_principal',
    origin: { kind: 'direct', id: 'teacher2' },
    supplements: [],
    recusals: [],
    attachments: [],
    resolutions: [],
    raisedAt: 0,
    ...more,
  };
}

export const MEETING: Meeting = {
  id: 'H1',
  number: '党会〔2026〕第3次',
  body: 'party',
  year: 2026,
  ordinal: 3,
  state: 'closed',
  date: '2026-11-20',
  time: '14:00',
  place: '会议室',
  chair: 'secretary',
  recorder: 'office',
  agenda: [],
  readBy: [],
  leave: [],
  present: [],
  observers: [],
};

const asCommand = (run: Command['run']): Command => ({
  name: '形成决议',
  aliases: [],
  help: '',
  forWhom: () => true,
  run,
});

/** The meeting decides an item; the last resolution the scene wrote, or the refusal's text. */
export function decides(
  school: School,
  more: { item?: AgendaItem; four?: Partial<FourClear>; outcome?: Outcome; meeting?: Meeting } = {},
): { resolution: Resolution | undefined; refused: string | undefined; text: string; told: readonly string[] } {
  let made: Resolution | undefined;
  const command = asCommand((scene) => {
    const item = more.item ?? anItem();
    const outcome = more.outcome ?? 'adopted';
    made = adopt(scene, {
      item,
      meeting: more.meeting ?? MEETING,
      text: '同意更换食堂承包商',
      four: more.four ?? FOUR,
      outcome,
    });
    const after = scene.item(item.id) ?? item;
    scene.putItem({ ...after, state: 'decided' });
    return { text: '已记录' };
  });
  school.settle([
    {
      kind: 'counter',
      record: { id: 'Y', last: Math.max(50, school.shown().records.counter.get('Y')?.last ?? 0) },
      open: true,
    },
  ]);
  const ran = school.run(command, 'office');
  return { resolution: ran.refused ? undefined : made, refused: ran.refused, text: ran.reply.text, told: toldOf(ran) };
}

export const toldOf = (ran: { scene: { tellings: readonly { to: object }[] } }): readonly string[] =>
  ran.scene.tellings.flatMap((t) => ('member' in t.to ? [String(t.to.member)] : []));

/** Says a line as a member would type it. */
export function say(
  school: School,
  member: string,
  line: string,
  values: Record<string, string> = {},
  place?: 'direct' | 'group',
) {
  const [name, ...words] = line.replace(/^\//, '').split(' ');
  return school.run(commandNamed(name!)!, member, words.join(' '), values, place);
}

export const of = (school: School, id: string): Resolution => school.shown().records.resolution.get(id)!;
