import type { CardSection } from '../../src/domain/message.ts';
import { plainText, type Element } from './card-element.ts';
import { shortened } from '../shared/shortened.ts';
import { escapeMarkdown } from './escape.ts';

/** A section of a card: heading, lines in plain text, sources smaller. */
export function sectionElements({ heading, lines, links }: CardSection): Element[] {
  const sources = (links ?? []).map(link).join('\n\n');
  return [
    { tag: 'markdown', content: `**${escapeMarkdown(shortened(heading, 100))}**` },
    ...(lines.length === 0 ? [] : [words(lines.join('\n'), 30_000)]),
    ...(sources === '' ? [] : [{ tag: 'markdown', content: sources, text_size: 'notation' }]),
  ];
}

export const words = (content: string, most: number): Element => ({
  tag: 'div',
  text: plainText(shortened(content, most)),
});

export const small = (content: string): Element => ({
  tag: 'div',
  text: { ...plainText(shortened(content, 1000)), text_size: 'notation', text_color: 'grey' },
});

function link({ text, url }: { readonly text: string; readonly url?: string }): string {
  const shown = escapeMarkdown(shortened(text, 500));
  const target = url !== undefined && /^https?:\/\//.test(url) && URL.canParse(url) ? new URL(url).href : undefined;
  return target === undefined ? shown : `[${shown}](${target.replace(/[()<>\s]/g, encodeMark)})`;
}

const encodeMark = (character: string) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
