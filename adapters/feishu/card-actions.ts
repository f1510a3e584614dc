import type { CardAction, CardField, Conversation } from '../../src/domain/message.ts';
import { plainText, type Element } from './card-element.ts';
import { isSimple } from '../shared/action-keys.ts';
import { shortened } from '../shared/shortened.ts';

/**
 * Buttons and forms. open.feishu.cn › 飞书卡片 › 按钮, 表单容器: buttons side by side stand in a column set; a form
 * stands at the card's root, needs a submit button, and each field a name unique in the card.
 */
export function actionElements(actions: readonly CardAction[], conversation: Conversation): Element[] {
  const simple = actions.filter(isSimple);
  const forms = actions.filter((action) => !isSimple(action));
  return [
    ...forms.map((action, index) => form(action, index, conversation)),
    ...(simple.length === 0 ? [] : [row(simple.map((action) => button(action, conversation)))]),
  ];
}

function row(buttons: readonly Element[]): Element {
  const columns = buttons.map((element) => ({ tag: 'column', width: 'auto', elements: [element] }));
  return { tag: 'column_set', flex_mode: 'flow', horizontal_spacing: '8px', columns };
}

/** The callback does not tell a group from a direct chat, nor the thread; so the button carries them along. */
function button({ id, label, style }: CardAction, { kind, thread }: Conversation): Element {
  const value = { action: id, kind, ...(thread === undefined ? {} : { thread }) };
  const ask = { title: plainText('请确认'), text: plainText(`确定要“${shortened(label, 40)}”吗？`) };
  return {
    tag: 'button',
    text: plainText(shortened(label, 40)),
    type: style,
    behaviors: [{ type: 'callback', value }],
    ...(style === 'danger' ? { confirm: ask } : {}),
  };
}

function form(action: CardAction, index: number, conversation: Conversation): Element {
  const fields = (action.fields ?? []).flatMap((field) => input(field, `f${index}_${field.name}`));
  const submit = { ...button(action, conversation), name: `submit${index}`, form_action_type: 'submit' };
  return { tag: 'form', name: `form${index}`, elements: [...fields, submit] };
}

/** Only the text input has a label of its own; above the others it stands as text. */
function input({ label, type, options, required }: CardField, name: string): Element[] {
  const shown = plainText(shortened(required ? `${label}（必填）` : label, 100));
  switch (type) {
    case 'text':
      return [{ tag: 'input', name, label: shown, required, input_type: 'multiline_text', max_length: 1000 }];
    case 'number':
      return [{ tag: 'input', name, label: shown, required, placeholder: plainText('请填数字'), max_length: 30 }];
    case 'date':
      return [
        { tag: 'div', text: shown },
        { tag: 'date_picker', name, required, placeholder: plainText('选择日期') },
      ];
    case 'select':
      return [
        { tag: 'div', text: shown },
        {
          tag: 'select_static',
          name,
          required,
          placeholder: plainText('请选择'),
          options: (options ?? []).map(choice),
        },
      ];
  }
}

const choice = ({ value, label }: { readonly value: string; readonly label: string }) => ({
  text: plainText(shortened(label, 100)),
  value,
});
