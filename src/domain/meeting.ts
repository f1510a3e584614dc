import type { Body } from './member.ts';

/** 会议: procedure section 4, forms 3 to 6. */
export interface Meeting {
  /** `H3`: unique in the school. */
  readonly id: string;
  /** `党会〔2026〕第3次`. */
  readonly number: string;
  readonly body: Body;
  readonly year: number;
  /** Its number in the year. */
  readonly ordinal: number;
  readonly state: MeetingState;
  readonly date: string;
  /** `HH:MM`. */
  readonly time: string;
  readonly place: string;
  readonly chair: string;
  readonly recorder: string;
  readonly agenda: readonly Entry[];
  /** Set when the notice went out; who has confirmed reading the papers. */
  readonly noticedAt?: number;
  readonly readBy: readonly string[];
  readonly leave: readonly Leave[];
  /** Members with a vote who are here. Set when the meeting opens. */
  readonly present: readonly string[];
  readonly observers: readonly string[];
  readonly openedAt?: number;
  readonly closedAt?: number;
  readonly minutes?: { readonly signedBy: string; readonly at: number };
  readonly cancelled?: { readonly by: string; readonly why: string };
  /** Why the notice went out later than the school's lead time allows. */
  readonly urgent?: string;
  /** Who signs the minutes in the chair's stead (受托签发). */
  readonly signer?: string;
}

/** called 已通知或待开, open 进行中, closed 已散会, failed 未达到会人数, cancelled 取消. */
export type MeetingState = 'called' | 'open' | 'closed' | 'failed' | 'cancelled';

export const MEETING_MOVES: Readonly<Record<MeetingState, readonly MeetingState[]>> = {
  called: ['open', 'failed', 'cancelled'],
  open: ['closed'],
  closed: [],
  failed: [],
  cancelled: [],
};

export interface Leave {
  readonly member: string;
  readonly why: string;
  /** A written opinion, read out at the meeting and, unless the school's rules say otherwise, not counted. */
  readonly opinion?: string;
}

/** One item at one meeting. */
export interface Entry {
  readonly item: string;
  readonly number: string;
  /** Given when it was added after the notice (临时动议). */
  readonly urgent?: string;
  readonly state: 'waiting' | 'discussing' | 'decided';
  readonly recused: readonly string[];
  readonly opinions: readonly Opinion[];
  readonly vote?: Vote;
  readonly outcome?: Outcome;
  /** What was decided, as the minutes give it. */
  readonly text?: string;
  readonly resolution?: string;
  /** Planned length in minutes. */
  readonly minutes?: number;
  /** Why it was listed later than the school's lead time for items allows, before the notice. */
  readonly late?: string;
  /** Who chairs this item: the meeting's chair, or a deputy while the chair stands back. Set when it is taken up. */
  readonly chair?: string;
  /** Members with a vote who took part in it, fixed with the outcome. */
  readonly took?: readonly string[];
  /** The meeting ended without an outcome for it, or it was taken back: why it went. */
  readonly left?: string;
}

/** adopted 通过, amended 修改后通过, rejected 不通过, deferred 暂缓. */
export type Outcome = 'adopted' | 'amended' | 'rejected' | 'deferred';
export const OUTCOMES: Readonly<Record<Outcome, string>> = {
  adopted: '通过',
  amended: '修改后通过',
  rejected: '不通过',
  deferred: '暂缓',
};

export interface Opinion {
  readonly member: string;
  readonly stance: '同意' | '不同意' | '缓议';
  readonly words?: string;
}

export interface Vote {
  readonly method: '口头' | '举手' | '记名' | '无记名';
  readonly for: number;
  readonly against: number;
  readonly abstain: number;
  readonly defer: number;
}
