import type { Card, CardAction, CardField } from '../../src/domain/message.ts';
import { keyOf } from '../shared/action-keys.ts';
import { CHOICE, CHOOSE, type Controls, MOST_BUTTONS } from './choices.ts';
import { shortened } from '../shared/shortened.ts';

/**
 * Our card as WeCom's template card. developer.work.weixin.qq.com › 模板卡片类型: text only, no markup, so what people
 * wrote can stand in it as it is; a card has room for a title, some words and at most six rows or buttons.
 */
export type TemplateCard = Readonly<Record<string, unknown>>;

const MOST_TITLE = 36;
const MOST_WORDS = 160;
const MOST_ROWS = 6;
const MOST_LINKS = 3;
const STYLES = { primary: 1, default: 2, danger: 3 } as const;

/** The tone as a colour of the source line and as its word: 0 grey, 1 black, 2 red, 3 green. */
const TONES = {
  settled: { desc: '议事 · 已明确', desc_color: 3 },
  asks: { desc: '议事 · 待补充', desc_color: 1 },
  warns: { desc: '议事 · 请注意', desc_color: 2 },
  neutral: { desc: '议事', desc_color: 0 },
} as const;

/** Ids may hold letters, digits and `_-@`, 128 bytes at most. */
export const taskIdOf = (key: string): string => key.replace(/[^\w@-]/g, '-').slice(0, 128);

/** Title, summary and what can be pressed. The words of the sections come before it, or stand in it when they are few. */
export function controlCard(card: Card, controls: Controls, key: string): TemplateCard {
  const words = shortened(wordsIn(card).join('\n'), MOST_WORDS);
  const title = shortened(card.title, MOST_TITLE);
  const common = { source: TONES[card.tone], task_id: taskIdOf(key) };
  if (controls.kind === 'buttons')
    return {
      card_type: 'button_interaction',
      ...common,
      main_title: { title },
      sub_title_text: words,
      button_list: controls.actions.slice(0, MOST_BUTTONS).map(button),
    };
  // The other two have no sub-title: the words stand under the title.
  const main_title = { title, ...(words !== '' && { desc: words }) };
  const submit = (key: string) => ({ submit_button: { text: '提交', key } });
  if (controls.kind === 'choices') {
    const option_list = controls.actions.map(choice);
    const checkbox = { question_key: CHOICE, mode: 0, option_list };
    return { card_type: 'vote_interaction', ...common, main_title, checkbox, ...submit(CHOOSE) };
  }
  const select_list = (controls.action.fields ?? []).map(selection);
  return { card_type: 'multiple_interaction', ...common, main_title, select_list, ...submit(keyOf(controls.action)) };
}

const button = (action: CardAction) => ({ text: action.label, style: STYLES[action.style], key: keyOf(action) });

const choice = (action: CardAction) => ({ id: keyOf(action), text: action.label, is_checked: false });

const selection = ({ name, label, options = [] }: CardField) => ({
  question_key: name,
  title: shortened(label, 13),
  option_list: options.map((option) => ({ id: option.value, text: option.label })),
});

/** Whether the card alone says everything, sources included. */
export const saysAll = (card: Card): boolean =>
  card.title.length <= MOST_TITLE &&
  wordsIn(card).join('\n').length <= MOST_WORDS &&
  card.sections.every(({ links }) => !links?.length);

function wordsIn(card: Card): string[] {
  const lines = card.sections.flatMap((section) => section.lines);
  const summary =
    card.summary === '' || card.summary === card.title || lines.includes(card.summary) ? [] : [card.summary];
  return [...summary, ...lines, ...(card.footer === undefined ? [] : [card.footer])];
}

/** A notice without buttons, where everything fits its rows; it must lead somewhere, so it needs a public source. */
export function noticeCard(card: Card): TemplateCard | undefined {
  const links = card.sections
    .flatMap(({ links }) => links ?? [])
    .flatMap(({ text, url }) => (url === undefined ? [] : [{ text, url }]));
  const silent = card.sections.flatMap(({ links }) => links ?? []).length - links.length;
  const rows = card.sections.map(({ heading, lines }) => ({ keyname: heading, value: lines.join('；') }));
  const fits =
    rows.length <= MOST_ROWS && rows.every(({ keyname, value }) => keyname.length <= 5 && value.length <= 26);
  const [first] = links;
  if (first === undefined || silent > 0 || links.length > MOST_LINKS || !fits || card.title.length > MOST_TITLE)
    return undefined;
  return {
    card_type: 'text_notice',
    source: TONES[card.tone],
    main_title: { title: card.title },
    sub_title_text: shortened([card.summary, card.footer ?? ''].filter((words) => words !== '').join('\n'), MOST_WORDS),
    horizontal_content_list: rows,
    jump_list: links.map(({ text, url }) => ({ type: 1, title: shortened(text, 26), url })),
    card_action: { type: 1, url: first.url },
  };
}
