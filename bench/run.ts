import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadKnowledge } from '../src/entry/knowledge/load.ts';
import { compiledKnowledge, ROOT } from '../src/entry/knowledge/compiled.ts';
import { deskFrom } from '../src/entry/knowledge/desk.ts';
import { answerQuestion } from '../src/assistant/answer-question.ts';
import { startProcess } from '../test/fakes/process.ts';
import { delivery, textEvent } from '../test/feishu/deliveries.ts';
import { fuzz } from './fuzz.ts';
import { type Call, load, type Measured, median, served } from './load.ts';
import { retrieval } from './retrieval.ts';
import { shelf } from './shelf.ts';
import { sustained } from './sustained.ts';

/** `npm run bench [-- answers|webhooks [--for 60]|fuzz [--count 100000]|start|retrieval [--data DIR]|shelf]`: figures beside their baseline in the same run, as ratios. */
const ROUNDS = 5;
const { values, positionals: wanted } = parseArgs({
  allowPositionals: true,
  options: {
    data: { type: 'string' },
    for: { type: 'string' },
    count: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
  },
});
const sections: Readonly<Record<string, () => Promise<void>>> = {
  answers,
  webhooks,
  fuzz: () => fuzz(Number(values.count), Number(values.seed)),
  start,
  retrieval: async () => retrieval(values.data),
  shelf,
};
for (const name of wanted.length ? wanted : Object.keys(sections)) {
  const section = sections[name];
  if (!section) {
    console.error(`没有 ${name}；可用 ${Object.keys(sections).join('、')}`);
    process.exit(2);
  }
  await section();
}

function questions(): string[] {
  const { matterFiles } = loadKnowledge(ROOT);
  return matterFiles.flatMap((f) => f.data.cases.map((c) => c.ask).filter((a) => a !== undefined));
}

/** Ours and the baseline in turn, so that a drift of the machine hits both; medians of the pairs. */
async function inTurn(
  name: string,
  kinds: ['bare' | 'bare-webhook', 'service'],
  calls: (round: number) => Call[],
  connections: number,
): Promise<void> {
  const [base, ours] = [await served(kinds[0]), await served(kinds[1])];
  for (const s of [base, ours]) await load(s, calls(-1), connections);
  const pairs: [Measured, Measured][] = [];
  for (let round = 0; round < ROUNDS; round++)
    pairs.push([await load(base, calls(2 * round), connections), await load(ours, calls(2 * round + 1), connections)]);
  base.stop();
  ours.stop();
  const of = (pick: (p: [Measured, Measured]) => number) => median(pairs.map(pick));
  const failed = pairs.reduce((n, [a, b]) => n + a.failed + b.failed, 0);
  console.log(`\n${name}（${ROUNDS} 轮交替，中位数；失败 ${failed}）`);
  console.log(
    `  每秒请求：基线 ${of((p) => p[0].perSecond).toFixed(0)}，议事 ${of((p) => p[1].perSecond).toFixed(0)}，比值 ${of((p) => p[1].perSecond / p[0].perSecond).toFixed(2)}`,
  );
  console.log(
    `  每次 CPU 微秒：基线 ${of((p) => p[0].cpu).toFixed(0)}，议事 ${of((p) => p[1].cpu).toFixed(0)}，比值（基线/议事）${of((p) => p[0].cpu / p[1].cpu).toFixed(2)}`,
  );
  console.log(
    `  议事延迟毫秒：p50 ${of((p) => p[1].p50).toFixed(1)}，p99 ${of((p) => p[1].p99).toFixed(1)}（${connections} 个并发连接）`,
  );
}

async function answers(): Promise<void> {
  const { book, schools, model, syllables } = await compiledKnowledge();
  const desk = deskFrom({ book, model, syllables });
  const school = schools.find((s) => s.id === 'demo')!;
  const asked = questions();
  const once = (question: string) => {
    const begun = performance.now();
    answerQuestion({ question, school, day: '2026-11-20' }, desk);
    return performance.now() - begun;
  };
  for (const q of asked) once(q);
  const took = [...asked, ...asked, ...asked].map(once).sort((a, b) => a - b);
  const at = (share: number) => took[Math.floor(took.length * share)]!.toFixed(2);
  console.log(`\n答一个问题（进程内，无模型，${took.length} 次）：p50 ${at(0.5)} 毫秒，p99 ${at(0.99)} 毫秒`);
  const call = (question: string): Call => ({
    path: '/api/ask',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ question }),
  });
  await inTurn(
    'POST /api/ask，基线是只解析 JSON 的 Hono',
    ['bare', 'service'],
    () => Array.from({ length: 1000 }, (_, i) => call(asked[i % asked.length]!)),
    16,
  );
}

async function webhooks(): Promise<void> {
  const deliveries = (): Call[] =>
    Array.from({ length: 4000 }, () => {
      const { headers, body } = delivery(textEvent('招一名编外保安要上党委会吗？计划内的，一年四万八'));
      return { path: '/feishu/events', headers, body };
    });
  await inTurn('飞书事件入库后应答，基线是只验签解密的 Hono', ['bare-webhook', 'service'], deliveries, 64);
  if (values.for !== undefined) await sustained(Number(values.for));
}

async function start(): Promise<void> {
  const times: number[] = [];
  for (let i = 0; i < 3; i++) {
    const begun = performance.now();
    const service = await startProcess();
    const response = await fetch(`${service.url}/api/ask`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ question: '提拔一个教研组长要党委会投票吗' }),
    });
    await response.json();
    times.push(performance.now() - begun);
    await service.stop();
  }
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  console.log(`\n启动到第一个回答（版本 ${version}，3 次）：${times.map((t) => (t / 1000).toFixed(2)).join('、')} 秒`);
}
