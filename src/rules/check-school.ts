import { NEEDS_PARTY_MEETING } from '../domain/deciders.ts';
import type { ListEntry, SchoolProfile } from '../domain/school.ts';
import { nearest } from './check-book.ts';
import type { Clause, Matter, Rulebook } from './rulebook.ts';

/** Deciders that no list of a school can take the place of: law, the superior authority or a statutory body has the word. */
const BEYOND_SCHOOL = new Set(['prohibited', 'superior', 'other_body', 'staff_congress']);

const clauseText = (c: Clause | undefined) => (c ? `《${c.title}》${c.section}` : '上级文件');

/** The clause that forbids an entry, or `null` when the school may set it so. */
function forbidden(entry: ListEntry, matter: Matter, book: Rulebook): string | null {
  const clause = clauseText(book.clauses.find((c) => c.id === matter.cites[0]));
  const says = (why: string) =>
    `${matter.name.zh}：${why}，依据${clause}，本校清单不能改成“${book.ways[entry.decider].name.zh}”`;
  if (BEYOND_SCHOOL.has(matter.decider) && entry.decider !== matter.decider)
    return says(book.ways[matter.decider].name.zh);
  if (BEYOND_SCHOOL.has(entry.decider) && entry.decider !== matter.decider)
    return says('校内清单不能自行设定上级或法定机构的权限');
  if (matter.decider === 'party_after_staff_congress' && entry.decider !== 'party_after_staff_congress')
    return says('须先经教代会听取意见或讨论通过');
  if (
    NEEDS_PARTY_MEETING.has(matter.decider) &&
    matter.confidence === 'high' &&
    !NEEDS_PARTY_MEETING.has(entry.decider)
  )
    return says('须由党组织会议讨论决定');
  return null;
}

/** What is wrong with a school's own settings: entries on unknown matters, and entries below what law or superior documents ask. */
export function checkSchool(school: SchoolProfile, book: Rulebook): string[] {
  const ids = book.matters.map((m) => m.id);
  return school.list.flatMap((entry) => {
    const matter = book.matters.find((m) => m.id === entry.matter);
    if (!matter) {
      const near = nearest(entry.matter, ids);
      return [`清单里的 ${entry.matter} 不是规则表里的事项${near ? `；是不是 ${near}？` : ''}`];
    }
    const why = forbidden(entry, matter, book);
    return why ? [why] : [];
  });
}

/** Where a school's own list sends a matter elsewhere than the default does. */
export const differences = (school: SchoolProfile, book: Rulebook): { matter: Matter; entry: ListEntry }[] =>
  school.list
    .map((entry) => ({ matter: book.matters.find((m) => m.id === entry.matter), entry }))
    .filter(
      (d): d is { matter: Matter; entry: ListEntry } => d.matter !== undefined && d.matter.decider !== d.entry.decider,
    );
