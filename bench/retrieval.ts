import { join } from 'node:path';
import { ROOT } from '../src/entry/knowledge/compiled.ts';
import { loadLexicon } from '../src/entry/knowledge/lexicon.ts';
import { damage, marks, type QuestionSet, readSet } from './retrieval-data.ts';
import { type Engine, engines, type Search } from './retrieval-engines.ts';

/**
 * `npm run bench -- retrieval [--data DIR]`: how well and how fast passages are found, beside library baselines that get
 * the same texts in the same run. DIR holds corpus.jsonl, queries.jsonl and qrels.tsv; by default our development data.
 */
interface Score {
  readonly name: string;
  readonly ndcg: number;
  readonly recall: number;
  readonly damaged: number;
  readonly p50: number;
  readonly p99: number;
  readonly build: number;
}

const ROUNDS = 3;
/** So many questions tell p50 and p99; a slow engine would hold up the rest for minutes. */
const TIMED = 400;

function quality(search: Search, { queries, grades }: QuestionSet): { ndcg: number; recall: number } {
  let [ndcg, recall] = [0, 0];
  for (const { id, text } of queries) {
    const mark = marks(search(text), grades.get(id)!);
    ndcg += mark.ndcg;
    recall += mark.recall;
  }
  return { ndcg: ndcg / queries.length, recall: recall / queries.length };
}

/** The engines take turns, so that a drift of the machine hits them all. */
function latencies(searches: readonly Search[], { queries }: QuestionSet): number[][] {
  const step = Math.max(1, Math.floor(queries.length / TIMED));
  const asked = queries.filter((_, i) => i % step === 0).slice(0, TIMED);
  const took: number[][] = searches.map(() => []);
  for (let round = 0; round < ROUNDS; round++)
    searches.forEach((search, i) => {
      for (const { text } of asked) {
        const begun = performance.now();
        search(text);
        if (round > 0) took[i]!.push(performance.now() - begun);
      }
    });
  return took.map((t) => t.sort((a, b) => a - b));
}

function measure(set: QuestionSet, compared: readonly Engine[]): Score[] {
  const hurt = damage(set);
  const built = compared.map(({ build }) => {
    const begun = performance.now();
    return { search: build(set.docs), build: performance.now() - begun };
  });
  const took = latencies(
    built.map((b) => b.search),
    set,
  );
  return compared.map(({ name, build }, i) => ({
    name,
    ...quality(built[i]!.search, set),
    damaged: quality(build(hurt.docs), hurt).ndcg,
    p50: took[i]![Math.floor(took[i]!.length / 2)]!,
    p99: took[i]![Math.floor(took[i]!.length * 0.99)]!,
    build: built[i]!.build,
  }));
}

function print(scores: readonly Score[], set: QuestionSet): void {
  const ours = scores[0]!;
  console.log(
    `\n检索（${set.docs.length} 段，${set.queries.length} 个问题；损坏：页码、空格、打码、繁体，同一随机种子）`,
  );
  console.log('  nDCG@10  Recall@10  损坏后   p50 毫秒（比议事）  p99 毫秒   建索引毫秒');
  for (const s of scores)
    console.log(
      `  ${s.ndcg.toFixed(3)}    ${s.recall.toFixed(3)}      ${s.damaged.toFixed(3)}   ${s.p50.toFixed(2).padStart(6)}（${(s.p50 / ours.p50).toFixed(1).padStart(5)}）     ${s.p99.toFixed(2).padStart(6)}     ${s.build.toFixed(0).padStart(6)}   ${s.name}`,
    );
  const best = Math.max(...scores.slice(1).map((s) => s.ndcg));
  const equal = scores.slice(1).filter((s) => s.ndcg >= best - 0.01);
  const fastest = Math.min(...equal.map((s) => s.p50));
  console.log(
    `  与最好的库相比 nDCG@10 ${(ours.ndcg - best >= 0 ? '+' : '') + (ours.ndcg - best).toFixed(3)}；p50 是同等质量里最快的库的 ${(ours.p50 / fastest).toFixed(2)} 倍；损坏 ${(ours.damaged - ours.ndcg).toFixed(3)}`,
  );
}

export function retrieval(folder = join(ROOT, 'test/data/retrieval')): void {
  const set = readSet(folder);
  print(measure(set, engines(loadLexicon(ROOT))), set);
}
