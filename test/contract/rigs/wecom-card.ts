import type { Json } from '../../wecom/deliveries.ts';
import type { Button } from '../rig.ts';

/** What can be read and pressed on one of WeCom's template cards. */
export interface SeenCard {
  readonly text: string;
  readonly buttons: readonly Button[];
  readonly fields: readonly string[];
}

export interface Sends {
  readonly key: string;
  readonly task: string;
  readonly type: string;
}

const list = (value: unknown): readonly Json[] => (Array.isArray(value) ? (value as Json[]) : []);
const word = (value: unknown): string[] => (typeof value === 'string' && value !== '' ? [value] : []);

export function seenOn(card: Json): SeenCard {
  const [title, quote] = [card['main_title'] as Json | undefined, card['quote_area'] as Json | undefined];
  const selects = [...list(card['select_list']), ...(card['checkbox'] ? [card['checkbox'] as Json] : [])];
  const task = String(card['task_id'] ?? '');
  const type = String(card['card_type']);
  const submit = card['submit_button'] as Json | undefined;
  const pressable = [...list(card['button_list']), ...(submit ? [submit] : [])];
  return {
    text: [
      ...word(title?.['title']),
      ...word(title?.['desc']),
      ...word(card['sub_title_text']),
      ...word(quote?.['quote_text']),
      ...list(card['horizontal_content_list']).map((row) => `${row['keyname']}：${row['value']}`),
      ...list(card['jump_list']).flatMap((row) => word(row['title'])),
      ...word(card['replace_text']),
    ].join('\n'),
    buttons: pressable.map(({ text, key }) => ({
      label: String(text),
      sends: { key: String(key), task, type } satisfies Sends,
    })),
    fields: selects.map(({ title: label, question_key: key }) => String(label ?? key)),
  };
}
