import { halfWidth } from '../domain/half-width.ts';
import type { Member } from '../domain/member.ts';
import type { CardAction, CardField, Reply } from '../domain/message.ts';
import { Refusal } from './refusal.ts';
import type { Scene } from './scene.ts';

/** What follows a command: its words, the values of a form, and what was quoted. */
export interface Said {
  readonly words: string;
  readonly values: Readonly<Record<string, string>>;
  /** The message the command was given in reply to: material to take up, never itself a command. */
  readonly quoted?: string | undefined;
}

/**
 * Something a member can have done, by typing `/name …` or pressing a button. A button's id is the command itself
 * (`/沟通 Y12 无重大分歧`), so that whatever can be pressed can be typed.
 */
export interface Command {
  /** Without the slash; Chinese. */
  readonly name: string;
  /** Other names people use, English ones in lower case. */
  readonly aliases: readonly string[];
  /** One line for `/帮助`: what it does, with an example. */
  readonly help: string;
  /** Who is shown it in `/帮助`; the deed itself decides who may. */
  readonly forWhom: (member: Member) => boolean;
  /** Does it, or throws a `Refusal`. The reply is said where the command was given. */
  readonly run: (scene: Scene, said: Said) => Reply;
}

/** Ids people type: `Y12`, ` y12 `, full width, `议题12`; and official numbers. */
const REF = /(?:^|[\s,，、:：])([YHJRP])\s?(\d{1,6})(?=$|[\s,，、:：。])/i;
const NUMBER = /[DX]-\d{4}-\d+-\d+(?:-[JR]\d+)*/i;

/** The first id of a kind of record in the words, and the words without it, line by line as they were written. */
export function refIn(words: string, letters: string): { id: string | undefined; rest: string } {
  const plain = halfWidth(words);
  const found = REF.exec(plain);
  if (!found || !letters.includes(found[1]!.toUpperCase())) return { id: undefined, rest: words.trim() };
  const rest = `${plain.slice(0, found.index)} ${plain.slice(found.index + found[0].length)}`;
  return {
    id: `${found[1]!.toUpperCase()}${found[2]}`,
    rest: rest
      .replace(/[^\S\n]+/g, ' ')
      .replace(/ ?\n ?/g, '\n')
      .trim(),
  };
}

/** More than anyone names at once: each may have to be read from the store. */
const MOST_REFS = 20;

/** The ids and official numbers in the words: what must be looked up before the deed. */
export function refsIn(text: string): readonly string[] {
  const plain = halfWidth(text);
  const ids = [...plain.matchAll(new RegExp(REF.source, 'gi'))].map((m) => `${m[1]!.toUpperCase()}${m[2]}`);
  const numbers = [...plain.matchAll(new RegExp(NUMBER.source, 'gi'))].map((m) => m[0].toUpperCase());
  return [...new Set([...ids, ...numbers])].slice(0, MOST_REFS);
}

/** A button that is a command. */
export const button = (
  command: string,
  label: string,
  style: CardAction['style'] = 'default',
  fields?: readonly CardField[],
): CardAction => ({ id: command, label, style, ...(fields && { fields }) });

/** Refuses unless the person may; says who can. */
export function mustBe(allowed: boolean, what: string, who: string): void {
  if (!allowed) throw new Refusal('not-yours', `${what}由${who}来做，您这里办不了。`);
}
