import * as z from 'zod/mini';
import type { CardAction, Outgoing } from '../../src/domain/message.ts';
import type { Notebook } from '../../src/ports/notebook.ts';
import { offered } from '../wecom-shared/choices.ts';
import { escapeMarkdown, shortened } from '../wecom-shared/escape.ts';
import { buttonCard, taskIdOf, type TemplateCard } from '../wecom-shared/template-card.ts';
import { linesOf, partsOf } from '../wecom-shared/words.ts';
import type { Ready } from './streams.ts';

/** Content of a stream, and of markdown. */
export const MOST_BYTES = 20_480;
const CARD_KEPT_MS = 24 * 3_600_000;
const CUT = '内容较长，以上只是一部分；完整内容请在网页端查看。';

export interface Composed {
  readonly ready: Ready;
  readonly numbered: readonly CardAction[];
}

/** An answer as markdown, with buttons as a card of their own where the way back has room for one. */
export function composed({ reply: { card, text }, key }: Outgoing, withButtons: boolean): Composed {
  if (!card) return { ready: { content: fitted(text.split('\n').map(escapeMarkdown)) }, numbered: [] };
  const { buttons, numbered, lines } = offered(card.actions, withButtons);
  const content = fitted([...linesOf(card, 'markdown'), ...lines.map(escapeMarkdown)]);
  return { ready: buttons.length > 0 ? { content, card: buttonCard(card, buttons, key) } : { content }, numbered };
}

/** A stream is one message: what is beyond it is cut, with a note. Paragraphs, as single breaks may be swallowed. */
function fitted(lines: readonly string[]): string {
  const paragraphs = lines.flatMap((line) => [line, '']).slice(0, -1);
  const [first = '', ...more] = partsOf(paragraphs, MOST_BYTES - 200);
  return more.length === 0 ? first : `${first.replace(/^（1\/\d+）\n/, '')}\n\n${CUT}`;
}

const cardShape = z.looseObject({
  button_list: z.array(z.object({ text: z.string(), key: z.string() })),
  task_id: z.string(),
});

/** A sent card is kept a day: to take its buttons away the whole card is said again. */
export async function noteCard(notebook: Notebook, card: TemplateCard | undefined, now: number): Promise<void> {
  if (card) await notebook.write(`card:${String(card['task_id'])}`, card, now + CARD_KEPT_MS);
}

/** The pressed card with the choice in place of its buttons; nothing when we no longer know it. */
export async function afterPress(
  notebook: Notebook,
  task: string,
  pressed: string,
  now: number,
): Promise<TemplateCard | undefined> {
  const card = z.safeParse(cardShape, await notebook.read(`card:${taskIdOf(task)}`, now)).data;
  const chosen = card?.button_list.find(({ key }) => key === pressed);
  return card && chosen && { ...card, replace_text: shortened(`已选：${chosen.text}`, 20) };
}
