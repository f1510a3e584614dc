import type { InboundMessage, Outgoing, PlatformName } from '../domain/message.ts';

/** The HTTP answer a webhook gives; the same small body for every refusal, so that nothing can be learnt from it. */
export interface WebhookAnswer {
  readonly status: 200 | 400 | 401 | 413;
  readonly body: unknown;
}

/** What a delivery turned out to be. */
export type Reading =
  | { readonly kind: 'messages'; readonly messages: readonly InboundMessage[]; readonly answer: WebhookAnswer }
  | { readonly kind: 'handshake'; readonly answer: WebhookAnswer }
  | { readonly kind: 'ignored'; readonly why: string; readonly answer: WebhookAnswer }
  | { readonly kind: 'refused'; readonly why: string; readonly answer: WebhookAnswer };

export interface Webhook {
  /** @param body the raw bytes as received: signatures are computed over them. */
  read(headers: Headers, body: Uint8Array, now: number): Promise<Reading>;
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
