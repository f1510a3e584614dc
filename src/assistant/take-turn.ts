import { dayAt } from '../domain/china-time.ts';
import type { Dialogue } from '../ports/store.ts';
import { helpersOf, type Work } from './answer-messages.ts';
import { inGroup } from './in-group.ts';
import { helpFor } from './help-for.ts';
import { commandOf } from './commands.ts';
import { type Around, officeCommand, officeTurn, type OfficeTurned } from './office-turn.ts';
import { isTaskList, listCommand, withTable } from './receive-list.ts';
import type { Arriving } from './take-document.ts';
import { recorded } from './record-answer.ts';
import { respond } from './respond.ts';
import { welcomeFor } from './welcome.ts';
import type { Member } from '../domain/member.ts';
import type { Reply } from '../domain/message.ts';
import type { SchoolProfile } from '../domain/school.ts';
import { howToBind, isUnbound } from '../office/members/unbound.ts';
import type { Place } from '../office/scene.ts';

/** The one command for those who are not bound. */
const BIND = '绑定';

/** One thing said or pressed, by whomever and wherever. */
export interface Heard {
  readonly text: string;
  readonly action?: { readonly id: string; readonly values: Readonly<Record<string, string>> } | undefined;
  /** A task list sent in a direct chat; other files go to the library before. */
  readonly file?: Arriving | undefined;
  /** The text of the message quoted. */
  readonly quoted?: string | undefined;
  readonly school: SchoolProfile;
  /** Someone the school has not bound yet may ask about rules and say who he or she is, nothing else. */
  readonly by: Member;
  readonly place: Place;
  readonly dialogue: Dialogue | null;
  readonly at: number;
}

/** What came of it. `committed`: with everything it wrote; otherwise the caller keeps the reply and the conversation. */
export type Taken =
  | ({ readonly committed: true } & OfficeTurned)
  | { readonly committed: false; readonly reply: Reply; readonly dialogue: Dialogue | null };

/** Answers one turn, in the web chat and on every platform alike. `key` names the turn, the same on every try. */
export async function takeTurn(heard: Heard, key: string, work: Work, around: Around): Promise<Taken> {
  const { by, place, school, dialogue, at } = heard;
  if (heard.action?.id === 'welcome') return { committed: false, reply: welcomeFor(by, place), dialogue };
  const listed = heard.file && isTaskList(heard.file) ? await fromFile(heard.file, heard, work) : undefined;
  if (listed && 'reply' in listed) return { committed: false, reply: listed.reply, dialogue };
  const command = listed ?? officeCommand(heard);
  if (command && isUnbound(by) && command.name !== BIND) return { committed: false, reply: howToBind, dialogue };
  if (command) {
    const turn = { ...heard, by, day: dayAt(at) };
    const { name, said } = await withTable(command, by, school.id, at, means(work));
    const whole = { name, said: { ...said, quoted: heard.quoted } };
    return { committed: true, ...(await officeTurn(turn, whole, key, { ...work.office, desk: work.desk }, around)) };
  }
  if (!isUnbound(by) && (heard.action?.id === 'help' || commandOf(heard.action?.id ?? heard.text)?.kind === 'help'))
    return { committed: false, reply: helpFor(by, place, heard.text), dialogue };
  const turn = {
    text: heard.text,
    school,
    day: dayAt(at),
    dialogue,
    ...(heard.action && { action: heard.action }),
  };
  const turned = await recorded(turn, await respond(turn, work.desk, helpersOf(work, turn)), work);
  const reply = place.kind === 'group' ? inGroup(turned) : turned.reply;
  return { committed: false, reply, dialogue: keptAbout(turned.dialogue, dialogue) };
}

const means = (work: Work) => ({ notebook: work.notebook, readTable: work.office.readTable });

const fromFile = (file: Arriving, { by, school, at }: Heard, work: Work) =>
  isUnbound(by) ? { reply: howToBind } : listCommand(file, by, school.id, at, means(work));

/** A question in between does not make the assistant forget which item was being worked on. */
const keptAbout = (next: Dialogue | null, before: Dialogue | null): Dialogue | null =>
  next && before?.about ? { ...next, about: before.about } : next;
