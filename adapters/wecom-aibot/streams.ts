import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import type { Notebook } from '../../src/ports/notebook.ts';
import type { TemplateCard } from '../wecom-shared/template-card.ts';

/**
 * Answers that WeCom fetches. After our first frame its client asks again and again, with the stream's id, until a frame
 * says `finish`; six minutes after the question it gives up (流式消息刷新, 101031). The notes may be read by another
 * process than wrote them.
 */
export interface Ready {
  readonly content: string;
  readonly card?: TemplateCard;
}

export interface Streams {
  /** A question has come; `url` takes one late answer within an hour. */
  open(id: string, url: string | undefined, now: number): Promise<void>;
  /** The answer, for the next time the client asks; tells whether it no longer will. */
  answer(id: string, ready: Ready, now: number): Promise<'fetched later' | 'too late'>;
  /** What to say to a client that asks now. */
  frame(id: string, now: number): Promise<unknown>;
  /** Where a late answer, or that to a press, may be posted. */
  urlFor(id: string, now: number): Promise<string | undefined>;
}

/** The same for every repeat of a message, so that a repeat gets the same stream. */
export const streamIdOf = (messageId: string): string =>
  createHash('sha256').update(messageId).digest('hex').slice(0, 32);

/** Half a minute before WeCom does. */
export const GIVE_UP_MS = 330_000;
const KEPT_MS = 3_600_000;
const PLACEHOLDER = '正在查规则，请稍候…';
export const LATE = '这个问题还要一点时间，答好后发在这里。';
const LOST = '这条答复没有留住，请把问题再发一遍。';

const openShape = z.object({ at: z.number(), url: z.optional(z.string()) });
const readyShape = z.object({ content: z.string(), card: z.optional(z.record(z.string(), z.unknown())) });

/** Marks a stream that was finished without its answer. */
export const closedNote = (id: string): string => `closed:${id}`;

export const streamFrame = (id: string, content: string, finish: boolean) => ({
  msgtype: 'stream',
  stream: { id, finish, content },
});

export const firstFrame = (id: string) => streamFrame(id, PLACEHOLDER, false);

function lastFrame(id: string, { content, card }: Ready): unknown {
  const stream = { id, finish: true, content };
  return card ? { msgtype: 'stream_with_template_card', stream, template_card: card } : { msgtype: 'stream', stream };
}

export function streamsIn(notebook: Notebook): Streams {
  const opened = async (id: string, now: number) =>
    z.safeParse(openShape, await notebook.read(`stream:${id}`, now)).data;
  const ready = async (id: string, now: number) =>
    z.safeParse(readyShape, await notebook.read(`answer:${id}`, now)).data;
  return {
    open: (id, url, now) => notebook.write(`stream:${id}`, { at: now, url }, now + KEPT_MS),
    async answer(id, { content, card }, now) {
      await notebook.write(`answer:${id}`, { content, card }, now + KEPT_MS);
      return (await notebook.read(closedNote(id), now)) === true ? 'too late' : 'fetched later';
    },
    async frame(id, now) {
      const answer = await ready(id, now);
      if (answer) return lastFrame(id, answer as Ready);
      const question = await opened(id, now);
      if (!question) return streamFrame(id, LOST, true);
      if (now - question.at < GIVE_UP_MS) return firstFrame(id);
      // First the mark, then another look: whoever writes the answer does it the other way round, so one sees the other.
      await notebook.write(closedNote(id), true, now + KEPT_MS);
      const after = await ready(id, now);
      return after ? lastFrame(id, after as Ready) : streamFrame(id, LATE, true);
    },
    urlFor: async (id, now) => (await opened(id, now))?.url,
  };
}
