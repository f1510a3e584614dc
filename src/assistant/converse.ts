import type { Reply } from '../domain/message.ts';
import type { SchoolProfile } from '../domain/school.ts';
import type { Dialogue } from '../ports/store.ts';
import { amountForTier, asksStep, goesOn, knowsNot, rephrased, replyTo, statedFacts } from '../reading/follow-up.ts';
import { factsFromData } from '../reading/read-facts.ts';
import { normalise } from '../reading/normalise.ts';
import type { Matter } from '../rules/rulebook.ts';
import { cardOf } from '../wording/card.ts';
import { helpReply } from '../wording/help.ts';
import type { Answer } from './answer.ts';
import { answerOnMatter, answerQuestion } from './answer-question.ts';
import type { Desk } from './desk.ts';
import { howToBind } from '../office/members/unbound.ts';
import { type Asked, commandOf } from './commands.ts';

/** One thing said to the assistant in a conversation, and what it was about before. */
export interface Turn {
  readonly text: string;
  readonly action?: { readonly id: string; readonly values: Readonly<Record<string, string>> };
  readonly school: SchoolProfile;
  readonly day: string;
  readonly dialogue: Dialogue | null;
  /** Facts given as data, by `POST /api/ask`. */
  readonly facts?: Readonly<Record<string, unknown>>;
}

export interface Turned {
  /** `null`: the turn was a command or needed no ruling. */
  readonly answer: Answer | null;
  readonly reply: Reply;
  readonly dialogue: Dialogue | null;
}

/** How long a conversation remembers its subject, in milliseconds: half an hour. */
export const DIALOGUE_MS = 30 * 60_000;

const said = (answer: Answer): Reply => ({ text: answer.answer, card: cardOf(answer) });

/** Answers one turn: a command, a pressed button, a follow-up, or a new question. */
export function converse(turn: Turn, desk: Desk): Turned {
  if (turn.action) return pressed(turn, turn.action, desk);
  const command = commandOf(turn.text);
  if (normalise(turn.text) === '') return { answer: null, reply: helpReply(turn.text), dialogue: turn.dialogue };
  if (command) return commanded(command, turn);
  return followUp(turn, desk) ?? fresh(turn, turn.text, desk);
}

/** Commands of the office are done for members, where there is a register (`take-turn.ts`); here nobody is known. */
function commanded(command: Asked, { text, dialogue }: Turn): Turned {
  switch (command.kind) {
    case 'help':
      return { answer: null, reply: helpReply(text), dialogue };
    case 'cancel':
      return { answer: null, reply: { text: '好的，刚才的问题先放下。' }, dialogue: null };
    case 'office':
      return { answer: null, reply: howToBind, dialogue };
    case 'unknown':
      return { answer: null, reply: { text: command.hint }, dialogue };
  }
}

function fresh(turn: Turn, question: string, desk: Desk): Turned {
  const answer = answerQuestion(
    { question, school: turn.school, day: turn.day, ...(turn.facts && { facts: turn.facts }) },
    desk,
  );
  const lost = answer.topic === 'none' && answer.questions.length === 0;
  return { answer, reply: said(answer), dialogue: (lost && turn.dialogue) || remember(answer, question, turn, desk) };
}

/** What to remember of an answer: its matter and facts, and what was asked for. */
function remember(answer: Answer, question: string, turn: Turn, desk: Desk): Dialogue {
  const matter = answer.matter && answer.matters.length === 1 ? desk.reader.matter(answer.matter.id) : undefined;
  const facts = matter ? statedFacts(factsFromData(matter, answer.facts), matter) : {};
  const asked = answer.questions[0]?.fact;
  const kept = { ...facts, ...(turn.facts?.['threshold'] !== undefined && { threshold: turn.facts['threshold'] }) };
  return {
    question,
    facts: dropProfile(kept, turn.school),
    ...(matter && { matter: matter.id }),
    ...(asked && { asked }),
  };
}

/** What the profile says is not kept with the conversation: it may change. */
function dropProfile(facts: Record<string, unknown>, school: SchoolProfile): Record<string, unknown> {
  const { org_type, dual_role, ...rest } = facts;
  return {
    ...rest,
    ...(org_type !== school.orgType && { org_type }),
    ...(dual_role !== school.dualRole && { dual_role }),
  };
}

function onMatter(
  matter: Matter,
  facts: Readonly<Record<string, unknown>>,
  turn: Turn,
  question: string,
  desk: Desk,
): Turned {
  const answer = answerOnMatter(matter, question, { question, facts, school: turn.school, day: turn.day }, desk);
  return {
    answer,
    reply: said(answer),
    dialogue: { ...remember(answer, question, turn, desk), matter: matter.id, facts },
  };
}

/** A button: `fact:<id>:<value>`, `matter:<id>` or `draft`. */
function pressed(turn: Turn, action: NonNullable<Turn['action']>, desk: Desk): Turned {
  const [kind, name, ...rest] = action.id.split(':');
  if (kind === 'help') return { answer: null, reply: helpReply(turn.text), dialogue: turn.dialogue };
  if (kind === 'draft' || action.id.startsWith('/')) return { answer: null, reply: howToBind, dialogue: turn.dialogue };
  if (kind === 'ask' && name) return fresh(turn, [name, ...rest].join(':'), desk);
  const lost: Turned = {
    answer: null,
    reply: { text: '这张卡片的问题已经过了时间，请把问题再说一遍。' },
    dialogue: turn.dialogue,
  };
  if (kind === 'matter' && name) {
    const matter = desk.reader.matter(name);
    return matter
      ? onMatter(matter, turn.dialogue?.facts ?? {}, turn, turn.dialogue?.question ?? matter.name.zh, desk)
      : lost;
  }
  const matter = turn.dialogue?.matter ? desk.reader.matter(turn.dialogue.matter) : undefined;
  if (kind !== 'fact' || !name || !matter) return lost;
  const facts = { ...turn.dialogue!.facts, ...chosen(name, rest.join(':'), action.values, turn) };
  return onMatter(matter, facts, turn, turn.dialogue!.question, desk);
}

function chosen(
  name: string,
  value: string,
  values: Readonly<Record<string, string>>,
  turn: Turn,
): Record<string, unknown> {
  const given = values[name] ?? value;
  if (name !== 'amount') return { [name]: given };
  const lines = turn.school.amountLines;
  const amount = /^[<>A]/.test(given)
    ? lines && amountForTier(given, lines)
    : factsFromData({ facts: [] } as unknown as Matter, { amount: given }).amount;
  return amount === undefined ? {} : { amount };
}

/** Reads a turn in the light of what was asked before; `null` when it opens a subject of its own. */
function followUp(turn: Turn, desk: Desk): Turned | null {
  const { dialogue } = turn;
  const matter = dialogue?.matter ? desk.reader.matter(dialogue.matter) : undefined;
  if (!dialogue || !matter) return null;
  const text = normalise(turn.text);
  if (knowsNot(text) || asksStep(text)) return onMatter(matter, dialogue.facts, turn, dialogue.question, desk);
  const asked = matter.facts.find((f) => f.id === dialogue.asked);
  const reply = asked ? replyTo(asked, turn.text) : null;
  const read = statedFacts(desk.reader.factsOf(matter, turn.text, turn.school.amountLines).known, matter);
  const says = { ...read, ...reply };
  const alone = desk.reader.read(turn.text, turn.school.amountLines);
  const ownSubject =
    (alone.kind === 'matters' && !alone.found.some((f) => f.matter.id === matter.id)) ||
    alone.kind === 'procedure' ||
    alone.kind === 'unruled';
  const continues = goesOn(text) || reply !== null || text.length <= 6;
  if (ownSubject && !continues) return null;
  if (goesOn(text)) {
    const whole = desk.reader.read(rephrased(dialogue.question, turn.text), turn.school.amountLines);
    if (
      whole.kind === 'matters' &&
      whole.found.length === 1 &&
      whole.found[0]!.matter.id !== matter.id &&
      Object.keys(says).length === 0
    )
      return fresh(turn, rephrased(dialogue.question, turn.text), desk);
  }
  if (Object.keys(says).length === 0) return null;
  if (alone.kind === 'matters' && alone.sure && !continues) return null;
  return onMatter(matter, { ...dialogue.facts, ...turn.facts, ...says }, turn, dialogue.question, desk);
}
