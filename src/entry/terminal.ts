import type { Answer } from '../assistant/answer.ts';
import type { Card } from '../domain/message.ts';

/** An answer for a terminal: headings, then what may still be asked. */
export function asTerminal(a: Answer): string {
  const buttons = a.questions[0]?.options.map((o) => o.label) ?? [];
  return [a.answer, buttons.length ? `\n可以回答：${buttons.join(' / ')}` : '', a.footer ? `\n（${a.footer}）` : '']
    .filter(Boolean)
    .join('\n');
}

/** A card's buttons as numbered choices, where there are none to press. */
export const numberedActions = (card: Card | undefined): string =>
  (card?.actions ?? []).map((action, i) => `  [${i + 1}] ${action.label}`).join('\n');
