import { type Cue, occurs, type Alternative } from './cue.ts';

/** Longer plain terms than this are looked for one by one; there are hardly any. */
const LONGEST = 10;
/** How many letters of an English term find its bucket. */
const HEAD = 2;

interface TermAt {
  readonly cue: number;
  readonly term: number;
}

/**
 * Matches thousands of cues at once: every stretch of the sentence is looked up among the terms, so that the cost goes
 * with the sentence's length and not with the number of cues. Same answers as `matchCue`, cue by cue.
 */
export class CueIndex {
  readonly #cues: readonly Cue[];
  readonly #plain = new Map<string, TermAt[]>();
  /** Terms with a gap, by what stands before the gap; English ones by their first letters. */
  readonly #anchored = new Map<string, { readonly alternative: Alternative; readonly at: TermAt }[]>();

  constructor(cues: readonly Cue[]) {
    this.#cues = cues;
    cues.forEach((cue, c) =>
      cue.terms.forEach((term, t) =>
        term.alternatives.forEach((alternative) => this.#file(alternative, { cue: c, term: t })),
      ),
    );
  }

  #file(alternative: Alternative, at: TermAt): void {
    const { text, pattern } = alternative;
    if (!pattern && text.length <= LONGEST) {
      const list = this.#plain.get(text);
      if (list) list.push(at);
      else this.#plain.set(text, [at]);
      return;
    }
    const head = /^[a-z0-9]/.test(text) ? text.slice(0, HEAD) : text.split('…')[0]!.slice(0, LONGEST);
    const list = this.#anchored.get(head);
    if (list) list.push({ alternative, at });
    else this.#anchored.set(head, [{ alternative, at }]);
  }

  /** For each cue that matches, its number and the alternatives found, one for each positive term. */
  matches(text: string): Map<number, string[]> {
    const found = new Map<number, (string | undefined)[]>();
    const note = ({ cue, term }: TermAt, said: string) => {
      let terms = found.get(cue);
      if (!terms) found.set(cue, (terms = []));
      if (said.length > (terms[term]?.length ?? 0)) terms[term] = said;
    };
    const seen = new Set<string>();
    for (let start = 0; start < text.length; start++)
      for (let end = start + 1; end <= Math.min(text.length, start + LONGEST); end++) {
        const stretch = text.slice(start, end);
        if (seen.has(stretch)) continue;
        seen.add(stretch);
        for (const at of this.#plain.get(stretch) ?? []) note(at, stretch);
        for (const { alternative, at } of this.#anchored.get(stretch) ?? [])
          if (occurs(text, alternative)) note(at, alternative.text);
      }
    const whole = new Map<number, string[]>();
    for (const [number, terms] of found) {
      const cue = this.#cues[number]!;
      if (cue.terms.every((term, t) => term.absent === (terms[t] === undefined)))
        whole.set(number, terms.filter((said, t) => said !== undefined && !cue.terms[t]!.absent) as string[]);
    }
    return whole;
  }
}
