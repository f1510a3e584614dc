import { createCipheriv, createHash, randomBytes, randomUUID } from 'node:crypto';

/** What Feishu pushes to us: the app it pushes for, its events, encrypted and signed. */
export type Json = Readonly<Record<string, unknown>>;

export const FEISHU_APP = {
  appId: 'cli_0123456789abcdef',
  appSecret: 'loopback-app-secret',
  encryptKey: 'loopback-encrypt-key',
  verificationToken: 'loopback-verification-token',
} as const;

export const feishuEnv = (baseUrl: string) => ({
  FEISHU_APP_ID: FEISHU_APP.appId,
  FEISHU_APP_SECRET: FEISHU_APP.appSecret,
  FEISHU_ENCRYPT_KEY: FEISHU_APP.encryptKey,
  FEISHU_VERIFICATION_TOKEN: FEISHU_APP.verificationToken,
  FEISHU_BASE_URL: baseUrl,
});

export interface DeliveryOptions {
  readonly encryptKey?: string;
  readonly encrypt?: boolean;
  /** `wrong`: signed with another key. */
  readonly sign?: boolean | 'wrong';
  readonly ageSeconds?: number;
  readonly now?: number;
  /** Laid out over several lines: the signature is over the bytes, whatever they look like. */
  readonly pretty?: boolean;
}

/** What Feishu would send: encrypted and signed, unless told otherwise. */
export function delivery(
  event: unknown,
  options: DeliveryOptions = {},
): { headers: Record<string, string>; body: string } {
  const { encryptKey = FEISHU_APP.encryptKey, encrypt = true, sign = true, ageSeconds = 0, now = Date.now() } = options;
  const shown = encrypt ? { encrypt: encryptFor(encryptKey, JSON.stringify(event)) } : event;
  const body = JSON.stringify(shown, undefined, options.pretty ? 2 : 0);
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  if (!sign) return { headers, body };
  const timestamp = String(Math.floor(now / 1000) - ageSeconds);
  const nonce = randomBytes(8).toString('hex');
  const key = sign === 'wrong' ? 'another-key' : encryptKey;
  const signature = createHash('sha256')
    .update(timestamp + nonce + key + body, 'utf8')
    .digest('hex');
  const signed = {
    'x-lark-request-timestamp': timestamp,
    'x-lark-request-nonce': nonce,
    'x-lark-signature': signature,
  };
  return { headers: { ...headers, ...signed }, body };
}

export const deliver = (url: string, event: unknown, options?: DeliveryOptions): Promise<Response> =>
  fetch(url, { method: 'POST', ...delivery(event, options) });

export function encryptFor(encryptKey: string, text: string, iv: Uint8Array = randomBytes(16)): string {
  const cipher = createCipheriv('aes-256-cbc', createHash('sha256').update(encryptKey, 'utf8').digest(), iv);
  return Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final()]).toString('base64');
}

/** The envelope of a version 2.0 event of our app. */
export const envelope = <Event>(type: string, event: Event, header: Json = {}) => ({
  schema: '2.0',
  header: {
    event_id: randomUUID(),
    event_type: type,
    create_time: String(Date.now()),
    token: FEISHU_APP.verificationToken,
    app_id: FEISHU_APP.appId,
    tenant_key: 'tenant_1',
    ...header,
  },
  event,
});

/** A text message; `message` and `header` change what Feishu would have said. */
export const textEvent = (text: string, message: Json = {}, header: Json = {}, from = 'ou_zhang') =>
  envelope(
    'im.message.receive_v1',
    {
      sender: { sender_id: { open_id: from, union_id: `on_${from}` }, sender_type: 'user', tenant_key: 'tenant_1' },
      message: {
        message_id: `om_${randomUUID()}`,
        create_time: String(Date.now()),
        chat_id: 'oc_direct',
        chat_type: 'p2p',
        message_type: 'text',
        content: JSON.stringify({ text }),
        ...message,
      },
    },
    header,
  );

/** A file; its bytes wait at the loopback server under the key (`files`). */
export const fileEvent = (name: string, key: string, message: Json = {}, from = 'ou_zhang') =>
  textEvent(
    '',
    { message_type: 'file', content: JSON.stringify({ file_key: key, file_name: name }), ...message },
    {},
    from,
  );

/** A pressed button of one of our cards, or a sent form. */
export const pressEvent = (value: unknown, action: Json = {}, from = 'ou_zhang') =>
  envelope('card.action.trigger', {
    operator: { tenant_key: 'tenant_1', open_id: from, union_id: `on_${from}` },
    token: 'c-0123456789',
    action: { tag: 'button', value, ...action },
    host: 'im_message',
    context: { open_message_id: 'om_card', open_chat_id: 'oc_group' },
  });
