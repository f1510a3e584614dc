import type { AgendaItem } from '../domain/agenda-item.ts';
import type { Meeting } from '../domain/meeting.ts';
import { type Body, hasRole, type Member, type Roster } from '../domain/member.ts';
import type { Resolution } from '../domain/resolution.ts';
import { maySeeItem } from './items/may.ts';

/** A record that has an own page: what is asked for by id, and what is shown of it. */
export type Viewed =
  | { readonly kind: 'item'; readonly record: AgendaItem }
  | { readonly kind: 'meeting'; readonly record: Meeting }
  | { readonly kind: 'resolution'; readonly record: Resolution };

/** What the rules look at beside the record: the people, and the items that meetings and resolutions are about. */
export interface Sight {
  readonly roster: Roster;
  readonly item: (id: string) => AgendaItem | undefined;
}

/**
 * How near a member stands to a record. inside: hears what is said in the meeting (its members with a vote, the office
 * that keeps the record). dealing: works on it without sitting there. outside: may know of it. none: it does not exist.
 * Sources: procedure 4.5 and 8, form 12.
 */
export type Standing = 'inside' | 'dealing' | 'outside' | 'none';

export function standingOf(member: Member, viewed: Viewed, sight: Sight): Standing {
  switch (viewed.kind) {
    case 'item':
      return toItem(member, viewed.record, sight.roster);
    case 'meeting':
      return toMeeting(member, viewed.record, sight);
    case 'resolution':
      return toResolution(member, viewed.record, sight);
  }
}

/** Others are told what they are told of an unknown id. */
export const maySee = (member: Member, viewed: Viewed, sight: Sight): boolean =>
  standingOf(member, viewed, sight) !== 'none';

/** The whole log: office, discipline, secretary, principal. */
export const mayAudit = (member: Member): boolean => hasRole(member, 'office', 'discipline', 'secretary', 'principal');

const sitsIn = (member: Member, body: Body): boolean => member.bodies.includes(body) || hasRole(member, 'office');

function toItem(member: Member, item: AgendaItem, roster: Roster): Standing {
  if (!maySeeItem(roster.get(member.id) ?? member, item, roster)) return 'none';
  // Whoever stands back (回避) leaves for the talk and the vote, and reads neither afterwards.
  const recused = item.recusals.some((r) => r.member === member.id);
  const deals = [item.sponsor, item.deputy].includes(member.id) || hasRole(member, 'secretary', 'principal');
  const sits = item.legs.some(({ body }) => (body === 'party' || body === 'principal') && sitsIn(member, body));
  if (sits) return recused ? 'dealing' : 'inside';
  return deals ? 'dealing' : 'outside';
}

/** A meeting is known to those who sit there, keep its record, supervise it, attend, or have an item before it. */
function toMeeting(member: Member, meeting: Meeting, { item }: Sight): Standing {
  if (sitsIn(member, meeting.body) || [meeting.chair, meeting.recorder].includes(member.id)) return 'inside';
  if (meeting.observers.includes(member.id) || hasRole(member, 'discipline')) return 'dealing';
  const has = meeting.agenda.some((e) => dealsWith(member, item(e.item)));
  return has ? 'dealing' : 'none';
}

const dealsWith = (member: Member, item: AgendaItem | undefined): boolean =>
  item !== undefined && [item.sponsor, item.deputy].includes(member.id);

function toResolution(member: Member, resolution: Resolution, { item }: Sight): Standing {
  const { source } = resolution;
  const from = source.kind === 'meeting' ? item(source.item) : undefined;
  const sits = source.kind === 'meeting' ? sitsIn(member, source.body) : hasRole(member, 'office');
  if (sits && !from?.recusals.some((r) => r.member === member.id)) return 'inside';
  const { owner, coowner, checker } = resolution;
  const works = [owner, coowner, checker].includes(member.id) || hasRole(member, 'discipline');
  if (sits || works || dealsWith(member, from)) return 'dealing';
  const secret = [resolution.confidentiality, from?.ruling.confidentiality].includes('committee_only');
  return secret ? 'none' : 'outside';
}
