import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { Fuzzed } from './fuzz-one.ts';

export const FUZZED = ['feishu', 'wecom-app', 'wecom-aibot'] as const;
const MB = (bytes: number) => (bytes / 1024 / 1024).toFixed(1);

/** `npm run bench -- fuzz [--count 100000] [--seed 1]`: hostile callbacks, a process of its own for each platform. */
export async function fuzz(count: number, seed: number): Promise<void> {
  console.log(`\n伪造、重放、截断、调换、改动的回调，每个平台 ${count} 次（种子 ${seed}）`);
  for (const platform of FUZZED) {
    const found = await attacked(platform, count, seed);
    if (typeof found === 'number') {
      console.log(`  ${platform}：进程结束了（${found}）`);
      process.exitCode = 1;
      continue;
    }
    const { accepted, bodies, heap, seconds, statuses, unhandled, kinds } = found;
    console.log(
      `  ${platform}：收下 ${accepted}，未捕获的异常 ${unhandled}，${seconds.toFixed(1)} 秒（每次 ${((seconds / count) * 1e6).toFixed(0)} 微秒）`,
    );
    console.log(
      `    堆 MB：之前 ${MB(heap.before)}，之后 ${MB(heap.after)}，最高 ${MB(heap.most)}；拒绝的答复 ${bodies} 种；状态 ${shown(statuses)}`,
    );
    console.log(`    手法：${shown(kinds)}`);
    if (accepted > 0 || unhandled > 0 || heap.after > heap.before * 1.5 + 16 * 1024 * 1024) process.exitCode = 1;
  }
}

const shown = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([name, n]) => `${name} ${n}`)
    .join('，');

function attacked(platform: string, count: number, seed: number): Promise<Fuzzed | number> {
  const child = fork(join(import.meta.dirname, 'fuzz-one.ts'), [platform, String(count), String(seed)], {
    execArgv: ['--no-warnings', '--expose-gc'],
  });
  return new Promise((done) => {
    child.once('message', (found) => done(found as Fuzzed));
    child.once('exit', (code) => done(code ?? -1));
  });
}
