import type { AgendaItem, Leg } from '../../domain/agenda-item.ts';
import type { Decider } from '../../domain/deciders.ts';
import { meetingName } from '../../domain/minutes-text.ts';
import type { SchoolProfile } from '../../domain/school.ts';

const studies = (body: Leg['body']): Leg => ({ body, act: 'studies' });
const decides = (body: Leg['body']): Leg => ({ body, act: 'decides' });

/**
 * The bodies an item passes, in order (procedure sections 1 and 2; matters.yaml routes). Where the staff congress has a
 * part, the Party meeting looks at it before and decides after, unless the school has set `staff_congress_order`.
 */
export function legsOf(decider: Decider, cadreOrParty: boolean, congressOrder: string | undefined): readonly Leg[] {
  switch (decider) {
    case 'party_meeting':
      return [decides('party')];
    case 'principal_meeting':
    case 'individual':
      return [decides('principal')];
    case 'principal_then_party':
      return [studies('principal'), decides('party')];
    case 'party_after_staff_congress': {
      const passes: Leg = { body: 'congress', act: 'passes' };
      const reviews: Leg = { body: 'party', act: 'reviews' };
      if (congressOrder === '前') return [studies('principal'), decides('party'), passes];
      if (congressOrder === '后') return [studies('principal'), passes, decides('party')];
      return [studies('principal'), reviews, passes, decides('party')];
    }
    case 'staff_congress':
      return [{ body: 'party', act: 'reviews' }, decides('congress')];
    case 'superior':
      return [studies(cadreOrParty ? 'party' : 'principal'), decides('superior')];
    case 'other_body':
      return [decides('other')];
    case 'prohibited':
      return [];
  }
}

export const LEG_NAMES: Readonly<Record<Leg['body'], string>> = {
  party: '党组织会议',
  principal: '校长办公会议',
  congress: '教代会',
  superior: '上级主管部门',
  other: '法定或专门机构',
};

export const ACT_NAMES: Readonly<Record<Leg['act'], string>> = {
  studies: '研究提出',
  reviews: '审议',
  passes: '讨论通过',
  decides: '决定',
};

const BOARD = '董（理）事会';

/** The legs with the names the school has for its meetings, where they are not the usual ones (procedure 9.1, 9.5). */
export const asCalled = (legs: readonly Leg[], school: SchoolProfile): readonly Leg[] =>
  legs.map((leg) => {
    if (leg.body !== 'party' && leg.body !== 'principal') return leg;
    const name = meetingName(leg.body, school);
    return name === LEG_NAMES[leg.body] ? leg : { ...leg, name };
  });

/**
 * The bodies of a private school where the rules say that the board decides (procedure 9.4): the administration studies,
 * the Party organisation gives its opinion, the board decides outside our two meetings.
 */
export const boardLegs = (): readonly Leg[] => [
  studies('principal'),
  { body: 'party', act: 'reviews' },
  { body: 'other', act: 'decides', name: BOARD },
];

/** What a leg's body is called. */
export const legName = (leg: Pick<Leg, 'body' | 'name'>): string => leg.name ?? LEG_NAMES[leg.body];

/** Whether the item waits for a body outside our two meetings, whose result is noted with `/批复`. */
export const isOutside = ({ legs, leg }: Pick<AgendaItem, 'legs' | 'leg'>): boolean =>
  ['congress', 'superior', 'other'].includes(legs[leg]?.body ?? '');

/** `校长办公会议研究提出 → 党组织会议决定`. */
export const legsLine = (legs: readonly Leg[]): string =>
  legs.map((l, n) => `${legName(l)}${legs[n + 1]?.name === BOARD ? '研究提出意见' : ACT_NAMES[l.act]}`).join(' → ');
