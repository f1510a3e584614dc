import type { InboundMessage, Outgoing, PlatformName, SentFile } from '../domain/message.ts';

/** The HTTP answer a webhook gives; the same small body for every refusal, so that nothing can be learnt from it. */
export interface WebhookAnswer {
  readonly status: 200 | 400 | 401 | 413;
  /** A string goes out as it is, anything else as JSON. */
  readonly body: unknown;
}

/** What a delivery turned out to be. */
export type Reading =
  | { readonly kind: 'messages'; readonly messages: readonly InboundMessage[]; readonly answer: WebhookAnswer }
  /** The protocol's own business: a check of the address, a poll for an answer. */
  | { readonly kind: 'handshake'; readonly answer: WebhookAnswer }
  /** Somebody took messages back, by the ids they had as an `InboundMessage`: what is not done yet is not done. */
  | { readonly kind: 'recalled'; readonly ids: readonly string[]; readonly answer: WebhookAnswer }
  | { readonly kind: 'ignored'; readonly why: string; readonly answer: WebhookAnswer }
  | { readonly kind: 'refused'; readonly why: string; readonly answer: WebhookAnswer };

/** A value looked up by name: headers without regard to case. */
export interface Looked {
  get(name: string): string | null | undefined;
}

/** One request of a platform, as it came. */
export interface Delivery {
  readonly method: 'GET' | 'POST';
  readonly query: Looked;
  readonly headers: Looked;
  /** The raw bytes as received: signatures are computed over them. */
  readonly body: Uint8Array;
}

export interface Webhook {
  read(delivery: Delivery, now: number): Promise<Reading>;
}

export type Sent =
  | { readonly kind: 'sent'; readonly messageId?: string }
  /** Worth another try, not before `after` (epoch milliseconds). */
  | { readonly kind: 'try-later'; readonly after: number; readonly why: string }
  /**
   * Will never succeed: kept as a dead letter and told to the operator. `gone`: this person has blocked the bot or left,
   * so nothing more is sent there until the person speaks again.
   */
  | { readonly kind: 'undeliverable'; readonly why: string; readonly gone?: true };

/** How fetching a file ends; it never throws. */
export type Downloaded =
  /** `name` where only the download tells it. */
  | { readonly kind: 'file'; readonly bytes: Uint8Array; readonly name?: string }
  /** Told by its declared size before a byte is read where there is one, else as soon as the limit is passed. */
  | { readonly kind: 'too-large' }
  /** Expired, withdrawn, or the platform does not answer; `why` is for the log. */
  | { readonly kind: 'not-fetched'; readonly why: string };

/** A paper on its way to somebody who may have it. */
export interface HandedFile {
  /** With its ending. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface Platform {
  readonly name: PlatformName;
  /** `files` go after the words, where `handsOver` is set; elsewhere there are none. */
  send(outgoing: Outgoing, now: number, files?: readonly HandedFile[]): Promise<Sent>;
  /** Whether files can be sent. */
  readonly handsOver?: boolean;
  /** Says that the answer with this key takes longer, once; the answer then takes its place. Never throws. */
  working?(answer: Omit<Outgoing, 'reply'>, now: number): Promise<void>;
  /** The words of a message somebody quoted; nothing where it has none or cannot be had. */
  textOf?(messageId: string): Promise<string | undefined>;
  /** Fetches a file heard, at most `most` bytes of it; there where `files` is among the capabilities. */
  download?(file: SentFile, most: number): Promise<Downloaded>;
}

/** What a platform can show and hear, so that the difference is said once: the README's table is made from it. */
export interface Capabilities {
  readonly platform: PlatformName;
  /** As its users know it. */
  readonly label: string;
  readonly hears: {
    readonly direct: boolean;
    /** Only what names the bot, or nothing at all. */
    readonly groups: 'when-named' | 'never';
  };
  readonly says: {
    readonly direct: boolean;
    readonly groups: boolean;
    /** Whom it may write to first: anyone in range, only who has written before, or nobody. */
    readonly unasked: 'anyone' | 'after-contact' | 'nobody';
  };
  /** The most buttons of one card; 0: choices are numbered lines. */
  readonly buttons: number;
  readonly forms: boolean;
  readonly cardUpdate: boolean;
  readonly threads: boolean;
  /** Answers stand under the question, so that one sees in a busy group what is answered. */
  readonly replies: boolean;
  /** The platform tells when somebody takes a message back. */
  readonly recalls: boolean;
  readonly streaming: boolean;
  /** Files sent to it directly can be fetched. */
  readonly files: boolean;
  /** Of one message. */
  readonly maxTextBytes: number;
  /** What becomes of a longer answer: several numbered messages, or one that says it is only a part. */
  readonly overlong: 'split' | 'cut';
  readonly perMinute: number;
  readonly worker: 'yes' | 'no' | 'one-mode';
}

/** One thing a doctor looked at: what was found, and what to click where something is wrong. */
export interface Finding {
  readonly level: 'good' | 'warning' | 'bad' | 'hint';
  readonly found: string;
  readonly todo?: string;
}
