import type { CardAction, Outgoing } from '../../src/domain/message.ts';
import type { Notebook } from '../../src/ports/notebook.ts';
import { noteActions } from '../shared/action-keys.ts';
import { cardIn } from '../shared/card-lines.ts';
import { noteChoices } from '../shared/choices.ts';
import { partsOf } from '../shared/parts.ts';
import { offered } from '../wecom-shared/choices.ts';
import { escapeMarkdown } from '../wecom-shared/escape.ts';
import { noteCard } from '../wecom-shared/sent-cards.ts';
import { controlCard, saysAll } from '../wecom-shared/template-card.ts';
import { linesOf } from '../wecom-shared/words.ts';
import type { Ready } from './streams.ts';

/** Content of a stream, and of markdown. */
export const MOST_BYTES = 20_480;
const CUT = '内容较长，以上只是一部分；完整内容请在网页端查看。';

export interface Composed {
  readonly ready: Ready;
  readonly numbered: readonly CardAction[];
  /** Whether the card alone says all of it. */
  readonly cardAlone: boolean;
}

/** An answer as markdown, with what can be pressed as a card of its own where the way back has room for one. */
export function composed({ reply, key }: Outgoing, withControls: boolean): Composed {
  const [card, { text }] = [cardIn(reply), reply];
  if (!card)
    return { ready: { content: fitted(text.split('\n').map(escapeMarkdown)) }, numbered: [], cardAlone: false };
  const { controls, numbered, lines } = offered(card, withControls);
  const content = fitted([...linesOf(card, 'markdown'), ...lines.map(escapeMarkdown)]);
  const ready = controls ? { content, card: controlCard(card, controls, key) } : { content };
  return { ready, numbered, cardAlone: controls !== undefined && saysAll(card) };
}

/** What has to be known when somebody presses or counts. */
export async function noteComposed(
  notebook: Notebook,
  outgoing: Outgoing,
  { ready, numbered }: Composed,
  now: number,
): Promise<void> {
  await Promise.all([
    noteChoices(notebook, outgoing, numbered, now),
    noteActions(notebook, outgoing.reply.card?.actions ?? [], now),
    noteCard(notebook, ready.card, now),
  ]);
}

/** A stream is one message: what is beyond it is cut, with a note. Paragraphs, as single breaks may be swallowed. */
function fitted(lines: readonly string[]): string {
  const paragraphs = lines.flatMap((line) => [line, '']).slice(0, -1);
  const [first = '', ...more] = partsOf(paragraphs, MOST_BYTES - 200);
  return more.length === 0 ? first : `${first.replace(/^（1\/\d+）\n/, '')}\n\n${CUT}`;
}
