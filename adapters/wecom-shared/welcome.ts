import type { Notebook } from '../../src/ports/notebook.ts';

/** WeCom tells of every entering, or of the first of each day; who was welcomed within this time is not welcomed again. */
const AGAIN_AFTER_MS = 180 * 24 * 3_600_000;

export async function firstWelcome(notebook: Notebook, app: string, member: string, now: number): Promise<boolean> {
  const key = `welcome:${app}:${member.toLowerCase()}`;
  if ((await notebook.read(key, now)) !== undefined) return false;
  await notebook.write(key, true, now + AGAIN_AFTER_MS);
  return true;
}
