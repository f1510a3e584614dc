import type { Round, Snooze } from '../../domain/duty.ts';
import type { Member } from '../../domain/member.ts';
import type { Deed, Put } from '../../ports/ledger.ts';
import type { Telling } from '../scene.ts';
import { button } from '../command.ts';
import { digestOf, type DigestNotes } from './digest.ts';
import { groupDigest } from './group-digest.ts';
import type { Reminder } from './reminder.ts';
import { remindersOf } from './reminders.ts';
import { settingsOf } from './settings.ts';
import type { View } from './view.ts';

export interface RoundInput {
  readonly view: View;
  /** The rounds at hand: the last one made, and any still open before it. */
  readonly rounds: readonly Round[];
  readonly day: string;
  readonly at: number;
  readonly late: boolean;
  /** Working days that went without a round. */
  readonly missed: readonly string[];
}

/** What a round writes and says; committed together on the head it was made from, so that it happens once. */
export interface RoundMade {
  readonly puts: readonly Put[];
  readonly deeds: readonly Deed[];
  readonly tellings: readonly Telling[];
}

export function remindRound(input: RoundInput): RoundMade {
  const { view, day, at } = input;
  const notes: DigestNotes = { day, notes: notesOf(input) };
  // A calendar that is not known yet is the office's business; the others would read it every day.
  const toOffice: DigestNotes = { day, notes: [...notes.notes, ...calendarNotes(input)] };
  const reminders = withoutAccount(remindersOf(view, day), view);
  const people = Map.groupBy(reminders, (r) => r.member);
  const digests: Telling[] = [...people]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([member, list]) => {
      const office = view.roster.get(member)?.roles.includes('office');
      return { to: { member }, reply: digestOf(list, office ? toOffice : notes) };
    });
  const { group } = settingsOf(view.school);
  const said = group === undefined ? undefined : groupDigest(view, notes);
  const tellings: Telling[] = said ? [...digests, { to: { group: group! }, reply: said }] : digests;
  const told = tellings.map(({ to }) => ('member' in to ? `member:${to.member}` : `group:${to.group}`));
  return {
    puts: [{ kind: 'round', record: { id: day, at, told }, open: true }, ...tidied(input)],
    deeds: [{ by: 'system', act: 'remind', about: day, detail: { told, late: input.late, missed: input.missed } }],
    tellings,
  };
}

/** Only the last round stays at hand; what was put off until today or before is over. */
function tidied({ rounds, view, day }: RoundInput): Put[] {
  const old = rounds.filter((r) => r.id < day).map((record): Put => ({ kind: 'round', record, open: false }));
  const over = (s: Snooze) => s.until <= day;
  return [...old, ...view.snoozes.filter(over).map((record): Put => ({ kind: 'snooze', record, open: false }))];
}

const plainDay = (day: string): string => `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`;

function calendarNotes({ view, day }: RoundInput): string[] {
  const years = new Set([day, view.workdays.shift(day, 3)].map((d) => Number(d.slice(0, 4))));
  const unknown = [...years].filter((year) => !view.workdays.knows(year));
  return unknown.length > 0 ? [`${unknown.join('、')}年的放假安排还没有录入，暂按周一至周五计算工作日。`] : [];
}

function notesOf({ late, missed }: RoundInput): string[] {
  return [
    ...(late ? ['（迟到的提醒）今天的提醒没有按时发出，现在补发。'] : []),
    ...(missed.length > 0 ? [`${missedText(missed)}的提醒没有发出，已并入今天。`] : []),
  ];
}

const missedText = (days: readonly string[]): string =>
  days.length <= 3 ? days.map(plainDay).join('、') : `${plainDay(days[0]!)}至${plainDay(days.at(-1)!)}`;

/** Lines for people no platform reaches go into the office's digest, one line each person; nothing confidential is in it. */
function withoutAccount(reminders: readonly Reminder[], { roster }: View): readonly Reminder[] {
  const reached = (member: Member | undefined) => member !== undefined && member.accounts.length > 0;
  const lost = reminders.filter((r) => !reached(roster.get(r.member)));
  if (lost.length === 0) return reminders;
  const kept = reminders.filter((r) => reached(roster.get(r.member)));
  const office = roster.withRole('office').find(reached);
  if (!office) return kept;
  const lines = [...Map.groupBy(lost, (r) => r.member)].map(([member, list]): Reminder => ({
    member: office.id,
    about: member,
    section: 'today',
    text: passOn(roster.nameOf(member), list),
    action: button('/提醒 全部', '看全部提醒'),
    confidential: false,
    escalation: true,
  }));
  return [...kept, ...lines];
}

function passOn(name: string, list: readonly Reminder[]): string {
  const open = list.filter((r) => !r.confidential);
  const first = open[0] ? `：${open[0].text}` : '';
  const more = open.length > 1 ? `，等${open.length}项` : '';
  const hidden = list.length > open.length ? `；另有${list.length - open.length}项不便转告，请其绑定后查看` : '';
  return `请转告${name}（没有绑定账号，收不到提醒）${first}${more}${hidden}`;
}
