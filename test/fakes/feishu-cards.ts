import { randomUUID } from 'node:crypto';
import type { Json } from '../feishu/deliveries.ts';

/** A message as it stands in a chat now; a card may have changed since it was sent. */
export interface Standing {
  readonly id: string;
  readonly type: string;
  content: Json;
}

export interface CardEntity {
  readonly id: string;
  content: Json;
  sequence: number;
  /** The message it was sent with: an entity is sent once. */
  message?: Standing;
}

/** Cards of the loopback Feishu: changing a sent one, and CardKit's entities. open.feishu.cn › 更新已发送的消息卡片, 流式更新卡片. */
export function feishuCards(sent: readonly Standing[]) {
  const entities = new Map<string, CardEntity>();
  const updates: { readonly id: string; readonly content: Json }[] = [];

  function show(message: Standing, content: Json): Json {
    message.content = content;
    updates.push({ id: message.id, content });
    return { code: 0, msg: 'success', data: {} };
  }

  /** PATCH: both cards must be shared ones. */
  function update(id: string, body: Json): Json {
    const message = sent.find((one) => one.id === id);
    if (!message) return { code: 230110, msg: 'message has been deleted' };
    if (message.type !== 'interactive') return { code: 230001, msg: 'not a card' };
    const content = JSON.parse(String(body['content'])) as Json;
    return isShared(content) ? show(message, content) : { code: 230001, msg: 'update_multi must be true' };
  }

  function create(body: Json): Json {
    const content = JSON.parse(String(body['data'])) as Json;
    if (body['type'] !== 'card_json' || !isShared(content)) return { code: 300302, msg: 'update_multi false' };
    const id = randomUUID().slice(0, 18);
    entities.set(id, { id, content, sequence: 0 });
    return { code: 0, msg: 'success', data: { card_id: id } };
  }

  /** What the message shows: its own card, or the entity it was sent with. Nothing for an entity sent before. */
  function sentWith(content: Json, message: (shown: Json) => Standing): boolean {
    const id = (content['data'] as Json | undefined)?.['card_id'];
    if (typeof id !== 'string') return (message(content), true);
    const entity = entities.get(id);
    if (!entity || entity.message) return false;
    entity.message = message(entity.content);
    return true;
  }

  function change(method: string, path: string, body: Json): Json {
    const [, , , , id = '', part, element = ''] = path.split('/').slice(0);
    const entity = entities.get(id);
    if (!entity) return { code: 200740, msg: 'no such card' };
    const sequence = Number(body['sequence']);
    if (!Number.isInteger(sequence) || sequence <= entity.sequence) return { code: 300317, msg: 'sequence' };
    entity.sequence = sequence;
    const next = changed(entity.content, method, part, element, body);
    if (!next) return { code: 300309, msg: 'streaming is closed' };
    entity.content = next;
    return entity.message ? show(entity.message, next) : { code: 0, msg: 'success', data: {} };
  }

  return { update, create, change, sentWith, updates, entities };
}

const isShared = (card: Json) => (card['config'] as Json | undefined)?.['update_multi'] === true;
const isStreaming = (card: Json) => (card['config'] as Json)['streaming_mode'] === true;

/** The card after one operation; nothing where it is not streaming and would have to be. */
function changed(card: Json, method: string, part: string | undefined, element: string, body: Json): Json | undefined {
  if (part === 'elements') return isStreaming(card) ? withText(card, element, String(body['content'])) : undefined;
  if (part === 'settings' && method === 'PATCH') {
    const { config } = JSON.parse(String(body['settings'])) as { config: Json };
    return { ...card, config: { ...(card['config'] as Json), ...config } };
  }
  return JSON.parse(String((body['card'] as Json)['data'])) as Json;
}

function withText(part: Json, element: string, text: string): Json {
  return JSON.parse(JSON.stringify(part), (_, value: Json | null) =>
    value && typeof value === 'object' && value['element_id'] === element ? { ...value, content: text } : value,
  ) as Json;
}
