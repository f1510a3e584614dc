import type { Member } from '../domain/member.ts';
import type { InboundMessage, Outgoing, Reply } from '../domain/message.ts';
import type { SchoolProfile } from '../domain/school.ts';
import type { Workdays } from '../domain/workdays.ts';
import type { Said } from '../office/command.ts';
import { refsIn } from '../office/command.ts';
import { outgoingsOf } from '../office/deliver.ts';
import { rosterOf } from '../office/members/roster.ts';
import { commandNamed, isConfidential, keptFromGroup, type Ran, runCommand } from '../office/run-command.ts';
import type { Place, Telling } from '../office/scene.ts';
import type { Commit, Ledgers, Put, SchoolLedger, Shown } from '../ports/ledger.ts';
import type { Dialogue } from '../ports/store.ts';
import { commandOf, wantsItem } from './commands.ts';
import type { Desk } from './desk.ts';
import type { ReadTable } from './receive-list.ts';
import { rulingsOf } from './rulings.ts';

/** What the office needs of the world beside the rules. */
export interface OfficeWorld {
  readonly ledgers: Ledgers;
  readonly workdays: Workdays;
  readonly readTable: ReadTable;
}

/** Something a member said or pressed, as far as the office is concerned. */
export interface OfficeTurn {
  readonly text: string;
  readonly action?: { readonly id: string; readonly values: Readonly<Record<string, string>> } | undefined;
  /** The text of the message quoted. */
  readonly quoted?: string | undefined;
  readonly by: Member;
  readonly place: Place;
  readonly school: SchoolProfile;
  readonly at: number;
  readonly day: string;
  readonly dialogue: Dialogue | null;
}

export interface OfficeTurned {
  readonly reply: Reply;
  /** To others, in the order they were said; the outgoing messages carry the same. */
  readonly tellings: readonly Telling[];
  readonly about: string | undefined;
  /** The code of a refusal: nothing was written then. */
  readonly refused: string | undefined;
}

/** The command a turn is, the way on from a ruling (`draft`) included; `null` when it is none of the office's. */
export function officeCommand({
  text,
  action,
  dialogue,
}: Pick<OfficeTurn, 'text' | 'action' | 'dialogue'>): { name: string; said: Said } | null {
  if (action?.id === 'draft' && dialogue?.matter)
    return { name: '议题', said: { words: withFacts(dialogue), values: action.values } };
  const command = commandOf(action ? action.id : text, action?.values);
  if (command?.kind === 'office') return command;
  if (!command && !action && wantsItem(text)) return { name: '议题', said: { words: text, values: {} } };
  return null;
}

/** What the ruling stood on goes into the item: matter and facts, and the words of the question. */
function withFacts({ matter, facts, question }: Dialogue): string {
  const plain = Object.entries(facts).filter(
    ([, v]) => typeof v === 'string' || typeof v === 'number' || typeof v === 'boolean',
  );
  return `{${[['matter', matter], ...plain].map(([k, v]) => `${k}=${v}`).join(',')}} ${question}`;
}

const KINDS = { Y: 'item', H: 'meeting', J: 'resolution', R: 'resolution', P: 'duty' } as const;

/** Records no longer at hand that the words name, and those a named resolution came from. */
async function lookedUp(words: string, shown: Shown, ledger: SchoolLedger): Promise<readonly Put[]> {
  const found: Put[] = [];
  const look = async (id: string): Promise<void> => {
    const kind = KINDS[id[0] as keyof typeof KINDS];
    if (!kind) return;
    const here = shown.records[kind].get(id);
    const record = here ?? (await ledger.get(kind, id));
    if (!record || (!here && found.some((f) => f.record.id === id))) return;
    if (!here) found.push({ kind, record, open: false } as Put);
    if ('agenda' in record) for (const entry of record.agenda) await look(entry.item);
    if ('source' in record && record.source.kind === 'meeting') {
      await look(record.source.item);
      await look(record.source.meeting);
    }
  };
  for (const id of refsIn(words)) await look(id);
  // What a meeting has decided is spoken of until its minutes are signed.
  for (const meeting of shown.records.meeting.values()) for (const entry of meeting.agenda) await look(entry.item);
  return found;
}

/** How a turn is committed with what surrounds it: the answered message, or the note of a web request. */
export type Around = (
  turned: OfficeTurned,
) => Promise<Pick<Commit, 'answers' | 'note'> & { readonly replies: readonly Outgoing[] }>;

/** Another commit may come between a few times; a school's register is not that busy. */
const MOST_TRIES = 20;

/** A random, growing wait: those who clashed do not clash again. */
const pause = (attempt: number): Promise<void> =>
  new Promise((done) => setTimeout(done, Math.random() * Math.min(2000, 10 * 2 ** attempt)));

/** Runs a command of the office and commits everything it wrote and said at once, or nothing. */
export async function officeTurn(
  turn: OfficeTurn,
  command: { readonly name: string; readonly said: Said },
  key: string,
  { ledgers, workdays, desk }: Pick<OfficeWorld, 'ledgers' | 'workdays'> & { readonly desk: Desk },
  around: Around,
): Promise<OfficeTurned> {
  const ledger = ledgers.forSchool(turn.school.id);
  for (let attempt = 0; attempt < MOST_TRIES; attempt++) {
    const shown = await ledger.show();
    const roster = rosterOf(shown, turn.school);
    const setting = {
      shown,
      by: turn.by,
      place: turn.place,
      at: turn.at,
      day: turn.day,
      school: turn.school,
      roster,
      workdays,
      about: turn.dialogue?.about,
      looked: await lookedUp(`${command.said.words} ${turn.dialogue?.about ?? ''}`, shown, ledger),
      ...rulingsOf(desk, turn.school, turn.day),
    };
    const ran: Ran = runCommand(commandNamed(command.name)!, command.said, setting);
    const { about, tellings, puts, deeds } = ran.scene;
    const reply = following(keptFromGroup(ran), about, {
      done: deeds.length > 0,
      spokenOf: about !== turn.dialogue?.about || refsIn(command.said.words).includes(about ?? ''),
    });
    const turned = { reply, tellings, about, refused: ran.refused };
    const { replies, ...rest } = await around(turned);
    const told = await outgoingsOf(tellings, roster, {
      school: turn.school,
      at: turn.at,
      key,
      isConfidential: (id) => isConfidential(id, ran.scene),
    });
    const saved = await ledger.commit({
      head: shown.head,
      at: turn.at,
      puts,
      deeds,
      sends: [...replies, ...told],
      ...rest,
    });
    if (saved === 'saved') return turned;
    await pause(attempt);
  }
  throw new Error(`register of ${turn.school.id} changed ${MOST_TRIES} times under one command`);
}

/** What shows a record, or says what was done to it, follows it; what was only spoken of before does not count. */
function following(reply: Reply, about: string | undefined, is: { done: boolean; spokenOf: boolean }): Reply {
  const shows = is.done || (reply.card !== undefined && is.spokenOf);
  return about !== undefined && shows ? { ...reply, follows: about } : reply;
}

/** Where a message was said. */
export const placeOf = ({ conversation }: Pick<InboundMessage, 'conversation'>): Place => ({
  kind: conversation.kind,
  id: conversation.id,
});
