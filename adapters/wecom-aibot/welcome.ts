import type { Notebook } from '../../src/ports/notebook.ts';

/** WeCom tells of the first entering of each day; who was welcomed within this time is not welcomed again. */
const AGAIN_AFTER_MS = 30 * 24 * 3_600_000;

export async function firstWelcome(notebook: Notebook, member: string, now: number): Promise<boolean> {
  const key = `welcome:aibot:${member.toLowerCase()}`;
  if ((await notebook.read(key, now)) !== undefined) return false;
  await notebook.write(key, true, now + AGAIN_AFTER_MS);
  return true;
}
