import { boilerplate, repeatedTitles, titlesOnLines } from './clean/boilerplate.ts';
import { blanks, invisible, punctuation, traditional, variants } from './clean/characters.ts';
import { Draft, type Edit, type Mark } from './clean/draft.ts';
import { restoreMasks, unreadMasks } from './clean/masks.ts';
import { brokenLines, pageNoise } from './clean/page-noise.ts';

export interface Cleaned {
  /** The text as it was read; never changed. */
  readonly raw: string;
  readonly text: string;
  /** Where and why the two differ. */
  readonly marks: readonly Mark[];
  /** What `[start, end)` of `text` stands for in `raw`: a quote can be shown as the source has it. */
  toRaw(start: number, end: number): { start: number; end: number };
}

/** In this order: page numbers go before punctuation would grow over the gap, masks are read in mended sentences. */
const STEPS: readonly ((text: string) => Edit[])[] = [
  invisible,
  variants,
  boilerplate,
  pageNoise,
  brokenLines,
  repeatedTitles,
  blanks,
  traditional,
  restoreMasks,
  punctuation,
  titlesOnLines,
];
/** One correction may lay bare another; the steps run until nothing changes. Each takes away or settles something. */
const ROUNDS = 20;

/** Cleans what converters and the web have made of a document. Cleaning the cleaned text changes nothing more. */
export function clean(raw: string): Cleaned {
  const draft = new Draft(raw);
  for (let round = 0, before = ''; round < ROUNDS && (round === 0 || before !== draft.text); round++) {
    before = draft.text;
    for (const step of STEPS) draft.apply(step(draft.text));
  }
  const text = draft.text;
  const unread = unreadMasks(text).map((m): Mark => {
    const { start, end } = draft.toRaw(m.start, m.end);
    return { ...m, rawStart: start, rawEnd: end, kind: 'masked' };
  });
  return {
    raw,
    text,
    marks: [...draft.marks(), ...unread].sort((a, b) => a.start - b.start || a.rawStart - b.rawStart),
    toRaw: (start, end) => draft.toRaw(start, end),
  };
}
