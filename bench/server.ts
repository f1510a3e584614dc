import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { decrypt, encryptKeyOf, isSigned } from '../adapters/feishu/crypto.ts';
import { feishuWebhook } from '../adapters/feishu/events.ts';
import { feishuSettings } from '../adapters/feishu/settings.ts';
import { compiledKnowledge, ROOT } from '../src/entry/knowledge/compiled.ts';
import { deskFrom } from '../src/entry/knowledge/desk.ts';
import { documentReader } from '../src/documents/read.ts';
import { libraryOn } from '../src/stores/library.ts';
import { shelvesOn } from '../src/entry/shelves.ts';
import { servedSchools } from '../src/entry/knowledge/schools.ts';
import { createApp } from '../src/http/app.ts';
import { unlimited } from '../src/http/limiter.ts';
import { sqliteDatabase } from '../src/stores/sqlite.ts';
import { archiveOn } from '../src/stores/archive.ts';
import { storeOn } from '../src/stores/store.ts';
import { FEISHU_APP, feishuEnv } from '../test/feishu/deliveries.ts';

/** One server to be measured, in a process of its own: `bare`, `bare-webhook` or `service`. Tells its CPU time when asked. */
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

/** The service as it runs, with its store on disk; the answers themselves are not worked off, only kept. */
async function service(): Promise<Hono> {
  const compiled = await compiledKnowledge();
  const { book, schools, model, syllables } = compiled;
  const file = join(mkdtempSync(join(tmpdir(), 'yishi-bench-')), 'yishi.db');
  const db = sqliteDatabase(file, join(ROOT, 'migrations'));
  return createApp({
    work: {
      store: storeOn(db),
      desk: deskFrom({ book, model, syllables }),
      platforms: new Map(),
      schools: servedSchools(schools),
      archive: archiveOn(db),
      shelves: shelvesOn(db, compiled, {}, () => {}),
      now: Date.now,
      random: Math.random,
      log: () => {},
    },
    version: 'bench',
    school: 'demo',
    demo: true,
    webhooks: [
      {
        path: '/feishu/events',
        hook: feishuWebhook(feishuSettings(feishuEnv('http://127.0.0.1:9'))!, () => Promise.resolve('ou_bot')),
      },
    ],
    intake: { library: libraryOn(db), reader: documentReader, now: Date.now },
    limiter: unlimited,
    wake: () => {},
    console: new Hono(),
  });
}

const app = kind === 'bare' ? bare() : kind === 'bare-webhook' ? bareWebhook() : await service();
const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => process.send!({ port }));
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send!({ cpu: user + system });
});
process.on('disconnect', () => (server.close(), process.exit(0)));
