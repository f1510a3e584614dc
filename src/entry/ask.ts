import { parseArgs } from 'node:util';
import { dayOf } from '../assistant/answer-messages.ts';
import { askOnce } from '../http/app.ts';
import { asTerminal } from './terminal.ts';
import { terminalWork } from './terminal-work.ts';

/** `npm run ask -- "招一名编外保安要上党委会吗？" [--json] [--facts '{"amount":80000}']` */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean' }, facts: { type: 'string' }, school: { type: 'string', default: 'demo' } },
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
const school = work.schools.on(values.school, dayOf(work.now()));
if (!school) {
  console.error(`没有学校 ${values.school}`);
  process.exit(2);
}
const answer = await askOnce({ work }, school, question, facts);
console.log(values.json ? JSON.stringify(answer, null, 2) : asTerminal(answer));
await work.store.close();
