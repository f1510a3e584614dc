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

/** Words for cards that are no rulings, where their summary does not begin with one. */
const OTHER: Record<Card['tone'], string> = { settled: '已办好', asks: '待办理', warns: '请留意', neutral: '说明' };
const NOTE_SIGNS: Record<Card['tone'], string> = { ...SIGNS, asks: '…', neutral: 'i' };
const LONGEST_STATE = 8;

/** A refusal's summary is a reason, which may begin with a short sentence. */
const REFUSED = '还不能办';

/** A card of a record begins its summary with the state it is in: 草稿。请审议是否同意……, or 现在：进行中，还有4天。 */
export function stateAndRest({ title, summary }: Card): readonly [state: string, rest: string] {
  if (title === REFUSED) return ['', summary];
  const now = /^现在：([^，。\n]+)[，。]/.exec(summary);
  if (now) return [now[1]!, summary.slice(now[0].length)];
  const end = summary.indexOf('。');
  return end > 0 && end <= LONGEST_STATE && summary.length > end + 1
    ? [summary.slice(0, end), summary.slice(end + 1)]
    : ['', summary];
}

export const isRuling = (card: Card): boolean => card.sections.some(opens);

const noteOf = ({ title, tone }: Card): string =>
  tone === 'neutral' && /^(议事|决议|督办)?(提醒|督办)/.test(title) ? '提醒' : OTHER[tone];

/** The sign and the word beside the colour. A card without a ruling tells its record's state, or is a note. */
export function toneOf(card: Card): { readonly sign: string; readonly word: string } {
  const lang = langOf(card);
  if (isRuling(card) || (lang === 'en' && card.tone !== 'neutral'))
    return { sign: SIGNS[card.tone], word: WORDS[card.tone][lang] };
  const word = lang === 'en' ? 'Note' : stateAndRest(card)[0] || noteOf(card);
  return { sign: NOTE_SIGNS[card.tone], word };
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
  return `议事，${toneOf(card).word}：${card.summary || card.title}${card.actions.length ? `。有 ${card.actions.length} 个按钮可选。` : ''}`;
}
