/** `npm run library -- <command> …`: the school's documents and the search over them; one file for each command. */
const COMMANDS: Readonly<Record<string, () => Promise<{ run(args: readonly string[]): Promise<number> }>>> = {
  add: () => import('./library/add.ts'),
  list: () => import('./library/list.ts'),
  show: () => import('./library/show.ts'),
  confirm: () => import('./library/confirm.ts'),
  remove: () => import('./library/remove.ts'),
  restore: () => import('./library/restore.ts'),
  'serve-jsonl': () => import('./library/serve-jsonl.ts'),
};

const [name = '', ...args] = process.argv.slice(2);
const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
if (!load) {
  console.error(`用法：npm run library -- ${Object.keys(COMMANDS).join('|')}`);
  process.exitCode = 2;
} else process.exitCode = await (await load()).run(args);
