import type { Webhook } from '../../src/ports/platform.ts';
import { aibotDelivery, aibotText, appDelivery, checkDelivery, type Delivered, textXml } from './deliveries.ts';
import { NOW, readBy } from './reading.ts';

/** What came of it: every kind of reading, and what was thrown. */
export interface Fuzzed {
  readonly kinds: Readonly<Record<string, number>>;
  readonly thrown: readonly unknown[];
}

/** A small generator, so that a run can be repeated by its seed. */
function numbers(seed: number) {
  let state = seed >>> 0 || 1;
  return (below: number) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

type Next = (below: number) => number;
type Mutation = (delivered: Delivered, next: Next) => Delivered;

const changed = (text: string, next: Next): string => {
  if (text === '') return 'x';
  const at = next(text.length);
  const other = String.fromCharCode(33 + ((text.charCodeAt(at) - 33 + 1 + next(90)) % 94));
  return text.slice(0, at) + (other === text[at] ? '~' : other) + text.slice(at + 1);
};
const without =
  (name: string): Mutation =>
  ({ query, ...rest }) => {
    const other = new URLSearchParams(query);
    other.delete(name);
    return { ...rest, query: other };
  };
const queryChanged: Mutation = ({ query, ...rest }, next) => {
  const names = [...query.keys()];
  const name = names[next(names.length)]!;
  const other = new URLSearchParams(query);
  other.set(name, changed(other.get(name)!, next));
  return { ...rest, query: other };
};
/** The encrypted text, in the body or the query. */
const cipherChanged: Mutation = (delivered, next) => {
  const { body } = delivered;
  const cipher = /[A-Za-z0-9+/=]{60,}/.exec(body);
  if (!cipher) return queryChanged(delivered, next);
  const end = cipher.index + cipher[0].length;
  return { ...delivered, body: body.slice(0, cipher.index) + changed(cipher[0], next) + body.slice(end) };
};
const truncated: Mutation = (delivered, next) =>
  delivered.body === ''
    ? without('msg_signature')(delivered, next)
    : { ...delivered, body: delivered.body.slice(0, next(Math.floor(delivered.body.length * 0.9))) };
const junk: Mutation = (delivered, next) => ({
  ...delivered,
  method: 'POST',
  body: Array.from({ length: next(200) }, () => String.fromCharCode(next(0x3000))).join(''),
});

const MUTATIONS: readonly Mutation[] = [
  queryChanged,
  cipherChanged,
  truncated,
  junk,
  without('msg_signature'),
  without('timestamp'),
  without('nonce'),
];

/** Good deliveries with something wrong about each; none of them may be taken in. */
export async function fuzz(
  hooks: Readonly<Record<'app' | 'bot', Webhook>>,
  runs: number,
  seed: number,
): Promise<Fuzzed> {
  const next = numbers(seed);
  const good = {
    app: [appDelivery(textXml('谁来定'), { now: NOW }), checkDelivery('echo', 'app', { now: NOW })],
    bot: [aibotDelivery(aibotText('谁来定'), { now: NOW }), checkDelivery('echo', 'aibot', { now: NOW })],
  };
  const kinds: Record<string, number> = {};
  const thrown: unknown[] = [];
  for (let run = 0; run < runs; run++) {
    const way = next(2) === 0 ? 'app' : 'bot';
    const delivered = MUTATIONS[next(MUTATIONS.length)]!(good[way][next(4) === 0 ? 1 : 0]!, next);
    try {
      const { kind } = await readBy(hooks[way], delivered);
      kinds[kind] = (kinds[kind] ?? 0) + 1;
    } catch (error) {
      thrown.push(error);
    }
  }
  return { kinds, thrown };
}
