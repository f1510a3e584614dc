import type { AgendaItem } from '../../domain/agenda-item.ts';
import { closersOf } from './gates.ts';
import { hasRole, type Member, type Roster } from '../../domain/member.ts';

/** Who may see an item (form 12): of a confidential one only those who deal with it. */
export function maySeeItem(member: Member, item: AgendaItem, roster: Roster): boolean {
  const deals = [item.sponsor, item.deputy].includes(member.id) || hasRole(member, 'office', 'secretary', 'principal');
  if (deals) return true;
  if (item.ruling.confidentiality === 'committee_only')
    return (
      takesAStep(member, item, roster) ||
      item.legs.some((l) => (l.body === 'party' || l.body === 'principal') && roster.of(l.body).includes(member))
    );
  // Until it is submitted, a draft is its sponsor's and those it is shown to in the group.
  return true;
}

/** Who is asked to take a step must see what it is about. */
const takesAStep = (member: Member, item: AgendaItem, roster: Roster): boolean =>
  item.gates.some((g) => closersOf(item, g, roster, false).includes(member));

/** Who may change the form before the leader in charge has signed (form 12). */
export const mayEdit = (member: Member, item: AgendaItem): boolean =>
  item.sponsor === member.id || hasRole(member, 'office');
