import type { Said } from './history.ts';

const NEAR_PX = 80;

export const atEnd = (list: HTMLElement): boolean => list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_PX;

/** My newest question goes to the top when its answer is long, and so does what I was told since: one reads from the beginning. */
export function showLatest(list: HTMLElement, last: Said | undefined): void {
  const of = (kind: string) => [...list.querySelectorAll<HTMLElement>(kind)].pop();
  const line = (!last?.told && of('.line.mine')) || of('.line');
  list.scrollTop = line ? line.offsetTop - list.offsetTop - 12 : 0;
}
