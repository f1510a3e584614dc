import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadKnowledge } from '../src/entry/knowledge/load.ts';
import { ROOT } from '../src/entry/knowledge/compiled.ts';
import type { CaseFile } from '../src/rules/matter-file.ts';
import type { Matter, Rulebook } from '../src/rules/rulebook.ts';

/**
 * `node bench/make-corpus.ts`: makes test/data/retrieval of `knowledge/`: clauses, answers and guidance passages in our
 * own words, the questions of the cases, and the questions of `asked.tsv`, which were written for the search.
 */
const FOLDER = join(ROOT, 'test/data/retrieval');

interface Entry {
  readonly _id: string;
  readonly title: string;
  readonly text: string;
}
type Graded = readonly (readonly [id: string, grade: number])[];

const sentence = (s: string): string => (/[。；！？.]$/.test(s) ? s : `${s}。`);

/** How a matter goes: what to prepare, who decides, what follows, and what changes in special cases. */
function guidance(m: Matter, book: Rulebook): Entry[] {
  const title = `议事决策指引 ${m.category} ${m.name.zh}`;
  const entry = (part: string, ...sentences: readonly string[]): Entry => ({
    _id: `${m.id}#${part}`,
    title,
    text: sentences.filter(Boolean).map(sentence).join(''),
  });
  const steps = (m.path ?? book.ways[m.decider].steps).map((s) => `${s.body.zh}${s.action.zh}`).join('；');
  const way = steps.replaceAll('{office}', m.office.zh).replaceAll('{deputy}', m.deputy.zh);
  const parts = [
    entry(
      'way',
      m.note.zh,
      `承办部门是${m.office.zh}，由${m.deputy.zh}审核`,
      `步骤：${way}`,
      ...m.near.map((n) => n.how.zh),
    ),
  ];
  if (m.pre.length) parts.push(entry('before', `上会之前要做好${m.pre.length}件事`, ...m.pre.map((c) => c.text.zh)));
  if (m.post.length) parts.push(entry('after', '作出决定之后', ...m.post.map((c) => c.text.zh)));
  for (const r of m.routes) parts.push(entry(`case-${r.id}`, r.note.zh, `这种情形由${book.ways[r.decider].name.zh}`));
  return parts;
}

function corpusOf(book: Rulebook): Entry[] {
  const clauses = book.clauses.map((c) => ({
    _id: c.id,
    title: c.title,
    text: c.section ? `${c.section}\n${c.text.zh}` : c.text.zh,
  }));
  const answers = book.procedures.flatMap((p) =>
    p.answer.zh
      .split('\n')
      .map((text, i) => ({ _id: `procedure-${p.id}#${i + 1}`, title: `会议程序问答 ${p.name.zh}`, text })),
  );
  return [...clauses, ...answers, ...book.matters.flatMap((m) => guidance(m, book))];
}

/** A case is answered by the passage of its route, then by the matter's own, then by the clauses they rest on. */
function gradesOfCase(m: Matter, c: CaseFile): Graded {
  const route = m.routes.find((r) => r.id === c.expect.route);
  const cited = (route?.cites.length ? route.cites : m.cites.slice(0, 2)).map((id) => [id, 1] as const);
  return route ? [[`${m.id}#case-${route.id}`, 3], [`${m.id}#way`, 2], ...cited] : [[`${m.id}#way`, 3], ...cited];
}

const isChinese = (s: string): boolean => /[\u3400-\u9fff]{3}/.test(s);

function questionsOf(knowledge: ReturnType<typeof loadKnowledge>): [string, Graded][] {
  const { book } = knowledge;
  const matter = (id: string) => book.matters.find((m) => m.id === id)!;
  const ofMatters = knowledge.matterFiles.flatMap(({ data }) =>
    data.cases
      .filter((c) => c.ask && c.expect.outcome !== 'unruled')
      .map((c): [string, Graded] => [c.ask!, gradesOfCase(matter(c.expect.matter ?? data.id), c)]),
  );
  const ofProcedures = knowledge.procedureFiles.flatMap(({ data }) =>
    data.cases.map((c): [string, Graded] => [
      c.ask,
      data.answer.zh.split('\n').map((_, i) => [`procedure-${data.id}#${i + 1}`, 2] as const),
    ]),
  );
  return [...ofMatters, ...ofProcedures];
}

/** Lines `question <tab> id:grade id:grade …`. */
const asked = (): [string, Graded][] =>
  readFileSync(join(FOLDER, 'asked.tsv'), 'utf8')
    .split('\n')
    .filter((line) => line && !line.startsWith('#'))
    .map((line) => {
      const [question, ids] = line.split('\t');
      const grades = ids!
        .split(' ')
        .map((g) => [g.slice(0, g.lastIndexOf(':')), Number(g.slice(g.lastIndexOf(':') + 1))] as const);
      return [question!, grades];
    });

const knowledge = loadKnowledge(ROOT);
const corpus = corpusOf(knowledge.book);
const known = new Set(corpus.map((e) => e._id));
const queries = [
  ...asked().map(([text, grades], i) => ({ _id: `a${i + 1}`, text, grades })),
  ...questionsOf(knowledge).map(([text, grades], i) => ({ _id: `c${i + 1}`, text, grades })),
].filter((q) => isChinese(q.text));
for (const q of queries)
  for (const [id] of q.grades)
    if (!known.has(id)) console.error(`${q._id} names ${id}, which is not in the corpus: ${q.text}`);

mkdirSync(FOLDER, { recursive: true });
const lines = (rows: readonly unknown[]) => `${rows.map((r) => JSON.stringify(r)).join('\n')}\n`;
writeFileSync(join(FOLDER, 'corpus.jsonl'), lines(corpus));
writeFileSync(join(FOLDER, 'queries.jsonl'), lines(queries.map(({ _id, text }) => ({ _id, text }))));
const judged = queries.flatMap((q) =>
  q.grades.filter(([id]) => known.has(id)).map(([id, grade]) => `${q._id}\t${id}\t${grade}`),
);
writeFileSync(join(FOLDER, 'qrels.tsv'), `query-id\tcorpus-id\tscore\n${judged.join('\n')}\n`);
console.log(`${corpus.length} passages, ${queries.length} questions, ${judged.length} judgements`);
