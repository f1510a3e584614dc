import type { Card, CardAction, Outgoing } from '../../src/domain/message.ts';
import { type Controls, offered } from '../wecom-shared/choices.ts';
import { escapeText } from '../wecom-shared/escape.ts';
import { controlCard, noticeCard, saysAll, type TemplateCard } from '../wecom-shared/template-card.ts';
import { cardIn } from '../shared/card-lines.ts';
import { partsOf } from '../shared/parts.ts';
import { linesOf } from '../wecom-shared/words.ts';
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
  /** The card with what can be pressed. */
  readonly pressable?: TemplateCard;
  /** The card that says it all, to take the place of the one that was pressed. */
  readonly whole?: TemplateCard;
}

export function composed(outgoing: Outgoing): Composed {
  return outgoing.conversation.kind === 'group' ? forGroup(outgoing) : forMember(outgoing);
}

/** Words as text, which every client shows, the WeChat plug-in's too; what can be pressed as a template card below them. */
function forMember({ reply, key }: Outgoing): Composed {
  const [card, { text }] = [cardIn(reply), reply];
  if (!card) return { steps: steps(texts(escapeText(text).split('\n'))), numbered: [] };
  const notice = card.actions.length === 0 ? noticeCard(card) : undefined;
  const words = linesOf(card, 'text');
  if (notice) return { steps: [{ body: asCard(notice), plain: { bodies: texts(words), numbered: [] } }], numbered: [] };
  const { controls, numbered, lines } = offered(card, true);
  if (!controls) return { steps: steps(texts([...words, ...lines])), numbered };
  const below = controlCard(card, controls, key);
  const alone = saysAll(card);
  const before = alone ? [] : steps(texts(words));
  const plain = inWords(controls, card, alone ? words : [], text);
  return {
    steps: [...before, { body: asCard(below), plain }],
    numbered,
    pressable: below,
    ...(alone && { whole: below }),
  };
}

/** The same without a card: numbers, or the form's lines, which the text of its question has. */
function inWords(controls: Controls, card: Card, words: readonly string[], text: string): Words {
  if (controls.kind === 'selects') return { bodies: texts(escapeText(text).split('\n')), numbered: [] };
  const { numbered, lines } = offered(card, false);
  return { bodies: texts([...words, ...lines]), numbered };
}

/** A group the app made: markdown, no cards, and members cannot answer the app there. */
function forGroup({ reply }: Outgoing): Composed {
  const [card, { text }] = [cardIn(reply), reply];
  if (!card) return { steps: steps(texts(escapeText(text).split('\n'))), numbered: [] };
  const hint = card.actions.length > 0 ? ['要接着办，请在应用里直接问我。'] : [];
  const parts = partsOf([...linesOf(card, 'markdown'), ...hint], MOST_BYTES);
  return { steps: parts.map((content) => ({ body: { msgtype: 'markdown', markdown: { content } } })), numbered: [] };
}

const texts = (lines: readonly string[]): Body[] =>
  partsOf(lines, MOST_BYTES).map((content) => ({ msgtype: 'text', text: { content } }));

const steps = (bodies: readonly Body[]): Step[] => bodies.map((body) => ({ body }));

const asCard = (card: TemplateCard): Body => ({ msgtype: 'template_card', template_card: card });
