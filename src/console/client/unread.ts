import { keep, recall } from './history.ts';
import { keyOf, roomsOf } from './school.ts';

/** How much each person has not seen yet, in each place. Kept over a reload. */
const counts: Map<string, number> = new Map(readCounts());
let openFor = '';

function readCounts(): [string, number][] {
  try {
    return JSON.parse(recall('unread') ?? '[]') as [string, number][];
  } catch {
    return [];
  }
}

const nameOf = (member: string, key: string): string => `${member} ${key}`;
const save = (): void => keep('unread', JSON.stringify([...counts]));
const isLooking = (): boolean => document.visibilityState === 'visible';

/** Who looks at what: nothing there is unread. */
export function looking(member: string, key: string): void {
  openFor = nameOf(member, key);
  if (isLooking() && counts.delete(openFor)) save();
}

export function missed(member: string, key: string): void {
  const name = nameOf(member, key);
  if (name === openFor && isLooking()) return;
  counts.set(name, (counts.get(name) ?? 0) + 1);
  save();
}

export const unreadIn = (member: string, key: string): number => counts.get(nameOf(member, key)) ?? 0;
export const unreadOf = (member: string): number =>
  roomsOf(member).reduce((sum, room) => sum + unreadIn(member, keyOf(room)), 0);
