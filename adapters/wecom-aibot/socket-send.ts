import type { Conversation, Outgoing } from '../../src/domain/message.ts';
import type { Notebook } from '../../src/ports/notebook.ts';
import type { HandedFile, Platform, Sent } from '../../src/ports/platform.ts';
import { inOrder, noteChoices, numberedLines } from '../shared/choices.ts';
import { perMinute, type Limiter } from '../shared/limiter.ts';
import { noteProgress, progressOf, sendFrom } from '../shared/progress.ts';
import { failed, NO_ANSWER, type Answer } from '../wecom-shared/api.ts';
import { isMalformed, toUnsent } from '../wecom-shared/errors.ts';
import { escapeMarkdown } from '../wecom-shared/escape.ts';
import { mediaIdIn } from '../wecom-shared/files.ts';
import { composed, noteComposed } from './cards.ts';
import { hasSpoken, howToReach, noteUnreached } from './contacts.ts';
import { dropPlaceholder, type Exchange, type Line } from './exchange.ts';
import { PRESSED } from './hear.ts';
import { closedNote, streamFrame, streamIdOf } from './streams.ts';

/** In one chat, replies and pushes together. */
export const PER_MINUTE = 30;
/** The frame is not known any more, or its stream is older than six minutes: the answer is pushed instead. */
const TOO_LATE = new Set([846605, 846608]);

type Step = (line: Line, now: number) => Promise<Answer>;

/** Says replies over the long connection: the words as the stream of the question, then a card to press, then files. */
export function aibotSocketPlatform(
  exchange: Exchange,
  notebook: Notebook,
  limiter: Limiter = perMinute(PER_MINUTE),
): Platform {
  return {
    name: 'wecom-aibot',
    handsOver: true,
    async send(outgoing, now, files = []) {
      const { conversation, key } = outgoing;
      const said = composed(outgoing, true);
      const { content, card } = said.ready;
      const first = await progressOf(notebook, key, now);
      if (first === 0) await noteComposed(notebook, outgoing, said, now);
      const steps: Step[] = [
        (line) => words(line, outgoing, content, { exchange, notebook, now }),
        ...(card ? [(line: Line) => pressable(line, outgoing, card, { notebook, now })] : []),
        ...files.map((file) => (line: Line) => handOver(line, conversation, file)),
      ];
      const note = (out: number) => noteProgress(notebook, key, out, now);
      const sent = await sendFrom(first, steps, note, (step) => take(step, exchange, limiter, conversation.id, now));
      return sent.kind === 'undeliverable' && outgoing.replyTo === undefined
        ? unasked(sent, outgoing, notebook, now)
        : sent;
    },
  };
}

/** Refused without anybody having spoken there: the operator is told what to do about it. */
async function unasked(
  sent: Extract<Sent, { kind: 'undeliverable' }>,
  { conversation }: Outgoing,
  notebook: Notebook,
  now: number,
): Promise<Sent> {
  if (await hasSpoken(notebook, conversation, now)) return sent;
  await noteUnreached(notebook, conversation, now);
  return { kind: 'undeliverable', why: `${howToReach(conversation)}（${sent.why}）` };
}

async function take(step: Step, { line }: Exchange, limiter: Limiter, chat: string, now: number): Promise<Sent> {
  if (!line) return toUnsent({ ok: false, code: NO_ANSWER, status: 0, message: '长连接未建立' }, now);
  const wait = limiter.take(chat, now);
  if (wait > 0) return { kind: 'try-later', after: now + wait, why: `每个会话每分钟最多 ${PER_MINUTE} 条` };
  const answer = await step(line, now);
  return answer.ok ? { kind: 'sent' } : toUnsent(answer, now);
}

interface Means {
  readonly notebook: Notebook;
  readonly now: number;
}

async function words(
  line: Line,
  { replyTo, conversation }: Outgoing,
  content: string,
  { exchange, notebook, now }: Means & { readonly exchange: Exchange },
): Promise<Answer> {
  const pushed = () => push(line, conversation, { msgtype: 'markdown', markdown: { content } });
  if (!replyTo || replyTo.startsWith(PRESSED)) return pushed();
  dropPlaceholder(exchange, replyTo);
  const id = streamIdOf(replyTo);
  if ((await notebook.read(closedNote(id), now)) === true) return pushed();
  const answer = await line.reply(replyTo, streamFrame(id, content, true));
  const tooLate = !answer.ok && TOO_LATE.has(answer.code);
  if (answer.ok || tooLate) await exchange.streams?.finished(replyTo);
  return tooLate ? pushed() : answer;
}

/** The card, or its choices as numbers where WeCom does not take it. */
async function pressable(
  line: Line,
  outgoing: Outgoing,
  card: Readonly<Record<string, unknown>>,
  { notebook, now }: Means,
): Promise<Answer> {
  const answer = await push(line, outgoing.conversation, { msgtype: 'template_card', template_card: card });
  const { card: offered, text } = outgoing.reply;
  if (answer.ok || !isMalformed(answer) || !offered) return answer;
  const numbered = inOrder(offered.actions);
  await noteChoices(notebook, outgoing, numbered, now);
  const inWords = card['card_type'] === 'multiple_interaction' ? text.split('\n') : numberedLines(numbered);
  return push(line, outgoing.conversation, {
    msgtype: 'markdown',
    markdown: { content: inWords.map(escapeMarkdown).join('\n\n') },
  });
}

async function handOver(line: Line, conversation: Conversation, file: HandedFile): Promise<Answer> {
  const uploaded = await line.upload(file);
  const media_id = mediaIdIn(uploaded);
  if (!uploaded.ok) return uploaded;
  return media_id === undefined
    ? failed(NO_ANSWER, 'no media id')
    : push(line, conversation, { msgtype: 'file', file: { media_id } });
}

const push = (line: Line, { kind, id }: Conversation, body: Readonly<Record<string, unknown>>): Promise<Answer> =>
  line.push(id, { ...body, chat_type: kind === 'group' ? 2 : 1 });
