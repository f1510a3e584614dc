import type { InboundMessage, Outgoing, PlatformName } from '../domain/message.ts';

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
  /** Will never succeed: kept as a dead letter and told to the operator. */
  | { readonly kind: 'undeliverable'; readonly why: string };

export interface Platform {
  readonly name: PlatformName;
  send(outgoing: Outgoing, now: number): Promise<Sent>;
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
  readonly streaming: boolean;
  readonly files: boolean;
  /** Of one message; longer answers are split. */
  readonly maxTextBytes: number;
  readonly perMinute: number;
  readonly worker: 'yes' | 'no' | 'one-mode';
}

/** One thing a doctor looked at: what was found, and what to click where something is wrong. */
export interface Finding {
  readonly level: 'good' | 'warning' | 'bad' | 'hint';
  readonly found: string;
  readonly todo?: string;
}
