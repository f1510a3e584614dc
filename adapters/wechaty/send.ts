import type { CardAction, Conversation, Outgoing } from '../../src/domain/message.ts';
import type { Notebook } from '../../src/ports/notebook.ts';
import type { Platform, Sent } from '../../src/ports/platform.ts';
import { cardIn, cardLines, shownAddress, type Markup } from '../shared/card-lines.ts';
import { inOrder, noteChoices, numberedLines } from '../shared/choices.ts';
import { perMinute } from '../shared/limiter.ts';
import { partsOf } from '../shared/parts.ts';
import { noteProgress, progressOf, sendFrom } from '../shared/progress.ts';
import { download } from './file.ts';
import type { Contact, Line } from './shapes.ts';
import { within } from './within.ts';

/** No limit is documented; the same as WeCom's markdown, which every client shows whole. */
export const MOST_BYTES = 4096;
/** In one chat, and of the whole account: far below what a busy person writes, as volume is what gets accounts banned. */
export const PER_MINUTE = 10;
const ACCOUNT_PER_MINUTE = 30;
const OFFLINE_WAIT_MS = 15_000;
/** A puppet that says nothing of what became of a message is not waited for any longer. */
const MOST_SAY_MS = 30_000;

/** The time a person takes to write, in milliseconds. */
const writingTime = () => 1000 + Math.random() * 2000;

/** Says replies as a person's account does: plain text, choices as numbers, not too fast. */
export function wechatyPlatform(line: Line, notebook: Notebook, takes: () => number = writingTime): Platform {
  const limiters = [
    { of: ({ id }: Conversation) => id, limiter: perMinute(PER_MINUTE) },
    { of: () => 'account', limiter: perMinute(ACCOUNT_PER_MINUTE) },
  ];

  async function say(text: string, outgoing: Outgoing, now: number): Promise<Sent> {
    const later = (ms: number, why: string): Sent => ({ kind: 'try-later', after: now + ms, why });
    if (!line.now) return later(OFFLINE_WAIT_MS, '没有登录');
    for (const { of, limiter } of limiters) {
      const wait = limiter.take(of(outgoing.conversation), now);
      if (wait > 0) return later(wait, `每个会话每分钟最多 ${PER_MINUTE} 条，整个账号最多 ${ACCOUNT_PER_MINUTE} 条`);
    }
    await new Promise((done) => setTimeout(done, takes()));
    try {
      return (await within(MOST_SAY_MS, put(text, outgoing, line)))
        ? { kind: 'sent' }
        : later(60_000, '找不到这个会话');
    } catch (error) {
      return later(0, String(error).slice(0, 200));
    }
  }

  return {
    name: 'wechaty',
    download: (file, most) => download(line, file, most),
    async send(outgoing, now) {
      const { texts, numbered } = composed(outgoing);
      const first = await progressOf(notebook, outgoing.key, now);
      if (first === 0) await noteChoices(notebook, outgoing, numbered, now);
      const note = (out: number) => noteProgress(notebook, outgoing.key, out, now);
      const steps = texts.map((text, index) => ({ text, ...(index > 0 && { more: true }) }));
      return sendFrom(first, steps, note, ({ text, more }) =>
        say(text, more ? { ...outgoing, replyTo: '' } : outgoing, now),
      );
    },
  };
}

/** In a room the answer names who asked, as long as the puppet still knows the question. */
async function put(text: string, { conversation: { kind, id }, replyTo }: Outgoing, line: Line): Promise<boolean> {
  const bot = line.now?.bot;
  if (kind === 'direct') {
    const contact = await bot?.Contact.find({ id });
    await contact?.say(text);
    return contact !== undefined;
  }
  const room = await bot?.Room.find({ id });
  const question = replyTo ? await bot?.Message.find({ id: replyTo }).catch(() => undefined) : undefined;
  const asker: Contact[] = question ? [question.talker()] : [];
  await room?.say(text, ...asker);
  return room !== undefined;
}

/** Tabs and line breaks are text, other control characters and the mark that ends a mention are not. */
const plain = (text: string): string => text.replace(/[\u0000-\u0008\u000b-\u001f\u007f\u2005]/g, ' ');

const PLAIN: Markup = {
  escape: plain,
  heading: (words) => `【${plain(words)}】`,
  link: ({ text, url }) => [plain(text), shownAddress(url)].filter(Boolean).join(' '),
};

const NAME_ME = '（在群里请 @ 我，再写编号）';

function composed({ reply, conversation }: Outgoing): {
  readonly texts: readonly string[];
  readonly numbered: readonly CardAction[];
} {
  const [card, { text }] = [cardIn(reply), reply];
  if (!card) return { texts: partsOf(plain(text).split('\n'), MOST_BYTES), numbered: [] };
  const numbered = inOrder(card.actions);
  const hint = conversation.kind === 'group' && numbered.length > 0 ? [NAME_ME] : [];
  const lines = [...cardLines(card, PLAIN), ...numberedLines(numbered), ...hint];
  return { texts: partsOf(lines, MOST_BYTES), numbered };
}
