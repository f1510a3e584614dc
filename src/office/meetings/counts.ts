import type { Vote } from '../../domain/meeting.ts';
import type { Said } from '../command.ts';
import { Refusal } from '../refusal.ts';

const DIGITS = '零一二三四五六七八九十';
const COUNT = String.raw`\s*[:：为]?\s*(\d{1,3}|[零一二两三四五六七八九十]{1,3})\s*(?:票|人|名)?`;
const LABELS = {
  against: '不同意|反对',
  for: '(?<!不)(?:同意|赞成)',
  abstain: '弃权',
  defer: '缓议|暂缓',
} as const;

function numberOf(word: string): number {
  if (/^\d+$/.test(word)) return Number(word);
  const digit = (c: string | undefined, empty: number) =>
    c === undefined || c === '' ? empty : c === '两' ? 2 : DIGITS.indexOf(c);
  const [tens, ones] = word.split('十');
  return word.includes('十') ? digit(tens, 1) * 10 + digit(ones, 0) : digit(word, 0);
}

export type Counts = Omit<Vote, 'method'>;

/** The counts named: `同意5 反对0 弃权0 缓议0`, `同意五票`, or the form's fields. Nothing when none is named. */
export function countsIn(words: string, values: Said['values']): Counts | undefined {
  const plain = words.normalize('NFKC');
  const read = (key: keyof Counts, form: readonly string[]): number | undefined => {
    const filled = form.map((f) => values[f]).find((v) => v !== undefined && v.trim() !== '');
    const word = filled ?? new RegExp(`(?:${LABELS[key]})${COUNT}`).exec(plain)?.[1];
    return word === undefined ? undefined : numberOf(word.trim());
  };
  const found = {
    for: read('for', ['同意', 'for']),
    against: read('against', ['不同意', 'against']),
    abstain: read('abstain', ['弃权', 'abstain']),
    defer: read('defer', ['缓议', 'defer']),
  };
  if (Object.values(found).every((n) => n === undefined)) return undefined;
  const whole = (n: number | undefined, what: string) => {
    if (n !== undefined && !(Number.isInteger(n) && n >= 0)) throw new Refusal('count', `${what}的票数要写成整数。`);
    return n ?? 0;
  };
  return {
    for: whole(found.for, '同意'),
    against: whole(found.against, '不同意'),
    abstain: whole(found.abstain, '弃权'),
    defer: whole(found.defer, '缓议'),
  };
}

export function methodIn(words: string): Vote['method'] | undefined {
  if (/无记名|secret/i.test(words)) return '无记名';
  if (/记名|roll/i.test(words)) return '记名';
  if (/举手|hands/i.test(words)) return '举手';
  return /口头|逐一|voice/i.test(words) ? '口头' : undefined;
}
