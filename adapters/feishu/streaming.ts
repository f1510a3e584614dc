import * as z from 'zod/mini';
import type { Outgoing } from '../../src/domain/message.ts';
import type { Notebook } from '../../src/ports/notebook.ts';
import { plainText } from './card-element.ts';
import { cardParts } from './cards.ts';
import type { FeishuClient } from './client.ts';
import { verdictOn } from './errors.ts';
import type { Answer } from './http.ts';
import { shortened } from '../shared/shortened.ts';

/**
 * An answer that takes longer: first a card that says so, in streaming mode, then the words typed into it, then the whole
 * card. open.feishu.cn › 流式更新卡片. The card is noted under the answer's key, so that whoever sends the answer, after
 * a restart too, ends it; streaming mode left open ends by itself after some minutes.
 */
const KEPT_MS = 60 * 60_000;
const ELEMENT = 'answer';
const PLACEHOLDER = '正在查规则、写答复，请稍候…';
/** Operations of one try; the next begins after them, as the sequence of a card must rise. */
const STEPS = 10;

type Place = (body: { msg_type: 'interactive'; content: string; uuid: string }) => Promise<Answer>;
const noteShape = z.object({ card: z.string(), sequence: z.number(), message: z.optional(z.string()) });

export interface Streaming {
  begin(key: string, place: Place, now: number): Promise<void>;
  /** The message that now shows the answer; nothing where none was begun or the card cannot be had any more. */
  end(outgoing: Outgoing, now: number): Promise<{ readonly messageId: string; readonly answer: Answer } | undefined>;
}

export function streamingCards(client: FeishuClient, notebook: Notebook): Streaming {
  const noted = async (key: string, now: number) =>
    z.safeParse(noteShape, await notebook.read(`working:${key}`, now)).data;
  const note = (key: string, what: z.infer<typeof noteShape>, now: number) =>
    notebook.write(`working:${key}`, what, now + KEPT_MS);

  return {
    async begin(key, place, now) {
      const before = await noted(key, now);
      if (before?.message !== undefined) return;
      const card = before?.card ?? idIn(await client.cards.create(WAITING), 'card_id');
      if (card === undefined) return;
      await note(key, { card, sequence: 0 }, now);
      const content = JSON.stringify({ type: 'card', data: { card_id: card } });
      const message = idIn(await place({ msg_type: 'interactive', content, uuid: `w${key.slice(-49)}` }), 'message_id');
      if (message !== undefined) await note(key, { card, sequence: 0, message }, now);
    },

    async end(outgoing, now) {
      const begun = await noted(outgoing.key, now);
      if (begun?.message === undefined) return undefined;
      const { card, message, sequence } = begun;
      await note(outgoing.key, { card, message, sequence: sequence + STEPS }, now);
      const answer = await finish(client, outgoing, card, sequence);
      if (!answer.ok && verdictOn(answer) === 'later') return { messageId: message, answer };
      return answer.ok ? { messageId: message, answer } : undefined;
    },
  };
}

/** Types the words, leaves streaming mode, shows the whole. Only the last has to succeed. */
async function finish(client: FeishuClient, outgoing: Outgoing, card: string, from: number): Promise<Answer> {
  const { reply, conversation } = outgoing;
  const said = reply.worded ?? reply.card?.summary ?? reply.text;
  const shown = reply.card ?? { title: '答复', tone: 'neutral', summary: '', sections: [], actions: [] };
  const head = reply.card ? reply.worded : reply.text;
  const whole = cardParts({ card: shown, head }, conversation)?.[0];
  const typed = await client.cards.write(card, ELEMENT, shortened(said === '' ? reply.text : said, 5000), from + 1);
  if (!typed.ok && verdictOn(typed) === 'later') return typed;
  await client.cards.configure(card, { streaming_mode: false }, from + 2);
  return whole === undefined ? typed : client.cards.replace(card, whole, from + 3);
}

function idIn(answer: Answer, name: string): string | undefined {
  const data = answer.ok ? (answer.body['data'] as Readonly<Record<string, unknown>> | undefined) : undefined;
  const id = data?.[name];
  return typeof id === 'string' && /^[\w-]{1,120}$/.test(id) ? id : undefined;
}

const WAITING = JSON.stringify({
  schema: '2.0',
  config: { update_multi: true, streaming_mode: true, summary: { content: '正在答复…' } },
  body: { elements: [{ tag: 'div', text: { ...plainText(PLACEHOLDER), element_id: ELEMENT } }] },
});
