import type { AmountLines } from '../domain/school.ts';
import type { Condition, Value, Wanted } from './rulebook.ts';

/** What is known of a case. A fact that is not there is unknown. */
export interface Known {
  readonly amount?: number;
  readonly lines?: AmountLines;
  /** Set-valued: a trip can be both overnight and out of town. */
  readonly choices: Readonly<Record<string, readonly Value[]>>;
}

export type Truth = 'holds' | 'fails' | 'unknown';

const not = (t: Truth): Truth => (t === 'unknown' ? t : t === 'holds' ? 'fails' : 'holds');
const all = (ts: readonly Truth[]): Truth =>
  ts.includes('fails') ? 'fails' : ts.includes('unknown') ? 'unknown' : 'holds';
const any = (ts: readonly Truth[]): Truth =>
  ts.includes('holds') ? 'holds' : ts.includes('unknown') ? 'unknown' : 'fails';

const RANGE = /^(?:(<|>=)(A1|A2|\d+)|(A1|\d+)\.\.(A2|\d+))$/;

/** Whether a text is a well-formed amount condition. */
export const isAmountRange = (text: string): boolean => RANGE.test(text);

/** The bounds of an amount condition in yuan, from inclusive, below exclusive: an amount exactly at a line is above it. */
export function amountBounds(range: string): { from?: string; below?: string } {
  const m = RANGE.exec(range);
  if (!m) throw new Error(`「${range}」 is no amount condition; write <A1, A1..A2, >=A2, <A2, >=A1 or >=400000`);
  if (m[1] === '<') return { below: m[2] };
  if (m[1] === '>=') return { from: m[2] };
  return { from: m[3], below: m[4] };
}

function amountHolds(range: string, known: Known): Truth {
  const { from, below } = amountBounds(range);
  const yuan = (bound: string): number | undefined =>
    bound === 'A1' || bound === 'A2' ? known.lines?.[bound] : Number(bound);
  const { amount } = known;
  if (amount === undefined) return 'unknown';
  const compare = (bound: string | undefined, test: (line: number) => boolean): Truth => {
    if (bound === undefined) return 'holds';
    const line = yuan(bound);
    return line === undefined ? 'unknown' : test(line) ? 'holds' : 'fails';
  };
  return all([compare(from, (line) => amount >= line), compare(below, (line) => amount < line)]);
}

function factHolds(fact: string, wanted: Wanted, known: Known): Truth {
  const values = (Array.isArray(wanted) ? wanted : [wanted]) as readonly Value[];
  if (fact === 'amount') return any(values.map((v) => amountHolds(String(v), known)));
  const has = known.choices[fact];
  if (!has) return 'unknown';
  return values.some((v) => has.includes(v)) ? 'holds' : 'fails';
}

type Negated = { readonly not: Wanted };
const isNegated = (w: Wanted | Negated): w is Negated => typeof w === 'object' && 'not' in w;

/** Three-valued: holds, fails, or unknown because a fact it needs is not known. */
export function weigh(condition: Condition, known: Known): Truth {
  return any(
    condition.map((block) =>
      all(
        Object.entries(block).map(([fact, wanted]) =>
          isNegated(wanted) ? not(factHolds(fact, wanted.not, known)) : factHolds(fact, wanted, known),
        ),
      ),
    ),
  );
}

/** The facts a condition looks at. */
export const factsIn = (condition: Condition): string[] => [...new Set(condition.flatMap((b) => Object.keys(b)))];

/** The values a condition names for a fact, whether wanted or excluded. */
export const valuesIn = (condition: Condition, fact: string): Value[] =>
  condition.flatMap((b) => {
    const w = b[fact];
    if (w === undefined) return [];
    const wanted = isNegated(w) ? w.not : w;
    return (Array.isArray(wanted) ? wanted : [wanted]) as Value[];
  });
