import type { Vocabulary } from '../rules/rulebook.ts';
import { grams, normalise } from './normalise.ts';

/** Takes away the words that only ask (要上会吗, 谁批): they say nothing of the subject. */
export class Asking {
  readonly #patterns: readonly RegExp[];

  constructor(vocabulary: Vocabulary) {
    this.#patterns = vocabulary.asking.map((p) => new RegExp(p, 'g'));
  }

  /** What is left of a question in normal form; the whole of it when nothing would be left. */
  bare(normalised: string): string {
    const left = this.#patterns.reduce((text, pattern) => text.replace(pattern, ' '), normalised);
    return /[\u3400-\u9fffa-z]/.test(left) ? left : normalised;
  }

  /** The grams that tell what a sentence is about. */
  gramsOf(text: string): string[] {
    return grams(this.bare(normalise(text)));
  }
}
