import type { CardAction, Conversation, PlatformName } from '../../src/domain/message.ts';
import type { Notebook } from '../../src/ports/notebook.ts';
import { isSimple, keyOf, noteActions } from './action-keys.ts';

/**
 * Actions where there are no buttons for them: numbered lines, “回复 1 …”. What the numbers mean is noted for the
 * conversation, until the next answer or half an hour.
 */
const KEPT_MS = 30 * 60_000;

/** The order in which they are numbered: what is done at once, then what asks for more. */
export const inOrder = (actions: readonly CardAction[]): readonly CardAction[] => [
  ...actions.filter(isSimple),
  ...actions.filter((action) => !isSimple(action)),
];

export const numberedLines = (actions: readonly CardAction[]): string[] =>
  actions.map(({ label }, index) => `回复 ${index + 1}：${label}`);

/** Not by the app: what is said unasked goes to accounts that any app of the school may serve. */
const noteOf = (platform: PlatformName, { id }: Conversation) => `choices:${platform}:${id}`;

export async function noteChoices(
  notebook: Notebook,
  { platform, conversation }: { readonly platform: PlatformName; readonly conversation: Conversation },
  numbered: readonly CardAction[],
  now: number,
): Promise<void> {
  const note = noteOf(platform, conversation);
  if (numbered.length === 0) return notebook.erase(note);
  await noteActions(notebook, numbered, now);
  await notebook.write(note, numbered.map(keyOf), now + KEPT_MS);
}

/** The key of the action a bare number stands for. “007” and “8万” are words. */
export async function chosenIn(
  notebook: Notebook,
  platform: PlatformName,
  conversation: Conversation,
  text: string,
  now: number,
): Promise<string | undefined> {
  const number = /^\s*(?:回复)?\s*([1-9]\d?)\s*[.。、]?\s*$/.exec(text)?.[1];
  if (number === undefined) return undefined;
  const keys = await notebook.read(noteOf(platform, conversation), now);
  const key: unknown = Array.isArray(keys) ? keys[Number(number) - 1] : undefined;
  return typeof key === 'string' ? key : undefined;
}
