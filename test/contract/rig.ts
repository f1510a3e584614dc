import type { Account } from '../../src/domain/member.ts';
import type { Connected, Sockets } from '../../src/entry/platforms.ts';
import type { Notebook } from '../../src/ports/notebook.ts';
import type { Capabilities } from '../../src/ports/platform.ts';

/** What the suite needs of a platform: people who say and press things on it, and what they read there. */
export type Place = 'direct' | 'group';

/** Something that can be pressed, with whatever the platform sends when it is. */
export interface Button {
  readonly label: string;
  readonly sends: unknown;
}

/** One message of the assistant, as somebody sees it. */
export interface Told {
  /** Of a message that can be changed: every state of it has the same. */
  readonly id?: string;
  readonly place: Place;
  /** The member written to; in a group nobody in particular. */
  readonly to?: string;
  /** Every word that can be read, in order; a card's too. */
  readonly text: string;
  readonly buttons: readonly Button[];
  /** Labels of what can be filled in. */
  readonly fields: readonly string[];
  /** The message it stands under as an answer, where the platform shows that. */
  readonly under?: string;
  /** Bytes of its text, where the platform limits them. */
  readonly bytes: number;
}

export interface Said {
  /** The platform's id of the message; a repeat has the same. */
  readonly id?: string;
  /** In a group: without naming the assistant. */
  readonly unnamed?: boolean;
}

/** What can go wrong at this platform, or what it tells; what is missing it does not have (`cannot` says why). */
export interface Trouble {
  /** The next `times` messages to be said are refused as too many, everybody's, or until the returned function is called. */
  limit(times: number): () => void;
  /** Every token given out so far has expired. */
  expireTokens(): void;
  /** How many tokens were fetched so far. */
  tokens(): number;
  /** The platform does not work, until the returned function is called. */
  outage(): () => Promise<void>;
  /** The next message to be said hangs and is not answered. */
  hang(): void;
  /** The platform refuses what is said to a person: who has blocked the bot or left. Until the returned function is called. */
  leaves(member: string): () => void;
  /** Somebody edits, or takes back, what was said. */
  edit(member: string, id: string, text: string): Promise<void>;
  recall(member: string, id: string): Promise<void>;
  /** The platform hands the assistant's own message back to it. */
  echo(text: string, place: Place): Promise<void>;
  /** A picture, a sticker: a kind of message without words. */
  wordless(member: string, place: Place): Promise<void>;
  /** A kind of event nobody has heard of. */
  unheardOf(): Promise<void>;
}

/** What a platform says it has; the suite asks nothing else of it. */
export interface Declared {
  readonly capabilities: Capabilities;
  /** What the README's table does not tell apart: what this way of the platform does not have, and why. */
  readonly cannot: Partial<
    Record<
      keyof Trouble | 'unasked' | 'notice' | 'two-people' | 'twins' | 'working' | 'toast' | 'webhook' | 'queue',
      string
    >
  >;
  /** Of a demo school, whose people are fixed. */
  readonly demo?: boolean;
}

export interface Rig extends Declared {
  readonly env: Readonly<Record<string, string>>;
  readonly sockets?: Sockets;
  /** Of a platform that the common entry does not connect: what its own lines there would. */
  joins?(notebook: Notebook): Partial<Connected>;
  accountOf(member: string): Account;
  /** The assistant listens there; resolves when the platform reaches it. */
  connect(url: string): Promise<void>;
  /** Returns the platform's id of the message. */
  say(member: string, text: string, place: Place, how?: Said): Promise<string>;
  /** A button, or a form with what was filled in; resolves with the toast, where there is one. */
  press(member: string, button: Button, place: Place, values?: Readonly<Record<string, string>>): Promise<string>;
  told(): readonly Told[];
  /** What was shown so far that says an answer is being made; nothing where there is no such thing. */
  waits?(): readonly string[];
  /** How many of these still stand there, unanswered. */
  standing?(): number;
  /** Delivers what is not signed as the platform would; nothing where nothing is delivered over HTTP. */
  unsigned?(): Promise<void>;
  /** Attempts to say something so far, successful or not. */
  attempts(): number;
  /** What in these messages is markup or a mention that is none of ours; raw, as the platform would see it. */
  live(): readonly string[];
  readonly trouble: Partial<Trouble>;
  close(): Promise<void>;
}

export type StartRig = () => Promise<Rig>;
