import type { Card, CardSection, Conversation } from '../../src/domain/message.ts';
import { actionElements } from './card-actions.ts';
import { plainText, type Element } from './card-element.ts';
import { escapeMarkdown, shortened } from './escape.ts';

/**
 * Our card as Feishu's card JSON 2.0. open.feishu.cn › 飞书卡片 › 卡片 JSON 2.0 结构: unknown properties are errors,
 * at most 200 elements and 30 KB. What people wrote goes into plain text, which has no markup at all; only headings and
 * links are markdown, escaped.
 */
const MOST_BYTES = 29 * 1024;
const MOST_TAGS = 190;

/** The tone as a colour and as a word, for those who do not see the colour. */
const TONES = {
  settled: { template: 'green', tag: 'green', word: '已明确' },
  asks: { template: 'blue', tag: 'blue', word: '待补充' },
  warns: { template: 'orange', tag: 'orange', word: '请注意' },
  neutral: { template: 'grey', tag: 'neutral', word: '说明' },
} as const;

/** The card's JSON, cut to what Feishu takes; nothing when even its head and buttons are too much. */
export function cardContent(card: Card, conversation: Conversation): string | undefined {
  const total = card.sections.reduce((sum, section) => sum + section.lines.length, 0);
  const whole = render(card, card.sections, conversation);
  if (fits(whole)) return whole;
  const cutTo = (lines: number) => render(card, firstLines(card.sections, lines), conversation, CUT_NOTE);
  let [most, tooMany] = [-1, total];
  while (tooMany - most > 1) {
    const middle = Math.floor((most + tooMany) / 2);
    if (fits(cutTo(middle))) most = middle;
    else tooMany = middle;
  }
  return most < 0 ? undefined : cutTo(most);
}

const CUT_NOTE = '内容较长，以上只是一部分；完整内容请在网页端查看。';

/** The limit counts the request, in which the card stands as a JSON string: quotes and backslashes double. */
function fits(content: string): boolean {
  const bytes = new TextEncoder().encode(JSON.stringify(content)).length;
  return bytes <= MOST_BYTES && content.split('"tag":').length - 1 <= MOST_TAGS;
}

function firstLines(sections: readonly CardSection[], count: number): CardSection[] {
  const kept: CardSection[] = [];
  let left = count;
  for (const section of sections) {
    if (left <= 0) break;
    kept.push({ ...section, lines: section.lines.slice(0, left) });
    left -= section.lines.length;
  }
  return kept;
}

function render(card: Card, sections: readonly CardSection[], conversation: Conversation, note?: string): string {
  const tone = TONES[card.tone];
  const elements = [
    ...(card.summary === '' ? [] : [words(card.summary, 2000)]),
    ...sections.flatMap(sectionElements),
    ...(note === undefined ? [] : [small(note)]),
    ...actionElements(card.actions, conversation),
    ...(card.footer === undefined ? [] : [{ tag: 'hr' }, small(card.footer)]),
  ];
  return JSON.stringify({
    schema: '2.0',
    config: {
      update_multi: true,
      enable_forward: true,
      enable_forward_interaction: false,
      summary: { content: shortened(card.summary === '' ? card.title : card.summary, 120) },
    },
    header: {
      title: plainText(shortened(card.title, 100)),
      template: tone.template,
      text_tag_list: [{ tag: 'text_tag', text: plainText(tone.word), color: tone.tag }],
    },
    body: { elements },
  });
}

function sectionElements({ heading, lines, links }: CardSection): Element[] {
  const sources = (links ?? []).map(link).join('\n\n');
  return [
    { tag: 'markdown', content: `**${escapeMarkdown(shortened(heading, 100))}**` },
    ...(lines.length === 0 ? [] : [words(lines.map((line) => shortened(line, 1000)).join('\n'), 20_000)]),
    ...(sources === '' ? [] : [{ tag: 'markdown', content: sources, text_size: 'notation' }]),
  ];
}

const words = (content: string, most: number): Element => ({ tag: 'div', text: plainText(shortened(content, most)) });

const small = (content: string): Element => ({
  tag: 'div',
  text: { ...plainText(shortened(content, 1000)), text_size: 'notation', text_color: 'grey' },
});

function link({ text, url }: { readonly text: string; readonly url?: string }): string {
  const shown = escapeMarkdown(shortened(text, 200));
  const target = url !== undefined && /^https?:\/\//.test(url) && URL.canParse(url) ? new URL(url).href : undefined;
  return target === undefined ? shown : `[${shown}](${target.replace(/[()<>\s]/g, encodeMark)})`;
}

const encodeMark = (character: string) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
