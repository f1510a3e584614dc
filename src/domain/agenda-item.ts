import type { Confidentiality, Decider } from './deciders.ts';
import type { Body } from './member.ts';

/**
 * 议题: one matter on its way to a decision. Facts: procedure sections 3 and 4, form 1. A calendar day is `YYYY-MM-DD`,
 * a moment is epoch milliseconds.
 */
export interface AgendaItem {
  /** `Y12`: unique in the school, never used again. */
  readonly id: string;
  /** The official number once listed, e.g. `D-2026-03-02` (form 0.2). */
  readonly number?: string;
  readonly title: string;
  readonly state: ItemState;
  readonly matter: { readonly id: string; readonly name: string };
  readonly ruling: ItemRuling;
  /** What the form asks for (form 1), by field name; see `src/office/item-fields.ts`. Amount in yuan. */
  readonly fields: Readonly<Record<string, string>>;
  /** Bodies in order; the item is before `legs[leg]`. */
  readonly legs: readonly Leg[];
  readonly leg: number;
  readonly gates: readonly Gate[];
  /** Who raised it. */
  readonly sponsor: string;
  readonly department?: string;
  /** The leader in charge who reviews it (分管领导). */
  readonly deputy?: string;
  /** Where it was raised: news of a matter that is not confidential may go there. */
  readonly origin: Origin;
  readonly supplements: readonly Supplement[];
  /** Members who must stand back (回避), and why. */
  readonly recusals: readonly { readonly member: string; readonly why: string }[];
  readonly attachments: readonly { readonly name: string; readonly by: string; readonly at: number }[];
  /** Set while the item waits for another talk between secretary and principal (有分歧暂缓). */
  readonly talkAgainOn?: string;
  readonly returned?: { readonly by: string; readonly why: string };
  readonly withdrawn?: { readonly by: string; readonly why: string };
  /** The meeting it is listed for. */
  readonly meeting?: string;
  readonly resolutions: readonly string[];
  /** 复议: the resolution that would be changed. */
  readonly reconsiders?: string;
  readonly raisedAt: number;
}

/**
 * draft 草稿: the form is being filled. preparing 办理前置: submitted; gates are being closed. deferred 暂缓: views differ,
 * talk again. ready 待列入: every gate of this leg is closed and the chair has agreed. listed 已排议程. decided 已议: the last
 * body has decided. returned 退回: to the sponsor, with the reason. withdrawn 撤回.
 */
export type ItemState = 'draft' | 'preparing' | 'deferred' | 'ready' | 'listed' | 'decided' | 'returned' | 'withdrawn';

/** The states from which one may go on to which; everything else is impossible. */
export const ITEM_MOVES: Readonly<Record<ItemState, readonly ItemState[]>> = {
  draft: ['preparing', 'withdrawn'],
  preparing: ['ready', 'deferred', 'returned', 'withdrawn'],
  deferred: ['preparing', 'returned', 'withdrawn'],
  ready: ['listed', 'preparing', 'deferred', 'returned', 'withdrawn', 'decided'],
  listed: ['ready', 'preparing', 'deferred', 'decided', 'withdrawn'],
  decided: [],
  returned: ['preparing', 'draft', 'withdrawn'],
  withdrawn: [],
};

/** The ruling the item stands on, as it was given; `answer` is its number in the archive. */
export interface ItemRuling {
  readonly decider: Decider;
  readonly answer?: string;
  readonly rulesVersion: string;
  readonly confidentiality: Confidentiality;
  /** Personnel decisions need two thirds of the members present. */
  readonly cadre: boolean;
  /** At or above the school's A2: never added at a meeting. */
  readonly large: boolean;
  readonly category: string;
  readonly facts: Readonly<Record<string, unknown>>;
  /** Lines to show: `《title》section：says`. */
  readonly basis: readonly string[];
  readonly steps: readonly { readonly body: string; readonly action: string }[];
  readonly postSteps: readonly { readonly code: string; readonly text: string }[];
}

export interface Leg {
  readonly body: Body | 'congress' | 'superior' | 'other';
  /** studies 研究提出 (goes on to the next leg), passes 讨论通过, decides 决定. */
  readonly act: 'studies' | 'reviews' | 'passes' | 'decides';
  /** What the body is called where its kind does not say it: a private school's board, a meeting the school has its own name for. */
  readonly name?: string;
  /** How this leg ended, with the meeting or the evidence. */
  readonly done?: { readonly at: number; readonly meeting?: string; readonly note: string };
}

/** A recorded step before a meeting (procedure 3.4). */
export interface Gate {
  /** A code of `knowledge/steps.yaml` or one of `dept`, `deputies`, `sp_talk`, `members`, `chair`. */
  readonly code: string;
  readonly name: string;
  /** The leg it must be closed before. */
  readonly leg: number;
  /** waived 无需: with a reason, by the leader in charge or the chair. differs 有分歧: only for talks. */
  readonly state: 'open' | 'passed' | 'waived' | 'differs';
  readonly records: readonly GateRecord[];
  /** `members`: who is to be consulted one by one (个别酝酿). */
  readonly whom?: readonly string[];
}

export interface GateRecord {
  readonly by: string;
  readonly at: number;
  /** 完成, 同意, 无重大分歧, 有分歧暂缓, 请示上级, 无需 … */
  readonly outcome: string;
  readonly note?: string;
  readonly evidence?: string;
  /** `members`: the person consulted. */
  readonly member?: string;
}

export interface Origin {
  readonly kind: 'group' | 'direct';
  readonly id: string;
}

export interface Supplement {
  readonly by: string;
  readonly at: number;
  readonly text: string;
}

/** Money or people: what a school with one person in both offices votes on by name or secretly (procedure 9.2). */
export const moneyOrPeople = ({ ruling, fields }: Pick<AgendaItem, 'ruling' | 'fields'>): boolean =>
  ruling.cadre ||
  ruling.large ||
  (fields['amount'] ?? '') !== '' ||
  /干部|人才|人事|财务|资金|采购/.test(ruling.category);

/** The gates that still stand before the item's next meeting; empty when it may be listed. */
export const openGates = (item: AgendaItem): readonly Gate[] =>
  item.gates.filter((g) => g.leg <= item.leg && g.state !== 'passed' && g.state !== 'waived');
