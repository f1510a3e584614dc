import type { Work } from './answer-messages.ts';

/** What rounds have left under way, so that nobody else waits for it. */
export interface UnderWay {
  /** Slow answers and slow sends. */
  readonly slow: Set<Promise<void>>;
  /** The end of what is being answered in a chat: what is asked there later comes after it. */
  readonly chats: Map<string, Promise<void>>;
  /** Messages being answered or waiting for those before them. */
  readonly messages: Set<string>;
}

export const underWay = (): UnderWay => ({ slow: new Set(), chats: new Map(), messages: new Set() });

/** A platform or a model that is slow to answer keeps only its own chats waiting. */
const PATIENCE_MS = 250;

/** Waits a moment; tells whether it ended in it. */
export async function soonOr(work: Promise<void>): Promise<boolean> {
  const patience = new Promise<'enough'>((done) => setTimeout(done, PATIENCE_MS, 'enough'));
  return (await Promise.race([work, patience])) !== 'enough';
}

export function left(work: Promise<void>, { slow }: UnderWay, { log }: Pick<Work, 'log'>): void {
  const ended = work
    .catch((error: unknown) => log('work-failed', { error: String(error) }))
    .finally(() => slow.delete(ended));
  slow.add(ended);
}
