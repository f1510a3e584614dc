import type { Reply } from '../../domain/message.ts';
import { isOpen, type Resolution } from '../../domain/resolution.ts';
import { dayText } from '../dates.ts';
import { dateLine, type DigestNotes, MOST_LINES } from './digest.ts';
import { dueDay } from './of-resolutions.ts';
import { short } from './reminder.ts';
import type { View } from './view.ts';

/** Its own grade, or that of the item it came from where that is still at hand: the stricter holds. */
const isSecret = (r: Resolution, { items }: View): boolean => {
  const from = r.source.kind === 'meeting' ? r.source.item : undefined;
  const grades = [r.confidentiality, items.find((i) => i.id === from)?.ruling.confidentiality];
  return grades.includes('committee_only');
};

/**
 * What a group hears: counts of the follow-up and the titles of what is public. What only the committee may know is in no
 * count and under no title (procedure 4.5). Nothing when there is nothing to follow up.
 */
export function groupDigest(view: View, { day, notes }: DigestNotes): Reply | undefined {
  const open = view.resolutions.filter((r) => isOpen(r) && !isSecret(r, view));
  if (open.length === 0) return undefined;
  const left = (r: Resolution) => view.workdays.between(day, dueDay(r.deadline, view));
  const pending = open.filter((r) => r.state !== 'done');
  const late = pending.filter((r) => r.deadline < day);
  const today = pending.filter((r) => r.deadline >= day && left(r) <= 0);
  const soon = pending.filter((r) => left(r) > 0 && left(r) <= 3);
  const counts = [
    `督办中${open.length}项`,
    `今天到期${today.length}项`,
    `三天内到期${soon.length}项`,
    `已逾期${late.length}项`,
    `已报完成待核${open.length - pending.length}项`,
  ].join('，');
  const titles = [...late, ...today, ...soon]
    .filter((r) => r.confidentiality === 'public')
    .map((r) => `· ${r.id} ${short(r.title)}：${r.deadline < day ? '已逾期，' : ''}时限${dayText(r.deadline)}`);
  const room = MOST_LINES - 2 - notes.length;
  const shown = titles.length > room ? titles.slice(0, room - 1) : titles;
  const rest = titles.length > shown.length ? [`其余${titles.length - shown.length}项请私聊我发 /待办`] : [];
  const title = `决议督办 ${dateLine(day)}`;
  return { text: [title, ...notes, counts, ...shown, ...rest].join('\n') };
}
