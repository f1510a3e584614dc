import type { Answer } from '../assistant/answer.ts';
import { type AgendaItem, ITEM_MOVES, openGates } from '../domain/agenda-item.ts';
import type { Snooze } from '../domain/duty.ts';
import { type Meeting, MEETING_MOVES } from '../domain/meeting.ts';
import type { Member } from '../domain/member.ts';
import { Roster } from '../domain/member.ts';
import type { Reply } from '../domain/message.ts';
import { isOpen, RESOLUTION_MOVES, type Resolution } from '../domain/resolution.ts';
import type { SchoolProfile } from '../domain/school.ts';
import type { Workdays } from '../domain/workdays.ts';
import type { Deed, Put, RecordKind, Records, Shown } from '../ports/ledger.ts';

/** Where something is said. Group ids are the platform's. */
export interface Place {
  readonly kind: 'group' | 'direct';
  readonly id: string;
}

/** Something to say to somebody other than the one who spoke. `about` lets what is confidential be kept from groups. */
export interface Telling {
  readonly to: { readonly member: string } | { readonly group: string };
  readonly reply: Reply;
  readonly about?: string;
}

/** `cadre`: decided person by person, with two thirds of the members present. */
export interface MatterKind {
  readonly category: string;
  readonly cadre: boolean;
  /** Spoken of only among those who deal with it. */
  readonly confidential: boolean;
}

/** Everything a deed sees. The moment and the people are handed in; nothing is looked up. */
export interface Setting {
  readonly shown: Shown;
  readonly by: Member;
  readonly place: Place;
  readonly at: number;
  /** The school's calendar day of `at`. */
  readonly day: string;
  readonly school: SchoolProfile;
  readonly roster: Roster;
  readonly workdays: Workdays;
  /** The ruling on a matter in words; facts given go before what is read, a matter named before what is found. */
  readonly rule: (text: string, facts?: Readonly<Record<string, unknown>>, matter?: string) => Answer;
  /** What the rule table says of a matter as such. */
  readonly kindOf: (matter: string) => MatterKind;
  /** The record this conversation spoke of last. */
  readonly about?: string | undefined;
  /** Records no longer open that the words name, looked up beforehand. */
  readonly looked?: readonly Put[];
}

/**
 * One deed in the making: reads see what it has put so far, and all of it is committed together or not at all. States move
 * only as the domain's tables allow; an impossible move is our fault and throws a plain error.
 */
export class Scene {
  readonly by: Member;
  readonly place: Place;
  readonly at: number;
  readonly day: string;
  readonly school: SchoolProfile;
  readonly roster: Roster;
  readonly workdays: Workdays;
  readonly rule: Setting['rule'];
  readonly kindOf: Setting['kindOf'];
  /** The record spoken of last; what a deed spoke of is remembered for the next. */
  about: string | undefined;
  readonly #shown: Shown;
  readonly #puts = new Map<string, Put>();
  readonly #looked = new Map<string, Put>();
  readonly deeds: Deed[] = [];
  readonly tellings: Telling[] = [];

  constructor(setting: Setting) {
    this.by = setting.by;
    this.place = setting.place;
    this.at = setting.at;
    this.day = setting.day;
    this.school = setting.school;
    this.roster = setting.roster;
    this.workdays = setting.workdays;
    this.rule = setting.rule;
    this.kindOf = setting.kindOf;
    this.about = setting.about;
    this.#shown = setting.shown;
    for (const put of setting.looked ?? []) this.#looked.set(`${put.kind}/${put.record.id}`, put);
  }

  get<K extends RecordKind>(kind: K, id: string): Records[K] | undefined {
    const key = `${kind}/${id}`;
    const put = this.#puts.get(key) ?? this.#looked.get(key);
    return (put?.record as Records[K] | undefined) ?? this.#shown.records[kind].get(id);
  }

  /** Every open record of a kind, with what this deed has put. */
  all<K extends RecordKind>(kind: K): readonly Records[K][] {
    const found = new Map<string, Records[K]>(this.#shown.records[kind]);
    for (const put of this.#puts.values()) if (put.kind === kind) found.set(put.record.id, put.record as Records[K]);
    return [...found.values()];
  }

  get puts(): readonly Put[] {
    return [...this.#puts.values()];
  }

  item = (id: string): AgendaItem | undefined => this.get('item', id);
  meeting = (id: string): Meeting | undefined => this.get('meeting', id);
  resolution = (id: string): Resolution | undefined => this.get('resolution', id);

  putItem(next: AgendaItem): AgendaItem {
    const before = this.item(next.id);
    if (before) mustMove('item', before.id, before.state, next.state, ITEM_MOVES);
    if (next.state === 'listed' && openGates(next).length > 0) throw new Error(`${next.id} listed with an open gate`);
    const over = next.state === 'withdrawn' || next.state === 'decided';
    return this.#put({ kind: 'item', record: next, open: !over });
  }

  putMeeting(next: Meeting): Meeting {
    const before = this.meeting(next.id);
    if (before) mustMove('meeting', before.id, before.state, next.state, MEETING_MOVES);
    const open = next.state === 'called' || next.state === 'open' || (next.state === 'closed' && !next.minutes);
    return this.#put({ kind: 'meeting', record: next, open });
  }

  putResolution(next: Resolution): Resolution {
    const before = this.resolution(next.id);
    if (before) mustMove('resolution', before.id, before.state, next.state, RESOLUTION_MOVES);
    // A closed one stays at hand until it has been evaluated (closed loop: decide, do, supervise, evaluate, correct).
    const toEvaluate = next.state === 'closed' && !next.evaluation;
    // So does one that may be superseded, until the meeting has decided.
    const inQuestion = next.state === 'closed' && next.reconsideredBy !== undefined;
    // Rows of lists stay at hand: the list's statistics count what is done, and its next import must find them.
    const ofList = next.source.kind === 'list';
    return this.#put({ kind: 'resolution', record: next, open: isOpen(next) || toEvaluate || inQuestion || ofList });
  }

  putSnooze = (record: Snooze) => this.#put({ kind: 'snooze', record, open: record.until > this.day });

  /** Any other record. */
  put = (put: Exclude<Put, { kind: 'item' | 'meeting' | 'resolution' }>) => void this.#put(put);

  #put<P extends Put>(put: P): P['record'] {
    this.#puts.set(`${put.kind}/${put.record.id}`, put);
    return put.record;
  }

  /** The next number of a series (`Y`, `meeting:party:2026`): never given twice. */
  next(series: string): number {
    const last = (this.get('counter', series)?.last ?? 0) + 1;
    this.#put({ kind: 'counter', record: { id: series, last }, open: true });
    return last;
  }

  /** Writes the deed down for the audit log and remembers what was spoken of. */
  did(act: string, about: string, detail?: unknown, rulesVersion?: string): void {
    this.about = about;
    this.deeds.push({
      by: this.by.id,
      act,
      about,
      ...(detail !== undefined && { detail }),
      ...(rulesVersion && { rulesVersion }),
    });
  }

  /** Says something to another member, in a direct chat. */
  tell(member: string, reply: Reply, about?: string): void {
    const before = this.tellings.findIndex((t) => 'member' in t.to && t.to.member === member);
    const said = this.tellings[before];
    // One message rather than two, unless each has buttons of its own.
    if (said && said.about === about && !(said.reply.card && reply.card)) this.tellings[before] = joined(said, reply);
    else this.tellings.push({ to: { member }, reply, ...(about && { about }) });
  }

  tellGroup(group: string, reply: Reply, about: string): void {
    this.tellings.push({ to: { group }, reply, about });
  }
}

const joined = (said: Telling, more: Reply): Telling => ({
  ...said,
  reply: { ...more, ...said.reply, text: `${said.reply.text}\n${more.text}` },
});

function mustMove<S extends string>(
  kind: string,
  id: string,
  from: S,
  to: S,
  moves: Readonly<Record<S, readonly S[]>>,
): void {
  if (from !== to && !moves[from].includes(to)) throw new Error(`${kind} ${id} cannot move from ${from} to ${to}`);
}
