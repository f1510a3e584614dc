import { Buffer } from 'node:buffer';
import { delivery, pressEvent, textEvent } from '../test/feishu/deliveries.ts';
import {
  aibotDelivery,
  aibotGroupText,
  aibotPress,
  aibotText,
  appDelivery,
  type Delivered,
  pressXml,
  textXml,
  WECOM_AIBOT,
  WECOM_APP,
} from '../test/wecom/deliveries.ts';

/** One request as it arrives. */
export interface Sent {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

interface Means {
  readonly seeds: readonly Sent[];
  readonly random: () => number;
  readonly pick: <T>(list: readonly T[]) => T;
}

type Attack = (genuine: Sent, means: Means) => Sent;

const SEEDS = 200;
const ASKED = '招一名编外保安要上党委会吗？';
const DAY_S = 24 * 3600;

const wecom = ({ method, query, body }: Delivered): Sent => ({
  method,
  query: String(query),
  headers: { 'content-type': 'text/xml' },
  body,
});
const feishu = (event: unknown, options = {}): Sent => ({ method: 'POST', query: '', ...delivery(event, options) });

/** Two presses each of one card's button: the second is passed over, and must be when it comes again too. */
function pressed(n: number): unknown {
  const event = pressEvent({ action: 'help', kind: 'direct' });
  const context = { open_message_id: `om_card_${Math.floor(n / 6)}`, open_chat_id: 'oc_direct' };
  return { ...event, event: { ...event.event, context } };
}

/** Genuine callbacks, each heard once before the attack begins. */
export function seedsFor(platform: string): readonly Sent[] {
  const make: Readonly<Record<string, (n: number) => Sent>> = {
    feishu: (n) => feishu(n % 3 ? textEvent(ASKED) : pressed(n)),
    'wecom-app': (n) => wecom(appDelivery(n % 3 ? textXml(ASKED) : pressXml('help', { TaskId: `task${n}` }))),
    'wecom-aibot': (n) =>
      wecom(
        aibotDelivery(
          n % 3 ? (n % 2 ? aibotText(ASKED) : aibotGroupText(`@议事 ${ASKED}`)) : aibotPress('help', `t${n}`),
        ),
      ),
  };
  return Array.from({ length: SEEDS }, (_, n) => make[platform]!(n));
}

const bytesOf = (body: Sent['body']): Buffer => Buffer.from(body as Uint8Array);
const at = (length: number, random: () => number) => Math.floor(random() * length);

function changed(text: string, { random }: Means, times: number): string {
  const bytes = Buffer.from(text, 'latin1');
  for (let n = 0; n < times && bytes.length > 0; n++) bytes[at(bytes.length, random)] = 33 + at(94, random);
  return bytes.toString('latin1');
}

/** What an attacker makes of callbacks that were overheard, or of nothing. None of it may be taken for a new message. */
export const HOSTILE: Readonly<Record<string, Attack>> = {
  重放: (genuine) => genuine,
  截断: (genuine, { random }) => {
    const bytes = bytesOf(genuine.body);
    return { ...genuine, body: bytes.subarray(0, at(bytes.length, random)) };
  },
  改字节: (genuine, { random }) => {
    const bytes = Buffer.from(bytesOf(genuine.body));
    for (let n = 0; n <= at(8, random); n++) bytes[at(bytes.length, random)] = at(256, random);
    return { ...genuine, body: bytes };
  },
  改签名: (genuine, means) => {
    const headers = Object.fromEntries(
      Object.entries(genuine.headers).map(([name, value]) => [
        name,
        name.startsWith('x-') ? changed(value, means, 2) : value,
      ]),
    );
    return { ...genuine, headers, query: changed(genuine.query, means, 2) };
  },
  张冠李戴: (genuine, { pick, seeds }) => {
    const { headers, query } = pick(seeds.filter((s) => s !== genuine));
    return { ...genuine, headers, query };
  },
  挪数字: (genuine, { random }) => {
    const moved = (time: string, nonce: string): [string, string] =>
      random() < 0.5 ? [time + nonce.slice(0, 1), nonce.slice(1)] : [time.slice(0, -1), time.slice(-1) + nonce];
    const query = new URLSearchParams(genuine.query);
    const [time, nonce] = moved(query.get('timestamp') ?? '', query.get('nonce') ?? '');
    if (query.has('timestamp')) {
      query.set('timestamp', time);
      query.set('nonce', nonce);
    }
    const headers = { ...genuine.headers };
    const stamp = 'x-lark-request-timestamp';
    if (headers[stamp])
      [headers[stamp], headers['x-lark-request-nonce']] = moved(headers[stamp], headers['x-lark-request-nonce']!);
    return { ...genuine, headers, query: String(query) };
  },
  调换字段: (genuine) => ({ ...genuine, body: reordered(String(genuine.body)) }),
  重复参数: (genuine, { pick, seeds }) => ({
    ...genuine,
    query: `${pick(seeds).query}&${genuine.query}`,
    body: pick(seeds).body,
  }),
  去掉签名: (genuine) => ({ ...genuine, query: '', headers: { 'content-type': 'application/json' } }),
  换钥匙: (_, { pick }) => pick(forged('wrong')),
  过期: (_, { pick }) => pick(forged('old')),
  明文: (_, { pick }) => pick(forged('plain')),
  乱码: (_, { random }) => ({
    method: random() < 0.9 ? 'POST' : 'GET',
    query: `msg_signature=${random()}&timestamp=${at(2e9, random)}&nonce=${at(1e9, random)}&echostr=${random()}`,
    headers: { 'x-lark-signature': String(random()), 'x-lark-request-timestamp': String(at(2e9, random)) },
    body: Buffer.from(Array.from({ length: at(600, random) }, () => at(256, random))),
  }),
  怪结构: (_, { pick }) => pick(STRANGE),
  过大: (genuine, { random }) =>
    random() < 0.02 ? { ...genuine, body: 'x'.repeat(300 * 1024) } : { ...genuine, body: `${String(genuine.body)} ` },
};

/** The same fields in another order; what is signed in one piece no longer fits, what is not stays the same message. */
function reordered(body: string): string {
  if (body.startsWith('<xml>'))
    return body.replace(/<xml>(<ToUserName>.*?<\/ToUserName>)(.*)<\/xml>/s, '<xml>$2$1</xml>');
  return JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(body) as object).toReversed()), undefined, 1);
}

const KEYS = { token: WECOM_APP.token, aesKey: WECOM_AIBOT.aesKey };
const ways = {
  wrong: { sign: 'wrong' },
  old: { ageSeconds: 2 * DAY_S },
  plain: { encrypt: false, sign: false },
} as const;
const made = new Map<string, readonly Sent[]>();
/** Messages nobody sent, as somebody would make them who has not got the keys. */
function forged(way: keyof typeof ways): readonly Sent[] {
  const known = made.get(way);
  if (known) return known;
  const options = ways[way];
  const all = Array.from({ length: 20 }, () => [
    feishu(textEvent(ASKED), options),
    feishu(textEvent(ASKED, {}, { app_id: 'cli_another' }), { sign: 'wrong' }),
    wecom(appDelivery(textXml(ASKED), options)),
    wecom(appDelivery(textXml(ASKED), { keys: KEYS })),
    wecom(appDelivery(textXml(ASKED), { receiveId: 'wwanother' })),
    wecom(aibotDelivery(aibotText(ASKED), options)),
    wecom(aibotDelivery(aibotText(ASKED), { keys: KEYS })),
    wecom(aibotDelivery(aibotText(ASKED), { receiveId: 'another' })),
  ]).flat();
  made.set(way, all);
  return all;
}

const json = (body: unknown): Sent => ({
  method: 'POST',
  query: 'msg_signature=a&timestamp=1700000000&nonce=1',
  headers: { 'content-type': 'application/json', 'x-lark-signature': 'a', 'x-lark-request-timestamp': '1700000000' },
  body: typeof body === 'string' ? body : JSON.stringify(body),
});
const STRANGE: readonly Sent[] = [
  json('{"__proto__":{"admin":true},"encrypt":"AAAA"}'),
  json('{"constructor":{"prototype":{"x":1}}}'),
  json('['.repeat(50_000)),
  json(`${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`),
  json({ encrypt: 'A'.repeat(200_000) }),
  json({ encrypt: { toString: 'x' } }),
  json({ type: 'url_verification', token: 'guess', challenge: 'x' }),
  json({ encrypt: null }),
  json('null'),
  json('""'),
  json('<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><xml><Encrypt>&b;</Encrypt></xml>'),
  json(`<xml>${'<a>'.repeat(30_000)}</xml>`),
  json('<xml><Encrypt><![CDATA[AAAA]]></Encrypt></xml>'),
  { ...json(''), method: 'GET', query: `echostr=${'A'.repeat(4000)}&msg_signature=a&timestamp=1700000000&nonce=1` },
  { ...json(''), method: 'PUT' },
];
