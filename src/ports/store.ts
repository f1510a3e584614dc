import type { InboundMessage, Outgoing } from '../domain/message.ts';

/** What a conversation is about, so that “8万” or “那如果是编内的呢” can be read in its light. */
export interface Dialogue {
  readonly matter?: string;
  /** The question that opened the topic. */
  readonly question: string;
  /** Facts told so far, under the names of the rule table. */
  readonly facts: Readonly<Record<string, unknown>>;
  /** The fact asked for last. */
  readonly asked?: string;
  /** The record of the register spoken of last (`Y12`, `H3`, `J5`), so that a command need not name it again. */
  readonly about?: string;
}

export interface Kept {
  readonly school: string;
  readonly message: InboundMessage;
  /** How often it was taken up, this time included. */
  readonly attempts: number;
}

export interface Waiting {
  readonly school: string;
  readonly outgoing: Outgoing;
  readonly attempts: number;
  readonly createdAt: number;
}

/** What a conversation is now about, to be kept with an answer; `value` null forgets it. */
export interface TalkNote {
  readonly id: string;
  readonly value: Dialogue | null;
  readonly expiresAt: number;
}

/** Everything that must outlive the process. Rows of one school are never given for another. */
export interface Store {
  readonly name: string;
  /** Keeps a message before it is acknowledged; `known` when it was kept before. */
  keep(school: string, message: InboundMessage): Promise<'new' | 'known'>;
  /** Takes messages to answer, oldest first; each is this process's until the lease runs out. */
  claimMessages(now: number, leaseMs: number, limit: number): Promise<Kept[]>;
  /**
   * Somebody took a message back: forgotten if it waits for its answer, and the answer under this key with it if that
   * has not gone out, unless it tells of something done. One that comes later is not answered.
   */
  recall(school: string, id: string, answerKey: string, now: number): Promise<void>;
  /** Whether it was taken back. */
  isRecalled(id: string): Promise<boolean>;
  /** One commit: the answers to send, what the conversation is now about, and the message done. */
  answered(kept: Kept, replies: readonly Outgoing[], dialogue: TalkNote | null, now: number): Promise<void>;
  /** What was said to chats (`platform:conversation`) after a moment, oldest first: for platforms that fetch instead of being sent to. */
  said(
    school: string,
    chats: readonly string[],
    after: number,
    limit: number,
  ): Promise<readonly { readonly outgoing: Outgoing; readonly createdAt: number }[]>;
  claimSends(now: number, leaseMs: number, limit: number): Promise<Waiting[]>;
  sent(key: string): Promise<void>;
  sendLater(key: string, at: number, why: string): Promise<void>;
  /** Given up: kept as a dead letter with the reason. */
  undeliverable(key: string, why: string): Promise<void>;
  dialogue(school: string, id: string, now: number): Promise<Dialogue | null>;
  saveDialogue(school: string, id: string, value: Dialogue, expiresAt: number): Promise<void>;
  /** Frees what a killed process held: for a process that has its share of the store to itself, when it starts. */
  takeOver(): Promise<void>;
  /** Removes what is no longer needed: message texts and sent answers after `keepMs`. */
  tidy(now: number, keepMs: number): Promise<void>;
  counts(): Promise<{ readonly waiting: number; readonly unsent: number; readonly dead: number }>;
  ready(): Promise<boolean>;
  close(): Promise<void>;
}
