import type { Body } from './member.ts';

/** The four clear things (四明确): every line of the follow-up register has all of them. Procedure section 5. */
export interface FourClear {
  /** 目标任务 */
  readonly goal: string;
  /** 推进措施 */
  readonly measures: string;
  /** 完成时限, `YYYY-MM-DD`. */
  readonly deadline: string;
  /** 责任主体: a member's id, or a department or name where no member fits. */
  readonly owner: string;
}

/**
 * 决议, and every other task followed up the same way (rows of imported lists). Forms 7 and 8.
 */
export interface Resolution extends FourClear {
  /** `J5` for a resolution, `R7` for a row of a task list. */
  readonly id: string;
  /** `D-2026-03-02-J1`; rows of lists keep the list's own number. */
  readonly number: string;
  readonly title: string;
  /** What was decided, word for word. */
  readonly text: string;
  readonly source: ResolutionSource;
  readonly state: ResolutionState;
  readonly coowner?: string;
  /** Who raised the item: may ask for reconsideration. */
  readonly sponsor?: string;
  /** A cadre matter: taken up again only when more than half of the Party leadership agree. */
  readonly cadre?: true;
  /** The leader in charge, who reviews before it is closed. */
  readonly checker?: string;
  readonly confidentiality: 'public' | 'internal' | 'committee_only';
  readonly progress: readonly Progress[];
  readonly extensions: readonly Extension[];
  readonly closing?: Closing;
  readonly evaluation?: { readonly by: string; readonly at: number; readonly text: string };
  readonly correction?: {
    readonly by: string;
    readonly at: number;
    readonly kind: '继续' | '调整' | '终止';
    readonly text: string;
  };
  /** Why it ended before it was done. */
  readonly ended?: { readonly by: string; readonly at: number; readonly why: string };
  /** 复议: the agenda item that asks for a change, while it is under way. */
  readonly reconsideredBy?: string;
  /** 复议申请 (form 9), oldest first; at most the last is unanswered. */
  readonly applications?: readonly Reconsideration[];
  readonly supersededBy?: string;
  readonly supersedes?: string;
  /** 公示期: both days included. */
  readonly publicity?: {
    readonly from: string;
    readonly until: string;
    /** What allows a period shorter than the school's, where it is. */
    readonly basis?: string;
  };
  readonly createdAt: number;
}

export type ResolutionSource =
  | { readonly kind: 'meeting'; readonly meeting: string; readonly item: string; readonly body: Body }
  | {
      readonly kind: 'list';
      readonly list: string;
      readonly row: string;
      readonly problem?: string;
      readonly from?: string;
      readonly nature?: string;
    };

/** 未启动, 进行中, 受阻, 已完成待核, 已销号, 已终止. */
export type ResolutionState = 'waiting' | 'running' | 'blocked' | 'done' | 'closed' | 'ended';
export const RESOLUTION_STATES: Readonly<Record<ResolutionState, string>> = {
  waiting: '未启动',
  running: '进行中',
  blocked: '受阻',
  done: '已完成待核',
  closed: '已销号',
  ended: '已终止',
};

export const RESOLUTION_MOVES: Readonly<Record<ResolutionState, readonly ResolutionState[]>> = {
  waiting: ['running', 'blocked', 'done', 'ended'],
  running: ['blocked', 'done', 'ended'],
  blocked: ['running', 'done', 'ended'],
  done: ['running', 'closed', 'ended'],
  closed: ['ended'],
  ended: [],
};

export interface Progress {
  readonly by: string;
  readonly at: number;
  readonly text: string;
  readonly evidence?: string;
}

/** An extension asked for; the body that decided consents through its chair, the second in a row goes back to the meeting. */
export interface Extension {
  readonly by: string;
  readonly at: number;
  readonly why: string;
  readonly until: string;
  /** The second in a row: only a meeting grants it. */
  readonly toMeeting?: true;
  readonly answer?: {
    readonly by: string;
    readonly at: number;
    readonly granted: boolean;
    readonly note?: string;
    /** The meeting's resolution that grants it. */
    readonly decision?: string;
  };
}

/** 依据变化 … 上级新要求: form 9. */
export const RECONSIDER_REASONS = ['依据变化', '条件变化', '执行受阻', '发现错误', '公示异议', '上级新要求'] as const;
export const RECONSIDER_PROPOSALS = ['维持', '调整', '撤销', '暂停执行'] as const;

/** An application for 复议 (form 9), answered by the chair of the body that decided. */
export interface Reconsideration {
  /** `J5-F1` */
  readonly id: string;
  readonly by: string;
  readonly at: number;
  readonly reason: (typeof RECONSIDER_REASONS)[number];
  readonly facts: string;
  readonly impact: string;
  readonly proposal: (typeof RECONSIDER_PROPOSALS)[number];
  readonly answer?: {
    readonly by: string;
    readonly at: number;
    readonly accepted: boolean;
    readonly why?: string;
    /** Cadre matters: how many members of the Party leadership agreed to take it up again, of how many. */
    readonly agreed?: { readonly count: number; readonly of: number };
    /** The agenda item it became. */
    readonly item?: string;
  };
}

/** Closing (销号): evidence by the owner, the leader's review, the office's check. */
export interface Closing {
  readonly evidence: string;
  readonly by: string;
  readonly at: number;
  readonly reviewed?: { readonly by: string; readonly at: number };
  readonly checked?: { readonly by: string; readonly at: number };
}

/** Still to be done: what reminders speak of. */
export const isOpen = (r: Resolution): boolean => r.state !== 'closed' && r.state !== 'ended';
