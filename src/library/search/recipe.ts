/**
 * The figures of the search, by voice: characters, pairs, words. Measured in docs/decisions/0004-own-search.md; a change
 * of `version` makes saved indexes be built anew.
 */
export const RECIPE = {
  version: 1,
  /** How loud each voice is. */
  voice: [1.1, 1.2, 0.5],
  /** Saturation and length normalisation of BM25. */
  k: [0.95, 0.95, 0.95],
  b: [0.45, 0.45, 0.45],
  /** A passage's share in the score of its document. */
  share: 0.3,
  /** What a term counts that is said a second time. */
  again: 0.3,
  /** What a term counts that the lexicon adds. */
  expansion: [0.2, 0.4, 0.4],
  /** A term in more than `common` passages that cannot add more than `floor` to any is not looked up: it costs most and tells least. */
  common: 1000,
  floor: 0.5,
};
