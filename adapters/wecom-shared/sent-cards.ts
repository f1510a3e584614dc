import * as z from 'zod/mini';
import type { Notebook } from '../../src/ports/notebook.ts';
import { CHOICE, CHOOSE } from './choices.ts';
import { shortened } from '../shared/shortened.ts';
import { taskIdOf, type TemplateCard } from './template-card.ts';

/**
 * Cards that were sent, by their task: to show what was pressed in place of the buttons, the card is said again. Presses
 * update a card for 72 hours (更新模版卡片消息, 94888).
 */
const KEPT_MS = 72 * 3_600_000;

const option = z.looseObject({ id: z.string(), text: z.string() });
const cardShape = z.looseObject({
  button_list: z.optional(z.array(z.looseObject({ text: z.string(), key: z.string() }))),
  checkbox: z.optional(z.looseObject({ option_list: z.array(option) })),
  select_list: z.optional(z.array(z.looseObject({ question_key: z.string(), option_list: z.array(option) }))),
});
type SentCard = z.infer<typeof cardShape>;
type Values = Readonly<Record<string, string>>;

export const noteCard = async (notebook: Notebook, card: TemplateCard | undefined, now: number): Promise<void> =>
  card && notebook.write(`card:${String(card['task_id'])}`, card, now + KEPT_MS);

const sentCard = async (notebook: Notebook, task: string, now: number): Promise<SentCard | undefined> =>
  z.safeParse(cardShape, await notebook.read(`card:${taskIdOf(task)}`, now)).data;

/** What was pressed or chosen, in the card's words; nothing when we no longer know it. */
function chosenOn(card: SentCard, key: string, values: Values): string | undefined {
  const id = key === CHOOSE ? values[CHOICE] : undefined;
  if (id !== undefined) return card.checkbox?.option_list.find((one) => one.id === id)?.text;
  const picked = card.select_list?.flatMap(({ question_key: name, option_list: list }) =>
    list.filter((one) => one.id === values[name]).map(({ text }) => text),
  );
  return picked?.join('、') || card.button_list?.find((one) => one.key === key)?.text;
}

export async function chosenLabel(
  notebook: Notebook,
  task: string,
  key: string,
  values: Values,
  now: number,
): Promise<string | undefined> {
  const card = await sentCard(notebook, task, now);
  return card && chosenOn(card, key, values);
}

/** The words in place of the buttons. */
export const chosenWords = (label: string): string => shortened(`已选：${label}`, 20);

/** The pressed card with the choice in place of its buttons, and what was chosen still marked. */
export async function afterPress(
  notebook: Notebook,
  task: string,
  key: string,
  values: Values,
  now: number,
): Promise<TemplateCard | undefined> {
  const card = await sentCard(notebook, task, now);
  const label = card && chosenOn(card, key, values);
  if (!card || label === undefined) return undefined;
  const { checkbox, select_list: selects } = card;
  return {
    ...card,
    ...(checkbox && {
      checkbox: {
        ...checkbox,
        disable: true,
        option_list: checkbox.option_list.map((one) => ({ ...one, is_checked: one.id === values[CHOICE] })),
      },
    }),
    ...(selects && {
      select_list: selects.map((one) => ({ ...one, disable: true, selected_id: values[one.question_key] ?? '' })),
    }),
    replace_text: chosenWords(label),
  };
}
