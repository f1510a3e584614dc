import { fork } from 'node:child_process';
import { join } from 'node:path';
import { delivery, textEvent } from '../test/feishu/deliveries.ts';
import type { Counted } from './feishu-sink.ts';
import { type Call, load, rated, served, told } from './load.ts';

const CONNECTIONS = 64;
const BURST = 3000;
const STALLED_MS = 30_000;
/** Of this many different people, each in a chat with the assistant. */
const PEOPLE = 500;
const ASKED = '招一名编外保安要上党委会吗？计划内的，一年四万八';

let asked = 0;
function call(): Call {
  const person = `bench${++asked % PEOPLE}`;
  const { headers, body } = delivery(textEvent(ASKED, { chat_id: `oc_${person}` }, {}, `ou_${person}`));
  return { path: '/feishu/events', headers, body };
}

/**
 * Half of what the whole service takes at most, for so many seconds: how fast it acknowledges while it answers, and
 * whether every question is answered, and once.
 */
export async function sustained(seconds: number): Promise<void> {
  const sink = fork(join(import.meta.dirname, 'feishu-sink.ts'), { execArgv: ['--no-warnings'] });
  const { port } = await told<{ port: number }>(sink);
  const counted = async (): Promise<Counted> => {
    const reply = told<Counted>(sink);
    sink.send('count');
    return reply;
  };
  const service = await served('working', `http://127.0.0.1:${port}`);
  /** Waits until all are answered; gives up when for half a minute none is. */
  const allAnswered = async (): Promise<number> => {
    const begun = performance.now();
    let [seen, at] = [-1, begun];
    for (;;) {
      const now = (await counted()).answered;
      if (now >= asked) return (performance.now() - begun) / 1000;
      if (now > seen) [seen, at] = [now, performance.now()];
      if (performance.now() - at > STALLED_MS) throw new Error(`${now} of ${asked} answered, and no more`);
      await new Promise((done) => setTimeout(done, 500));
    }
  };
  await load(service, Array.from({ length: 200 }, call), CONNECTIONS);
  const ceiling = await load(service, Array.from({ length: BURST }, call), CONNECTIONS);
  await allAnswered();
  const rate = Math.floor(ceiling.perSecond / 2);
  console.log(
    `\n飞书事件：边收边答。上限每秒 ${ceiling.perSecond.toFixed(0)}（p99 ${ceiling.p99.toFixed(0)} 毫秒），以一半 ${rate} 持续 ${seconds} 秒`,
  );
  const { p50, p99, most, failed, sent } = await rated(service, call, rate, seconds, CONNECTIONS);
  console.log(
    `  应答毫秒（自该发出时起算）：p50 ${p50.toFixed(1)}，p99 ${p99.toFixed(1)}，最长 ${most.toFixed(0)}；发出 ${sent}，失败 ${failed}`,
  );
  const waited = await allAnswered();
  const { answered: questions, again } = await counted();
  console.log(
    `  共问 ${asked}，答了 ${questions}，多答 ${again}；停止提问后 ${waited.toFixed(0)} 秒答完（每秒 ${(sent / (seconds + waited)).toFixed(0)}）`,
  );
  if (p99 > 200 || failed > 0 || again > 0 || questions !== asked) process.exitCode = 1;
  service.stop();
  sink.disconnect();
}
