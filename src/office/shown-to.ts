import type { AgendaItem, Gate } from '../domain/agenda-item.ts';
import type { Entry, Meeting } from '../domain/meeting.ts';
import type { Member } from '../domain/member.ts';
import type { Resolution } from '../domain/resolution.ts';
import { type Sight, type Standing, standingOf, type Viewed } from './visibility.ts';

/** What of a record a member is shown: the fields are named one by one, so that a new one stays inside until it is. */
export function shownTo(member: Member, viewed: Viewed, sight: Sight): Readonly<Record<string, unknown>> | undefined {
  const standing = standingOf(member, viewed, sight);
  if (standing === 'none') return undefined;
  switch (viewed.kind) {
    case 'item':
      return itemFor(standing, viewed.record);
    case 'meeting':
      return { title: viewed.record.number, ...meetingFor(standing, viewed.record, member, sight) };
    case 'resolution':
      return resolutionFor(standing, viewed.record);
  }
}

const pick = <T extends object, K extends keyof T>(from: T, ...names: readonly K[]): Partial<Pick<T, K>> =>
  Object.fromEntries(names.filter((n) => from[n] !== undefined).map((n) => [n, from[n]])) as Partial<Pick<T, K>>;

/** Talks and consultations: who said what is for those who sit in the meeting (procedure 3.2, form 12). */
const TALKS: ReadonlySet<string> = new Set(['sp_talk', 'members', 'deputies']);

function itemFor(standing: Standing, item: AgendaItem) {
  if (standing === 'inside') return { ...item };
  const known = {
    ...pick(item, 'id', 'number', 'title', 'state', 'matter', 'legs', 'leg', 'sponsor', 'department', 'deputy'),
    ...pick(item, 'meeting', 'resolutions', 'reconsiders', 'raisedAt'),
    gates: item.gates.map((g) => gateFor(standing, g)),
  };
  if (standing === 'outside') return { ...known, legs: item.legs.map((l) => pick(l, 'body', 'act')) };
  return {
    ...known,
    ...pick(item, 'ruling', 'fields', 'supplements', 'attachments', 'returned', 'withdrawn', 'origin'),
  };
}

function gateFor(standing: Standing, gate: Gate) {
  const known = pick(gate, 'code', 'name', 'leg');
  const told = standing === 'dealing' && !TALKS.has(gate.code);
  // Whether views differed is not told either: a talk is closed, or not yet.
  const state = told || gate.state !== 'differs' ? gate.state : 'open';
  return { ...known, state, ...(told && { records: gate.records }) };
}

function meetingFor(standing: Standing, meeting: Meeting, member: Member, sight: Sight) {
  if (standing === 'inside') return { ...meeting, agenda: meeting.agenda.map((e) => entryInside(e, member)) };
  return {
    ...pick(meeting, 'id', 'number', 'body', 'year', 'ordinal', 'state', 'date', 'time', 'place', 'chair', 'recorder'),
    agenda: meeting.agenda.filter((e) => known(e, member, sight)).map(entryOutside),
  };
}

/** Who stood back reads the result like anyone, and nothing of how it came about. */
const entryInside = (entry: Entry, member: Member) => (entry.recused.includes(member.id) ? entryOutside(entry) : entry);

const entryOutside = (entry: Entry) => pick(entry, 'item', 'number', 'state', 'outcome', 'text', 'resolution');

/** Of the agenda those outside read the items they work on; those who attend or supervise also what is not confidential. */
function known(entry: Entry, member: Member, { item }: Sight): boolean {
  const found = item(entry.item);
  if (!found) return false;
  return [found.sponsor, found.deputy].includes(member.id) || found.ruling.confidentiality !== 'committee_only';
}

function resolutionFor(standing: Standing, resolution: Resolution) {
  if (standing === 'inside') return { ...resolution };
  const known = {
    ...pick(resolution, 'id', 'number', 'title', 'text', 'state', 'goal', 'measures', 'deadline', 'owner', 'coowner'),
    ...pick(resolution, 'checker', 'source', 'progress', 'publicity', 'supersedes', 'supersededBy', 'createdAt'),
    confidentiality: resolution.confidentiality,
  };
  if (standing === 'outside') return { ...known, progress: resolution.progress.map((p) => pick(p, 'at', 'text')) };
  return { ...known, ...pick(resolution, 'extensions', 'closing', 'evaluation', 'correction', 'ended') };
}
