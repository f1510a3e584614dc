import type { AmountLines } from '../domain/school.ts';
import type { Known } from '../rules/condition.ts';
import type { Fact, Matter, Value } from '../rules/rulebook.ts';
import { tierOf } from '../rules/worlds.ts';
import { type Cue, matchCue, parseCue } from './cue.ts';
import type { Stated } from './likeness.ts';
import { normalise } from './normalise.ts';
import { readAmounts, readLines } from './numbers.ts';

/** From this share on a sentence counts as too vague to take anything for granted. */
const TOO_VAGUE = 0.5;

/** What a sentence says about a matter's facts. */
export interface FactReading {
  readonly known: Known;
  /** Spoken of too loosely for an assumption to be taken. */
  readonly vague: ReadonlySet<string>;
  /** What the sentence seems to state, by likeness to sayings that do: never more than a premise. */
  readonly leanings: readonly Leaning[];
}

export interface Leaning {
  readonly fact: string;
  readonly value: Value;
  /** How likely, from 0 to 1. */
  readonly share: number;
}

const cueCache = new Map<string, Cue>();
const cueOf = (source: string): Cue => {
  let cue = cueCache.get(source);
  if (!cue) cueCache.set(source, (cue = parseCue(source)));
  return cue;
};

/** How much of the sentence a list of cues explains: the length of the longest match. */
function strength(cues: readonly string[], text: string): number {
  let best = 0;
  for (const source of cues) {
    const found = matchCue(cueOf(source), text);
    if (found)
      best = Math.max(
        best,
        found.reduce((n, t) => n + t.length, 0),
      );
  }
  return best;
}

/** The options a sentence states. A yes and a no at once is settled by the longer wording. */
function statedValues(fact: Fact, text: string): Value[] {
  const hits = fact.options
    .map((o) => ({ value: o.value, strength: strength(o.cues, text) }))
    .filter((h) => h.strength > 0)
    .sort((a, b) => b.strength - a.strength);
  if (fact.kind === 'boolean') return hits.slice(0, 1).map((h) => h.value);
  const exceptional = hits.filter((h) => h.value !== fact.assume);
  return (exceptional.length ? exceptional : hits).map((h) => h.value);
}

/** The amount of a sentence against the lines in force: one that may lie on either side of a line is not taken. */
function amountOf(text: string, lines: AmountLines | undefined): { amount?: number; unclear: boolean } {
  const amounts = readAmounts(text);
  const largest = amounts.toSorted((a, b) => b.value - a.value)[0];
  if (!largest) return { unclear: false };
  const tier = (n: number, of: AmountLines) => tierOf(Math.min(n, of.A2), of);
  const split = lines && tier(largest.low, lines) !== tier(largest.high, lines);
  return split ? { unclear: true } : { amount: largest.value, unclear: false };
}

export interface ReadingHelp {
  /** Cues of loose wording and of not knowing, from the vocabulary. */
  readonly vague: readonly string[];
  readonly unsure: readonly string[];
  readonly lines?: AmountLines;
}

/** Reads the facts of one matter out of a sentence in normal form. */
export function readFacts(
  matter: Matter,
  normalised: string,
  help: ReadingHelp,
  stated: readonly Stated[] = [],
): FactReading {
  const { lines: told, rest } = readLines(normalised);
  const given = help.lines;
  const lines = told.A1 !== undefined || told.A2 !== undefined ? completeLines(told, given) : given;
  const { amount, unclear } = amountOf(rest, lines);
  const unsure = strength(help.unsure, normalised) > 0;
  const loose =
    unsure || strength(help.vague, normalised) > 0 || stated.some((s) => s.what === '?' && s.share >= TOO_VAGUE);
  const choices: Record<string, readonly Value[]> = {};
  const vague = new Set<string>(unclear ? ['amount'] : []);
  for (const fact of matter.facts) {
    const told = fact.kind === 'amount';
    const values = told ? [] : statedValues(fact, rest);
    if (told && amount !== undefined) continue;
    if (values.length > 0 && !(unsure && fact.kind === 'boolean')) choices[fact.id] = values;
    else if (
      fact.assume !== undefined &&
      fact.id !== 'school_list_override' &&
      (loose || strength(fact.vague, rest) > 0)
    )
      vague.add(fact.id);
  }
  return {
    known: { ...(amount !== undefined && { amount }), ...(lines && { lines }), choices },
    vague,
    leanings: leaningsOf(matter, stated),
  };
}

function leaningsOf(matter: Matter, stated: readonly Stated[]): Leaning[] {
  return stated.flatMap(({ what, share }) => {
    const [id, text] = what.split('=');
    const option = matter.facts.find((f) => f.id === id)?.options.find((o) => String(o.value) === text);
    return option ? [{ fact: id!, value: option.value, share }] : [];
  });
}

function completeLines(told: { A1?: number; A2?: number }, given: AmountLines | undefined): AmountLines {
  const A2 = told.A2 ?? given?.A2 ?? Number.MAX_SAFE_INTEGER;
  return { A1: Math.min(told.A1 ?? given?.A1 ?? 0, A2), A2: Math.max(A2, told.A1 ?? 0) };
}

/** Facts given as data by a program or a pressed button; a text value is matched to an option as a person's words would be. */
export function factsFromData(matter: Matter, data: Readonly<Record<string, unknown>>): Known {
  const choices: Record<string, readonly Value[]> = {};
  for (const fact of matter.facts) {
    const raw = data[fact.id];
    if (raw === undefined || raw === null || fact.kind === 'amount') continue;
    const values = (Array.isArray(raw) ? raw : [raw]).flatMap((v) => valueOf(fact, v));
    if (values.length > 0) choices[fact.id] = values;
  }
  return { choices, ...amountAndLines(data) };
}

function valueOf(fact: Fact, raw: unknown): Value[] {
  const exact = fact.options.find((o) => o.value === raw || String(o.value) === String(raw));
  if (exact) return [exact.value];
  if (typeof raw !== 'string') return [];
  const text = normalise(raw);
  const label = fact.options.find(
    (o) => normalise(o.label.zh).includes(text) || text.includes(normalise(String(o.value))),
  );
  return label ? [label.value] : statedValues(fact, text);
}

export function amountAndLines(data: Readonly<Record<string, unknown>>): Pick<Known, 'amount' | 'lines'> {
  const { amount, threshold } = data;
  const lines = threshold as Partial<AmountLines> | undefined;
  const read =
    typeof amount === 'string'
      ? readAmounts(normalise(/[元块万]/.test(amount) ? amount : `${amount}元`))[0]?.value
      : amount;
  return {
    ...(typeof read === 'number' && Number.isFinite(read) && { amount: read }),
    ...(typeof lines?.A1 === 'number' && typeof lines.A2 === 'number' && { lines: { A1: lines.A1, A2: lines.A2 } }),
  };
}
