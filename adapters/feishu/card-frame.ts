import type { Card } from '../../src/domain/message.ts';
import { plainText, type Element } from './card-element.ts';
import { shortened } from '../shared/shortened.ts';

/** The tone as a colour and as a word, for those who do not see the colour. */
const TONES = {
  settled: { template: 'green', tag: 'green', word: '已明确' },
  asks: { template: 'blue', tag: 'blue', word: '待补充' },
  warns: { template: 'orange', tag: 'orange', word: '请注意' },
  neutral: { template: 'grey', tag: 'neutral', word: '说明' },
} as const;

/** A card around its elements. Shared cards only: others cannot be changed. */
export function framed(title: string, tone: Card['tone'], summary: string, elements: Element[]): string {
  const { template, tag, word } = TONES[tone];
  return JSON.stringify({
    schema: '2.0',
    config: {
      update_multi: true,
      enable_forward: true,
      enable_forward_interaction: false,
      summary: { content: shortened(summary, 120) },
    },
    header: {
      title: plainText(title),
      template,
      text_tag_list: [{ tag: 'text_tag', text: plainText(word), color: tag }],
    },
    body: { elements },
  });
}
