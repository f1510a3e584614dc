import type { Card } from '../../src/domain/message.ts';
import { cardLines, shownAddress, type Markup } from '../shared/card-lines.ts';
import { shortened } from '../shared/shortened.ts';
import { escapeMarkdown, escapeText } from './escape.ts';

/** A card in WeCom's two markups. A source stays on one line, which is never cut: its address only where it leaves room. */
const MARKUPS: Readonly<Record<'text' | 'markdown', Markup>> = {
  text: {
    escape: escapeText,
    heading: (words) => `【${escapeText(words)}】`,
    link: ({ text, url }) =>
      linked(escapeText(shortened(text, 300)), url, (to, words) => `<a href="${to}">${words}</a>`),
  },
  markdown: {
    escape: escapeMarkdown,
    heading: (words) => `**${escapeMarkdown(words)}**`,
    link: ({ text, url }) =>
      linked(escapeMarkdown(shortened(text, 300)), url, (to, words) => `[${words}](${to.replace(/[()]/g, encoded)})`),
  },
};

export const linesOf = (card: Card, markup: keyof typeof MARKUPS): string[] => cardLines(card, MARKUPS[markup]);

function linked(words: string, url: string | undefined, link: (to: string, words: string) => string): string {
  const to = shownAddress(url);
  return to === undefined ? words : link(to, words);
}

const encoded = (character: string) => (character === '(' ? '%28' : '%29');
