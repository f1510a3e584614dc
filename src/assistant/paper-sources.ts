import type { AgendaItem } from '../domain/agenda-item.ts';
import type { Meeting } from '../domain/meeting.ts';
import type { Resolution } from '../domain/resolution.ts';
import type { SchoolProfile } from '../domain/school.ts';
import { rosterOf } from '../office/members/roster.ts';
import type { CaseSources } from '../papers/sources.ts';
import type { RecordKind, Records, SchoolLedger, Shown } from '../ports/ledger.ts';

/** Most deeds a case folder's extract holds. */
const MOST_DEEDS = 1000;

/** The records a paper of `Y12`, `H3`, `J5` or `R7` is made of; nothing where there is no such record. */
export async function paperSources(
  ledger: SchoolLedger,
  school: SchoolProfile,
  day: string,
  { kind, id }: { readonly kind: string; readonly id: string },
): Promise<Omit<CaseSources, 'reader'> | undefined> {
  const shown = await ledger.show();
  const find = finder(ledger, shown);
  const resolution = /^[JR]/.test(id) ? await find('resolution', id) : undefined;
  const source = resolution?.source.kind === 'meeting' ? resolution.source : undefined;
  const itemId = id.startsWith('Y') ? id : kind === 'reconsideration' ? resolution?.reconsideredBy : source?.item;
  const item = itemId ? await find('item', itemId) : undefined;
  const reconsidered = item?.reconsiders ? await find('resolution', item.reconsiders) : undefined;
  const meeting = id.startsWith('H')
    ? await find('meeting', id)
    : await decidedAt(source ?? sourceOf(reconsidered), find);
  if (!resolution && !item && !meeting) return undefined;
  const meetings = await meetingsOf(item, find);
  const items = await itemsOf([...meetings, ...(meeting ? [meeting] : [])], item, find);
  const resolutions = await resolutionsOf(meeting, find);
  const deeds = kind === 'folder' && item ? await ledger.deeds({ about: item.id, limit: MOST_DEEDS }) : [];
  return {
    items,
    meetings,
    deeds,
    resolutions,
    roster: rosterOf(shown, school),
    school,
    day,
    ...(item && { item }),
    ...(meeting && { meeting }),
    ...((resolution ?? reconsidered) && { resolution: resolution ?? reconsidered }),
  };
}

type Find = <K extends RecordKind>(kind: K, id: string) => Promise<Records[K] | undefined>;
const finder =
  (ledger: SchoolLedger, shown: Shown): Find =>
  async (kind, id) =>
    shown.records[kind].get(id) ?? ledger.get(kind, id);

const sourceOf = (r: Resolution | undefined) => (r?.source.kind === 'meeting' ? r.source : undefined);
const decidedAt = async (source: { readonly meeting: string } | undefined, find: Find) =>
  source && find('meeting', source.meeting);

/** The meetings an item was before or is listed for, earliest first. */
async function meetingsOf(item: AgendaItem | undefined, find: Find): Promise<readonly Meeting[]> {
  const ids = [...(item?.legs.flatMap((l) => l.done?.meeting ?? []) ?? []), ...(item?.meeting ? [item.meeting] : [])];
  const found = await Promise.all([...new Set(ids)].map((id) => find('meeting', id)));
  return found.filter((m) => m !== undefined).toSorted((a, b) => (a.date < b.date ? -1 : 1));
}

async function itemsOf(
  meetings: readonly Meeting[],
  item: AgendaItem | undefined,
  find: Find,
): Promise<ReadonlyMap<string, AgendaItem>> {
  const ids = new Set(meetings.flatMap((m) => m.agenda.map((e) => e.item)));
  const found = await Promise.all([...ids].map((id) => find('item', id)));
  return new Map([...found, item].flatMap((i) => (i ? [[i.id, i]] : [])));
}

async function resolutionsOf(meeting: Meeting | undefined, find: Find): Promise<ReadonlyMap<string, Resolution>> {
  const ids = meeting?.agenda.flatMap((e) => e.resolution ?? []) ?? [];
  const found = await Promise.all(ids.map((id) => find('resolution', id)));
  return new Map(found.flatMap((r) => (r ? [[r.id, r]] : [])));
}
