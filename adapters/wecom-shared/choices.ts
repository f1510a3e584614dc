import type { Card, CardAction } from '../../src/domain/message.ts';
import { inOrder, numberedLines } from '../shared/choices.ts';
import { bytesOf } from '../shared/parts.ts';

/**
 * What a card's actions become: buttons; a list to choose from when they are many; selections, where the card is nothing
 * but a form of choices; numbered lines where nothing else fits. developer.work.weixin.qq.com › 模板卡片类型: WeCom's
 * cards have no input and no date, so other forms are asked for in chat (../shared/chat-form.ts) once pressed.
 */
export const MOST_BUTTONS = 6;
const MOST_CHOICES = 20;
const MOST_SELECTS = 3;
const MOST_OPTIONS = 10;
/** Longer labels are cut on a phone. */
const MOST_LABEL = 16;
const MOST_OPTION_BYTES = 128;

export type Controls =
  | { readonly kind: 'buttons'; readonly actions: readonly CardAction[] }
  | { readonly kind: 'choices'; readonly actions: readonly CardAction[] }
  | { readonly kind: 'selects'; readonly action: CardAction };

export interface Offered {
  readonly controls?: Controls;
  readonly numbered: readonly CardAction[];
  /** What to say under the answer. */
  readonly lines: readonly string[];
}

export function offered({ actions, title }: Card, withControls: boolean): Offered {
  const controls = withControls ? controlsFor(actions, title) : undefined;
  if (controls) return { controls, numbered: [], lines: [] };
  const numbered = inOrder(actions);
  return { numbered, lines: numberedLines(numbered) };
}

function controlsFor(actions: readonly CardAction[], title: string): Controls | undefined {
  const [first] = actions;
  if (!first || !actions.every(({ label }) => label.length <= MOST_LABEL)) return undefined;
  if (actions.length === 1 && title === first.label && isSelectable(first)) return { kind: 'selects', action: first };
  if (actions.length <= MOST_BUTTONS) return { kind: 'buttons', actions };
  return actions.length <= MOST_CHOICES ? { kind: 'choices', actions } : undefined;
}

/** Whether a form can be a card's selections: at most three, of at most ten options each. */
const isSelectable = ({ fields = [] }: CardAction): boolean =>
  fields.length >= 1 &&
  fields.length <= MOST_SELECTS &&
  fields.every(
    ({ name, type, options = [] }) =>
      type === 'select' &&
      bytesOf(name) <= MOST_OPTION_BYTES &&
      options.length >= 1 &&
      options.length <= MOST_OPTIONS &&
      options.every(({ value, label }) => value !== '' && label !== '' && bytesOf(value) <= MOST_OPTION_BYTES),
  );

/** The card that asks for such a form; nothing where it has to be asked in words. */
export const selectionCard = (action: CardAction): Card | undefined =>
  isSelectable(action) && action.label.length <= MOST_LABEL
    ? { title: action.label, tone: 'asks', summary: '请选好后按“提交”。', sections: [], actions: [action] }
    : undefined;

/** The submit key of a list of choices, and the name of its one question. */
export const CHOOSE = 'choose';
export const CHOICE = 'choice';

/** The key that was meant: of a list, the one chosen; empty when nothing was. */
export const keyMeant = (key: string, values: Readonly<Record<string, string>>): string =>
  key === CHOOSE ? (values[CHOICE] ?? '') : key;
