import type { Outgoing, Reply } from '../domain/message.ts';

/** What comes later than this after it was asked for, or was to be said, says so. */
const LATE_MS = 5 * 60_000;

/** An answer or a message held up, by us or by the platform, with the mark that it is late: where it is read first. */
export function markedLate(outgoing: Outgoing, createdAt: number, now: number): Outgoing {
  if (now - (outgoing.askedAt ?? createdAt) <= LATE_MS) return outgoing;
  const mark = outgoing.askedAt === undefined ? '（迟到的消息）' : '（迟到的回复）';
  return { ...outgoing, reply: marked(outgoing.reply, mark) };
}

/** A card stands in the place of the text, a model's words at its head. */
function marked({ card, worded, ...reply }: Reply, mark: string): Reply {
  return {
    ...reply,
    text: `${mark}${reply.text}`,
    ...(worded !== undefined && { worded: `${mark}${worded}` }),
    ...(card && { card: worded === undefined ? { ...card, summary: `${mark}${card.summary}` } : card }),
  };
}
