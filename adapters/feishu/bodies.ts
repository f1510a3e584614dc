import type { Outgoing } from '../../src/domain/message.ts';
import { partsOf } from '../shared/parts.ts';
import { cardParts } from './cards.ts';
import type { MessageBody } from './client.ts';
import { escapeText } from './escape.ts';

/** The request may hold 150 KB; a reader of one message far less. */
const MOST_BYTES = 30_000;

/** A reply as Feishu's messages: as cards where there is one that fits, and as words in any case. */
export function bodiesOf({ reply, conversation, key }: Outgoing): {
  readonly cards?: readonly MessageBody[];
  readonly texts: readonly MessageBody[];
} {
  const { card, worded, text } = reply;
  const cards = card && cardParts({ card, head: worded }, conversation);
  const said = partsOf(escapeText(text === '' ? '（没有文字）' : text).split('\n'), MOST_BYTES);
  const texts = said.map((part, at): MessageBody => ({
    msg_type: 'text',
    content: JSON.stringify({ text: part }),
    uuid: partKey(cards ? textKey(key) : key, at),
  }));
  if (!cards) return { texts };
  return {
    cards: cards.map((content, at) => ({ msg_type: 'interactive', content, uuid: partKey(key, at) })),
    texts,
  };
}

/** A key of its own, the same on every try. The end of a key tells steps apart, so a long one loses its beginning. */
const textKey = (key: string) => `t${key.slice(-49)}`;
const partKey = (key: string, at: number) => (at === 0 ? key : `p${at}${key.slice(-47)}`);
