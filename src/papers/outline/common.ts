import type { AgendaItem } from '../../domain/agenda-item.ts';
import type { Entry, Meeting } from '../../domain/meeting.ts';
import type { SchoolProfile } from '../../domain/school.ts';
import { readerKnows } from '../may-have.ts';
import { legAt, type Sources } from '../sources.ts';
import { MARKS, orBlank } from '../words.ts';
import type { Block, Outline } from './blocks.ts';

/** Demo values are said to be demo values on each page. */
export const outlineOf = (
  school: SchoolProfile,
  title: string,
  blocks: readonly (Block | undefined | false)[],
): Outline => ({
  title,
  ...(school.demo && { header: `演示：${school.name}的人员、编号和数值均为演示值，不作正式文件使用` }),
  blocks: blocks.filter((b): b is Block => Boolean(b)),
});

export const markOf = (confidentiality: keyof typeof MARKS): Block | undefined =>
  MARKS[confidentiality] === '' ? undefined : { kind: 'mark', text: MARKS[confidentiality] };

/** A meeting's entry as one reader may see it. */
export interface SeenEntry {
  readonly entry: Entry;
  readonly item: AgendaItem | undefined;
  /** The item's title, or that it is told otherwise. */
  readonly title: string;
  readonly hidden: boolean;
}

const ELSEWHERE = '（本项另行通知相关人员）';

/** The agenda in its order; restricted items are named only to those who may know of them. */
export const seenEntries = (meeting: Meeting, { items, reader }: Sources): readonly SeenEntry[] =>
  meeting.agenda.map((entry) => {
    const item = items.get(entry.item);
    const hidden = item !== undefined && !readerKnows(reader, item);
    return { entry, item, hidden, title: hidden ? ELSEWHERE : orBlank(item?.title) };
  });

/** What the meeting is to do with an item: 研究方案 on the way to another body, else what the sponsor asks for. */
export function needType(item: AgendaItem | undefined, meeting: Meeting): string {
  const leg = legAt(item, meeting);
  if (leg?.act === 'studies') return '研究提出方案';
  if (leg?.act === 'reviews') return '审议';
  return item?.fields['need_type']?.trim() || (leg ? '讨论决定' : '');
}

/** Whether two thirds of the members must be there for any of the items (procedure 4.1). */
export const needsTwoThirds = (meeting: Meeting, { items }: Sources): boolean =>
  meeting.agenda.some((e) => items.get(e.item)?.ruling.cadre === true);

/** Whether any of the entries is only for some: the paper is then marked. */
export const meetingMark = (seen: readonly SeenEntry[]): Block | undefined =>
  markOf(
    seen.some((s) => !s.hidden && s.item?.ruling.confidentiality === 'committee_only') ? 'committee_only' : 'internal',
  );
