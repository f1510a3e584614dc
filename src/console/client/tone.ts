import type { Card, CardSection } from '../../domain/message.ts';
import { HEADINGS } from '../../wording/phrases.ts';
import type { ChatReply } from './talk.ts';

/** How a card is read: its language, its ending in a word, and what each section is for. */
type Heading = keyof typeof HEADINGS;

export function headingOf(section: CardSection): Heading | null {
  const known = (Object.keys(HEADINGS) as Heading[]).find(
    (k) => HEADINGS[k].zh === section.heading || HEADINGS[k].en === section.heading,
  );
  return known ?? null;
}

/** The section that opens an answer: the ruling, or what stands in its place. */
const OPENING: ReadonlySet<Heading | null> = new Set(['conclusion', 'ask', 'person', 'unruled']);
export const opens = (section: CardSection): boolean => OPENING.has(headingOf(section));

export type Lang = 'zh' | 'en';
export const langOf = (card: Card): Lang =>
  /[\u3400-\u9fff]/.test(card.sections[0]?.heading ?? card.title) ? 'zh' : 'en';

const WORDS: Record<Card['tone'], Record<Lang, string>> = {
  settled: { zh: '已有结论', en: 'Settled' },
  asks: { zh: '还差一点', en: 'One thing first' },
  warns: { zh: '需要人来定', en: 'A person decides' },
  neutral: { zh: '规则未写到', en: 'Not in the rules' },
};
const SIGNS: Record<Card['tone'], string> = { settled: '✓', asks: '?', warns: '!', neutral: '–' };

/** The sign and the word beside the colour. A card without a ruling (help) is a note. */
export function toneOf(card: Card): { readonly sign: string; readonly word: string } {
  const lang = langOf(card);
  const note = card.tone === 'neutral' && !card.sections.some(opens);
  return note
    ? { sign: 'i', word: lang === 'zh' ? '说明' : 'Note' }
    : { sign: SIGNS[card.tone], word: WORDS[card.tone][lang] };
}

/** Titles that only say how it ended, as the word beside the colour does. */
const ENDINGS = new Set([
  '结论',
  '还差一点',
  '需要人来定',
  '规则里没有写到',
  'Ruling',
  'One thing first',
  'A person must decide',
  'Not in the rules',
]);
export const namesMatter = (card: Card): boolean => !ENDINGS.has(card.title);

/** What a screen reader says when an answer arrives. */
export function spoken(reply: ChatReply): string {
  const { card } = reply;
  if (!card) return `议事：${reply.text}`;
  return `议事，${toneOf(card).word}：${card.summary}${card.actions.length ? `。有 ${card.actions.length} 个按钮可选。` : ''}`;
}
