import type { InboundMessage } from '../domain/message.ts';
import type { Platform } from '../ports/platform.ts';
import { officeCommand } from './office-turn.ts';

/** What was said, with the words quoted where they are wanted. */
export interface WithQuote {
  readonly text: string;
  readonly quoted?: string;
}

/**
 * Quoted words are looked up for commands only, which may take them up; a message that is nothing but a quotation asks
 * what is quoted. A quoted command is never run.
 */
export async function withQuote(
  { text, action, file, quotes }: InboundMessage,
  platform: Platform | undefined,
): Promise<WithQuote> {
  if (!quotes || action || file) return { text };
  const bare = text.trim() === '';
  if (!bare && !officeCommand({ text, dialogue: null })) return { text };
  const words = 'text' in quotes ? quotes.text : await platform?.textOf?.(quotes.messageId).catch(() => undefined);
  if (words === undefined || words.trim() === '') return { text };
  if (!bare) return { text, quoted: words };
  return { text: /^\s*[/／!！]/.test(words) ? '' : words };
}
