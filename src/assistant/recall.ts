import { sendKey, type Work } from './answer-messages.ts';

/** Messages that somebody took back: what is not done is not done, what is not said is not said. */
export async function recallAll(
  ids: readonly string[],
  school: string,
  { store, now }: Pick<Work, 'store' | 'now'>,
): Promise<void> {
  for (const id of ids) await store.recall(school, id, await sendKey(id, 0), now());
}
