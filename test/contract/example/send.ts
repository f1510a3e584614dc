import { cardIn, cardLines, type Markup } from '../../../adapters/shared/card-lines.ts';
import { inOrder, noteChoices, numberedLines } from '../../../adapters/shared/choices.ts';
import { perMinute } from '../../../adapters/shared/limiter.ts';
import { partsOf } from '../../../adapters/shared/parts.ts';
import { noteProgress, progressOf, sendFrom } from '../../../adapters/shared/progress.ts';
import type { Outgoing } from '../../../src/domain/message.ts';
import type { Notebook } from '../../../src/ports/notebook.ts';
import type { Platform, Sent } from '../../../src/ports/platform.ts';
import { EXAMPLE, MOST_BYTES, PER_MINUTE } from './capabilities.ts';

const TIMEOUT_MS = 3000;
/** `@name` calls somebody there; there is no way to escape it but another character. */
const escape = (text: string): string => text.replaceAll('@', '＠');
const PLAIN: Markup = { escape, heading: (words) => `【${escape(words)}】`, link: ({ text }) => escape(text) };

export function examplePlatform(base: string, notebook: Notebook): Platform {
  const limiter = perMinute(PER_MINUTE);

  async function say(text: string, step: number, { conversation, key, replyTo }: Outgoing, now: number): Promise<Sent> {
    const wait = limiter.take(conversation.id, now);
    if (wait > 0) return { kind: 'try-later', after: now + wait, why: `每分钟最多 ${PER_MINUTE} 条` };
    const { kind, id } = conversation;
    const said = { [kind === 'group' ? 'room' : 'to']: id, text, key: `${key}-${step}`, under: replyTo };
    const status = await fetch(`${base}/say`, {
      method: 'POST',
      body: JSON.stringify(said),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).then(
      (response) => response.status,
      () => 0,
    );
    if (status === 200) return { kind: 'sent' };
    if (status === 410) return { kind: 'undeliverable', why: 'the person has left', gone: true };
    const passing = status === 0 || status === 429 || status >= 500;
    const why = `HTTP ${status}`;
    return passing ? { kind: 'try-later', after: now + 1000, why } : { kind: 'undeliverable', why };
  }

  return {
    name: EXAMPLE,
    async send(outgoing, now) {
      const { reply, key } = outgoing;
      const card = cardIn(reply);
      const numbered = card ? inOrder(card.actions) : [];
      const lines = card ? [...cardLines(card, PLAIN), ...numberedLines(numbered)] : escape(reply.text).split('\n');
      const first = await progressOf(notebook, key, now);
      if (first === 0) await noteChoices(notebook, outgoing, numbered, now);
      const steps = partsOf(lines, MOST_BYTES).map((text, index) => ({ text, index }));
      const note = (out: number) => noteProgress(notebook, key, out, now);
      return sendFrom(first, steps, note, ({ text, index }) => say(text, index, outgoing, now));
    },
  };
}
