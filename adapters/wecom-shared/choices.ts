import type { CardAction, Conversation } from '../../src/domain/message.ts';
import type { Notebook } from '../../src/ports/notebook.ts';

/**
 * Actions where there are no buttons for them: numbered lines, “回复 1 …”. What the numbers mean is noted for the
 * conversation, until the next answer or half an hour.
 */
export const MOST_BUTTONS = 6;
/** Longer labels are cut on a phone. */
const MOST_LABEL = 16;
const KEPT_MS = 30 * 60_000;

export interface Offered {
  readonly buttons: readonly CardAction[];
  readonly numbered: readonly CardAction[];
  /** What to say under the answer. */
  readonly lines: readonly string[];
}

/** WeCom cards have no input: what would be a form is asked for in words. */
export function offered(actions: readonly CardAction[], withButtons: boolean): Offered {
  const simple = actions.filter((action) => !action.fields?.length);
  const asButtons =
    withButtons && simple.length <= MOST_BUTTONS && simple.every(({ label }) => label.length <= MOST_LABEL);
  const numbered = asButtons ? [] : simple;
  return { buttons: asButtons ? simple : [], numbered, lines: [...formLines(actions), ...numberedLines(numbered)] };
}

const formLines = (actions: readonly CardAction[]) =>
  actions
    .filter((action) => action.fields?.length)
    .map(({ fields }) => `可以直接回复：${(fields ?? []).map(({ label }) => label).join('、')}`);

const numberedLines = (actions: readonly CardAction[]) =>
  actions.map(({ label }, index) => `回复 ${index + 1}：${label}`);

const keyOf = (app: string, { id }: Conversation) => `choices:${app}:${id}`;

export async function noteChoices(
  notebook: Notebook,
  { app, conversation }: { readonly app: string; readonly conversation: Conversation },
  numbered: readonly CardAction[],
  now: number,
): Promise<void> {
  const key = keyOf(app, conversation);
  if (numbered.length === 0) return notebook.erase(key);
  await notebook.write(
    key,
    numbered.map(({ id }) => id),
    now + KEPT_MS,
  );
}

/** The action a bare number stands for. “007” and “8万” are words. */
export async function chosenIn(
  notebook: Notebook,
  app: string,
  conversation: Conversation,
  text: string,
  now: number,
): Promise<string | undefined> {
  const number = /^\s*(?:回复)?\s*([1-9]\d?)\s*[.。、]?\s*$/.exec(text)?.[1];
  if (number === undefined) return undefined;
  const ids = await notebook.read(keyOf(app, conversation), now);
  const id: unknown = Array.isArray(ids) ? ids[Number(number) - 1] : undefined;
  return typeof id === 'string' ? id : undefined;
}
