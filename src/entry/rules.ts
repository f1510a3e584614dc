import { differencesOf } from './rules/diff.ts';
import { explainAll } from './rules/explain.ts';
import { lintAll } from './rules/lint.ts';
import { replay } from './rules/replay.ts';
import { tryCases } from './rules/try.ts';

/**
 * `npm run rules -- lint|try|explain|diff|replay …`: the rule author's tools. Each prints for people and returns whether
 * all is well; docs/rules.md shows them in use.
 */
const verbs: Readonly<Record<string, (args: readonly string[]) => boolean | Promise<boolean>>> = {
  lint: lintAll,
  try: tryCases,
  explain: explainAll,
  diff: differencesOf,
  replay,
};
const [verb = 'lint', ...args] = process.argv.slice(2);
const run = verbs[verb];
if (!run) {
  console.error(`没有 ${verb}；可用 ${Object.keys(verbs).join('、')}`);
  process.exit(2);
}
process.exitCode = (await run(args)) ? 0 : 1;
