import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { decrypt, encryptKeyOf, isSigned } from '../adapters/feishu/crypto.ts';
import { type Work, workOnce } from '../src/assistant/answer-messages.ts';
import { compiledKnowledge, ROOT } from '../src/entry/knowledge/compiled.ts';
import { deskFrom } from '../src/entry/knowledge/desk.ts';
import { shelvesOn } from '../src/entry/shelves.ts';
import { servedSchools } from '../src/entry/knowledge/schools.ts';
import { createApp } from '../src/http/app.ts';
import { unlimited } from '../src/http/limiter.ts';
import { sqliteDatabase } from '../src/stores/sqlite.ts';
import { archiveOn } from '../src/stores/archive.ts';
import { officeOn } from '../src/entry/office-world.ts';
import { platformsFrom } from '../src/entry/platforms.ts';
import { wakeable } from '../src/entry/wakeable.ts';
import { notebookOn } from '../src/stores/notebook.ts';
import { storeOn } from '../src/stores/store.ts';
import { FEISHU_APP, feishuEnv } from '../test/feishu/deliveries.ts';

/** One server to be measured, in a process of its own: `bare`, `bare-webhook`, `service` or `working`. Tells its CPU time when asked. */
const kind = process.argv[2];

function bare(): Hono {
  return new Hono().post('/api/ask', async (c) => {
    const { question } = await c.req.json<{ question: string }>();
    return c.json({ answer: question });
  });
}

/** Only what no Feishu webhook can do without: the signature and the decryption. */
function bareWebhook(): Hono {
  const key = encryptKeyOf(FEISHU_APP.encryptKey);
  return new Hono().post('/feishu/events', async (c) => {
    const body = new Uint8Array(await c.req.arrayBuffer());
    const header = (name: string) => c.req.header(name) ?? '';
    if (
      !isSigned(
        key,
        header('x-lark-request-timestamp'),
        header('x-lark-request-nonce'),
        body,
        header('x-lark-signature'),
      )
    )
      return c.json({}, 401);
    const { encrypt } = JSON.parse(new TextDecoder().decode(body)) as { encrypt: string };
    JSON.parse(decrypt(key, encrypt)!);
    return c.json({});
  });
}

/**
 * The service as it runs, with its store on disk. Answers are worked off where there is a Feishu to say them in; else
 * questions are only kept.
 */
async function service(feishu?: string): Promise<Hono> {
  const compiled = await compiledKnowledge();
  const { book, schools, model, syllables } = compiled;
  const file = join(mkdtempSync(join(tmpdir(), 'yishi-bench-')), 'yishi.db');
  const db = sqliteDatabase(file, join(ROOT, 'migrations'));
  const notebook = notebookOn(db);
  const log = (event: string, fields?: unknown) => /failed|dead/.test(event) && console.error(event, fields);
  const { webhooks, platforms } = platformsFrom(feishuEnv(feishu ?? 'http://127.0.0.1:9'), () => {}, notebook);
  const work: Work = {
    store: storeOn(db),
    desk: deskFrom({ book, model, syllables }),
    platforms,
    schools: servedSchools(schools),
    archive: archiveOn(db),
    office: officeOn(db, compiled),
    notebook,
    shelves: shelvesOn(db, compiled, {}, () => {}),
    now: Date.now,
    random: Math.random,
    log,
  };
  const loop = feishu ? wakeable(() => workOnce(work), 1000, log) : { wake: () => {} };
  return createApp({
    work,
    version: 'bench',
    school: 'demo',
    demo: true,
    webhooks,
    limiter: unlimited,
    wake: loop.wake,
    console: new Hono(),
  });
}

const apps: Readonly<Record<string, () => Hono | Promise<Hono>>> = {
  bare,
  'bare-webhook': bareWebhook,
  service: () => service(),
  working: () => service(process.argv[3]),
};
const app = await apps[kind!]!();
const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => process.send!({ port }));
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send!({ cpu: user + system });
});
process.on('disconnect', () => (server.close(), process.exit(0)));
