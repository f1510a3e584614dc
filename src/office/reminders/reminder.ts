import type { CardAction } from '../../domain/message.ts';

/** The groups of a digest, in the order they are read. */
export const SECTIONS = {
  today: '今天要办',
  overdue: '已逾期',
  soon: '三天内',
  running: '进行中',
  confirm: '等您确认',
} as const;
export type Section = keyof typeof SECTIONS;

/** What is dropped last when a digest is full comes first. */
export const WEIGHT: Readonly<Record<Section, number>> = { overdue: 0, today: 1, confirm: 2, soon: 3, running: 4 };

/** One line of one person's digest. */
export interface Reminder {
  readonly member: string;
  /** The id of the record: `J5`. */
  readonly about: string;
  /** Tells several lines about one record apart, e.g. the code of a gate. */
  readonly part?: string;
  readonly section: Section;
  readonly text: string;
  /** What to press or type. */
  readonly action: CardAction;
  /** The record is for those who deal with it only. */
  readonly confidential: boolean;
  /** Of somebody else's delay: cannot be put off. */
  readonly escalation?: true;
}

/** A title as a digest line has room for it. */
export const short = (title: string): string =>
  [...title].length > 32 ? `${[...title].slice(0, 31).join('')}…` : title;
