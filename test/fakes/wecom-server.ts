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

type Endpoint =
  | 'gettoken'
  | 'media'
  | 'upload'
  | 'robotUpload'
  | 'cos'
  | 'send'
  | 'appchat'
  | 'chatCreate'
  | 'chatGet'
  | 'department'
  | 'user'
  | 'recall'
  | 'update'
  | 'agent'
  | 'robot'
  | 'response';

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
  /** What members have sent: by media id for the app, by path for the AI bot (`${baseUrl}/cos/<name>`). */
  readonly files: Map<string, { readonly name: string; readonly bytes: Uint8Array }>;
  /** What was uploaded to be sent, by media id. */
  readonly uploads: ReadonlyMap<string, { readonly name: string; readonly bytes: Uint8Array }>;
  /** The people of the app's range: all in its one department, unless put elsewhere. */
  readonly people: Map<string, string>;
  /** Those in range by name rather than through the department. */
  readonly listed: Map<string, string>;
  /** Messages the app took back. */
  readonly recalled: readonly string[];
  /** Groups the app has made. */
  readonly groups: ReadonlyMap<string, Json>;
  /** A one-use address for an answer to a question. */
  responseUrl(): string;
  fail(endpoint: Endpoint, trouble: Trouble): void;
  /** What was to fail does so no more. */
  mend(): void;
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
  const files: Wecom['files'] = new Map();
  const uploads = new Map<string, { readonly name: string; readonly bytes: Uint8Array }>();
  const people = new Map<string, string>();
  const listed = new Map<string, string>();
  const groups = new Map<string, Json>();
  const recalled: string[] = [];
  const outside = new Set<string>();
  const calls: Record<Endpoint, number> = {
    gettoken: 0,
    media: 0,
    upload: 0,
    robotUpload: 0,
    cos: 0,
    chatCreate: 0,
    chatGet: 0,
    recall: 0,
    department: 0,
    user: 0,
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
    } else if (type === 'file') {
      const file = uploads.get(String(inner['media_id']));
      if (!file) return refusal(40007);
      sent.push({ to, how, type, content: file.name });
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

  function giveFile(key: string, response: ServerResponse): void {
    const file = files.get(key);
    if (!file) return give(response, 200, refusal(40007));
    const name = `attachment; filename="${encodeURIComponent(file.name)}"`;
    response
      .writeHead(200, { 'content-type': 'application/octet-stream', 'content-disposition': name })
      .end(file.bytes);
  }

  function makeGroup(body: Json): Json {
    const members = (body['userlist'] ?? []) as string[];
    if (members.length < 2 || !members.includes(String(body['owner']))) return refusal(86216);
    const chatid = `wrchat${groups.size + 1}`;
    groups.set(chatid, { chatid, ...body });
    return { errcode: 0, errmsg: 'ok', chatid };
  }

  /** One file in a form, as uploads are; more than 5 bytes. */
  async function upload(raw: Buffer, type: string): Promise<Json> {
    const form = await new Response(new Uint8Array(raw), { headers: { 'content-type': type } }).formData();
    const media = form.get('media');
    if (!(media instanceof File) || media.size <= 5) return refusal(40004);
    const id = `media-${uploads.size + 1}`;
    uploads.set(id, { name: media.name, bytes: new Uint8Array(await media.arrayBuffer()) });
    return { errcode: 0, errmsg: 'ok', type: 'file', media_id: id, created_at: '1380000000' };
  }

  function answer(endpoint: Endpoint, url: URL, body: Json): Json {
    switch (endpoint) {
      case 'upload':
      case 'robotUpload':
        throw new Error('answered before');
      case 'chatCreate':
        return makeGroup(body);
      case 'chatGet': {
        const group = groups.get(url.searchParams.get('chatid') ?? '');
        return group ? { errcode: 0, errmsg: 'ok', chat_info: group } : refusal(86001);
      }
      case 'recall':
        recalled.push(String(body['msgid']));
        return { errcode: 0, errmsg: 'ok' };
      case 'department':
        return {
          errcode: 0,
          errmsg: 'ok',
          userlist: [...people].map(([userid, name]) => ({ userid, name, department: [1] })),
        };
      case 'user': {
        const id = url.searchParams.get('userid') ?? '';
        const name = listed.get(id) ?? people.get(id) ?? (id === 'zhangsan' ? '张三' : undefined);
        return name === undefined ? refusal(60111) : { errcode: 0, errmsg: 'ok', userid: id, name };
      }
      case 'gettoken':
        return issueToken(url.searchParams);
      case 'media':
      case 'cos':
        throw new Error('answered with bytes');
      case 'agent':
        return {
          errcode: 0,
          errmsg: 'ok',
          name: '议事',
          close: 0,
          allow_userinfos: {
            user: listed.size > 0 ? [...listed.keys()].map((userid) => ({ userid })) : [{ userid: 'zhangsan' }],
          },
          ...(people.size > 0 && { allow_partys: { partyid: [1] } }),
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
    const endpoint = url.pathname.startsWith('/cos/') ? 'cos' : ENDPOINTS.get(url.pathname);
    const raw = await readAll(request);
    const type = request.headers['content-type'] ?? '';
    const body = raw.length === 0 || type.startsWith('multipart/') ? {} : (JSON.parse(raw.toString('utf8')) as Json);
    if (!endpoint) return give(response, 404, {});
    calls[endpoint] += 1;
    posted.push(body);
    const trouble = nextTrouble(endpoint);
    if (trouble?.how === 'hang') return;
    if (trouble && trouble.how !== 'lose')
      return give(response, trouble.status ?? 200, trouble.code === undefined ? {} : refusal(trouble.code));
    if (endpoint === 'cos') return giveFile(url.pathname.slice(5), response);
    if (endpoint === 'robotUpload')
      return give(response, 200, url.searchParams.get('key') === ROBOT_KEY ? await upload(raw, type) : refusal(93000));
    const open = endpoint === 'gettoken' || endpoint === 'robot' || endpoint === 'response';
    if (!open && !tokens.has(url.searchParams.get('access_token') ?? '')) return give(response, 200, refusal(40014));
    if (endpoint === 'media') return giveFile(url.searchParams.get('media_id') ?? '', response);
    const given = endpoint === 'upload' ? await upload(raw, type) : answer(endpoint, url, body);
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
    files,
    uploads,
    people,
    listed,
    groups,
    recalled,
    outside,
    responseUrl() {
      const code = randomUUID();
      responses.add(code);
      return `${baseUrl}/cgi-bin/aibot/response?response_code=${code}`;
    },
    fail: (endpoint, trouble) =>
      void troubles.push({ endpoint, trouble, left: trouble.times ?? 1, skip: trouble.after ?? 0 }),
    mend: () => void troubles.splice(0),
    revokeTokens: () => tokens.clear(),
    close: () => (server.closeAllConnections(), new Promise((resolve) => server.close(() => resolve()))),
  };
}

const ENDPOINTS: ReadonlyMap<string, Endpoint> = new Map([
  ['/cgi-bin/gettoken', 'gettoken'],
  ['/cgi-bin/media/get', 'media'],
  ['/cgi-bin/media/upload', 'upload'],
  ['/cgi-bin/webhook/upload_media', 'robotUpload'],
  ['/cgi-bin/message/recall', 'recall'],
  ['/cgi-bin/appchat/create', 'chatCreate'],
  ['/cgi-bin/appchat/get', 'chatGet'],
  ['/cgi-bin/user/simplelist', 'department'],
  ['/cgi-bin/user/get', 'user'],
  ['/cgi-bin/message/send', 'send'],
  ['/cgi-bin/appchat/send', 'appchat'],
  ['/cgi-bin/message/update_template_card', 'update'],
  ['/cgi-bin/agent/get', 'agent'],
  ['/cgi-bin/webhook/send', 'robot'],
  ['/cgi-bin/aibot/response', 'response'],
]);

type Option = { id?: string; text?: string };
const isOptions = (list: readonly Option[], most: number) =>
  list.length >= 1 &&
  list.length <= most &&
  list.every(({ id, text }) => id && text && Buffer.byteLength(id) <= 128) &&
  new Set(list.map(({ id }) => id)).size === list.length;
const isKey = (key: unknown) => typeof key === 'string' && key !== '' && Buffer.byteLength(key) <= 1024;

/** As far as the documented limits of the four kinds without pictures go. */
function isCard(card: Json): boolean {
  if (card['card_type'] === 'text_notice') return card['card_action'] !== undefined;
  if (!/^[\w@-]{1,128}$/.test(String(card['task_id'] ?? ''))) return false;
  const submit = card['submit_button'] as { text?: string; key?: string } | undefined;
  const submits = Boolean(submit?.text) && isKey(submit?.key);
  switch (card['card_type']) {
    case 'button_interaction': {
      const buttons = (card['button_list'] ?? []) as { key?: string; text?: string }[];
      return buttons.length >= 1 && buttons.length <= 6 && buttons.every(({ key, text }) => text && isKey(key));
    }
    case 'vote_interaction': {
      const box = card['checkbox'] as { question_key?: string; option_list?: Option[] } | undefined;
      return submits && isKey(box?.question_key) && isOptions(box?.option_list ?? [], 20);
    }
    case 'multiple_interaction': {
      const selects = (card['select_list'] ?? []) as { question_key?: string; option_list?: Option[] }[];
      const fits = selects.every((one) => isKey(one.question_key) && isOptions(one.option_list ?? [], 10));
      return submits && selects.length >= 1 && selects.length <= 3 && fits;
    }
    default:
      return false;
  }
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}

function give(response: ServerResponse, status: number, body: Json): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
