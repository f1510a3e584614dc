import type { AgendaItem } from '../domain/agenda-item.ts';
import type { Meeting } from '../domain/meeting.ts';
import { hasRole, type Member } from '../domain/member.ts';
import type { PaperRef } from '../domain/message.ts';
import type { Resolution } from '../domain/resolution.ts';
import { isPaperKind, type PaperKind } from '../domain/papers.ts';
import type { Sources } from './sources.ts';
import { isRestricted } from './words.ts';

/** Why a member may not have a paper. `hidden`: not even that it exists is to be said. */
export interface Withheld {
  readonly why: string;
  readonly hidden: boolean;
}
type Records = Pick<Sources, 'item' | 'items' | 'meeting' | 'resolution' | 'resolutions' | 'roster'>;

const isOffice = (m: Member) => hasRole(m, 'office');
const RECUSED = '这件事您已回避，材料不发给您。';
/** Those who stand back from a restricted item do not see its papers either (procedure 4.4 and 4.5). */
const isRecused = (m: Member, item: AgendaItem) => item.recusals.some((r) => r.member === m.id);

/** Bodies that decide the item; those that study it before deal with it too. */
const inItsBodies = (m: Member, item: AgendaItem) => item.legs.some((l) => m.bodies.some((b) => b === l.body));

/**
 * Whether a member may know what an item is about. Restricted ones: members of its bodies, the sponsor, the leader who
 * reviews it, those the secretary–principal talk binds, and the office (procedure 4.5, form 12).
 */
export function mayKnow(member: Member, item: AgendaItem): boolean {
  if (!isRestricted(item)) return true;
  if (isRecused(member, item)) return false;
  const near = member.id === item.sponsor || member.id === item.deputy;
  return near || inItsBodies(member, item) || hasRole(member, 'office', 'secretary', 'principal');
}

/** Sponsor, department, leader in charge, secretary, principal, office; members of a meeting it is listed for get its papers. */
function mayHaveItem(member: Member, item: AgendaItem): true | string {
  const listed = item.meeting !== undefined || item.legs.some((l) => l.done?.meeting !== undefined);
  const own = member.id === item.sponsor || member.id === item.deputy;
  const department = member.department !== undefined && member.department === item.department && !isRestricted(item);
  const leaders = hasRole(member, 'secretary', 'principal', 'office');
  if (isRestricted(item) && isRecused(member, item)) return RECUSED;
  if (own || department || leaders || (listed && inItsBodies(member, item))) return true;
  if (isRestricted(item) && inItsBodies(member, item)) return true;
  return '议题申报单由提出人、承办部门、分管领导、书记、校长和办公室查看；排上会以后，参会成员也能看。';
}

const inBody = (m: Member, meeting: Meeting) => m.bodies.includes(meeting.body);
const runsIt = (m: Member, meeting: Meeting) => m.id === meeting.chair || m.id === meeting.recorder;
const attends = (m: Member, meeting: Meeting) =>
  inBody(m, meeting) || runsIt(m, meeting) || [...meeting.present, ...meeting.observers].includes(m.id);

const carriesOut = (m: Member, r: Resolution) =>
  [r.owner, r.coowner, r.checker].includes(m.id) || (m.department !== undefined && r.owner === m.department);

function mayHaveMinutes(member: Member, meeting: Meeting, records: Records): true | string {
  if (runsIt(member, meeting) || isOffice(member)) return true;
  if (!meeting.minutes) return '纪要还没有签发；签发后发给参会和执行的人。';
  const executes = meeting.agenda.some((e) => {
    const resolution = e.resolution === undefined ? undefined : records.resolutions?.get(e.resolution);
    return resolution !== undefined && carriesOut(member, resolution);
  });
  return attends(member, meeting) || executes || '会议纪要发给参会和执行的人，您可以向办公室了解与您有关的决定。';
}

function mayHaveFollowUp(member: Member, resolution: Resolution, records: Records): true | string {
  const { source } = resolution;
  const inDeciding = source.kind === 'meeting' && member.bodies.includes(source.body);
  const leaders = hasRole(member, 'discipline', 'office', 'secretary', 'principal');
  if (resolution.confidentiality === 'committee_only') {
    const item = source.kind === 'meeting' ? records.items.get(source.item) : undefined;
    if (item && isRecused(member, item)) return RECUSED;
    const people = [resolution.owner, resolution.coowner, resolution.checker].includes(member.id);
    return people || inDeciding || isOffice(member) || '督办单由责任人、分管领导、会议成员和办公室查看。';
  }
  return (
    carriesOut(member, resolution) ||
    leaders ||
    inDeciding ||
    '督办单由责任人、分管领导、纪检委员、书记、校长和办公室查看。'
  );
}

function mayHaveReconsideration(member: Member, item: AgendaItem): true | string {
  if (isRecused(member, item)) return RECUSED;
  const near = member.id === item.sponsor || member.id === item.deputy || isOffice(member);
  return near || inItsBodies(member, item) || '复议申请由提出人、会议成员和办公室查看。';
}

type Check = (member: Member, records: Records) => true | string | undefined;
const withMeeting =
  (check: (m: Member, meeting: Meeting, records: Records) => true | string): Check =>
  (m, records) =>
    records.meeting && check(m, records.meeting, records);
const withItem =
  (check: (m: Member, item: AgendaItem) => true | string): Check =>
  (m, records) =>
    records.item && check(m, records.item);
const toAttendees = withMeeting(
  (m, meeting) => attends(m, meeting) || isOffice(m) || '通知和议程发给参会、列席的人和办公室。',
);

const CHECKS: Readonly<Record<PaperKind, Check>> = {
  'item-form': withItem(mayHaveItem),
  notice: toAttendees,
  agenda: toAttendees,
  record: withMeeting(
    (m, meeting) =>
      inBody(m, meeting) || m.id === meeting.recorder || '会议记录只有会议成员和记录人能看；议定的事请看会议纪要。',
  ),
  minutes: withMeeting(mayHaveMinutes),
  'follow-up': (m, records) => records.resolution && mayHaveFollowUp(m, records.resolution, records),
  reconsideration: withItem(mayHaveReconsideration),
  folder: withItem(mayHaveItem),
};

/** What a restricted paper is about; nobody else is told that it exists. */
const isHidden = (kind: PaperKind, records: Records): boolean =>
  isRestricted(records.item) ||
  kind === 'reconsideration' ||
  (kind === 'follow-up' && records.resolution?.confidentiality === 'committee_only');

/**
 * Whether a member may have a paper (form 12 and procedure 4.5); otherwise why not. A paper whose record is not there is
 * withheld and hidden, the same as one the member is not to know of.
 */
export function mayHave(member: Member, ref: Pick<PaperRef, 'kind'>, records: Records): true | Withheld {
  const there = isPaperKind(ref.kind) ? CHECKS[ref.kind](member, records) : undefined;
  if (there === true) return true;
  if (there === undefined || !isPaperKind(ref.kind)) return { why: '没有找到，或者不在您能看的范围内。', hidden: true };
  return { why: there, hidden: isHidden(ref.kind, records) };
}

/** Whether the reader of a meeting's paper may see what an entry is about. */
export const readerKnows = (reader: Member | undefined, item: AgendaItem | undefined): boolean =>
  item !== undefined && (!isRestricted(item) || (reader !== undefined && mayKnow(reader, item)));
