import type { Reply } from '../domain/message.ts';

/** A text without what marks and joins its lines. */
const bare = (text: string): string => text.replace(/[\s·•【】：:。；]/g, '');

/**
 * A reply for a platform that shows the card in place of the text: what the text says beyond the card, such as what has
 * just been done, goes before the card's summary. A ruling's text says what its card says and adds nothing; a model's
 * words have a place of their own.
 */
export function withItsWords(reply: Reply): Reply {
  const { card, text, worded } = reply;
  if (!card || worded !== undefined) return reply;
  const lines = card.sections.flatMap((s) => [s.heading, ...s.lines]);
  const said = bare([card.title, card.summary, ...lines, card.footer ?? ''].join(' '));
  const [first = '', ...more] = text.split('\n');
  if (said.includes(bare(first))) return reply;
  const beside = [first, ...more.filter((line) => !said.includes(bare(line)))].join('\n').trim();
  const summary = [beside, card.summary].filter((words) => words !== '').join('\n');
  return { ...reply, card: { ...card, summary } };
}
