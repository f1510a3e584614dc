import type { Segment } from './segment.ts';

export interface Hit {
  readonly id: string;
  readonly score: number;
}

const after = (a: Hit, b: Hit): boolean => a.score < b.score || (a.score === b.score && a.id > b.id);

/** The best `k` of all passages, best first; equal scores in the order of their ids, so that no history shows. */
export function best(
  segments: readonly Segment[],
  scores: readonly Float32Array[],
  k: number,
  filter?: (id: string) => boolean,
): Hit[] {
  const heap: Hit[] = [];
  let floor = 0;
  for (let s = 0; s < segments.length; s++) {
    const { ids, dead } = segments[s]!;
    const of = scores[s]!;
    for (let i = 0; i < of.length; i++) {
      const score = of[i]!;
      if (score <= 0 || score < floor || dead[i]) continue;
      const hit = { id: ids[i]!, score };
      if (heap.length === k && !after(heap[0]!, hit)) continue;
      if (filter && !filter(hit.id)) continue;
      if (heap.length === k) replaceWorst(heap, hit);
      else push(heap, hit);
      if (heap.length === k) floor = heap[0]!.score;
    }
  }
  return heap.sort((a, b) => (after(a, b) ? 1 : -1));
}

function push(heap: Hit[], hit: Hit): void {
  let at = heap.push(hit) - 1;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (!after(heap[at]!, heap[parent]!)) return;
    [heap[at], heap[parent]] = [heap[parent]!, heap[at]!];
    at = parent;
  }
}

function replaceWorst(heap: Hit[], hit: Hit): void {
  heap[0] = hit;
  for (let at = 0; ;) {
    let worst = at;
    for (const child of [2 * at + 1, 2 * at + 2])
      if (child < heap.length && after(heap[child]!, heap[worst]!)) worst = child;
    if (worst === at) return;
    [heap[at], heap[worst]] = [heap[worst]!, heap[at]!];
    at = worst;
  }
}
