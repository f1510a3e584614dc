import type { Card, CardSection, Reply } from '../../src/domain/message.ts';

/** How one platform writes words, headings and sources; each escapes what people wrote. */
export interface Markup {
  escape(text: string): string;
  heading(words: string): string;
  link(link: { readonly text: string; readonly url?: string }): string;
}

/** The card of an answer; where a model worded it, in the place of the summary. */
export const cardIn = ({ card, worded }: Reply): Card | undefined =>
  card && worded !== undefined ? { ...card, summary: worded } : card;

/** A card in words, one line each, for where there are no cards or the card has no room. */
export function cardLines(card: Card, markup: Markup): string[] {
  const repeated = card.sections[0]?.lines[0] === card.summary || card.summary === '' || card.summary === card.title;
  return [
    markup.heading(card.title),
    ...(repeated ? [] : card.summary.split('\n').map((line) => markup.escape(line))),
    ...card.sections.flatMap((section) => sectionLines(section, markup)),
    ...(card.footer === undefined ? [] : [markup.escape(card.footer)]),
  ];
}

const sectionLines = ({ heading, lines, links }: CardSection, markup: Markup): string[] => [
  markup.heading(heading),
  ...lines.map((line) => markup.escape(line)),
  ...(links ?? []).map((link) => markup.link(link)),
];

/** An address that may be shown: http(s) only, and short enough to leave room for the words. */
export function shownAddress(url: string | undefined): string | undefined {
  const target = url !== undefined && /^https?:\/\//.test(url) && URL.canParse(url) ? new URL(url).href : undefined;
  return target === undefined || target.length > 600 ? undefined : target;
}
