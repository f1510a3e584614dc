import { parseArgs } from 'node:util';
import type { Answer } from '../assistant/answer.ts';
import { askOnce } from '../http/app.ts';
import { asTerminal } from './terminal.ts';
import { schoolAskedFor } from './terminal-school.ts';
import { terminalWork } from './terminal-work.ts';

/** `npm run ask -- "招一名编外保安要上党委会吗？" [--json] [--facts '{"amount":80000}'] [--school demo]` */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean' }, facts: { type: 'string' }, school: { type: 'string' } },
});
const question = positionals.join(' ').trim();
if (!question) {
  console.error('用法：npm run ask -- "招一名编外保安要上党委会吗？" [--json] [--facts \'{"amount":80000}\']');
  process.exit(2);
}
let facts: Record<string, unknown> | undefined;
try {
  facts = values.facts ? (JSON.parse(values.facts) as Record<string, unknown>) : undefined;
} catch {
  console.error(`--facts 不是合格的 JSON：${values.facts}`);
  process.exit(2);
}
const work = await terminalWork();
const school = schoolAskedFor(values.school, work);

/** Nothing asked here is kept, so that a number to replay it by would lead nowhere. */
const unnumbered = ({ id, ...answer }: Answer): Answer => ({
  ...answer,
  footer: id ? answer.footer.replace(new RegExp(`[；;] ?(?:编号|no\\.) ${id}$`), '') : answer.footer,
});
const answer = unnumbered(await askOnce({ work }, school, question, facts));
console.log(values.json ? JSON.stringify(answer, null, 2) : asTerminal(answer));
await work.store.close();
