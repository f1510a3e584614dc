import * as z from 'zod/mini';
import type { Outgoing } from '../../src/domain/message.ts';
import type { Notebook } from '../../src/ports/notebook.ts';
import type { Platform, Sent } from '../../src/ports/platform.ts';
import type { Answer } from '../wecom-shared/api.ts';
import { noteChoices } from '../wecom-shared/choices.ts';
import { isMalformed, toUnsent } from '../wecom-shared/errors.ts';
import { perMinute, type Limiter } from '../wecom-shared/limiter.ts';
import { noteProgress, progressOf, sendFrom } from '../wecom-shared/progress.ts';
import type { Body, WecomAppClient } from './client.ts';
import { composed, type Composed, type Step } from './compose.ts';
import { PRESSED } from './hear.ts';

/** To one member, from one app; more is dropped by WeCom in silence. */
export const PER_MINUTE = 30;

interface Means {
  readonly client: WecomAppClient;
  readonly notebook: Notebook;
  readonly limiter: Limiter;
}

/**
 * Says replies as an app. A long answer is several messages; how many are out is noted, so that another try goes on
 * where the last one ended.
 */
export function wecomAppPlatform(
  client: WecomAppClient,
  notebook: Notebook,
  limiter: Limiter = perMinute(PER_MINUTE),
): Platform {
  const means = { client, notebook, limiter };
  return {
    name: 'wecom-app',
    async send(outgoing, now) {
      const said = composed(outgoing);
      const first = await progressOf(notebook, outgoing.key, now);
      if (first === 0) {
        if (outgoing.conversation.kind === 'direct') await noteChoices(notebook, outgoing, said.numbered, now);
        if (await replaced(client, outgoing, said)) return { kind: 'sent' };
      }
      const note = (out: number) => noteProgress(notebook, outgoing.key, out, now);
      return sendFrom(first, said.steps, note, (step) => sendStep(step, outgoing, means, now));
    },
  };
}

/** After a press the card itself becomes the answer where it has the room; else its buttons go and the answer follows. */
async function replaced(
  client: WecomAppClient,
  { replyTo, conversation }: Outgoing,
  { whole }: Composed,
): Promise<boolean> {
  if (!replyTo?.startsWith(PRESSED)) return false;
  const to = whole ? { card: whole } : { word: '已收到' };
  const answer = await client.updateCard(conversation.id, replyTo.slice(PRESSED.length), to);
  return answer.ok && whole !== undefined;
}

async function sendStep({ body, plain }: Step, outgoing: Outgoing, means: Means, now: number): Promise<Sent> {
  const wait = means.limiter.take(outgoing.conversation.id, now);
  if (wait > 0) return { kind: 'try-later', after: now + wait, why: `每位成员每分钟最多 ${PER_MINUTE} 条` };
  const answer = await place(body, outgoing, means.client);
  if (answer.ok) return delivered(answer);
  if (!plain || !isMalformed(answer)) return toUnsent(answer, now);
  await noteChoices(means.notebook, outgoing, plain.numbered, now);
  return inWords(plain.bodies, outgoing, means.client, now);
}

async function inWords(
  bodies: readonly Body[],
  outgoing: Outgoing,
  client: WecomAppClient,
  now: number,
): Promise<Sent> {
  for (const body of bodies) {
    const answer = await place(body, outgoing, client);
    if (!answer.ok) return toUnsent(answer, now);
  }
  return { kind: 'sent' };
}

const place = (body: Body, { conversation, key }: Outgoing, client: WecomAppClient): Promise<Answer> =>
  conversation.kind === 'group'
    ? client.sendToGroup(conversation.id, body)
    : client.send(conversation.id, body, repeatSeconds(key));

const responseShape = z.object({ invaliduser: z.optional(z.string()), msgid: z.optional(z.string()) });

/** A member who cannot be reached is told in a success. */
function delivered({ body }: Extract<Answer, { ok: true }>): Sent {
  const { invaliduser, msgid } = z.safeParse(responseShape, body).data ?? {};
  if (invaliduser) return { kind: 'undeliverable', why: '成员不在应用的可见范围，或已离职' };
  return msgid === undefined ? { kind: 'sent' } : { kind: 'sent', messageId: msgid };
}

/**
 * WeCom delivers equal requests once within an interval we name; that covers an answer of theirs that got lost. The
 * interval is a number made from the key: a retry carries the same, while another question with the same answer makes
 * another request. Short, in case the interval itself is not compared.
 */
function repeatSeconds(key: string): number {
  let sum = 0;
  for (const character of key) sum = (sum * 31 + character.charCodeAt(0)) % 240;
  return 60 + sum;
}
