import type { Rulebook } from '../../rules/rulebook.ts';
import type { Lexicon, LexiconPair } from './lexicon.ts';

/** A saying that is at home in more matters than this tells none of them apart. */
const MOST_MATTERS = 3;
const TRUST = 0.6;
const HAN = /^[\u3400-\u9fff]{2,}$/;

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });

/** The words by which people name a matter or a question of procedure: from its names and from what its cues ask for. */
function sayingsOf({ names, cues }: { names: readonly string[]; cues: readonly string[] }): Set<string> {
  const named = names.flatMap((name) => Array.from(segmenter.segment(name), (s) => s.segment));
  const cued = cues.flatMap((cue) =>
    cue
      .split(' ')
      .filter((part) => !part.startsWith('-'))
      .flatMap((part) => part.split('|')),
  );
  return new Set([...named, ...cued].filter((word) => HAN.test(word)));
}

/** The names that people use for each matter, as a lexicon: what is said of few matters means their official names. */
export function lexiconOf(
  { matters, procedures }: Pick<Rulebook, 'matters' | 'procedures'>,
  written: Lexicon,
): Lexicon {
  const meanings = new Map<string, Set<string>>();
  for (const matter of [...matters, ...procedures])
    for (const saying of sayingsOf(matter)) {
      if (matter.name.zh.includes(saying)) continue;
      meanings.set(saying, (meanings.get(saying) ?? new Set()).add(matter.name.zh));
    }
  const derived = [...meanings]
    .filter(([, of]) => of.size <= MOST_MATTERS)
    .map(([saying, of]): LexiconPair => ({ say: [saying], mean: [...of], trust: TRUST / Math.sqrt(of.size) }));
  return { ...written, pairs: [...written.pairs, ...derived] };
}
