import type { Notebook } from '../ports/notebook.ts';

/** The time of the demo school: it can be moved forward (快进), never back, and outlives a restart. */
export interface DemoClock {
  now(): number;
  move(to: number): Promise<void>;
}

const NOTE = 'demo-clock';
const FOR_EVER = 9e15;

export async function demoClock(notebook: Notebook, real: () => number = Date.now): Promise<DemoClock> {
  const kept = await notebook.read(NOTE, real());
  let ahead = typeof kept === 'number' ? kept : 0;
  return {
    now: () => real() + ahead,
    async move(to) {
      ahead = Math.max(ahead, to - real());
      await notebook.write(NOTE, ahead, FOR_EVER);
    },
  };
}
