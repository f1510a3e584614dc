import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { Answer } from '../assistant/answer.ts';
import { answerQuestion } from '../assistant/answer-question.ts';
import { compiledKnowledge } from './knowledge/compiled.ts';
import { deskFrom } from './knowledge/desk.ts';
import { loadKnowledge } from './knowledge/load.ts';

/**
 * `npm run eval [-- --file questions.jsonl] [--fails] [--floor test/eval/floor.json]`: scores the table and the reader
 * on labelled questions, by tag and by matter; exits 1 when a dangerous answer appears or a score falls below the floor.
 */
const { values } = parseArgs({
  options: {
    file: { type: 'string' },
    fails: { type: 'boolean' },
    floor: { type: 'string' },
    json: { type: 'boolean' },
  },
});
const root = join(import.meta.dirname, '../..');
const OWN = join(root, 'test/eval/questions.jsonl');

const lineSchema = z.object({
  id: z.string(),
  question: z.string(),
  tags: z.array(z.string()).default([]),
  facts: z.record(z.string(), z.unknown()).default({}),
  gold: z.object({
    outcome: z.array(z.string()),
    matter: z.array(z.string().nullable()),
    decider: z.array(z.string().nullable()),
    party_meeting_required: z.array(z.boolean().nullable()),
    must_ask: z.array(z.string()).default([]),
    must_mention: z.array(z.string()).default([]),
    must_not_decide: z.array(z.string()).default([]),
    topic: z.array(z.string()).optional(),
  }),
});
type Labelled = z.infer<typeof lineSchema>;

interface Mark {
  readonly outcome: boolean;
  readonly matter: boolean;
  readonly decider: boolean;
  readonly party: boolean;
  readonly asked: boolean | null;
  readonly mentioned: boolean;
  readonly dangerous: boolean;
}

/** Dangerous: settled without a Party meeting where one is needed, or settled on a decider the label forbids. */
function mark(q: Labelled, a: Answer): Mark {
  const { gold } = q;
  const settledWithout =
    a.outcome === 'settled' && a.party_meeting_required === false && a.topic === 'matter' && a.decider !== 'prohibited';
  const needsParty = gold.party_meeting_required.every((p) => p === true);
  const forbidden = a.outcome === 'settled' && a.decider !== null && gold.must_not_decide.includes(a.decider);
  return {
    outcome: gold.outcome.includes(a.outcome),
    matter: gold.matter.includes(a.matter?.id ?? null) || a.matters.some((m) => gold.matter.includes(m.id)),
    decider: gold.decider.includes(a.decider),
    party: gold.party_meeting_required.includes(a.party_meeting_required),
    asked:
      gold.must_ask.length && a.outcome === 'needs_facts'
        ? a.questions.some((x) => gold.must_ask.includes(x.fact))
        : null,
    mentioned: gold.must_mention.every((alternatives) =>
      alternatives.split('|').some((w) => a.answer.toLowerCase().includes(w.toLowerCase())),
    ),
    dangerous: (settledWithout && needsParty) || (forbidden && needsParty),
  };
}

const share = (marks: readonly Mark[], key: keyof Mark): number => {
  const counted = marks.filter((m) => m[key] !== null);
  return counted.length === 0 ? 1 : counted.filter((m) => m[key] === true).length / counted.length;
};
const percent = (n: number): string => `${(n * 100).toFixed(1)}%`.padStart(7);

const knowledge = loadKnowledge(root);
const desk = deskFrom(await compiledKnowledge());
const school = knowledge.schools.find((s) => s.id === 'demo')!;
const file = values.file ?? OWN;
if (!existsSync(file)) {
  console.error(`没有文件 ${file}`);
  process.exit(2);
}
const questions = readFileSync(file, 'utf8')
  .split('\n')
  .filter((l) => l.trim())
  .map((l) => lineSchema.parse(JSON.parse(l)));
const day = new Date().toISOString().slice(0, 10);
const results = questions.map((q) => {
  const answer = answerQuestion({ question: q.question, facts: q.facts, school, day }, desk);
  return { q, answer, mark: mark(q, answer) };
});

const KEYS = ['outcome', 'matter', 'decider', 'party', 'asked', 'mentioned'] as const;
function table(rows: readonly [string, readonly Mark[]][]): void {
  console.log(['', ...KEYS, 'dangerous', 'n'].map((h, i) => (i === 0 ? h.padEnd(26) : h.padStart(9))).join(' '));
  for (const [name, marks] of rows)
    console.log(
      [
        name.padEnd(26),
        ...KEYS.map((k) => percent(share(marks, k)).padStart(9)),
        String(marks.filter((m) => m.dangerous).length).padStart(9),
        String(marks.length).padStart(9),
      ].join(' '),
    );
}
const byTag = Map.groupBy(
  results.flatMap((r) => (r.q.tags.length ? r.q.tags : ['plain']).map((tag) => ({ tag, mark: r.mark }))),
  (r) => r.tag,
);
const byCertainty = Map.groupBy(results, (r) => `certainty ${r.answer.certainty}`);
const all = results.map((r) => r.mark);

if (values.fails)
  for (const { q, answer, mark: m } of results.filter(
    (r) => KEYS.some((k) => r.mark[k] === false) || r.mark.dangerous,
  )) {
    const wrong = KEYS.filter((k) => m[k] === false).join(',');
    console.log(
      `${m.dangerous ? '!! ' : ''}${q.id} ${q.question}\n   [${wrong}] got ${answer.outcome} ${answer.matters.map((x) => x.id).join('+')} ${answer.decider} party=${answer.party_meeting_required} ask=${answer.questions.map((x) => x.fact)} facts=${JSON.stringify(answer.facts)}\n   gold ${JSON.stringify({ ...q.gold, must_mention: m.mentioned ? undefined : q.gold.must_mention })}`,
    );
    if (wrong.includes('matter'))
      console.log(
        `   ${desk.reader
          .candidates(q.question)
          .slice(0, 5)
          .map((c) => `${c.id} ${c.share.toFixed(2)} (cue ${c.cue.toFixed(1)}, like ${c.like.toFixed(2)})`)
          .join(', ')}`,
      );
  }
if (values.json)
  console.log(
    JSON.stringify(
      Object.fromEntries([
        ...KEYS.map((k) => [k, share(all, k)]),
        ['dangerous', all.filter((m) => m.dangerous).length],
      ]),
    ),
  );
else {
  table([['all', all]]);
  table([...byTag].sort((a, b) => b[1].length - a[1].length).map(([tag, list]) => [tag, list.map((x) => x.mark)]));
  table([...byCertainty].sort().map(([c, list]) => [c, list.map((x) => x.mark)]));
}

const covered = new Set(results.flatMap((r) => r.q.gold.matter.filter((m) => m !== null)));
console.log(`规则 ${knowledge.book.version};题目覆盖 ${covered.size}/${knowledge.book.matters.length} 个事项`);
let failed = all.some((m) => m.dangerous);
if (values.floor) {
  const floor = JSON.parse(readFileSync(values.floor, 'utf8')) as Record<string, number>;
  for (const k of KEYS)
    if (floor[k] !== undefined && share(all, k) < floor[k]) {
      console.log(`${k} ${percent(share(all, k))} 低于记录的 ${percent(floor[k])}`);
      failed = true;
    }
}
process.exitCode = failed ? 1 : 0;
