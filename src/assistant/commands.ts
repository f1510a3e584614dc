import { halfWidth } from '../domain/half-width.ts';
import type { Said } from '../office/command.ts';
import { COMMANDS } from '../office/commands.ts';

/** What a text asks for by name: a command of the office, one of our own, or a slash nobody knows. */
export type Asked =
  | { readonly kind: 'office'; readonly name: string; readonly said: Said }
  | { readonly kind: 'help' | 'cancel' }
  | { readonly kind: 'unknown'; readonly hint: string };

type Named = readonly [name: string, aliases: readonly string[]];
const OWN: readonly Named[] = [
  ['帮助', ['help', '?', '？', '菜单', '怎么用']],
  ['取消', ['cancel', '算了']],
];
const NAMED: readonly Named[] = [...OWN, ...COMMANDS.map((c): Named => [c.name, c.aliases])];
/** Every word with the command it stands for, longest first: `/议程` is not `/议` with a rest. */
const WORDS = NAMED.flatMap(([name, aliases]) =>
  [name, ...aliases].map((word) => ({ word: word.toLowerCase(), name })),
).toSorted((a, b) => b.word.length - a.word.length);
/** Said without a slash, and with nothing else, these are meant as commands. */
const BARE: ReadonlySet<string> = new Set([
  '帮助',
  'help',
  '?',
  '？',
  '取消',
  'cancel',
  '菜单',
  '待办',
  '我的待办',
  '清单',
]);

/** How many changes make one word of the other; a swap of neighbours is one. */
function distance(a: string, b: string): number {
  const rows = [[...b, ''].map((_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const change = rows[i - 1]![j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const best = Math.min(rows[i - 1]![j]! + 1, row[j - 1]! + 1, change);
      row.push(swapped ? Math.min(best, rows[i - 2]![j - 2]! + 1) : best);
    }
    rows.push(row);
  }
  return rows[a.length]![b.length]!;
}

const nearest = (word: string) =>
  WORDS.map((w) => ({ ...w, far: distance(word.slice(0, w.word.length + 1), w.word) })).toSorted(
    (a, b) => a.far - b.far,
  )[0]!;

/**
 * The command a text is; `null` for ordinary text. No platform completes commands, so they are read forgivingly: full-width
 * slashes, blanks, case and a missing blank after the name do not matter. A path or a web address is no command.
 */
export function commandOf(text: string, values: Readonly<Record<string, string>> = {}): Asked | null {
  const plain = halfWidth(text).trim();
  const slash = /^[/!！]\s*(\S*)\s*([\s\S]*)$/.exec(plain);
  if (!slash) return BARE.has(plain.toLowerCase()) ? asked(wordFor(plain)!.name, '', values) : null;
  const [, first = '', after = ''] = slash;
  if (first === '' || /^[\w.-]+\//.test(first)) return null;
  const found = wordFor(first);
  const near = nearest(first.toLowerCase());
  if (found && !mistyped(first, found.word, near))
    return asked(found.name, `${first.slice(found.word.length)} ${after}`.trim(), values);
  return {
    kind: 'unknown',
    hint: `没有“/${first.slice(0, 20)}”这个命令；您是不是想用 /${near.name}？发“帮助”看全部命令。`,
  };
}

/** `/议提` is `/议题` mistyped rather than `/议` with a rest. */
const mistyped = (first: string, word: string, near: { word: string; far: number }): boolean =>
  [...word].length === 1 && /^[\u3400-\u9fff]{2}$/.test(first) && [...near.word].length === 2 && near.far === 1;

/** A name fits whole; a Chinese one also when the rest follows without a blank. */
const wordFor = (first: string) => {
  const lower = first.toLowerCase();
  return WORDS.find((w) => lower === w.word || (/[\u3400-\u9fff]/.test(w.word) && lower.startsWith(w.word)));
};

function asked(name: string, words: string, values: Readonly<Record<string, string>>): Asked {
  if (name === '帮助') return { kind: 'help' };
  if (name === '取消') return { kind: 'cancel' };
  return { kind: 'office', name, said: { words, values } };
}

/** Ordinary words that ask for an agenda item: 把校服的事提上会. A question about it is no such wish. */
const RAISES = /(?:提上会|提交?上会|上会讨论|上会研究|列入议题|列个议题|(?:提|报|拟|起草)(?:一)?个?议题)/;
const ASKS = /[吗嘛呢?？]|要不要|需不需要|是否|怎么|如何|谁|哪|什么|能不能|可不可以|还是/;
export const wantsItem = (text: string): boolean => RAISES.test(text) && !ASKS.test(text);
