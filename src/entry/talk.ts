import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { demoMember } from '../assistant/demo.ts';
import type { CardAction } from '../domain/message.ts';
import { chatOnce } from '../http/chat.ts';
import { helpReply } from '../wording/help.ts';
import { numberedActions } from './terminal.ts';
import { schoolAskedFor } from './terminal-school.ts';
import { terminalWork } from './terminal-work.ts';

/**
 * `npm run talk [-- --as office --school demo]`: a conversation in the terminal as a demo member, `/换 office` to be
 * somebody else. What is said to others is shown with their name. Nothing is kept; Ctrl-D ends it.
 */
const { values } = parseArgs({ options: { as: { type: 'string', default: 'teacher' }, school: { type: 'string' } } });
let member = demoMember(values.as);
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
/** The buttons each person saw last. */
const offered = new Map<string, readonly CardAction[]>();
/** A form being filled: the fields still to be asked for. */
let form: { readonly action: CardAction; readonly values: Record<string, string> } | undefined;

console.log(`${school.name}　您是${member.name}（${member.title}）。${helpReply('').text}\n换人：/换 office\n`);

async function send(body: { text?: string; action?: { id: string; values: Record<string, string> } }): Promise<void> {
  const from = member!.id;
  for (const reply of await chatOnce(work, school, { from, conversation: { kind: 'direct', id: from }, ...body })) {
    const other = reply.to.id === from ? '' : `（对${demoMember(reply.to.id)?.name ?? reply.to.id}）`;
    if (reply.card || !other) offered.set(reply.to.id, reply.card?.actions ?? []);
    console.log(`\n议事${other}> ${reply.text}\n${other ? '' : numberedActions(reply.card)}`);
  }
  console.log('');
}

/** The next field of the form that must be asked for; a required one is asked again until it is filled. */
const nextField = () => form?.action.fields?.find((f) => form!.values[f.name] === undefined);

async function fill(text: string): Promise<void> {
  const field = nextField()!;
  const option = field.options?.[Number(text) - 1]?.value;
  if (text || !field.required) form!.values[field.name] = option ?? text;
  if (nextField()) return;
  const { action, values: filled } = form!;
  form = undefined;
  await send({ action: { id: action.id, values: filled } });
}

async function said(text: string): Promise<void> {
  if (form) return fill(text);
  const other = /^[/／]换\s*(\S+)$/.exec(text)?.[1];
  if (other) {
    member = demoMember(other) ?? member;
    console.log(`您现在是${member!.name}（${member!.title}）。`);
    return;
  }
  const pressed = /^\d+$/.test(text) ? offered.get(member!.id)?.[Number(text) - 1] : undefined;
  if (pressed?.fields?.length) form = { action: pressed, values: {} };
  else if (pressed) await send({ action: { id: pressed.id, values: {} } });
  else if (text) await send({ text });
}

function prompt(): void {
  const field = nextField();
  const options = field?.options?.map((o, i) => `${i + 1} ${o.label}`).join('　');
  terminal.setPrompt(
    field
      ? `${field.label}${options ? `（${options}）` : ''}${field.required ? '' : '（可不填）'}> `
      : `${member!.name}> `,
  );
  terminal.prompt();
}

prompt();
for await (const line of terminal) {
  await said(line.trim());
  prompt();
}
await work.store.close();
