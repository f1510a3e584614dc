/** What is heard and said, in the same words for every platform. Adapters translate to and from it. */

export type PlatformName = 'web' | 'feishu' | 'wecom-app' | 'wecom-aibot' | 'wecom-robot' | 'wechaty';

export interface Conversation {
  readonly kind: 'group' | 'direct';
  /** The platform's own id of the group or of the direct chat. */
  readonly id: string;
  /** A thread inside it; answers stay there. */
  readonly thread?: string;
}

/** A file somebody sent. It stays with the platform until it is fetched. */
export interface SentFile {
  /** As the sender has it, where the platform says so; never a path to write to. */
  readonly name: string;
  /** Bytes, where the platform says so. */
  readonly size?: number;
  /** How the platform finds it; means something to its adapter only, and may hold a secret. */
  readonly key: string;
}

export interface InboundMessage {
  /** Unique and stable over repeats: `platform:app:message`. */
  readonly id: string;
  readonly platform: PlatformName;
  /** The app or bot that heard it: one installation may serve several schools, each by its own app. */
  readonly app: string;
  readonly conversation: Conversation;
  /** The platform's id of the sender, verified by the platform; never taken from text. */
  readonly from: string;
  /** Text with the bot's own mention removed and other mentions as names. Empty for a pressed button. */
  readonly text: string;
  /** Groups: whether this bot was named. Direct chats: always true. */
  readonly addressed: boolean;
  /** What the message quotes: its text, or the platform's id of it, to be fetched when it is wanted. */
  readonly quotes?: { readonly text: string } | { readonly messageId: string };
  /** A pressed button or sent form. */
  readonly action?: { readonly id: string; readonly values: Readonly<Record<string, string>> };
  /** A file sent, where the platform's `files` is true; then there is no text. */
  readonly file?: SentFile;
  /** What the adapter itself says to it, such as a form to be filled in in chat: it is said, and nothing is done. */
  readonly prompt?: Reply;
  /** The platform's id of the message, to answer in reply to it; empty where nothing was said: somebody came in, a menu. */
  readonly messageId: string;
  /** Moments in epoch milliseconds. */
  readonly sentAt: number;
  readonly receivedAt: number;
}

export interface CardField {
  readonly name: string;
  readonly label: string;
  readonly type: 'text' | 'number' | 'date' | 'select';
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  readonly required: boolean;
}

export interface CardAction {
  /** Sent back when pressed; also a text a person may type where a platform has no buttons. */
  readonly id: string;
  readonly label: string;
  readonly style: 'primary' | 'default' | 'danger';
  readonly fields?: readonly CardField[];
}

export interface CardSection {
  readonly heading: string;
  /** One plain-text line each; adapters escape them. */
  readonly lines: readonly string[];
  /** Sources of the section's claims, shown smaller; `url` only where it may be shown to the public. */
  readonly links?: readonly { readonly text: string; readonly url?: string }[];
}

export interface Card {
  readonly title: string;
  /** How it ended, for the card's colour and its word: never by colour alone. */
  readonly tone: 'settled' | 'asks' | 'warns' | 'neutral';
  readonly summary: string;
  readonly sections: readonly CardSection[];
  readonly actions: readonly CardAction[];
  /** Small print: premises, rules version. */
  readonly footer?: string;
}

export interface Reply {
  readonly text: string;
  readonly card?: Card;
  /** The answer in a model's words, checked against the ruling: at the head of a card in the place of its summary. */
  readonly worded?: string;
  /** Papers to hand over, made when they are fetched or sent. */
  readonly papers?: readonly PaperRef[];
  /** The record whose state it shows (`Y12`): where cards can be changed, the newest one about it follows. */
  readonly follows?: string;
}

/** A paper of the register: `minutes` of `H3`, `item-form` of `Y12`. */
export interface PaperRef {
  readonly kind: string;
  /** The record it is made of. */
  readonly of: string;
  /** File name with its ending. */
  readonly name: string;
}

/** A reply on its way to a platform. */
export interface Outgoing {
  /** Idempotency key, at most 50 characters, made from the question's id and the step: a retry carries the same. */
  readonly key: string;
  readonly platform: PlatformName;
  readonly app: string;
  readonly conversation: Conversation;
  /** The platform's id of the message answered; a message without one stands alone. */
  readonly replyTo?: string;
  /** `replyTo` is the card of ours whose button was pressed. */
  readonly pressed?: true;
  /** The platform's id of the one person it is meant for; in a group, of whoever asked. Papers are handed to nobody else. */
  readonly to?: string;
  /** When what is answered was asked, in epoch milliseconds; what is said unasked has none. */
  readonly askedAt?: number;
  readonly reply: Reply;
}
