import type { Conversation, Outgoing } from '../../src/domain/message.ts';
import type { Notebook } from '../../src/ports/notebook.ts';
import type { Platform, Sent } from '../../src/ports/platform.ts';
import { NO_ANSWER, type Answer } from '../wecom-shared/api.ts';
import { noteChoices } from '../wecom-shared/choices.ts';
import { toUnsent } from '../wecom-shared/errors.ts';
import { perMinute, type Limiter } from '../wecom-shared/limiter.ts';
import { noteProgress, progressOf, sendFrom } from '../wecom-shared/progress.ts';
import { composed, noteCard } from './cards.ts';
import { dropPlaceholder, type Exchange, type Line } from './exchange.ts';
import { PRESSED } from './hear.ts';
import { streamFrame, streamIdOf } from './streams.ts';

/** In one chat, replies and pushes together. */
export const PER_MINUTE = 30;
/** The frame is not known any more, or its stream is older than six minutes: the answer is pushed instead. */
const TOO_LATE = new Set([846605, 846608]);

type Step = (line: Line) => Promise<Answer>;

/** Says replies over the long connection: the words as the stream of the question, buttons as a card after it. */
export function aibotSocketPlatform(
  exchange: Exchange,
  notebook: Notebook,
  limiter: Limiter = perMinute(PER_MINUTE),
): Platform {
  return {
    name: 'wecom-aibot',
    async send(outgoing, now) {
      const { conversation, key } = outgoing;
      const { ready, numbered } = composed(outgoing, true);
      const first = await progressOf(notebook, key, now);
      if (first === 0)
        await Promise.all([noteChoices(notebook, outgoing, numbered, now), noteCard(notebook, ready.card, now)]);
      const card = { msgtype: 'template_card', template_card: ready.card };
      const steps: Step[] = [
        (line) => words(line, outgoing, ready.content, exchange),
        ...(ready.card ? [(line: Line) => push(line, conversation, card)] : []),
      ];
      const note = (out: number) => noteProgress(notebook, key, out, now);
      return sendFrom(first, steps, note, (step) => take(step, exchange, limiter, conversation.id, now));
    },
  };
}

async function take(step: Step, { line }: Exchange, limiter: Limiter, chat: string, now: number): Promise<Sent> {
  if (!line) return toUnsent({ ok: false, code: NO_ANSWER, status: 0, message: '长连接未建立' }, now);
  const wait = limiter.take(chat, now);
  if (wait > 0) return { kind: 'try-later', after: now + wait, why: `每个会话每分钟最多 ${PER_MINUTE} 条` };
  const answer = await step(line);
  return answer.ok ? { kind: 'sent' } : toUnsent(answer, now);
}

async function words(
  line: Line,
  { replyTo, conversation }: Outgoing,
  content: string,
  exchange: Exchange,
): Promise<Answer> {
  const pushed = () => push(line, conversation, { msgtype: 'markdown', markdown: { content } });
  if (replyTo === undefined || replyTo.startsWith(PRESSED)) return pushed();
  dropPlaceholder(exchange, replyTo);
  const answer = await line.reply(replyTo, streamFrame(streamIdOf(replyTo), content, true));
  return !answer.ok && TOO_LATE.has(answer.code) ? pushed() : answer;
}

const push = (line: Line, { kind, id }: Conversation, body: Readonly<Record<string, unknown>>): Promise<Answer> =>
  line.push(id, { ...body, chat_type: kind === 'group' ? 2 : 1 });
