import type { Outgoing } from '../../src/domain/message.ts';
import type { Notebook } from '../../src/ports/notebook.ts';
import type { HandedFile, Platform, Sent } from '../../src/ports/platform.ts';
import { noteActions } from '../shared/action-keys.ts';
import { noteChoices } from '../shared/choices.ts';
import { downloadedIn } from '../wecom-shared/files.ts';
import { chosenWords, noteCard } from '../wecom-shared/sent-cards.ts';
import { isMalformed, toldPlainly, toUnsent } from '../wecom-shared/errors.ts';
import { perMinute, type Limiter } from '../shared/limiter.ts';
import { noteProgress, progressOf, sendFrom } from '../shared/progress.ts';
import type { Body, WecomAppClient } from './client.ts';
import { cardSent } from './followed.ts';
import { composed, type Composed, type Step } from './compose.ts';
import { PRESSED, pressedNote } from './hear.ts';
import { sayWorking, takeNoticeBack } from './notices.ts';
import { delivered, place, sendFile } from './place.ts';

/** To one member, from one app; more is dropped by WeCom in silence. */
export const PER_MINUTE = 30;

interface Means {
  readonly client: WecomAppClient;
  readonly notebook: Notebook;
  readonly limiter: Limiter;
}

/**
 * Says replies as an app. A long answer is several messages, papers are files after it; how many are out is noted, so
 * that another try goes on where the last one ended.
 */
export function wecomAppPlatform(
  client: WecomAppClient,
  notebook: Notebook,
  limiter: Limiter = perMinute(PER_MINUTE),
): Platform {
  const means = { client, notebook, limiter };
  return {
    name: 'wecom-app',
    handsOver: true,
    async working(answer, now) {
      if (limiter.take(answer.conversation.id, now) === 0)
        await sayWorking(answer, client, notebook, now).catch(() => {});
    },
    async send(outgoing, now, files = []) {
      const sent = await say(outgoing, now, files);
      if (sent.kind === 'sent') await takeNoticeBack(outgoing.key, client, notebook, now).catch(() => {});
      return sent;
    },
    async download({ key }, most) {
      const answer = await client.media(key, most);
      return answer.ok ? downloadedIn(answer) : { kind: 'not-fetched', why: toldPlainly(answer) };
    },
  };

  async function say(outgoing: Outgoing, now: number, files: readonly HandedFile[]): Promise<Sent> {
    const said = composed(outgoing);
    const first = await progressOf(notebook, outgoing.key, now);
    const steps = [...said.steps, ...files.map((file) => ({ file }))];
    const note = (out: number) => noteProgress(notebook, outgoing.key, out, now);
    if (first === 0) {
      if (outgoing.conversation.kind === 'direct') await noteComposed(notebook, outgoing, said, now);
      if (await replaced(means, outgoing, said, now)) {
        if (files.length === 0) return { kind: 'sent' };
        await note(said.steps.length);
      }
    }
    const from = first === 0 ? await progressOf(notebook, outgoing.key, now) : first;
    return sendFrom(from, steps, note, (step) => sendStep(step, outgoing, means, now));
  }
}

const noteComposed = async (notebook: Notebook, outgoing: Outgoing, said: Composed, now: number): Promise<void> =>
  void (await Promise.all([
    noteChoices(notebook, outgoing, said.numbered, now),
    noteActions(notebook, outgoing.reply.card?.actions ?? [], now),
    noteCard(notebook, said.pressable, now),
  ]));

/** After a press the card itself becomes the answer where it has the room; else its buttons go and the answer follows. */
async function replaced(
  { client, notebook }: Means,
  { replyTo, conversation }: Outgoing,
  { whole }: Composed,
  now: number,
): Promise<boolean> {
  if (!replyTo?.startsWith(PRESSED)) return false;
  const code = replyTo.slice(PRESSED.length);
  const label = await notebook.read(pressedNote(code), now);
  const word = typeof label === 'string' ? chosenWords(label) : '已收到';
  const answer = await client.updateCard(conversation.id, code, whole ? { card: whole } : { word });
  return answer.ok && whole !== undefined;
}

type Part = Step | { readonly file: HandedFile };

async function sendStep(part: Part, outgoing: Outgoing, means: Means, now: number): Promise<Sent> {
  const wait = means.limiter.take(outgoing.conversation.id, now);
  if (wait > 0) return { kind: 'try-later', after: now + wait, why: `每位成员每分钟最多 ${PER_MINUTE} 条` };
  if ('file' in part) return sendFile(part.file, outgoing, means.client, now);
  const { body, plain } = part;
  const answer = await place(body, outgoing, means.client);
  if (answer.ok) {
    if (plain) await cardSent(outgoing, answer, means, now).catch(() => {});
    return delivered(answer);
  }
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
