import type { Notebook } from '../../src/ports/notebook.ts';

/** How many messages of one answer are out, so that another try says none of them twice. */
const KEPT_MS = 2 * 3_600_000;
const keyOf = (key: string) => `sent:${key}`;

export async function progressOf(notebook: Notebook, key: string, now: number): Promise<number> {
  const noted = await notebook.read(keyOf(key), now);
  return typeof noted === 'number' ? noted : 0;
}

export const noteProgress = (notebook: Notebook, key: string, out: number, now: number): Promise<void> =>
  notebook.write(keyOf(key), out, now + KEPT_MS);
