import { expect, it } from 'vitest';
import { dataFolder, type Running, startProcess } from '../fakes/process.ts';
import { ROOT } from '../../src/entry/knowledge/compiled.ts';
import { ledgersOn } from '../../src/stores/ledger.ts';
import { sqliteDatabase } from '../../src/stores/sqlite.ts';
import { join } from 'node:path';
import { canteenStory } from './canteen.ts';
import { schoolBehind } from './door.ts';

/** What is left of a story: every deed in its order, and how much each was told. */
async function leftOf(folder: string): Promise<{ deeds: string[]; told: Record<string, number>; fault: unknown }> {
  const db = sqliteDatabase(join(folder, 'yishi.db'), join(ROOT, 'migrations'));
  const ledger = ledgersOn(db).forSchool('demo');
  const deeds = (await ledger.deeds({ limit: 10_000 })).map((d) => `${d.by} ${d.act} ${d.about}`);
  const rows = await db.all<{ chat: string; n: number }>(
    'SELECT chat, count(*) AS n FROM outbox GROUP BY chat ORDER BY chat',
  );
  const { fault } = await ledger.verify();
  await db.close();
  return { deeds, told: Object.fromEntries(rows.map((r) => [r.chat, r.n])), fault };
}

/** Tells the story to a service; with `kill`, SIGKILL somewhere in every request that changes something, and once more. */
async function tell(folder: string, kill: boolean): Promise<number> {
  let running: Running = await startProcess({ YISHI_DATA: folder });
  let killed = 0;
  const send = async (path: string, body?: unknown) => {
    const response = await fetch(`${running.url}${path}`, {
      ...(body !== undefined && {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    });
    const text = await response.text();
    return { status: response.status, json: async () => JSON.parse(text) as unknown };
  };
  const school = schoolBehind({
    async fetch(path, body) {
      if (!kill || body === undefined) return send(path, body);
      const asked = send(path, body).catch(() => undefined);
      // From before the request is read to after it is answered; moving the clock takes longer.
      await new Promise((done) => setTimeout(done, Math.random() * (path.includes('clock') ? 60 : 12)));
      await running.kill();
      await asked;
      killed++;
      running = await startProcess({ YISHI_DATA: folder });
      return send(path, body);
    },
  });
  try {
    await canteenStory(school);
  } finally {
    await running.stop();
  }
  return killed;
}

it('is the same story when the process is killed at every step of it: nothing lost, nothing said twice', async () => {
  const [calm, broken] = [dataFolder(), dataFolder()];
  await tell(calm, false);
  const killed = await tell(broken, true);
  const [expected, left] = [await leftOf(calm), await leftOf(broken)];
  expect(killed).toBeGreaterThan(100);
  expect(left.fault).toBeUndefined();
  expect(left.deeds).toEqual(expected.deeds);
  expect(left.told).toEqual(expected.told);
}, 1_200_000);
