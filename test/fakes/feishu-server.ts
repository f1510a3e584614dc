import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FEISHU_APP, type Json } from '../feishu/deliveries.ts';

export * from '../feishu/deliveries.ts';

export interface SentMessage {
  readonly id: string;
  /** The message replied to, or the chat or person written to. */
  readonly to: string;
  readonly how: 'reply' | 'reply-in-thread' | 'chat_id' | 'open_id' | 'union_id';
  readonly type: string;
  readonly content: Readonly<Record<string, unknown>>;
  readonly uuid: string;
}

export type Endpoint = 'token' | 'bot' | 'reply' | 'create' | 'socket';

export interface Trouble {
  readonly code?: number;
  readonly msg?: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** `hang`: never answers. `lose`: does what was asked, but the answer is lost. */
  readonly how?: 'refuse' | 'hang' | 'lose';
  readonly times?: number;
}

export interface Feishu {
  readonly baseUrl: string;
  readonly server: Server;
  readonly sent: readonly SentMessage[];
  readonly calls: Readonly<Record<Endpoint, number>>;
  /** The next call(s) of this endpoint fail so. */
  fail(endpoint: Endpoint, trouble: Trouble): void;
  /** All tokens issued so far are refused from now on. */
  revokeTokens(): void;
  close(): Promise<void>;
}

/**
 * A Feishu of our own on the loopback: it issues tokens, takes messages, drops repeats of a uuid for an hour, and fails
 * as told. What it pushes is in `deliveries.ts`, exported from here too. Built from the platform's documentation.
 */
export async function startFeishu(
  options: { readonly tokenSeconds?: number; readonly bot?: string } = {},
): Promise<Feishu> {
  const sent: SentMessage[] = [];
  const calls: Record<Endpoint, number> = { token: 0, bot: 0, reply: 0, create: 0, socket: 0 };
  const troubles: { endpoint: Endpoint; trouble: Trouble; left: number }[] = [];
  const byUuid = new Map<string, { readonly id: string; readonly at: number }>();
  const tokens = new Set<string>();

  function issueToken(body: Json): Json {
    if (body['app_id'] !== FEISHU_APP.appId || body['app_secret'] !== FEISHU_APP.appSecret)
      return { code: 10014, msg: 'app secret invalid' };
    const token = `t-${randomUUID()}`;
    tokens.add(token);
    return { code: 0, msg: 'ok', tenant_access_token: token, expire: options.tokenSeconds ?? 7200 };
  }

  function takeMessage(to: string, how: SentMessage['how'], body: Json): Json {
    const uuid = String(body['uuid'] ?? randomUUID());
    if (uuid.length > 50) return { code: 230001, msg: 'uuid is too long' };
    const known = byUuid.get(uuid);
    const repeated = known && Date.now() - known.at < 3_600_000;
    const id = repeated ? known.id : `om_sent_${sent.length + 1}`;
    if (!repeated) {
      byUuid.set(uuid, { id, at: Date.now() });
      sent.push({ id, to, how, type: String(body['msg_type']), content: JSON.parse(String(body['content'])), uuid });
    }
    return { code: 0, msg: 'success', data: { message_id: id } };
  }

  function answer(endpoint: Endpoint, url: URL, body: Json): Json {
    const { address, port } = server.address() as AddressInfo;
    switch (endpoint) {
      case 'token':
        return issueToken(body);
      case 'bot':
        return { code: 0, msg: 'ok', bot: { open_id: options.bot ?? 'ou_bot', app_name: '议事', activate_status: 2 } };
      case 'reply':
        return takeMessage(
          url.pathname.split('/')[5] ?? '',
          body['reply_in_thread'] ? 'reply-in-thread' : 'reply',
          body,
        );
      case 'create':
        return takeMessage(
          String(body['receive_id']),
          url.searchParams.get('receive_id_type') as SentMessage['how'],
          body,
        );
      case 'socket': {
        const every = { ReconnectCount: 1, ReconnectInterval: 1, ReconnectNonce: 0, PingInterval: 60 };
        const URL = `ws://${address}:${port}/ws?fpid=1&device_id=1&service_id=1`;
        return { code: 0, msg: 'ok', data: { URL, ClientConfig: every } };
      }
    }
  }

  async function serve(request: IncomingMessage, response: ServerResponse) {
    const url = new URL(request.url ?? '/', 'http://feishu');
    const endpoint = endpointOf(request.method, url.pathname);
    const body = await readJson(request);
    if (!endpoint) return give(response, 404, { code: 404, msg: 'no such endpoint' });
    calls[endpoint] += 1;
    const trouble = nextTrouble(endpoint);
    if (trouble?.how === 'hang') return;
    if (trouble && trouble.how !== 'lose')
      return give(
        response,
        trouble.status ?? 200,
        { code: trouble.code ?? -1, msg: trouble.msg ?? '', data: {} },
        trouble.headers,
      );
    const bearer = request.headers.authorization?.replace('Bearer ', '') ?? '';
    if (endpoint !== 'token' && endpoint !== 'socket' && !tokens.has(bearer))
      return give(response, 400, { code: 99991663, msg: 'Invalid access token for authorization.' });
    const given = answer(endpoint, url, body);
    return trouble ? request.socket.destroy() : give(response, given['code'] === 0 ? 200 : 400, given);
  }

  function nextTrouble(endpoint: Endpoint): Trouble | undefined {
    const found = troubles.find((one) => one.endpoint === endpoint && one.left > 0);
    if (found) found.left -= 1;
    return found?.trouble;
  }

  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    server,
    sent,
    calls,
    fail: (endpoint, trouble) => void troubles.push({ endpoint, trouble, left: trouble.times ?? 1 }),
    revokeTokens: () => tokens.clear(),
    close: () => (server.closeAllConnections(), new Promise((resolve) => server.close(() => resolve()))),
  };
}

function endpointOf(method: string | undefined, path: string): Endpoint | undefined {
  if (method === 'POST' && path === '/open-apis/auth/v3/tenant_access_token/internal') return 'token';
  if (method === 'GET' && path === '/open-apis/bot/v3/info') return 'bot';
  if (method === 'POST' && path === '/open-apis/im/v1/messages') return 'create';
  if (method === 'POST' && /^\/open-apis\/im\/v1\/messages\/om_[\w-]+\/reply$/.test(path)) return 'reply';
  return method === 'POST' && path === '/callback/ws/endpoint' ? 'socket' : undefined;
}

async function readJson(request: IncomingMessage): Promise<Json> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk as Uint8Array);
  return chunks.length === 0 ? {} : JSON.parse(Buffer.concat(chunks).toString('utf8'));
}

function give(response: ServerResponse, status: number, body: Json, headers: Trouble['headers'] = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}
