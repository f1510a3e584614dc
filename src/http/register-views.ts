import { AppError } from '../domain/errors.ts';
import type { Member, Roster } from '../domain/member.ts';
import type { SchoolProfile } from '../domain/school.ts';
import { deedWords } from '../office/deed-words.ts';
import { rosterOf } from '../office/members/roster.ts';
import type { Reminder } from '../office/reminders/reminder.ts';
import { shownTo } from '../office/shown-to.ts';
import { mayAudit, type Sight, type Standing, standingOf, type Viewed } from '../office/visibility.ts';
import type { LoggedDeed, SchoolLedger, Shown } from '../ports/ledger.ts';

export interface Registers {
  readonly ledger: SchoolLedger;
  readonly school: SchoolProfile;
  /** Who asks: in demo mode the member that `from` names. */
  readonly member: (from: string, roster: Roster) => Member | undefined;
  /** What the member is, or today would be, reminded of. */
  readonly reminders: (member: Member, shown: Shown, roster: Roster) => Promise<readonly Reminder[]>;
}

/** One request's view: who asks, what is open, and the items looked up so far. */
export interface Asking extends Sight {
  readonly ledger: SchoolLedger;
  readonly by: Member;
  readonly shown: Shown;
  readonly found: Map<string, Viewed['record'] | undefined>;
}

/** Rows of the register read at a time; what the member may not see is left out before a page is full. */
const READ_AT_ONCE = 200;
/** Of one record's history. */
const MOST_DEEDS = 500;

export const notFound = () => new AppError('not-found', 404, '没有这一条，或不在您能看的范围里。');

export async function askingOf({ ledger, school, member }: Registers, from: string | undefined): Promise<Asking> {
  const shown = await ledger.show();
  const roster = rosterOf(shown, school);
  const by = from === undefined ? undefined : member(from, roster);
  if (!by) throw new AppError('unknown-member', 403, '请用 ?from= 写明是哪位成员；没有登记的人看不了台账。');
  const found = new Map<string, Viewed['record'] | undefined>();
  const item: Sight['item'] = (id) => shown.records.item.get(id) ?? (found.get(`item/${id}`) as never);
  return { ledger, by, shown, roster, found, item };
}

/** The record and, for what it is about, the items it names; each read once a request. */
async function viewed(asking: Asking, kind: Viewed['kind'], id: string): Promise<Viewed | undefined> {
  const record = await look(asking, kind, id);
  if (!record) return undefined;
  const view = { kind, record } as Viewed;
  await lookUpItems(asking, view);
  return view;
}

async function look(asking: Asking, kind: Viewed['kind'], id: string): Promise<Viewed['record'] | undefined> {
  const key = `${kind}/${id}`;
  const open = asking.shown.records[kind].get(id);
  if (open) return open;
  if (!asking.found.has(key)) asking.found.set(key, await asking.ledger.get(kind, id));
  return asking.found.get(key);
}

async function lookUpItems(asking: Asking, { kind, record }: Viewed): Promise<void> {
  if (kind === 'meeting') for (const entry of record.agenda) await look(asking, 'item', entry.item);
  if (kind === 'resolution' && record.source.kind === 'meeting') await look(asking, 'item', record.source.item);
}

/** Newest first. A page is full whatever lies between: its length tells nothing of what is not shown. */
export async function listFor(asking: Asking, kind: Viewed['kind'], limit: number, after: string | undefined) {
  const items: Readonly<Record<string, unknown>>[] = [];
  for (let below = after; items.length <= limit;) {
    const rows = await asking.ledger.list(kind, READ_AT_ONCE, below);
    for (const record of rows) {
      const view = { kind, record } as Viewed;
      await lookUpItems(asking, view);
      const shown = shownTo(asking.by, view, asking);
      if (shown) items.push(shown);
    }
    if (rows.length < READ_AT_ONCE) break;
    below = rows.at(-1)!.id;
  }
  const page = items.slice(0, limit);
  return { items: page, ...(items.length > limit && { next: page.at(-1)!['id'] }) };
}

export async function oneFor(asking: Asking, kind: Viewed['kind'], id: string) {
  const view = await viewed(asking, kind, id);
  const shown = view && shownTo(asking.by, view, asking);
  if (!shown) throw notFound();
  return { ...shown, history: await historyOf(asking, id) };
}

/** Which of the register's records an id names, by its letter. */
const LETTERS: Readonly<Record<string, Viewed['kind']>> = { Y: 'item', H: 'meeting', J: 'resolution', R: 'resolution' };
const kindOf = (id: string) => LETTERS[/^([A-Z])\d+$/.exec(id)?.[1] ?? ''];

/** How near who asks stands to what an id names; what is no such record at all concerns nobody in particular. */
async function standingTo(asking: Asking, id: string): Promise<Standing> {
  const kind = kindOf(id);
  if (!kind) return 'dealing';
  const view = await viewed(asking, kind, id);
  return view ? standingOf(asking.by, view, asking) : 'none';
}

/** What was done, for those who work on it also by whom, and for those who sit in the meeting with the details. */
export async function historyOf(asking: Asking, id: string) {
  const standing = await standingTo(asking, id);
  if (standing === 'none') return [];
  const deeds = await asking.ledger.deeds({ about: id, limit: MOST_DEEDS });
  return deeds.map((deed) => deedFor(asking, deed, standing));
}

function deedFor(asking: Asking, deed: LoggedDeed, standing: Standing) {
  const { at, act, by, rulesVersion, detail } = deed;
  const known = { at: new Date(at).toISOString(), act, text: deedWords(act), ...(rulesVersion && { rulesVersion }) };
  if (standing === 'outside' || standing === 'none') return known;
  const who = { ...known, by, byName: asking.roster.nameOf(by) };
  return standing === 'inside' ? { ...who, ...(detail !== undefined && { detail }) } : who;
}

export async function remindersFor(asking: Asking, { reminders }: Registers) {
  const list = await reminders(asking.by, asking.shown, asking.roster);
  return list
    .filter((r) => r.member === asking.by.id)
    .map((r) => ({
      id: r.part === undefined ? r.about : `${r.about}:${r.part}`,
      state: r.section,
      title: r.text,
      about: r.about,
      action: r.action,
    }));
}

/** Deeds on what a member may not see keep their place in the log, and nothing else of them is told. */
export async function auditFor(asking: Asking, limit: number, after: number) {
  if (!mayAudit(asking.by)) throw new AppError('not-yours', 403, '操作记录由办公室、纪检委员、书记和校长查看。');
  const deeds = await asking.ledger.deeds({ after, limit: limit + 1 });
  const items = [];
  for (const deed of deeds.slice(0, limit)) items.push(await auditLine(asking, deed));
  return { items, ...(deeds.length > limit && { next: deeds[limit - 1]!.seq }) };
}

async function auditLine(asking: Asking, deed: LoggedDeed) {
  const place = {
    id: String(deed.seq),
    seq: deed.seq,
    at: new Date(deed.at).toISOString(),
    state: 'logged',
    hash: deed.hash,
  };
  const standing = await standingTo(asking, deed.about);
  if (standing === 'none') return { ...place, title: '（涉密事项，不在您能看的范围里）', confidential: true };
  const { at: _, ...line } = deedFor(asking, deed, standing === 'outside' ? 'dealing' : standing);
  return {
    ...place,
    title: `${asking.roster.nameOf(deed.by)}${deedWords(deed.act)} ${deed.about}`,
    about: deed.about,
    ...line,
  };
}
