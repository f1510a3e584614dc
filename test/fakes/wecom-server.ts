import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WECOM_APP, type Json } from '../wecom/deliveries.ts';

export * from '../wecom/deliveries.ts';

interface SentMessage {
  readonly to: string;
  readonly how: 'app' | 'appchat' | 'robot' | 'response_url';
  readonly type: string;
  /** The text, or the card. */
  readonly content: string;
  readonly card?: Json;
}

interface CardUpdate {
  readonly users: readonly string[];
  readonly code: string;
  readonly word?: string;
  readonly card?: Json;
}

type Endpoint = 'gettoken' | 'send' | 'appchat' | 'update' | 'agent' | 'robot' | 'response';

interface Trouble {
  readonly code?: number;
  readonly status?: number;
  /** `hang`: never answers. `lose`: does what was asked, but the answer is lost. */
  readonly how?: 'refuse' | 'hang' | 'lose';
  readonly times?: number;
  /** The calls before this one succeed. */
  readonly after?: number;
}

export interface Wecom {
  readonly baseUrl: string;
  readonly robotUrl: string;
  readonly server: Server;
  readonly sent: readonly SentMessage[];
  readonly updates: readonly CardUpdate[];
  readonly calls: Readonly<Record<Endpoint, number>>;
  /** The whole of what was posted, to look for what should not be there. */
  readonly posted: readonly Json[];
  /** A one-use address for an answer to a question. */
  responseUrl(): string;
  fail(endpoint: Endpoint, trouble: Trouble): void;
  revokeTokens(): void;
  /** Members beyond the app's range. */
  readonly outside: Set<string>;
  close(): Promise<void>;
}

const ROBOT_KEY = '693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa';
const refusal = (code: number) => ({ errcode: code, errmsg: `refused, hint: [1]` });

/** A WeCom of our own on the loopback, built from the platform's documentation; what it pushes is in `deliveries.ts`. */
export async function startWecom(): Promise<Wecom> {
  const sent: SentMessage[] = [];
  const updates: CardUpdate[] = [];
  const posted: Json[] = [];
  const outside = new Set<string>();
  const calls: Record<Endpoint, number> = {
    gettoken: 0,
    send: 0,
    appchat: 0,
    update: 0,
    agent: 0,
    robot: 0,
    response: 0,
  };
  const troubles: { endpoint: Endpoint; trouble: Trouble; left: number; skip: number }[] = [];
  const tokens = new Set<string>();
  const recent = new Map<string, number>();
  const codes = new Set<string>();
  const responses = new Set<string>();

  function issueToken(query: URLSearchParams): Json {
    if (query.get('corpid') !== WECOM_APP.corpId) return refusal(40013);
    if (query.get('corpsecret') !== WECOM_APP.secret) return refusal(40001);
    const token = `token-${randomUUID()}`;
    tokens.add(token);
    return { errcode: 0, errmsg: 'ok', access_token: token, expires_in: 7200 };
  }

  function take(how: SentMessage['how'], to: string, body: Json): Json {
    const type = String(body['msgtype']);
    const inner = body[type] as Json | undefined;
    if (!inner) return refusal(40058);
    if (type === 'template_card') {
      if (!isCard(inner)) return refusal(40058);
      sent.push({ to, how, type, content: String((inner['main_title'] as Json)['title']), card: inner });
    } else {
      const content = String(inner['content']);
      const most = type === 'text' || how === 'app' || how === 'appchat' ? 2048 : how === 'robot' ? 4096 : 20_480;
      if (content === '') return refusal(44004);
      sent.push({ to, how, type, content: Buffer.from(content).subarray(0, most).toString('utf8') });
    }
    return { errcode: 0, errmsg: 'ok', msgid: `msg-${sent.length}`, response_code: `code-sent-${sent.length}` };
  }

  /** Equal requests within the interval are delivered once. */
  function isRepeat(body: Json): boolean {
    if (body['enable_duplicate_check'] !== 1) return false;
    const request = JSON.stringify(body);
    const until = recent.get(request) ?? 0;
    if (Date.now() < until) return true;
    recent.set(request, Date.now() + Number(body['duplicate_check_interval'] ?? 1800) * 1000);
    return false;
  }

  function update(body: Json): Json {
    const code = String(body['response_code']);
    if (codes.has(code)) return refusal(42014);
    codes.add(code);
    const button = body['button'] as { replace_name?: string } | undefined;
    const card = body['template_card'] as Json | undefined;
    if (card && !isCard(card)) return refusal(40058);
    updates.push({
      users: body['userids'] as string[],
      code,
      ...(button?.replace_name ? { word: button.replace_name } : {}),
      ...(card ? { card } : {}),
    });
    return { errcode: 0, errmsg: 'ok', invaliduser: [] };
  }

  function answer(endpoint: Endpoint, url: URL, body: Json): Json {
    switch (endpoint) {
      case 'gettoken':
        return issueToken(url.searchParams);
      case 'agent':
        return {
          errcode: 0,
          errmsg: 'ok',
          name: '议事',
          close: 0,
          allow_userinfos: { user: [{ userid: 'zhangsan' }] },
        };
      case 'send': {
        const to = String(body['touser']);
        if (body['agentid'] !== WECOM_APP.agentId) return refusal(40056);
        if (outside.has(to)) return { errcode: 0, errmsg: 'ok', invaliduser: to.toLowerCase(), msgid: 'none' };
        return isRepeat(body) ? { errcode: 0, errmsg: 'ok', msgid: 'repeat' } : take('app', to, body);
      }
      case 'appchat':
        return body['msgtype'] === 'template_card' ? refusal(40008) : take('appchat', String(body['chatid']), body);
      case 'update':
        return update(body);
      case 'robot':
        return url.searchParams.get('key') === ROBOT_KEY ? take('robot', 'robot', body) : refusal(93000);
      case 'response': {
        const code = url.searchParams.get('response_code') ?? '';
        return responses.delete(code) ? take('response_url', code, body) : refusal(60140);
      }
    }
  }

  async function serve(request: IncomingMessage, response: ServerResponse) {
    const url = new URL(request.url ?? '/', 'http://wecom');
    const endpoint = ENDPOINTS.get(url.pathname);
    const body = await readJson(request);
    if (!endpoint) return give(response, 404, {});
    calls[endpoint] += 1;
    posted.push(body);
    const trouble = nextTrouble(endpoint);
    if (trouble?.how === 'hang') return;
    if (trouble && trouble.how !== 'lose')
      return give(response, trouble.status ?? 200, trouble.code === undefined ? {} : refusal(trouble.code));
    const open = endpoint === 'gettoken' || endpoint === 'robot' || endpoint === 'response';
    if (!open && !tokens.has(url.searchParams.get('access_token') ?? '')) return give(response, 200, refusal(40014));
    const given = answer(endpoint, url, body);
    return trouble ? request.socket.destroy() : give(response, 200, given);
  }

  function nextTrouble(endpoint: Endpoint): Trouble | undefined {
    const found = troubles.find((one) => one.endpoint === endpoint && one.left > 0);
    if (!found) return undefined;
    if (found.skip > 0) {
      found.skip -= 1;
      return undefined;
    }
    found.left -= 1;
    return found.trouble;
  }

  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    baseUrl,
    robotUrl: `${baseUrl}/cgi-bin/webhook/send?key=${ROBOT_KEY}`,
    server,
    sent,
    updates,
    calls,
    posted,
    outside,
    responseUrl() {
      const code = randomUUID();
      responses.add(code);
      return `${baseUrl}/cgi-bin/aibot/response?response_code=${code}`;
    },
    fail: (endpoint, trouble) =>
      void troubles.push({ endpoint, trouble, left: trouble.times ?? 1, skip: trouble.after ?? 0 }),
    revokeTokens: () => tokens.clear(),
    close: () => (server.closeAllConnections(), new Promise((resolve) => server.close(() => resolve()))),
  };
}

const ENDPOINTS: ReadonlyMap<string, Endpoint> = new Map([
  ['/cgi-bin/gettoken', 'gettoken'],
  ['/cgi-bin/message/send', 'send'],
  ['/cgi-bin/appchat/send', 'appchat'],
  ['/cgi-bin/message/update_template_card', 'update'],
  ['/cgi-bin/agent/get', 'agent'],
  ['/cgi-bin/webhook/send', 'robot'],
  ['/cgi-bin/aibot/response', 'response'],
]);

function isCard(card: Json): boolean {
  const buttons = (card['button_list'] ?? []) as { key?: string; text?: string }[];
  const task = String(card['task_id'] ?? '');
  if (card['card_type'] === 'text_notice') return card['card_action'] !== undefined;
  return (
    card['card_type'] === 'button_interaction' &&
    buttons.length >= 1 &&
    buttons.length <= 6 &&
    buttons.every(({ key, text }) => key && text && Buffer.byteLength(key) <= 1024) &&
    /^[\w@-]{1,128}$/.test(task)
  );
}

async function readJson(request: IncomingMessage): Promise<Json> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk as Uint8Array);
  return chunks.length === 0 ? {} : JSON.parse(Buffer.concat(chunks).toString('utf8'));
}

function give(response: ServerResponse, status: number, body: Json): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
