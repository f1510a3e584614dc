import * as z from 'zod/mini';
import type { Outgoing } from '../../src/domain/message.ts';
import type { Notebook } from '../../src/ports/notebook.ts';
import type { Answer } from '../wecom-shared/api.ts';
import { taskIdOf } from '../wecom-shared/template-card.ts';
import type { WecomAppClient } from './client.ts';
import { PRESSED } from './hear.ts';

/**
 * Cards about one record: when a newer one goes to the same member, the older no longer offers what is past. Sending
 * gives a code that updates the card once within 72 hours (更新模版卡片消息, 94888).
 */
const KEPT_MS = 72 * 3_600_000;
const OLDER = '有新进展，见下方';

const noteShape = z.object({ code: z.string(), task: z.string() });

/** To be told of a card that was sent; what goes wrong here costs the older card's change, nothing else. */
export async function cardSent(
  { reply: { follows }, conversation, key, replyTo }: Outgoing,
  answer: Extract<Answer, { ok: true }>,
  { client, notebook }: { readonly client: WecomAppClient; readonly notebook: Notebook },
  now: number,
): Promise<void> {
  const code = answer.body['response_code'];
  if (follows === undefined || conversation.kind === 'group' || typeof code !== 'string') return;
  const note = `newest:wecom-app:${conversation.id.toLowerCase()}:${follows}`;
  const before = z.safeParse(noteShape, await notebook.read(note, now)).data;
  const task = taskIdOf(key);
  await notebook.write(note, { code, task }, now + KEPT_MS);
  // A pressed card already shows what was chosen on it.
  if (before && before.task !== task && !replyTo?.startsWith(PRESSED))
    await client.updateCard(conversation.id, before.code, { word: OLDER });
}
