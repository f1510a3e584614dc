import { amountOf } from '../../domain/money.ts';
import { Refusal } from '../refusal.ts';
import { ITEM_FIELDS } from './item-fields.ts';

/** Longest an item may take at a meeting, in minutes. */
const LONGEST = 240;

/** What people wrote into the form, as the item keeps it: an amount in yuan, one of the choices, whole minutes. */
export const readFields = (given: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(given).map(([name, text]) => [name, readField(name, text)]));

function readField(name: string, text: string): string {
  const field = ITEM_FIELDS.find((f) => f.name === name);
  if (name === 'amount') return readAmount(text);
  if (name === 'minutes') return readMinutes(text);
  if (!field?.options) return text;
  const chosen = field.options.find((o) => text === o) ?? field.options.find((o) => text.includes(o));
  if (!chosen) throw new Refusal('bad-choice', `${field.label}请写：${field.options.join('、')}。您写的是“${text}”。`);
  return chosen;
}

function readAmount(text: string): string {
  const yuan = amountOf(text);
  if (yuan === undefined || yuan <= 0)
    throw new Refusal('bad-amount', `金额“${text}”读不出来，请写成大于零的一个数，例如 600000 或 60万元。`);
  return String(yuan);
}

function readMinutes(text: string): string {
  const minutes = Number(text.normalize('NFKC').replace(/\s*分钟?$/, ''));
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > LONGEST)
    throw new Refusal('bad-minutes', `所需时间请写1到${LONGEST}的整数，单位是分钟。`);
  return String(minutes);
}
