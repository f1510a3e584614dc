import type * as z from 'zod/mini';
import type { InboundMessage } from '../../src/domain/message.ts';
import type { Ears, Heard, Times } from './hear.ts';
import type { pressedShape } from './shapes.ts';
import { toastFor } from './toast.ts';

/**
 * A pressed button or sent form. The callback does not say whether the chat is a group, so our cards carry it in the
 * button's value; a card without it counts as a group, where answers disclose least. Whoever pressed is who acts:
 * nothing in the value says so.
 */
export async function pressed(
  event: z.infer<typeof pressedShape>,
  eventId: string,
  ears: Ears,
  times: Times,
): Promise<Heard> {
  const { value, form_value: form } = event.action;
  const { open_message_id: messageId, open_chat_id: chat } = event.context;
  const message: InboundMessage = {
    id: `feishu:${ears.app}:${eventId}`,
    platform: 'feishu',
    app: ears.app,
    conversation: {
      kind: value.kind === 'direct' ? 'direct' : 'group',
      id: chat,
      ...(value.thread ? { thread: value.thread } : {}),
    },
    from: event.operator.open_id,
    text: '',
    addressed: true,
    action: { id: value.action, values: formValues(form ?? {}) },
    messageId,
    ...times,
  };
  const { toast, again } = await toastFor(message, ears.notebook, times.receivedAt);
  return { kind: 'press', toast, ...(again ? {} : { message }) };
}

/** Our cards name a field `f<form>_<name>`, as names must be unique in the whole card. */
const FIELD = /^f\d{1,3}_(?!__proto__$|constructor$|prototype$)(.{1,64})$/s;

function formValues(form: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  const values: [string, string][] = [];
  for (const [key, value] of Object.entries(form)) {
    const name = FIELD.exec(key)?.[1];
    const text = formValue(value);
    if (name !== undefined && text !== undefined) values.push([name, text]);
  }
  return Object.fromEntries(values);
}

/** Dates arrive as `2026-03-01 +0800`, several choices as a list. */
function formValue(value: unknown): string | undefined {
  if (typeof value === 'string') return value.replace(/^(\d{4}-\d{2}-\d{2}) [+-]\d{4}$/, '$1');
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return value.filter((item) => typeof item === 'string').join(',');
  return undefined;
}
