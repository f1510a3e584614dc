import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

/** What WeCom pushes to us: the app and the bot it pushes for, its messages, encrypted and signed. */
export type Json = Readonly<Record<string, unknown>>;

export const WECOM_APP = {
  corpId: 'ww0123456789abcdef',
  agentId: 1000002,
  secret: 'loopback-wecom-secret',
  token: 'loopbackToken',
  aesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
} as const;

export const WECOM_AIBOT = {
  botId: 'aib0123456789',
  secret: 'loopback-aibot-secret',
  token: 'loopbackAibotToken',
  aesKey: 'ZYXWVUTSRQPONMLKJIHGFEDCBAzyxwvutsrqponmlkj'.slice(0, 43),
} as const;

export const wecomEnv = (baseUrl: string) => ({
  WECOM_CORP_ID: WECOM_APP.corpId,
  WECOM_AGENT_ID: String(WECOM_APP.agentId),
  WECOM_SECRET: WECOM_APP.secret,
  WECOM_TOKEN: WECOM_APP.token,
  WECOM_AES_KEY: WECOM_APP.aesKey,
  WECOM_BASE_URL: baseUrl,
});

export const aibotEnv = (baseUrl: string) => ({
  WECOM_AIBOT_ID: WECOM_AIBOT.botId,
  WECOM_AIBOT_TOKEN: WECOM_AIBOT.token,
  WECOM_AIBOT_AES_KEY: WECOM_AIBOT.aesKey,
  WECOM_BASE_URL: baseUrl,
});

interface Keys {
  readonly token: string;
  readonly aesKey: string;
}

const keyOf = (aesKey: string) => Buffer.from(`${aesKey}=`, 'base64');

export function encryptFor(
  aesKey: string,
  text: string,
  receiveId: string,
  random: Uint8Array = randomBytes(16),
): string {
  const key = keyOf(aesKey);
  const message = Buffer.from(text, 'utf8');
  const length = Buffer.alloc(4);
  length.writeUInt32BE(message.length);
  const plain = Buffer.concat([random, length, message, Buffer.from(receiveId)]);
  const pad = 32 - (plain.length % 32);
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([cipher.update(Buffer.concat([plain, Buffer.alloc(pad, pad)])), cipher.final()]).toString(
    'base64',
  );
}

export function decryptFrom(aesKey: string, encrypted: string): string {
  const key = keyOf(aesKey);
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const plain = Buffer.concat([decipher.update(Buffer.from(encrypted, 'base64')), decipher.final()]);
  return plain.subarray(20, 20 + plain.readUInt32BE(16)).toString('utf8');
}

const sign = (token: string, timestamp: string, nonce: string, encrypted: string) =>
  createHash('sha1').update([token, timestamp, nonce, encrypted].sort().join('')).digest('hex');

export interface DeliveryOptions {
  readonly keys?: Keys;
  readonly receiveId?: string;
  readonly encrypt?: boolean;
  /** `wrong`: signed with another token. */
  readonly sign?: boolean | 'wrong';
  readonly ageSeconds?: number;
  readonly now?: number;
}

export interface Delivered {
  readonly method: 'GET' | 'POST';
  readonly query: URLSearchParams;
  readonly body: string;
}

const seal = (text: string, keys: Keys, receiveId: string, options: DeliveryOptions) => {
  const { sign: signing = true, ageSeconds = 0, now = Date.now() } = options;
  const encrypted = encryptFor((options.keys ?? keys).aesKey, text, options.receiveId ?? receiveId);
  const timestamp = String(Math.floor(now / 1000) - ageSeconds);
  const nonce = randomBytes(5).toString('hex');
  const token = signing === 'wrong' ? 'anotherToken' : (options.keys ?? keys).token;
  const query = new URLSearchParams(
    signing ? { msg_signature: sign(token, timestamp, nonce, encrypted), timestamp, nonce } : {},
  );
  return { encrypted, query };
};

/** A callback of the self-built app. */
export function appDelivery(xml: string, options: DeliveryOptions = {}): Delivered {
  const { encrypted, query } = seal(xml, WECOM_APP, WECOM_APP.corpId, options);
  const inside =
    options.encrypt === false ? xml.replace(/<\/?xml>/g, '') : `<Encrypt><![CDATA[${encrypted}]]></Encrypt>`;
  return {
    method: 'POST',
    query,
    body: `<xml><ToUserName><![CDATA[${WECOM_APP.corpId}]]></ToUserName><AgentID><![CDATA[${WECOM_APP.agentId}]]></AgentID>${inside}</xml>`,
  };
}

/** A callback of the AI bot. */
export function aibotDelivery(body: unknown, options: DeliveryOptions = {}): Delivered {
  const { encrypted, query } = seal(JSON.stringify(body), WECOM_AIBOT, '', options);
  return { method: 'POST', query, body: JSON.stringify(options.encrypt === false ? body : { encrypt: encrypted }) };
}

/** The check of an address. */
export function checkDelivery(echo: string, kind: 'app' | 'aibot' = 'app', options: DeliveryOptions = {}): Delivered {
  const keys = kind === 'app' ? WECOM_APP : WECOM_AIBOT;
  const { encrypted, query } = seal(echo, keys, kind === 'app' ? WECOM_APP.corpId : '', options);
  query.set('echostr', encrypted);
  return { method: 'GET', query, body: '' };
}

export const deliverTo = (url: string, { method, query, body }: Delivered): Promise<Response> =>
  fetch(`${url}?${query}`, method === 'GET' ? {} : { method, body, headers: { 'content-type': 'text/xml' } });

let count = 4561255354251345929n;
const nextId = () => String((count += 1n));

const cdata = (text: string) => `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;

const flat = (fields: Readonly<Record<string, string | number | undefined>>) =>
  Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `<${name}>${typeof value === 'number' ? value : cdata(value!)}</${name}>`)
    .join('');

interface Fields {
  readonly [name: string]: string | number | undefined;
}

const common = (): Fields => ({
  ToUserName: WECOM_APP.corpId,
  FromUserName: 'ZhangSan',
  CreateTime: Math.floor(Date.now() / 1000),
  AgentID: WECOM_APP.agentId,
});

/** A text of a member to the app; `fields` change what WeCom would have said. */
export const textXml = (text: string, fields: Fields = {}) =>
  `<xml>${flat({ ...common(), MsgType: 'text', Content: text, MsgId: nextId(), ...fields })}</xml>`;

/** A file of a member to the app, as far as its shape is known. */
export const fileXml = (name: string, media: string, fields: Fields = {}) =>
  `<xml>${flat({ ...common(), MsgType: 'file', MediaId: media, FileName: name, MsgId: nextId(), ...fields })}</xml>`;

export const eventXml = (event: string, fields: Fields = {}, inner = '') =>
  `<xml>${flat({ ...common(), MsgType: 'event', Event: event, ...fields })}${inner}</xml>`;

export const pressXml = (key: string, fields: Fields = {}, inner = '') =>
  eventXml(
    'template_card_event',
    { EventKey: key, TaskId: 'task1', CardType: 'button_interaction', ResponseCode: 'code-1', ...fields },
    inner,
  );

const aibotCommon = (): Json => ({
  msgid: `CAIQ${nextId()}`,
  aibotid: WECOM_AIBOT.botId,
  chattype: 'single',
  from: { userid: 'ZhangSan' },
});

export const aibotText = (text: string, more: Json = {}): Json => ({
  ...aibotCommon(),
  msgtype: 'text',
  text: { content: text },
  ...more,
});

export const aibotGroupText = (text: string, more: Json = {}): Json =>
  aibotText(text, { chattype: 'group', chatid: 'wrkSFfCgAAgroup', ...more });

/** A file to the bot: an address, over the long connection with a key of its own. */
export const aibotFile = (url: string, more: Json = {}, aeskey?: string): Json => ({
  ...aibotCommon(),
  msgtype: 'file',
  file: { url, ...(aeskey && { aeskey }) },
  ...more,
});

/** A file's content as WeCom lays it out: the bytes and the padding, nothing else. */
export function sealedFile(bytes: Uint8Array, aesKey: string = WECOM_AIBOT.aesKey): Buffer {
  const key = Buffer.from(`${aesKey.slice(0, 43)}=`, 'base64');
  const padding = 32 - (bytes.length % 32);
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([cipher.update(bytes), cipher.update(Buffer.alloc(padding, padding)), cipher.final()]);
}

export const aibotPoll = (id: string): Json => ({ ...aibotCommon(), msgtype: 'stream', stream: { id } });

export const aibotEvent = (eventtype: string, event: Json = {}, more: Json = {}): Json => ({
  ...aibotCommon(),
  msgtype: 'event',
  event: { eventtype, ...event },
  ...more,
});

export const aibotPress = (key: string, task: string, more: Json = {}): Json =>
  aibotEvent(
    'template_card_event',
    { template_card_event: { card_type: 'button_interaction', event_key: key, task_id: task } },
    more,
  );

/** What the bot answered, opened and checked as WeCom does. */
export function openReply(body: string): Json | undefined {
  if (body === '') return undefined;
  const { encrypt, msgsignature, timestamp, nonce } = JSON.parse(body) as Record<string, string>;
  if (sign(WECOM_AIBOT.token, String(timestamp), nonce!, encrypt!) !== msgsignature)
    throw new Error('reply not signed');
  return JSON.parse(decryptFrom(WECOM_AIBOT.aesKey, encrypt!)) as Json;
}
