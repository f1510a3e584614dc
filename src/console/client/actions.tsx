import { useId, useLayoutEffect, useRef, useState } from 'hono/jsx/dom';
import type { CardAction, CardField } from '../../domain/message.ts';
import { press, stateOf } from './conversation.ts';
import type { Said } from './history.ts';
import { keyOf, memberOf, type Room } from './school.ts';

interface ActionsProps {
  readonly said: Said;
  readonly actions: readonly CardAction[];
  /** Where a button's answer leads, shown on the button. */
  readonly leads: ReadonlyMap<string, string>;
  readonly me: string;
  readonly room: Room;
  readonly onPress: () => void;
}

type Values = Readonly<Record<string, string>>;

/** A card's buttons. They belong to the person who asked; what needs more than a press opens a small form. */
export function Actions({ said, actions, leads, me, room, onPress }: ActionsProps) {
  const [form, setForm] = useState<string | null>(null);
  if (actions.length === 0) return null;
  if (said.to !== me) return <p class="for-other">这张卡片的按钮由{memberOf(said.to!).name}来按。</p>;
  const send = (action: CardAction, values: Values) => {
    setForm(null);
    onPress();
    press(room, me, said, action, values);
  };
  return (
    <div class="actions" role="group" aria-label="可以选">
      {actions.map((action) => [
        <ActionButton
          key={action.id}
          action={action}
          leadsTo={leads.get(action.label)}
          state={stateOf(action, said, keyOf(room))}
          isOpen={form === action.id}
          onPress={() => (action.fields ? setForm(form === action.id ? null : action.id) : send(action, {}))}
        />,
        form === action.id && (
          <Form
            key={`${action.id}/form`}
            action={action}
            onSend={(values) => send(action, values)}
            onCancel={() => setForm(null)}
          />
        ),
      ])}
    </div>
  );
}

interface ButtonProps {
  readonly action: CardAction;
  readonly leadsTo: string | undefined;
  readonly state: 'live' | 'pressed' | 'past';
  readonly isOpen: boolean;
  readonly onPress: () => void;
}

function ActionButton({ action, leadsTo, state, isOpen, onPress }: ButtonProps) {
  return (
    <button
      type="button"
      class={`button ${action.style}${leadsTo ? ' choice' : ''}${state === 'pressed' ? ' pressed' : ''}`}
      disabled={state !== 'live'}
      aria-expanded={action.fields ? String(isOpen) : undefined}
      title={state === 'past' ? '已经有了新的回答' : undefined}
      onClick={onPress}
    >
      {state === 'pressed' && <span aria-hidden="true">✓ </span>}
      {leadsTo ? <b>{action.label}</b> : action.label}
      {leadsTo && <span class="leads">{leadsTo}</span>}
      {state === 'pressed' && <span class="sr">，已选</span>}
    </button>
  );
}

function Form({
  action,
  onSend,
  onCancel,
}: {
  readonly action: CardAction;
  readonly onSend: (v: Values) => void;
  readonly onCancel: () => void;
}) {
  const form = useRef<HTMLFormElement>(null);
  useLayoutEffect(() => form.current!.querySelector<HTMLElement>('input,select')?.focus(), []);
  const submit = (e: Event) => {
    e.preventDefault();
    const values = [...new FormData(form.current!)].map(([name, value]) => [name, String(value).trim()]);
    onSend(Object.fromEntries(values) as Values);
  };
  return (
    <form
      class="fields"
      ref={form}
      onSubmit={submit}
      onKeyDown={(e: KeyboardEvent) => e.key === 'Escape' && onCancel()}
    >
      {action.fields!.map((field) => (
        <Field key={field.name} field={field} />
      ))}
      <div class="fields-end">
        <button type="submit" class="button primary">
          确定
        </button>
        <button type="button" class="button quiet" onClick={onCancel}>
          取消
        </button>
      </div>
    </form>
  );
}

function Field({ field }: { readonly field: CardField }) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{field.label}</label>
      {field.type === 'select' ? (
        <select id={id} name={field.name} required={field.required}>
          {(field.options ?? []).map((o) => (
            <option key={o.value} value={o.value}>
              {o.label}
            </option>
          ))}
        </select>
      ) : (
        <input
          id={id}
          name={field.name}
          type={field.type}
          required={field.required}
          autocomplete="off"
          {...(field.type === 'number' ? { min: 0, step: 'any', inputmode: 'decimal' } : {})}
        />
      )}
    </div>
  );
}
