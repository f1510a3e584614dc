import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { consoleAssets } from '../console/assets.ts';
import { consolePages } from '../console/pages.ts';
import { createApp } from '../http/app.ts';
import { limiter } from '../http/limiter.ts';
import { ROOT } from './knowledge/compiled.ts';
import { log } from './log.ts';
import { platformsFrom, type Sockets } from './platforms.ts';
import { opened } from './running.ts';

/** The service on Node: embedded SQLite, in-process work loop, pages and webhooks. */
const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
const sockets: Sockets = {
  feishu: () => import('../../adapters/feishu/socket.ts'),
  aibot: () => import('../../adapters/wecom-aibot/socket.ts'),
};
// What goes through Wechaty waits for the process that holds its login (wechaty.ts).
const running = await opened({ but: 'wechaty' }, (notebook) => platformsFrom(process.env, log, notebook, sockets));
const { settings, work, clock, webhooks, wake } = running;
const app = createApp({
  work,
  ...(clock && { clock }),
  version,
  school: settings.YISHI_SCHOOL,
  demo: settings.demo,
  webhooks,
  limiter: limiter(settings.YISHI_RATE_PER_S, settings.YISHI_RATE_PER_S * 10),
  wake,
  console: consolePages(await consoleAssets(ROOT), settings.demo, work.office.workdays),
});

const { book } = work.desk;
const server = serve({ fetch: app.fetch, hostname: settings.HOST, port: settings.PORT }, ({ port }) => {
  console.log(
    `议事已启动：http://${settings.HOST}:${port}　规则 ${book.version}，${book.matters.length} 个事项${settings.demo ? '（演示学校）' : ''}`,
  );
});
server.on('error', (error: NodeJS.ErrnoException) => {
  console.error(
    error.code === 'EADDRINUSE' ? `端口 ${settings.PORT} 已被占用，请换一个：PORT=8788 npm start` : String(error),
  );
  process.exit(1);
});
await running.begin();
running.onSignal(() => server.close());
