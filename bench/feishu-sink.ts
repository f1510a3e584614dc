import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Feishu's API, as thin as can be, in a process of its own: takes what is said and counts what each question was answered. */
export interface Counted {
  /** Questions answered. */
  readonly answered: number;
  /** Answers beyond the first of a question, by different keys. */
  readonly again: number;
}

const answers = new Map<string, Set<string>>();
let count = 0;

function answer(url: string, body: string): object {
  if (url.includes('/tenant_access_token/')) return { code: 0, tenant_access_token: 't-bench', expire: 7200 };
  if (url.includes('/bot/v3/info')) return { code: 0, bot: { open_id: 'ou_bot', app_name: '议事' } };
  const question = /\/messages\/(om_[\w-]+)\/reply/.exec(url)?.[1];
  if (question) {
    const key = /"uuid":"([^"]+)"/.exec(body)?.[1] ?? '';
    const keys = answers.get(question) ?? new Set();
    answers.set(question, keys.add(key));
  }
  return { code: 0, msg: 'ok', data: { message_id: `om_sent_${++count}` } };
}

const server = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(answer(request.url ?? '', body)));
});
server.listen(0, '127.0.0.1', () => process.send!({ port: (server.address() as AddressInfo).port }));
process.on('message', () => {
  const again = [...answers.values()].reduce((n, keys) => n + keys.size - 1, 0);
  process.send!({ answered: answers.size, again } satisfies Counted);
});
process.on('disconnect', () => process.exit(0));
