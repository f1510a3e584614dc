import type { Notebook } from '../../src/ports/notebook.ts';
import type { Sent } from '../../src/ports/platform.ts';

/** How many messages of one answer are out, so that another try says none of them twice. */
const KEPT_MS = 2 * 3_600_000;
const keyOf = (key: string) => `sent:${key}`;

export async function progressOf(notebook: Notebook, key: string, now: number): Promise<number> {
  const noted = await notebook.read(keyOf(key), now);
  return typeof noted === 'number' ? noted : 0;
}

export const noteProgress = (notebook: Notebook, key: string, out: number, now: number): Promise<void> =>
  notebook.write(keyOf(key), out, now + KEPT_MS);

/** Says the steps in order from `first` on; when one has to wait, notes which. */
export async function sendFrom<Step>(
  first: number,
  steps: readonly Step[],
  note: (out: number) => Promise<void>,
  say: (step: Step) => Promise<Sent>,
): Promise<Sent> {
  let sent: Sent = { kind: 'sent' };
  for (const [index, step] of steps.entries()) {
    if (index < first) continue;
    sent = await say(step);
    if (sent.kind === 'sent') continue;
    if (index > first) await note(index);
    return sent;
  }
  return sent;
}
