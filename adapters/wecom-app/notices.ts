import type { Outgoing } from '../../src/domain/message.ts';
import type { Notebook } from '../../src/ports/notebook.ts';
import type { WecomAppClient } from './client.ts';

/** “Being worked on”, for an answer that takes longer; it is taken back when the answer is out. */
const KEPT_MS = 24 * 3_600_000;
const WORKING = '收到，正在办，请稍候。';
/** Equal requests within so many seconds are delivered once; two questions may be waiting at the same time. */
const REPEAT_S = 1;

const noteOf = (key: string) => `notice:${key}`;

export async function sayWorking(
  { key, conversation }: Pick<Outgoing, 'key' | 'conversation'>,
  client: WecomAppClient,
  notebook: Notebook,
  now: number,
): Promise<void> {
  if (conversation.kind === 'group' || (await notebook.read(noteOf(key), now)) !== undefined) return;
  const answer = await client.send(conversation.id, { msgtype: 'text', text: { content: WORKING } }, REPEAT_S);
  if (answer.ok) await notebook.write(noteOf(key), answer.body['msgid'] ?? '', now + KEPT_MS);
}

/** What goes wrong here leaves a line too many, nothing else. */
export async function takeNoticeBack(
  key: string,
  client: WecomAppClient,
  notebook: Notebook,
  now: number,
): Promise<void> {
  const id = await notebook.read(noteOf(key), now);
  if (typeof id !== 'string' || id === '') return;
  await client.recall(id);
  await notebook.write(noteOf(key), '', now + KEPT_MS);
}
