import { Converter } from 'opencc-js/t2cn';

const simplified = Converter({ from: 't', to: 'cn' });
const HAS_HAN = /[\u3400-\u9fff]/;
/** Zero-width and bidirectional marks: they carry no meaning here and are used to smuggle text. */
const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]/g;

/**
 * The form in which questions and cues are compared: NFKC, simplified, lower case, no invisible characters, no blanks
 * next to Chinese characters, single blanks elsewhere. Sentence punctuation is kept, in its half-width form.
 */
export function normalise(text: string): string {
  const plain = text.normalize('NFKC').replace(INVISIBLE, '').toLowerCase();
  const han = HAS_HAN.test(plain) ? simplified(plain) : plain;
  return han
    .replace(/[\s\u3000]+/g, ' ')
    .replace(/ ?([\u3400-\u9fff]) ?/g, '$1')
    .replace(/[，、]/g, ',')
    .replace(/[。！]/g, '.')
    .trim();
}

/** English when the letters outnumber the Chinese characters by far: «买一批 iPad 8 万» is Chinese. */
export function languageOf(text: string): 'zh' | 'en' {
  const han = text.match(/[\u3400-\u9fff]/g)?.length ?? 0;
  const latin = text.match(/[a-z]+/gi)?.length ?? 0;
  return han === 0 && latin > 1 ? 'en' : han * 3 < latin ? 'en' : 'zh';
}

/** Characters and overlapping pairs of the Chinese runs, whole words of the others. */
export function grams(normalised: string): string[] {
  const out: string[] = [];
  for (const run of normalised.match(/[\u3400-\u9fff]+|[a-z0-9]+/g) ?? []) {
    if (/^[a-z0-9]/.test(run)) out.push(run);
    else
      for (let i = 0; i < run.length; i++) {
        out.push(run[i]!);
        if (i + 1 < run.length) out.push(run.slice(i, i + 2));
      }
  }
  return out;
}
