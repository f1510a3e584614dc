import type { Entry, Meeting, Opinion } from '../../domain/meeting.ts';
import type { SchoolProfile } from '../../domain/school.ts';

/** Written opinions of members who are away (procedure 4.2, 8). */

/** `absent_opinion_counts`; unset they are read out and not counted. */
export function opinionsCount(school: SchoolProfile): { yes: boolean; suggested: boolean } {
  const set = school.params['absent_opinion_counts'];
  if (set === undefined) return { yes: false, suggested: true };
  return { yes: /^(?:是|计入|计票|true|yes|1)/i.test(set.trim()), suggested: false };
}

const STANCE = /不同意|反对|缓议|暂缓|同意|赞成/;

export function stanceIn(text: string): Opinion['stance'] | undefined {
  const found = STANCE.exec(text.normalize('NFKC'))?.[0];
  if (found === '不同意' || found === '反对') return '不同意';
  if (found === '缓议' || found === '暂缓') return '缓议';
  return found ? '同意' : undefined;
}

/** The part of a written opinion that is about one item: after its id up to the next, or all of it for the only item. */
export function partFor(opinion: string, item: string, only: boolean): string | undefined {
  const parts = opinion.normalize('NFKC').split(/(?=Y\s?\d{1,6})/i);
  const mine = parts.find(
    (p) => new RegExp(`^${item}(?!\\d)`, 'i').test(p.replace(/\s/, '')) || new RegExp(`^${item}(?!\\d)`, 'i').test(p),
  );
  if (mine) return mine.replace(/^Y\s?\d+\s*/i, '').replace(/^[:：,，\s]+|[;；,，。\s]+$/g, '');
  const named = /Y\s?\d{1,6}/i.test(opinion);
  return !named && only ? opinion : undefined;
}

/** Stances of absent members on an item that count as votes under the school's rules: neither here nor standing back. */
export function countedFromAfar(meeting: Meeting, entry: Entry, school: SchoolProfile): readonly Opinion[] {
  if (!opinionsCount(school).yes) return [];
  return meeting.leave.flatMap((l) => {
    const away = !meeting.present.includes(l.member) && !entry.recused.includes(l.member);
    const words = away && l.opinion ? partFor(l.opinion, entry.item, meeting.agenda.length === 1) : undefined;
    const stance = words === undefined ? undefined : stanceIn(words);
    return stance ? [{ member: l.member, stance, words: words! }] : [];
  });
}

/** What is to be read out when an item is taken up: everything written that could be about it, and by whom. */
export function toReadOut(meeting: Meeting, entry: Entry): readonly { member: string; words: string }[] {
  return meeting.leave.flatMap((l) => {
    if (!l.opinion || meeting.present.includes(l.member) || entry.recused.includes(l.member)) return [];
    const about = partFor(l.opinion, entry.item, true);
    return about === undefined ? [] : [{ member: l.member, words: about }];
  });
}
