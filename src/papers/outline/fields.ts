import type { AgendaItem, Gate } from '../../domain/agenda-item.ts';
import { amountInFigures, amountInWords, amountOf } from '../../domain/money.ts';
import { BLANK } from '../words.ts';

/** What the sponsor wrote, by the form's field name; empty where it was left out. */
export const written = (item: AgendaItem | undefined, name: string): string => item?.fields[name]?.trim() ?? '';

/** Which gates bear a field out; while one of them is open the field is unverified (form 0.3). */
const BORNE_OUT: Readonly<Record<string, readonly string[]>> = {
  amount: ['budget', 'dept'],
  fund_source: ['budget'],
  in_budget: ['budget'],
  procurement_mode: ['procure'],
  affected: ['survey'],
  background: ['survey'],
  opinions: ['congress_hear', 'congress_pass', 'parents', 'students'],
  risk: ['risk'],
};
const UNVERIFIED = '〔待核〕';

export const isClosed = (gate: Gate): boolean => gate.state === 'passed' || gate.state === 'waived';

/** A field as papers show it; 〔待核〕 after what nobody has checked yet. */
export function shown(item: AgendaItem | undefined, name: string, text = written(item, name)): string {
  const codes = BORNE_OUT[name] ?? [];
  const open = item?.gates.some((g) => codes.includes(g.code) && !isClosed(g)) ?? false;
  return text !== '' && open && !text.includes('待核') ? `${text}${UNVERIFIED}` : text;
}

const TAX = /不含税|含税/;

/**
 * The amount in capitals and figures and whether tax is in it (form 0.1): `人民币陆拾万元整（600,000元，含税）`. What is no amount stays as
 * it was written.
 */
export function amountShown(item: AgendaItem | undefined): string {
  const text = written(item, 'amount');
  if (text === '') return '';
  const tax = TAX.exec(`${text} ${written(item, 'tax')}`)?.[0] ?? `是否含税：${BLANK}`;
  const yuan = amountOf(text.replace(/[（(]?(?:不含税|含税)[）)]?/g, ''));
  if (yuan === undefined) return shown(item, 'amount');
  return shown(item, 'amount', `人民币${amountInWords(yuan)}（${amountInFigures(yuan)}，${tax}）`);
}

/** Who sits in and for how long: 总务处负责人，10分钟. */
export function attendance(item: AgendaItem | undefined): string {
  const minutes = written(item, 'minutes');
  return [written(item, 'attend'), /^\d+$/.test(minutes) ? `${minutes}分钟` : minutes].filter(Boolean).join('，');
}

const YES_NO: Readonly<Record<string, string>> = { true: '是', false: '否', yes: '是', no: '否' };
export const yesNo = (text: string): string => YES_NO[text.toLowerCase()] ?? text;

/** The question put to the meeting: one sentence that can be voted on. */
export function questionOf(item: AgendaItem): string {
  const asked = written(item, 'decision_asked');
  if (asked === '') return `请审议是否同意${BLANK}`;
  return asked.startsWith('请') ? asked : `请审议是否同意${asked}`;
}
