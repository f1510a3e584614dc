import { useId, useLayoutEffect, useRef } from 'hono/jsx/dom';
import type { CardField } from '../../domain/message.ts';

/** One field of a form with its label; `value` is what was written before. */
export function Field({ field, value }: { readonly field: CardField; readonly value: string | undefined }) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>
        {field.label}
        {field.required && (
          <b class="star" aria-hidden="true">
            ＊
          </b>
        )}
      </label>
      <Input id={id} field={field} value={value} />
    </div>
  );
}

interface InputProps {
  readonly id: string;
  readonly field: CardField;
  readonly value: string | undefined;
}

function Input({ id, field: { name, type, required, options = [] }, value }: InputProps) {
  const box = useRef<HTMLInputElement & HTMLSelectElement & HTMLTextAreaElement>(null);
  const only = required && options.length === 1 ? options[0]!.value : undefined;
  useLayoutEffect(() => {
    if (value ?? only) box.current!.value = (value ?? only)!;
    if (type === 'text') fit(box.current!);
  }, []);
  if (type === 'select')
    return (
      <select id={id} ref={box} name={name} required={required}>
        <option value="">{required ? '请选择' : '（不填）'}</option>
        {options.map((o) => (
          <option key={o.value} value={o.value}>
            {o.label}
          </option>
        ))}
      </select>
    );
  if (type === 'text')
    return (
      <textarea
        id={id}
        ref={box}
        name={name}
        required={required}
        rows={1}
        autocomplete="off"
        onInput={() => fit(box.current!)}
        onKeyDown={sendOnEnter}
      />
    );
  const number = type === 'number' && ({ min: 0, step: 'any', inputmode: 'decimal' } as const);
  return <input id={id} ref={box} name={name} type={type} required={required} autocomplete="off" {...number} />;
}

/** As in the composer: Enter sends, Shift+Enter breaks the line, an input method keeps its own. */
function sendOnEnter(e: KeyboardEvent): void {
  if (e.key !== 'Enter' || e.shiftKey || e.isComposing || e.keyCode === 229) return;
  e.preventDefault();
  (e.target as HTMLTextAreaElement).form?.requestSubmit();
}

const TALLEST_PX = 160;
/** As tall as what is written, up to a limit. */
export function fit(box: HTMLTextAreaElement): void {
  box.style.height = 'auto';
  box.style.height = `${Math.min(box.scrollHeight + 2, TALLEST_PX)}px`;
}
