/**
 * A cue is how a rule author writes down what people say: terms separated by blanks, all of which must occur in any
 * order; `a|b` is either; a leading `-` is a term that must not occur; `a…b` allows up to eight characters between;
 * `_` stands for a blank inside an English term. Matching is on normalised text (see normalise.ts).
 */
export interface Cue {
  readonly source: string;
  readonly terms: readonly Term[];
}
interface Term {
  readonly absent: boolean;
  readonly alternatives: readonly Alternative[];
}
export interface Alternative {
  readonly text: string;
  /** For terms with a gap and English words; plain ones are looked up as they are. */
  readonly pattern: RegExp | null;
}

const GAP = '.{0,8}?';
const escaped = (s: string) => s.replace(/[.*+?^${}()[\]\\/|]/g, '\\$&');

/** Plain Chinese terms are looked up with `includes`; only gaps and English words need a pattern. */
function alternative(raw: string): Alternative {
  const text = raw.replaceAll('_', ' ').toLowerCase();
  const english = /^[a-z0-9]/.test(text);
  if (!english && !text.includes('…')) return { text, pattern: null };
  const body = text.split('…').map(escaped).join(GAP);
  return { text, pattern: new RegExp(english ? `(?<![a-z0-9])${body}` : body) };
}

/** Throws with the place of the fault when the cue is malformed. */
export function parseCue(source: string): Cue {
  const terms = source
    .trim()
    .split(/\s+/)
    .map((word): Term => {
      const absent = word.startsWith('-');
      const parts = (absent ? word.slice(1) : word).split('|');
      if (parts.some((p) => p === '' || p === '…'))
        throw new Error(`cue 「${source}」 has an empty alternative in 「${word}」; write a|b without a stray |`);
      return { absent, alternatives: parts.map(alternative) };
    });
  if (terms.every((t) => t.absent))
    throw new Error(`cue 「${source}」 only says what must not occur; add a word that must`);
  return { source, terms };
}

export const occurs = (text: string, a: Alternative): boolean =>
  a.pattern ? a.pattern.test(text) : text.includes(a.text);

/** The alternatives that matched, one for each positive term; null when the cue does not match. */
export function matchCue(cue: Cue, text: string): string[] | null {
  const found: string[] = [];
  for (const term of cue.terms) {
    let hit: string | null = null;
    for (const a of term.alternatives)
      if (occurs(text, a) && (hit === null || a.text.length > hit.length)) hit = a.text;
    if (term.absent ? hit !== null : hit === null) return null;
    if (hit !== null) found.push(hit);
  }
  return found;
}
