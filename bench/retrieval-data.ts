import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Converter } from 'opencc-js/cn2t';

/** A set of questions with judged passages, as BEIR keeps them: corpus.jsonl, queries.jsonl, qrels.tsv. */
export interface QuestionSet {
  readonly docs: readonly { readonly id: string; readonly title: string; readonly text: string }[];
  readonly queries: readonly { readonly id: string; readonly text: string }[];
  /** By question and passage: the grade. */
  readonly grades: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

const jsonLines = (file: string) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim())
    .map((line) => JSON.parse(line) as { _id: string | number; title?: string; text: string });

export function readSet(folder: string): QuestionSet {
  const grades = new Map<string, Map<string, number>>();
  for (const line of readFileSync(join(folder, 'qrels.tsv'), 'utf8').split(/\r?\n/)) {
    const [query, passage, grade] = line.split('\t');
    if (!passage || !(Number(grade) > 0)) continue;
    if (!grades.has(query!)) grades.set(query!, new Map());
    grades.get(query!)!.set(passage, Number(grade));
  }
  const docs = jsonLines(join(folder, 'corpus.jsonl')).map((d) => ({
    id: String(d._id),
    title: d.title ?? '',
    text: d.text,
  }));
  const queries = jsonLines(join(folder, 'queries.jsonl')).map((q) => ({ id: String(q._id), text: q.text }));
  return { docs, queries: queries.filter((q) => grades.has(q.id)), grades };
}

/** nDCG@10 (gain 2^grade − 1) and Recall@10 of one question. */
export function marks(found: readonly string[], grades: ReadonlyMap<string, number>): { ndcg: number; recall: number } {
  const gain = (grade: number, at: number) => (2 ** grade - 1) / Math.log2(at + 2);
  const ten = [...new Set(found)].slice(0, 10);
  const reached = ten.reduce((sum, id, at) => sum + gain(grades.get(id) ?? 0, at), 0);
  const ideal = [...grades.values()]
    .sort((a, b) => b - a)
    .slice(0, 10)
    .reduce((sum, grade, at) => sum + gain(grade, at), 0);
  return { ndcg: reached / ideal, recall: ten.filter((id) => grades.has(id)).length / grades.size };
}

/** Repeatable chance (mulberry32), so that the damage is the same in every run. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const traditional = Converter({ from: 'cn', to: 't' });
const MASKS: readonly (readonly [RegExp, string])[] = [
  [/党组织/g, '党*织'],
  [/党委/g, '党W'],
  [/党建/g, 'D建'],
  [/思想政治/g, '思想*治'],
  [/组织生活会/g, '组Z生活H'],
  [/中央/g, '*央'],
];

/** What scraping does: page numbers and blanks inside sentences, masked characters, a sixth of the texts in traditional. */
export function damage(set: QuestionSet, seed = 7): QuestionSet {
  const random = chance(seed);
  const one = (text: string): string => {
    let out = text;
    for (const [word, mask] of MASKS) out = out.replace(word, (w) => (random() < 0.7 ? mask : w));
    if (random() < 1 / 6) out = traditional(out);
    let page = 1 + Math.floor(random() * 20);
    return out.replace(/(?<=[\u3400-\u9fff])(?=[\u3400-\u9fff])/g, () => {
      const r = random();
      if (r < 0.012) return `\n${page++}、`;
      if (r < 0.02) return `\n      ${page++}、`;
      return r < 0.035 ? ' ' : r < 0.04 ? '\u3000\n' : '';
    });
  };
  return { ...set, docs: set.docs.map((d) => ({ ...d, text: one(d.text) })) };
}
