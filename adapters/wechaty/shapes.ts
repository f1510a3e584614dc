/**
 * What we use of Wechaty, in our own words: its packages are not in the default install, so their types are not there
 * to be checked against. wechaty.js.org › API; the numbers are those of `wechaty-puppet` › types.Message.
 */
export const TYPE = { attachment: 1, groupNote: 10, recalled: 13, text: 7, unknown: 0 } as const;

/** `ScanStatus`: a code that waits to be scanned, or one whose time has run out. */
export const SCAN = { waiting: 2, timeout: 5 } as const;

export interface Contact {
  readonly id: string;
  name(): string;
  say(text: string): Promise<unknown>;
}

export interface Room {
  readonly id: string;
  alias(member: Contact): Promise<string | undefined>;
  /** Puts `@name` of those named before the text. */
  say(text: string, ...named: Contact[]): Promise<unknown>;
}

export interface FileBox {
  readonly name: string;
  /** In bytes; negative while unknown. */
  readonly size: number;
  toStream(): Promise<AsyncIterable<Uint8Array>>;
}

export interface Message {
  readonly id: string;
  self(): boolean;
  talker(): Contact;
  room(): Room | undefined;
  text(): string;
  type(): number;
  date(): Date;
  mentionSelf(): Promise<boolean>;
  toFileBox(): Promise<FileBox>;
}

interface Found<T> {
  find(query: { readonly id: string }): Promise<T | undefined>;
}

export interface Bot {
  on(event: 'error', listener: (error: unknown) => void): unknown;
  on(event: 'scan', listener: (code: string, status: number) => void): unknown;
  on(event: 'login', listener: (me: Contact) => void): unknown;
  on(event: 'logout', listener: (me: Contact, why?: string) => void): unknown;
  on(event: 'message', listener: (message: Message) => void): unknown;
  on(event: 'friendship' | 'room-invite', listener: () => void): unknown;
  /** Resolves even when the puppet could not start; that is told as an `error`. */
  start(): Promise<void>;
  stop(): Promise<void>;
  readonly Contact: Found<Contact>;
  readonly Room: Found<Room>;
  readonly Message: Found<Message>;
}

/** The account as those see it who answer: logged in or not. One who listens opens and closes it. */
export interface Line {
  now?: { readonly bot: Bot; readonly me: Contact } | undefined;
}
