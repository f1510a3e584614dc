import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import type { CardAction } from '../../src/domain/message.ts';
import type { Notebook } from '../../src/ports/notebook.ts';
import { bytesOf } from './parts.ts';

/**
 * What a button carries where there is little room, and where a form has to be asked for in chat: the action's id, or
 * `#` and a fingerprint whose meaning is noted. The same action has the same key, so any card offering it can be pressed.
 */
const KEPT_MS = 30 * 24 * 3_600_000;
/** Of a template card's key WeCom takes 1024 bytes, of an option's id 128; one measure for all. */
const MOST_BYTES = 128;

const actionShape = z.object({
  id: z.string(),
  label: z.string(),
  style: z.enum(['primary', 'default', 'danger']),
  fields: z.optional(
    z.array(
      z.object({
        name: z.string(),
        label: z.string(),
        type: z.enum(['text', 'number', 'date', 'select']),
        options: z.optional(z.array(z.object({ value: z.string(), label: z.string() }))),
        required: z.boolean(),
      }),
    ),
  ),
});

export const isSimple = (action: CardAction): boolean => !action.fields?.length;

/** An id that begins like a key is never its own key. */
const needsNote = (action: CardAction): boolean =>
  !isSimple(action) || bytesOf(action.id) > MOST_BYTES || action.id.startsWith('#');

export const keyOf = (action: CardAction): string =>
  needsNote(action)
    ? `#${createHash('sha256')
        .update(JSON.stringify([action.id, action.label, action.fields ?? []]))
        .digest('hex')
        .slice(0, 40)}`
    : action.id;

/** To be called before the keys go out. */
export const noteActions = async (notebook: Notebook, actions: readonly CardAction[], now: number): Promise<void> =>
  void (await Promise.all(
    actions.filter(needsNote).map((action) => notebook.write(`action:${keyOf(action)}`, action, now + KEPT_MS)),
  ));

/** The action behind a key; nothing when its note has expired. */
export async function actionOf(notebook: Notebook, key: string, now: number): Promise<CardAction | undefined> {
  if (!key.startsWith('#')) return { id: key, label: '', style: 'default' };
  return z.safeParse(actionShape, await notebook.read(`action:${key}`, now)).data as CardAction | undefined;
}
