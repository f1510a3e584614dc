import { safeParse } from 'zod/mini';
import { cardKit, type CardKit } from './cardkit.ts';
import { singleFlight, within } from './flight.ts';
import { failed, feishuHttp, NOT_SENT, type Answer, type Call, type Http } from './http.ts';
import type { FeishuSettings } from './settings.ts';
import { messageId, receiverId } from './shapes.ts';
import { tenantTokens } from './token.ts';

/** What is said, in Feishu's form. `uuid` succeeds at most once within an hour, for replies and plain sends alike. */
export interface MessageBody {
  readonly msg_type: 'interactive' | 'text' | 'file';
  /** JSON in a string. */
  readonly content: string;
  readonly uuid: string;
}

/** The few endpoints we use; the SDK's client stays out of the way (see docs/decisions/0002-feishu-sdk.md). */
export interface FeishuClient {
  /** open.feishu.cn › 回复消息 */
  reply(messageId: string, body: MessageBody, inThread: boolean): Promise<Answer>;
  /** open.feishu.cn › 发送消息; a chat's id, or a person's. */
  create(receiver: string, body: MessageBody): Promise<Answer>;
  /** open.feishu.cn › 获取消息中的资源文件: what a person sent in a chat with this bot. */
  resource(messageId: string, fileKey: string, most: number): Promise<Answer>;
  /** open.feishu.cn › 更新已发送的消息卡片: one of this app's, at most 14 days old. */
  update(messageId: string, content: string): Promise<Answer>;
  /** open.feishu.cn › 上传文件; its key is in `data.file_key`. */
  upload(name: string, bytes: Uint8Array): Promise<Answer>;
  /** open.feishu.cn › 获取指定消息的内容 */
  message(messageId: string): Promise<Answer>;
  readonly cards: CardKit;
  /** Any other question, by its path from `/open-apis` on with all ids encoded. */
  ask(path: string): Promise<Answer>;
  /** open.feishu.cn › 获取机器人信息; `bot` stands beside `code`, not under `data`. */
  botInfo(): Promise<Answer>;
  /** This bot's open_id, asked for once; nothing when Feishu does not say within a second and a half. */
  bot(): Promise<string | undefined>;
}

interface ClientOptions {
  readonly fetch?: typeof globalThis.fetch;
  readonly now?: () => number;
}

/** The tenant token is invalid, of another tenant, missing, malformed or expired. */
const TOKEN_REFUSED = new Set([99991661, 99991663, 99991664, 99991665, 99991671, 99991677]);
const RECEIVER_KIND = { oc: 'chat_id', ou: 'open_id', on: 'union_id' } as const;
const BOT_WAIT_MS = 1500;
const BOT_RETRY_MS = 60_000;

export function feishuClient(settings: FeishuSettings, options: ClientOptions = {}): FeishuClient {
  const now = options.now ?? Date.now;
  const http = feishuHttp(settings.baseUrl, options.fetch);
  const call = authorised(settings, http, now);
  const botInfo = () => call({ method: 'GET', path: '/open-apis/bot/v3/info' });
  return {
    async reply(id, body, inThread) {
      if (!safeParse(messageId, id).success) return failed(NOT_SENT, 'not a message id');
      const path = `/open-apis/im/v1/messages/${encodeURIComponent(id)}/reply`;
      return call({ method: 'POST', path, body: { ...body, reply_in_thread: inThread } });
    },
    async create(receiver, body) {
      if (!safeParse(receiverId, receiver).success) return failed(NOT_SENT, 'not a receiver id');
      const kind = RECEIVER_KIND[receiver.slice(0, 2) as keyof typeof RECEIVER_KIND];
      const path = `/open-apis/im/v1/messages?receive_id_type=${kind}`;
      return call({ method: 'POST', path, body: { ...body, receive_id: receiver } });
    },
    async resource(id, fileKey, most) {
      const path = `/open-apis/im/v1/messages/${encodeURIComponent(id)}/resources/${encodeURIComponent(fileKey)}?type=file`;
      return call({ method: 'GET', path, most });
    },
    async update(id, content) {
      if (!safeParse(messageId, id).success) return failed(NOT_SENT, 'not a message id');
      return call({ method: 'PATCH', path: `/open-apis/im/v1/messages/${encodeURIComponent(id)}`, body: { content } });
    },
    upload: (name, bytes) => call({ method: 'POST', path: '/open-apis/im/v1/files', body: fileForm(name, bytes) }),
    async message(id) {
      if (!safeParse(messageId, id).success) return failed(NOT_SENT, 'not a message id');
      return call({ method: 'GET', path: `/open-apis/im/v1/messages/${encodeURIComponent(id)}` });
    },
    cards: cardKit(call),
    ask: (path) => call({ method: 'GET', path: `/open-apis${path}` }),
    botInfo,
    bot: botLookup(botInfo, now),
  };
}

/** Office files that are neither doc, xls nor ppt of old go as `stream`. */
function fileForm(name: string, bytes: Uint8Array): FormData {
  const form = new FormData();
  form.set('file_type', 'stream');
  form.set('file_name', name);
  form.set('file', new File([bytes as Uint8Array<ArrayBuffer>], name));
  return form;
}

/** Calls with a token; one that Feishu refuses is forgotten and the call made once more. */
function authorised(settings: FeishuSettings, http: Http, now: () => number) {
  const tokens = tenantTokens(settings, http, now);
  const once = async (call: Call) => {
    const token = await tokens.get();
    if (!token.ok) return { answer: token, refused: false };
    const answer = await http({ ...call, token: token.text });
    const refused = !answer.ok && TOKEN_REFUSED.has(answer.code);
    if (refused) tokens.forget(token.text);
    return { answer, refused };
  };
  return async (call: Call): Promise<Answer> => {
    const { answer, refused } = await once(call);
    return refused ? (await once(call)).answer : answer;
  };
}

function botLookup(botInfo: FeishuClient['botInfo'], now: () => number): FeishuClient['bot'] {
  let known: string | undefined;
  let failedAt = -Infinity;
  const ask = singleFlight(
    async () => {
      const answer = await botInfo();
      const bot = answer.ok ? (answer.body['bot'] as { open_id?: unknown } | undefined) : undefined;
      if (typeof bot?.open_id === 'string') known = bot.open_id;
      else failedAt = now();
      return known;
    },
    now,
    20_000,
  );
  return async () => known ?? (now() - failedAt < BOT_RETRY_MS ? undefined : within(BOT_WAIT_MS, ask()));
}
