import type { Extension, Reconsideration, Resolution } from '../../domain/resolution.ts';
import { isOpen } from '../../domain/resolution.ts';
import type { Scene } from '../scene.ts';

/** Calendar days from today to the deadline; negative when it has passed. */
export const daysLeft = (scene: Scene, r: Resolution): number =>
  Math.round((Date.parse(r.deadline) - Date.parse(scene.day)) / 86_400_000);

/** Past its deadline and not yet handed in: what has been handed in waits for others, not for its owner. */
export const isOverdue = (scene: Scene, r: Resolution): boolean =>
  isOpen(r) && r.state !== 'done' && daysLeft(scene, r) < 0;

/** `还有3天`, `今天到期`, `已逾期2天`; nothing where the deadline no longer matters. */
export function dueWords(scene: Scene, r: Resolution): string {
  if (!isOpen(r) || r.state === 'done') return '';
  const days = daysLeft(scene, r);
  return days > 0 ? `还有${days}天` : days === 0 ? '今天到期' : `已逾期${-days}天`;
}

/** The extension asked for and not answered yet. */
export const pendingExtension = (r: Resolution): Extension | undefined => {
  const last = r.extensions.at(-1);
  return last && !last.answer ? last : undefined;
};

/** Whether one has been granted: the next one in a row is the meeting's. */
export const wasExtended = (r: Resolution): boolean => r.extensions.some((e) => e.answer?.granted === true);

export const pendingApplication = (r: Resolution): Reconsideration | undefined => {
  const last = r.applications?.at(-1);
  return last && !last.answer ? last : undefined;
};

/** The item of a reconsideration under way: one withdrawn or decided meanwhile no longer counts. */
export function reconsideringItem(scene: Scene, r: Resolution): string | undefined {
  const item = r.reconsideredBy === undefined ? undefined : scene.item(r.reconsideredBy);
  return item && item.state !== 'withdrawn' && item.state !== 'decided' ? item.id : undefined;
}

/** In its publicity period (公示期), both days included. */
export const inPublicity = (scene: Scene, r: Resolution): boolean =>
  r.publicity !== undefined && r.publicity.from <= scene.day && scene.day <= r.publicity.until;

/** Replaces the last of a list. */
export const withLast = <T>(all: readonly T[], last: T): readonly T[] => [...all.slice(0, -1), last];
