import type { CardAction, Outgoing } from '../../src/domain/message.ts';
import { offered } from '../wecom-shared/choices.ts';
import { escapeText } from '../wecom-shared/escape.ts';
import { buttonCard, noticeCard, saysAll, type TemplateCard } from '../wecom-shared/template-card.ts';
import { linesOf, partsOf } from '../wecom-shared/words.ts';
import type { Body } from './client.ts';

/** Texts and markdown beyond this are cut by WeCom in silence. */
export const MOST_BYTES = 2048;

/** One message to be sent. */
export interface Step {
  readonly body: Body;
  /** The same in words, should WeCom not accept a card. */
  readonly plain?: Words;
}

interface Words {
  readonly bodies: readonly Body[];
  readonly numbered: readonly CardAction[];
}

export interface Composed {
  readonly steps: readonly Step[];
  readonly numbered: readonly CardAction[];
  /** The card that says it all, to take the place of the one that was pressed. */
  readonly whole?: TemplateCard;
}

export function composed(outgoing: Outgoing): Composed {
  return outgoing.conversation.kind === 'group' ? forGroup(outgoing) : forMember(outgoing);
}

/** Words as text, which every client shows, the WeChat plug-in's too; buttons as a template card below them. */
function forMember({ reply: { card, text }, key }: Outgoing): Composed {
  if (!card) return { steps: steps(texts(escapeText(text).split('\n'))), numbered: [] };
  const notice = card.actions.length === 0 ? noticeCard(card) : undefined;
  const words = linesOf(card, 'text');
  if (notice) return { steps: [{ body: asCard(notice), plain: { bodies: texts(words), numbered: [] } }], numbered: [] };
  const { buttons, numbered, lines } = offered(card.actions, true);
  if (buttons.length === 0) return { steps: steps(texts([...words, ...lines])), numbered };
  const below = buttonCard(card, buttons, key);
  const inWords = offered(card.actions, false);
  const alone = lines.length === 0 && saysAll(card);
  const plain = { bodies: texts([...(alone ? words : []), ...inWords.lines]), numbered: inWords.numbered };
  const before = alone ? [] : steps(texts([...words, ...lines]));
  return { steps: [...before, { body: asCard(below), plain }], numbered, ...(alone ? { whole: below } : {}) };
}

/** A group the app made: markdown, no cards, and members cannot answer the app there. */
function forGroup({ reply: { card, text } }: Outgoing): Composed {
  if (!card) return { steps: steps(texts(escapeText(text).split('\n'))), numbered: [] };
  const hint = card.actions.length > 0 ? ['要接着办，请在应用里直接问我。'] : [];
  const parts = partsOf([...linesOf(card, 'markdown'), ...hint], MOST_BYTES);
  return { steps: parts.map((content) => ({ body: { msgtype: 'markdown', markdown: { content } } })), numbered: [] };
}

const texts = (lines: readonly string[]): Body[] =>
  partsOf(lines, MOST_BYTES).map((content) => ({ msgtype: 'text', text: { content } }));

const steps = (bodies: readonly Body[]): Step[] => bodies.map((body) => ({ body }));

const asCard = (card: TemplateCard): Body => ({ msgtype: 'template_card', template_card: card });
