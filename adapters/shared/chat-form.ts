import type { CardAction, CardField } from '../../src/domain/message.ts';
import { bare, optionsOf, readField } from './field-values.ts';

/**
 * A form where there are no form controls: its fields as labelled lines to be copied, filled in and sent back as one
 * message. Lines may be joined into one, since Enter sends on a computer.
 */
export type Values = Readonly<Record<string, string>>;

const BLANK = /^(?:…|\.{3}|（.*）)?$/;

const KINDS: Readonly<Record<CardField['type'], (field: CardField) => string>> = {
  date: () => '日期，如 2026-12-25',
  number: () => '数字',
  select: (field) => `${optionsOf(field)}，选一个`,
  text: () => '',
};

/** What is to stand behind the label: its kind, the remarks that stand in brackets in it, whether it may stay empty. */
function placeholder(field: CardField): string {
  const remarks = [...field.label.matchAll(/[（(]([^）)]*)[）)]/g)].map(([, remark]) => remark!);
  const optional = field.required || remarks.includes('可不填') ? '' : '可不填';
  const inside = [KINDS[field.type](field), ...remarks, optional].filter((words) => words !== '').join('，');
  return (field.type === 'text' ? '…' : '') + (inside === '' ? '' : `（${inside}）`);
}

/** What to say for a form, or for what is still missing of it. */
export function askFor(action: CardAction, missing: readonly CardField[], group: boolean): string {
  const lines = missing.map((field) => `${bare(field)}：${placeholder(field)}`);
  const lenient = (action.fields ?? []).every(({ required }) => !required);
  return [
    `${action.label}：请按这个格式回复：${group ? '（在群里请先 @ 我）' : ''}`,
    ...lines,
    `${lenient ? '都不用填就回复“确定”。' : ''}30 分钟内有效；不办了请回复“取消”。`,
  ].join('\n');
}

export interface FormRead {
  readonly values: Values;
  readonly faults: readonly { readonly field: CardField; readonly text: string }[];
}

/** The labelled values of a message; nothing when it does not begin with a label of the form. */
export function readForm(fields: readonly CardField[], text: string, now: number): FormRead | undefined {
  const pieces = labelled(fields, text);
  if (!pieces) return undefined;
  const values: Record<string, string> = {};
  const faults: FormRead['faults'][number][] = [];
  for (const { field, written } of pieces) {
    if (BLANK.test(written)) continue;
    const read = readField(field, written, now);
    if ('fault' in read) faults.push({ field, text: read.fault });
    else values[field.name] = read.value;
  }
  return { values, faults };
}

/** The one value of a form with one field that is no free text: a date, a number or a choice cannot be taken amiss. */
export function readBare(fields: readonly CardField[], text: string, now: number): FormRead | undefined {
  const [field, ...more] = fields;
  if (!field || more.length > 0 || field.type === 'text') return undefined;
  const read = readField(field, text.trim(), now);
  return 'value' in read ? { values: { [field.name]: read.value }, faults: [] } : undefined;
}

export const missingIn = (fields: readonly CardField[], values: Values): readonly CardField[] =>
  fields.filter(({ name, required }) => required && !values[name]?.trim());

function labelled(fields: readonly CardField[], text: string): { field: CardField; written: string }[] | undefined {
  const byLabel = new Map(fields.flatMap((field) => [[field.label, field] as const, [bare(field), field] as const]));
  const labels = [...byLabel.keys()].toSorted((a, b) => b.length - a.length).map((label) => RegExp.escape(label));
  const mark = new RegExp(`(^|[\\n；;，,。\\s])(${labels.join('|')})(?:[（(][^）)\\n]*[）)])?[^\\S\\n]*[:：]`, 'g');
  const found = [...text.matchAll(mark)];
  if (found.length === 0 || text.slice(0, found[0]!.index).trim() !== '') return undefined;
  return found.map((one, index) => ({
    field: byLabel.get(one[2]!)!,
    written: trimmed(text.slice(one.index + one[0].length, found[index + 1]?.index)),
  }));
}

/** Without what joined it to the next, and without a remark of ours that was copied along. */
const trimmed = (written: string): string =>
  written
    .trim()
    .replace(/[；;，,]+$/, '')
    .replace(/^(?:…|\.{3})(?=（)/, '')
    .trim();
