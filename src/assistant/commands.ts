/** Commands are plain text with a slash: no platform completes them, so they are read forgivingly. */
export type Command =
  | { readonly name: 'help' | 'cancel' | 'draft'; readonly rest: string }
  | { readonly name: 'unknown'; readonly hint: string };

const NAMES: readonly (readonly [Exclude<Command['name'], 'unknown'>, readonly string[]])[] = [
  ['help', ['帮助', 'help', '?', '菜单', '怎么用']],
  ['cancel', ['取消', 'cancel', '算了']],
  ['draft', ['议题', 'draft', '起草议题']],
];
const BARE = new Set(['帮助', 'help', '取消', 'cancel', '?']);

const distance = (a: string, b: string): number => {
  const shared = [...a].filter((c) => b.includes(c)).length;
  return Math.max(a.length, b.length) - shared;
};

/** The command a text is; `null` for ordinary text. Full-width slashes, blanks and case do not matter; a path is no command. */
export function commandOf(text: string): Command | null {
  const plain = text.normalize('NFKC').trim();
  const slash = /^[/!]\s*(\S*)\s*([\s\S]*)$/.exec(plain);
  const word = (slash ? slash[1]! : plain).toLowerCase();
  if (!slash && !BARE.has(word)) return null;
  for (const [name, aliases] of NAMES)
    for (const alias of aliases)
      if (word === alias || (slash && word.startsWith(alias) && /[\u3400-\u9fff]/.test(alias)))
        return { name, rest: `${word.slice(alias.length)} ${slash?.[2] ?? ''}`.trim() };
  if (!slash || word.includes('/') || word === '') return null;
  const near = NAMES.flatMap(([, aliases]) => aliases).toSorted((a, b) => distance(word, a) - distance(word, b))[0]!;
  return { name: 'unknown', hint: `没有“/${word.slice(0, 20)}”这个命令；您是不是想用 /${near}？发“帮助”看全部命令。` };
}
