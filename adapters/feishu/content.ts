import { parseJson, type Mention } from './shapes.ts';

/**
 * The words of a message. open.feishu.cn › 接收消息内容结构: `content` is a JSON string whose form depends on the
 * message type; mentions stand in it as `@_user_1`, resolved through the event's `mentions`.
 */

/** What was written, placeholders included; nothing for a kind of message that has no words (picture, file, …). */
export function wordsOf(type: string, content: string): string | undefined {
  if (type !== 'text' && type !== 'post') return undefined;
  const body = parseJson(content);
  return type === 'text' ? textIn(body, 'text') : postWords(body);
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

function textIn(value: unknown, name: string): string {
  const text = isObject(value) ? value[name] : undefined;
  return typeof text === 'string' ? text : '';
}

/** A received post has no locale around it, and an `at` holds the placeholder, not an id. */
function postWords(post: unknown): string {
  const lines = isObject(post) && Array.isArray(post['content']) ? post['content'] : [];
  return [textIn(post, 'title'), ...lines.map(lineWords)].filter((line) => line !== '').join('\n');
}

const lineWords = (line: unknown): string => (Array.isArray(line) ? line.map(pieceWords).join('') : '');

function pieceWords(piece: unknown): string {
  switch (isObject(piece) ? piece['tag'] : undefined) {
    case 'text':
    case 'a':
    case 'code_block':
      return textIn(piece, 'text');
    case 'at':
      return textIn(piece, 'user_id');
    default:
      return '';
  }
}

/**
 * Which account is this bot. `known` comes from Feishu. Until it is known (or when asking fails), the first mention
 * marked as a bot is taken for ours, or the first not marked at all: the usual scope delivers only group messages that
 * name this bot, so silence would be the likelier mistake. Display names are never compared: anyone can copy one.
 */
export function botAmong(mentions: readonly Mention[], known: string | undefined): string | undefined {
  if (known !== undefined) return known;
  const likely = mentions.find((m) => m.mentioned_type === 'bot') ?? mentions.find((m) => !m.mentioned_type);
  return likely?.id?.open_id ?? undefined;
}

const isOf = (mention: Mention, bot: string | undefined) => bot !== undefined && mention.id?.open_id === bot;

export const isNamed = (mentions: readonly Mention[], bot: string | undefined): boolean =>
  mentions.some((mention) => isOf(mention, bot));

/** The words with the bot's own mention and @all removed and every other mention as a name. */
export function withNames(words: string, mentions: readonly Mention[], bot: string | undefined): string {
  const names = new Map(mentions.map((m) => [m.key, isOf(m, bot) ? '' : plainName(m.name)]));
  const named = words.replace(/@_all(?![a-z])|@_user_(\d{1,6})/g, (whole, digits?: string) =>
    digits === undefined ? '' : (nameFor(digits, names) ?? whole),
  );
  return named
    .replace(/[^\S\n]{2,}/g, ' ')
    .replaceAll('\n ', '\n')
    .trim();
}

/** `@_user_1` directly followed by a typed `2026` reads `@_user_12026`: the longest key that exists is meant. */
function nameFor(digits: string, names: ReadonlyMap<string, string>): string | undefined {
  for (let length = digits.length; length > 0; length--) {
    const name = names.get(`@_user_${digits.slice(0, length)}`);
    if (name !== undefined) return name + digits.slice(length);
  }
  return undefined;
}

const plainName = (name: string | null | undefined) => (name ?? '').replace(/[\p{Cc}\p{Cf}]/gu, '').slice(0, 50);
