import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FEISHU_APP, type Json } from '../feishu/deliveries.ts';
import { feishuCards } from './feishu-cards.ts';

export * from '../feishu/deliveries.ts';

export interface SentMessage {
  readonly id: string;
  /** The message replied to, or the chat or person written to. */
  readonly to: string;
  readonly how: 'reply' | 'reply-in-thread' | 'chat_id' | 'open_id' | 'union_id';
  readonly type: string;
  /** As it stands in the chat now: a card may have changed. */
  content: Readonly<Record<string, unknown>>;
  /** As it was sent. */
  readonly first: Readonly<Record<string, unknown>>;
  readonly uuid: string;
}

const ENDPOINTS = [
  'token',
  'bot',
  'reply',
  'create',
  'update',
  'read',
  'upload',
  'resource',
  'card',
  'scopes',
  'versions',
  'contacts',
  'socket',
] as const;
export type Endpoint = (typeof ENDPOINTS)[number];

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
  /** What people have sent, by file key; only in the message they sent it with. */
  readonly files: Map<string, { readonly message: string; readonly bytes: Uint8Array; readonly endless?: boolean }>;
  /** Changes of cards that stand in chats, in order. */
  readonly updates: readonly { readonly id: string; readonly content: Json }[];
  /** Messages of people, by id, as 获取指定消息的内容 gives them. */
  readonly quotable: Map<string, Json>;
  /** Files uploaded to be sent, by file key. */
  readonly uploads: ReadonlyMap<string, { readonly name: string; readonly type: string; readonly bytes: Uint8Array }>;
  /** What the app may do, what it is subscribed to (nothing: may not be asked) and who is in its contact range. */
  readonly tenant: {
    scopes: readonly { readonly scope_name: string; readonly grant_status: number }[] | undefined;
    events: readonly string[] | undefined;
    readonly people: Map<string, readonly Json[]>;
  };
  /** The next call(s) of this endpoint fail so. */
  fail(endpoint: Endpoint, trouble: Trouble): void;
  /** What was to fail does so no more. */
  mend(): void;
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
  const calls = Object.fromEntries(ENDPOINTS.map((name) => [name, 0])) as Record<Endpoint, number>;
  const cards = feishuCards(sent);
  const quotable: Feishu['quotable'] = new Map();
  const uploads: Feishu['uploads'] = new Map();
  const tenant: Feishu['tenant'] = { scopes: [], events: undefined, people: new Map() };
  const files: Feishu['files'] = new Map();
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
      const given = JSON.parse(String(body['content'])) as Json;
      const fileKey = given['file_key'];
      if (typeof fileKey === 'string' && !uploads.has(fileKey)) return { code: 230017, msg: 'no such file' };
      const taken = cards.sentWith(given, (content) => {
        const message = { id, to, how, type: String(body['msg_type']), content, first: content, uuid };
        sent.push(message);
        return message;
      });
      if (!taken) return { code: 200740, msg: 'card is sent or not there' };
      byUuid.set(uuid, { id, at: Date.now() });
    }
    return { code: 0, msg: 'success', data: { message_id: id } };
  }

  /** 获取通讯录授权范围, 获取子部门列表, 获取部门直属用户列表; two people a page. */
  function contacts(url: URL): Json {
    const data = (fields: Json) => ({ code: 0, msg: 'ok', data: fields });
    if (url.pathname.endsWith('/contact/v3/scopes'))
      return data({ department_ids: [...tenant.people.keys()].slice(0, 1), user_ids: [], has_more: false });
    if (url.pathname.endsWith('/children')) {
      const inside = [...tenant.people.keys()].slice(1).map((open_department_id) => ({ open_department_id }));
      return data({ items: inside, has_more: false });
    }
    const all = tenant.people.get(url.searchParams.get('department_id') ?? '') ?? [];
    const from = Number(url.searchParams.get('page_token') || 0);
    const more = from + 2 < all.length;
    return data({ items: all.slice(from, from + 2), has_more: more, ...(more && { page_token: String(from + 2) }) });
  }

  /** 上传文件: multipart, not empty. */
  async function takeUpload(type: string, bytes: Uint8Array): Promise<Json> {
    const form = await new Response(bytes as Uint8Array<ArrayBuffer>, { headers: { 'content-type': type } }).formData();
    const file = form.get('file') as File | null;
    if (!file || file.size === 0) return { code: 234010, msg: 'empty file' };
    const key = `file_v3_${uploads.size + 1}`;
    const content = new Uint8Array(await file.arrayBuffer());
    (uploads as Map<string, unknown>).set(key, {
      name: String(form.get('file_name')),
      type: String(form.get('file_type')),
      bytes: content,
    });
    return { code: 0, msg: 'success', data: { file_key: key } };
  }

  function answer(endpoint: Endpoint, method: string, url: URL, body: Json): Json {
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
      case 'update':
        return cards.update(url.pathname.split('/')[5] ?? '', body);
      case 'card':
        return method === 'POST'
          ? cards.create(body)
          : cards.change(method, url.pathname.slice('/open-apis'.length), body);
      case 'read': {
        const message = quotable.get(url.pathname.split('/')[5] ?? '');
        return message ? { code: 0, msg: 'ok', data: { items: [message] } } : { code: 231003, msg: 'not found' };
      }
      case 'scopes':
        return tenant.scopes
          ? { code: 0, msg: 'ok', data: { scopes: tenant.scopes } }
          : { code: 99991672, msg: 'scope' };
      case 'versions': {
        const infos = tenant.events?.map((event_type) => ({ event_type }));
        if (!infos) return { code: 99991672, msg: 'Access denied: application:application.app_version:readonly' };
        return { code: 0, msg: 'ok', data: { items: [{ status: 1, event_infos: infos }] } };
      }
      case 'contacts':
        return contacts(url);
      case 'upload':
      case 'resource':
        throw new Error('served with bytes');
      case 'socket': {
        const every = { ReconnectCount: 1, ReconnectInterval: 1, ReconnectNonce: 0, PingInterval: 60 };
        const URL = `ws://${address}:${port}/ws?fpid=1&device_id=1&service_id=1`;
        return { code: 0, msg: 'ok', data: { URL, ClientConfig: every } };
      }
    }
  }

  /** 获取消息中的资源文件: bytes, or JSON with a code. Without a length when it is `endless`. */
  function giveFile(url: URL, response: ServerResponse): void {
    const [, , , , , message, , key] = url.pathname.split('/');
    const file = files.get(key!);
    if (!file || file.message !== message || url.searchParams.get('type') !== 'file')
      return give(response, 400, { code: 234003, msg: 'File not in msg.' });
    response.setHeader('content-type', 'application/octet-stream');
    if (!file.endless) return void response.end(file.bytes);
    const more = () => {
      while (!response.destroyed && response.write(file.bytes));
    };
    response.on('drain', more);
    more();
  }

  async function serve(request: IncomingMessage, response: ServerResponse) {
    const url = new URL(request.url ?? '/', 'http://feishu');
    const endpoint = endpointOf(request.method, url.pathname);
    const bytes = await readBytes(request);
    const body = endpoint === 'upload' || bytes.length === 0 ? {} : (JSON.parse(bytes.toString('utf8')) as Json);
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
    if (endpoint === 'resource') return giveFile(url, response);
    const given =
      endpoint === 'upload'
        ? await takeUpload(request.headers['content-type'] ?? '', bytes)
        : answer(endpoint, request.method ?? '', url, body);
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
    files,
    updates: cards.updates,
    quotable,
    uploads,
    tenant,
    fail: (endpoint, trouble) => void troubles.push({ endpoint, trouble, left: trouble.times ?? 1 }),
    mend: () => void troubles.splice(0),
    revokeTokens: () => tokens.clear(),
    close: () => (server.closeAllConnections(), new Promise((resolve) => server.close(() => resolve()))),
  };
}

function endpointOf(method: string | undefined, path: string): Endpoint | undefined {
  if (method === 'POST' && path === '/open-apis/auth/v3/tenant_access_token/internal') return 'token';
  if (method === 'GET' && path === '/open-apis/bot/v3/info') return 'bot';
  if (method === 'POST' && path === '/open-apis/im/v1/messages') return 'create';
  if (method === 'POST' && /^\/open-apis\/im\/v1\/messages\/om_[\w-]+\/reply$/.test(path)) return 'reply';
  if (method === 'GET' && /^\/open-apis\/im\/v1\/messages\/om_[\w-]+\/resources\/[\w-]+$/.test(path)) return 'resource';
  if (/^\/open-apis\/im\/v1\/messages\/om_[\w-]+$/.test(path))
    return method === 'PATCH' ? 'update' : method === 'GET' ? 'read' : undefined;
  if (method === 'POST' && path === '/open-apis/im/v1/files') return 'upload';
  if (path.startsWith('/open-apis/cardkit/v1/cards')) return 'card';
  if (method === 'GET' && path === '/open-apis/application/v6/scopes') return 'scopes';
  if (method === 'GET' && /^\/open-apis\/application\/v6\/applications\/cli_\w+\/app_versions$/.test(path))
    return 'versions';
  if (method === 'GET' && path.startsWith('/open-apis/contact/v3/')) return 'contacts';
  return method === 'POST' && path === '/callback/ws/endpoint' ? 'socket' : undefined;
}

async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}

function give(response: ServerResponse, status: number, body: Json, headers: Trouble['headers'] = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}
