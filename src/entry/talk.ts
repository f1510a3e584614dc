import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { dayOf, helpersOf } from '../assistant/answer-messages.ts';
import { demoMember } from '../assistant/demo.ts';
import { respond } from '../assistant/respond.ts';
import type { CardAction } from '../domain/message.ts';
import type { Dialogue } from '../ports/store.ts';
import { helpReply } from '../wording/help.ts';
import { numberedActions } from './terminal.ts';
import { schoolAskedFor } from './terminal-school.ts';
import { terminalWork } from './terminal-work.ts';

/** `npm run talk [-- --as office --school demo]`: a conversation in the terminal as a demo member. Ctrl-D ends it. */
const { values } = parseArgs({ options: { as: { type: 'string', default: 'teacher' }, school: { type: 'string' } } });
const member = demoMember(values.as);
if (!member) {
  console.error(`演示学校里没有 ${values.as}`);
  process.exit(2);
}
const work = await terminalWork();
const school = schoolAskedFor(values.school, work);
const terminal = createInterface({
  input: process.stdin,
  output: process.stdout,
  terminal: process.stdin.isTTY === true,
});
let dialogue: Dialogue | null = null;
let actions: readonly CardAction[] = [];

console.log(`${school.name}　您是${member.name}（${member.title}）。${helpReply('').text}\n`);
terminal.setPrompt(`${member.name}> `);
terminal.prompt();
for await (const line of terminal) {
  const text = line.trim();
  const pressed = /^\d+$/.test(text) ? actions[Number(text) - 1] : undefined;
  if (text) {
    const action = pressed && !pressed.fields ? { id: pressed.id, values: {} } : undefined;
    const turn = { text, school, day: dayOf(work.now()), dialogue, ...(action && { action }) };
    const turned = await respond(turn, work.desk, helpersOf(work, turn));
    dialogue = turned.dialogue;
    actions = turned.reply.card?.actions ?? [];
    console.log(`\n议事> ${turned.reply.text}\n${numberedActions(turned.reply.card)}\n`);
  }
  terminal.prompt();
}
await work.store.close();
