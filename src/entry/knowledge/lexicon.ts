import { join } from 'node:path';
import { z } from 'zod';
import type { Lexicon } from '../../library/search/lexicon.ts';
import { type Fault, readYaml } from './read-files.ts';

const words = z.string().regex(/^[^|\s][^|]*(?:\|[^|]+)*$/, '各词之间用 | 隔开');
const lexiconFile = z.strictObject({ words: z.record(words, words) });

/** Reads `knowledge/lexicon.yaml`, whose lines go `official|official: said|said`. */
export function loadLexicon(root: string, faults: Fault[] = []): Lexicon {
  const file = readYaml(join(root, 'knowledge/lexicon.yaml'), lexiconFile, root, faults);
  const lines = Object.entries(file?.data.words ?? {});
  return { pairs: lines.map(([mean, say]) => ({ mean: mean.split('|'), say: say.split('|') })) };
}
