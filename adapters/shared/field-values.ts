import type { CardField } from '../../src/domain/message.ts';
import { amountOf } from '../../src/domain/money.ts';

/** What people write into a field of a form, as the value a form control would send; or what is wrong with it. */
export type FieldRead = { readonly value: string } | { readonly fault: string };

const MOST_CHARACTERS = 2000;

export function readField(field: CardField, written: string, now: number): FieldRead {
  switch (field.type) {
    case 'text':
      return written.length > MOST_CHARACTERS
        ? { fault: `“${bare(field)}”太长，最多 ${MOST_CHARACTERS} 个字` }
        : { value: written };
    case 'number':
      return read(numberIn(written), field, written, '要写数字，如 12 或 8万');
    case 'date':
      return read(dateIn(written, now), field, written, '要写日期，如 2026-12-25');
    case 'select':
      return read(optionIn(field, written), field, written, `请从这些里选一个：${optionsOf(field)}`);
  }
}

/** A label without its remarks in brackets: 金额（元） is also written 金额. */
export const bare = ({ label }: CardField): string => label.replace(/[（(][^）)]*[）)]|[:：\s]/g, '') || label;

export const optionsOf = ({ options }: CardField): string => (options ?? []).map(({ label }) => label).join('、');

const read = (value: string | undefined, field: CardField, written: string, wanted: string): FieldRead =>
  value === undefined ? { fault: `“${bare(field)}”写的是“${written.slice(0, 40)}”，${wanted}` } : { value };

/** `12`, `8万`, `600,000.50元`, `5人`. */
function numberIn(written: string): string | undefined {
  const plain = written.normalize('NFKC').trim();
  if (/^-?\d{1,15}(?:\.\d{1,6})?$/.test(plain)) return plain;
  const amount = amountOf(plain.replace(/\s*[人名位票个次天]$/, ''));
  return amount === undefined ? undefined : String(amount);
}

const DAY_MS = 24 * 3_600_000;
const chinaDay = (at: number) => new Date(at + 8 * 3_600_000).toISOString().slice(0, 10);

/** `2026-12-25`, `2026年12月25日`, `2026/12/25`; a day without its year is the next of that name; 今天, 明天, 后天. */
function dateIn(written: string, now: number): string | undefined {
  const plain = written.normalize('NFKC').replace(/\s/g, '');
  const near = ['今天', '明天', '后天'].indexOf(plain);
  if (near >= 0) return chinaDay(now + near * DAY_MS);
  const found = /^(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})[日号]?$/.exec(plain);
  if (!found) return undefined;
  const [, year, month, day] = found;
  const named = (y: number) => realDay(`${y}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`);
  if (year !== undefined) return named(Number(year));
  const today = chinaDay(now);
  const thisYear = named(Number(today.slice(0, 4)));
  return thisYear !== undefined && thisYear >= today ? thisYear : named(Number(today.slice(0, 4)) + 1);
}

function realDay(day: string): string | undefined {
  const at = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== day ? undefined : day;
}

/** By its words, its value or its number in the list. */
function optionIn({ options = [] }: CardField, written: string): string | undefined {
  const plain = written.replace(/^[“"]|[”"。]$/g, '').trim();
  const named = options.find(({ label, value }) => label === plain || value === plain);
  const number = /^\d{1,2}$/.test(plain) ? options[Number(plain) - 1] : undefined;
  return (named ?? number)?.value;
}
