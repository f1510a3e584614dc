import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import type { InboundMessage } from '../../src/domain/message.ts';
import type { Notebook } from '../../src/ports/notebook.ts';

/** What is shown at once to whoever pressed. open.feishu.cn › 卡片回传交互: within 3 seconds, never asked for again. */
export type Toast = { readonly toast: { readonly type: 'info'; readonly content: string } };

const toast = (content: string): Toast => ({ toast: { type: 'info', content } });
export const HEARD = toast('已收到，正在处理。');
const AGAIN = toast('已收到，正在处理，不用再点。');
const ANOTHER = toast('刚才有人点过，正在处理；结果以卡片为准。');

/** A press without a visible reaction is pressed again: the same by the same person counts once for so long. */
const SAME_MS = 10_000;
const OTHERS_MS = 60_000;
/** Longer than a delivery may be old (WEBHOOK_WINDOW_S is a week at most): what was passed over is not taken up later. */
const KEPT_MS = 8 * 24 * 3_600_000;
const MOST_PASSED = 50;
const noteShape = z.object({ by: z.string(), at: z.number(), passed: z.array(z.string()) });

/** The toast for a press, and whether it is only the same once more. What two people press is two presses. */
export async function toastFor(
  { id, app, from, messageId, action }: InboundMessage,
  notebook: Notebook,
  now: number,
): Promise<{ readonly toast: Toast; readonly again: boolean }> {
  const what = createHash('sha256').update(JSON.stringify(action)).digest('hex').slice(0, 24);
  const key = `press:${app}:${messageId}:${what}`;
  try {
    const before = z.safeParse(noteShape, await notebook.read(key, now)).data;
    const passed = before?.passed ?? [];
    if (passed.includes(id)) return { toast: AGAIN, again: true };
    if (before?.by === from && now - before.at < SAME_MS && passed.length < MOST_PASSED) {
      await notebook.write(key, { ...before, passed: [...passed, id] }, now + KEPT_MS);
      return { toast: AGAIN, again: true };
    }
    await notebook.write(key, { by: from, at: now, passed }, now + KEPT_MS);
    const another = before && before.by !== from && now - before.at < OTHERS_MS;
    return { toast: another ? ANOTHER : HEARD, again: false };
  } catch {
    return { toast: HEARD, again: false }; // a note that cannot be had costs no press
  }
}
