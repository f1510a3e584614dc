import * as z from 'zod/mini';
import { meantBy } from '../../../adapters/shared/meant.ts';
import type { Conversation, InboundMessage } from '../../../src/domain/message.ts';
import type { Notebook } from '../../../src/ports/notebook.ts';
import { EXAMPLE } from './capabilities.ts';

/** The platform's own shape, as far as it is read. */
export const eventShape = z.object({
  id: z.string().check(z.regex(/^[\w-]{1,64}$/)),
  kind: z.string(),
  from: z.string().check(z.regex(/^[\w-]{1,64}$/)),
  room: z.optional(z.string().check(z.regex(/^[\w-]{1,64}$/))),
  named: z.optional(z.boolean()),
  text: z.optional(z.string().check(z.maxLength(20_000))),
  at: z.number(),
});
export type Event = z.infer<typeof eventShape>;

/** A message in our own words; nothing for what is not said to us. */
export async function hear(
  event: Event,
  app: string,
  notebook: Notebook,
  now: number,
): Promise<InboundMessage | undefined> {
  const { id, kind, from, room, named, at } = event;
  if (from === app || (room !== undefined && (!named || kind !== 'text'))) return undefined;
  if (kind !== 'text' && kind !== 'picture') return undefined;
  const conversation: Conversation = room === undefined ? { kind: 'direct', id: from } : { kind: 'group', id: room };
  const text = (event.text ?? '').replace(/^@\S+\s*/, '').trim();
  const listener = { notebook, platform: EXAMPLE, conversation, from, messageId: id };
  return {
    id: `${EXAMPLE}:${app}:${id}`,
    platform: EXAMPLE,
    app,
    conversation,
    from,
    text,
    addressed: true,
    ...(await meantBy(text, listener, now)),
    messageId: id,
    sentAt: at,
    receivedAt: now,
  };
}
