import type { Meeting } from '../../domain/meeting.ts';
import type { Reply } from '../../domain/message.ts';
import { dayText } from '../dates.ts';
import type { Scene } from '../scene.ts';
import { meetingCard } from './card.ts';
import { isSecret } from './may.ts';

/** A reply with the meeting's card as the speaker may see it here. */
export const reply = (scene: Scene, meeting: Meeting, text: string): Reply => ({
  text,
  card: meetingCard(scene, meeting, scene.by),
});

/**
 * Something only members of the body may hear: in a direct chat it is said, in a group the group hears `openly` and the
 * speaker the rest (procedure 4.5: opinions and the distribution of votes stay inside).
 */
export function quietly(scene: Scene, meeting: Meeting, openly: string, inside: string, about = meeting.id): Reply {
  const whole = { text: inside, card: meetingCard(scene, meeting, scene.by, 'direct') };
  // What is about a confidential item is kept from the group by the frame, which passes it to the speaker.
  if (scene.place.kind === 'direct' || isSecret(scene.item(about))) return whole;
  scene.tell(scene.by.id, whole, about);
  return reply(scene, meeting, openly);
}

/** `2026年11月27日14:00在三楼会议室` */
export const whenWhere = (m: Pick<Meeting, 'date' | 'time' | 'place'>): string =>
  `${dayText(m.date)}${m.time}在${m.place}`;

/** Tells several people once each, never the speaker, who hears the reply. */
export function tellAll(scene: Scene, to: readonly string[], of: (member: string) => Reply, about: string): void {
  for (const member of new Set(to)) if (member !== scene.by.id) scene.tell(member, of(member), about);
}
