import type { Json } from '../../feishu/deliveries.ts';
import type { Button } from '../rig.ts';

interface Reading {
  readonly words: string[];
  readonly buttons: Button[];
  readonly fields: string[];
  readonly message: string;
}

/** Words, buttons and inputs of a card, in the order they stand; a form's fields go with its button. */
export function read(part: unknown, into: Reading, form?: Record<string, string>): void {
  if (Array.isArray(part)) return part.forEach((p) => read(p, into, form));
  if (typeof part !== 'object' || part === null) return;
  const element = part as Json;
  if (element['tag'] === 'form') return read(element['elements'], into, namesIn(element));
  if (element['tag'] === 'button') {
    const label = String((element['text'] as Json)['content']);
    const [behaviour] = (element['behaviors'] ?? []) as { readonly value?: unknown }[];
    if (behaviour?.value !== undefined)
      into.buttons.push({ label, sends: { value: behaviour.value, message: into.message, ...(form && { form }) } });
    return;
  }
  const label =
    (element['label'] as Json | undefined)?.['content'] ?? (element['placeholder'] as Json | undefined)?.['content'];
  if (element['name'] !== undefined && label !== undefined) into.fields.push(String(label));
  if (typeof element['content'] === 'string') into.words.push(element['content']);
  for (const [key, inner] of Object.entries(element)) if (key !== 'config') read(inner, into, form);
}

/** `f0_amount` in the form is the field `amount`. */
function namesIn(form: unknown, found: Record<string, string> = {}): Record<string, string> {
  if (Array.isArray(form)) form.forEach((f) => namesIn(f, found));
  else if (typeof form === 'object' && form !== null) {
    const name = (form as Json)['name'];
    const field = typeof name === 'string' ? /^f\d+_(.+)$/.exec(name)?.[1] : undefined;
    if (field !== undefined) found[name as string] = field;
    Object.values(form).forEach((inner) => namesIn(inner, found));
  }
  return found;
}

/** In a text message tags are live, in a card's markdown tags and links. */
export function liveIn(part: unknown, text: boolean, markdown = text): string[] {
  if (typeof part === 'string') return markdown ? (part.match(/<at|\]\(https:\/\/evil/g) ?? []) : [];
  if (typeof part !== 'object' || part === null) return [];
  const isMarkdown = text || (part as Json)['tag'] === 'markdown' || (part as Json)['tag'] === 'lark_md';
  return Object.values(part).flatMap((inner) => liveIn(inner, text, isMarkdown));
}
