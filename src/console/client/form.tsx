import { useLayoutEffect, useRef, useState } from 'hono/jsx/dom';
import type { CardAction } from '../../domain/message.ts';
import type { Outcome } from './conversation.ts';
import { Field } from './field.tsx';

export type Values = Readonly<Record<string, string>>;

/** What was written into forms and not yet taken: it stays when one looks elsewhere or sending fails. */
const drafts = new Map<string, Values>();

const SETTLED_MS = 60;

interface FormProps {
  /** The card's and the button's ids: whose draft it is. */
  readonly name: string;
  readonly action: CardAction;
  readonly onSend: (values: Values) => Promise<Outcome>;
  readonly onCancel: () => void;
}

const valuesOf = (form: HTMLFormElement): Values =>
  Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value).trim()]));

/** The fields of a button, all on one screen. It keeps what was written until the service has taken it. */
export function Form({ name, action, onSend, onCancel }: FormProps) {
  const form = useRef<HTMLFormElement>(null);
  const fault = useRef<HTMLParagraphElement>(null);
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState('');
  const fields = action.fields!;
  useLayoutEffect(() => {
    form.current!.querySelector<HTMLElement>('input,select,textarea')?.focus({ preventScroll: true });
    form.current!.scrollIntoView({ block: 'nearest' });
  }, []);
  useLayoutEffect(() => {
    if (!problem) return;
    fault.current!.focus();
    // The conversation moves to what was said last; the fault is what is to be read.
    setTimeout(() => fault.current?.scrollIntoView({ block: 'center' }), SETTLED_MS);
  }, [problem]);

  const submit = async (e: Event) => {
    e.preventDefault();
    if (sending) return;
    const values = valuesOf(form.current!);
    setSending(true);
    setProblem('');
    const { kind, message } = await onSend(values);
    if (kind === 'done') drafts.delete(name);
    if (kind === 'done' || kind === 'worded') return;
    setSending(false);
    setProblem(message);
  };
  return (
    <form
      class={`fields${fields.length > 3 ? ' many' : ''}`}
      ref={form}
      aria-label={action.label}
      aria-busy={sending ? 'true' : undefined}
      onSubmit={(e: Event) => void submit(e)}
      onInput={() => drafts.set(name, valuesOf(form.current!))}
      onKeyDown={(e: KeyboardEvent) => e.key === 'Escape' && !e.isComposing && onCancel()}
    >
      {fields.some((f) => f.required) && (
        <p class="fields-note">
          带<b class="star">＊</b>的要填
        </p>
      )}
      <div class="fields-in">
        {fields.map((field) => (
          <Field key={field.name} field={field} value={drafts.get(name)?.[field.name]} />
        ))}
      </div>
      {problem && (
        <p class="problem" role="alert" tabIndex={-1} ref={fault}>
          {problem}
        </p>
      )}
      <div class="fields-end">
        <button type="submit" class={`button ${action.style === 'danger' ? 'danger' : 'primary'}`} disabled={sending}>
          {sending ? '提交中…' : '确定'}
        </button>
        <button type="button" class="button quiet" onClick={onCancel}>
          取消
        </button>
      </div>
    </form>
  );
}
