import type { Decider, Language } from '../domain/deciders.ts';
import type { AmountLines } from '../domain/school.ts';
import type { Fact, Level, Value } from '../rules/rulebook.ts';

/** Short fixed wordings in both languages. */
export const HEADINGS = {
  conclusion: { zh: '结论', en: 'Ruling' },
  texts: { zh: '文件怎么说', en: 'What the texts say' },
  ask: { zh: '先确认一点', en: 'One thing first' },
  person: { zh: '需要人来定', en: 'A person must decide' },
  unruled: { zh: '规则里没有写到', en: 'Not in the rules' },
  basis: { zh: '依据', en: 'Basis' },
  before: { zh: '前置程序', en: 'Before' },
  meeting: { zh: '会议要求', en: 'Meeting' },
  after: { zh: '后续', en: 'Afterwards' },
  open: { zh: '还需确认', en: 'To be confirmed' },
  steps: { zh: '怎么走', en: 'Steps' },
} as const;

export const LEVELS: Readonly<Record<Level, { zh: string; en: string }>> = {
  central: { zh: '中央和国家', en: 'central' },
  ministry: { zh: '部委', en: 'ministry' },
  province: { zh: '省', en: 'province' },
  city: { zh: '市', en: 'city' },
  district: { zh: '区县', en: 'district' },
  school: { zh: '学校做法', en: 'school practice' },
};

/** `未核对`: the text of the source was not at hand; said wherever such a clause is shown. */
export const CHECKED = {
  original: { zh: '', en: '' },
  excerpt: { zh: '据摘录', en: 'from an excerpt' },
  recalled: { zh: '待核原文', en: 'text to be checked' },
} as const;

/** Whether a Party meeting is needed, said outright: it is what people ask. */
export function partyLine(needed: boolean | null, decider: Decider, board: boolean, language: Language): string {
  if (board && needed)
    return language === 'zh' ? '须先由党组织研究提出意见。' : 'The Party organisation gives its opinion first.';
  if (decider === 'prohibited') return '';
  if (needed === true) return language === 'zh' ? '需要上党组织会议。' : 'It needs the Party meeting.';
  if (needed === false) return language === 'zh' ? '不需要上党组织会议。' : 'It does not need the Party meeting.';
  return '';
}

const wan = (yuan: number): string =>
  yuan >= 10_000 && yuan % 100 === 0 ? `${yuan / 10_000}万元` : `${yuan.toLocaleString('en-US')}元`;

export const money = (yuan: number, language: Language): string =>
  language === 'zh' ? wan(yuan) : `${yuan.toLocaleString('en-US')} yuan`;

const BOUND = /^(<|>=)(A1|A2|\d+)$|^(A1)\.\.(A2)$/;

/** An amount tier in words, with the school's figures where it has set them: 低于 A1（1万元）. */
export function tierLabel(range: string, lines: AmountLines | undefined, language: Language): string {
  const m = BOUND.exec(range);
  if (!m) return range;
  const named = (bound: string) => {
    const figure = bound === 'A1' || bound === 'A2' ? lines?.[bound] : Number(bound);
    const known = figure !== undefined && figure < Number.MAX_SAFE_INTEGER ? money(figure, language) : null;
    if (!bound.startsWith('A')) return known!;
    return known ? `${bound}${language === 'zh' ? `（${known}）` : ` (${known})`}` : bound;
  };
  if (m[3])
    return language === 'zh' ? `${named('A1')}以上、低于${named('A2')}` : `from ${named('A1')} to below ${named('A2')}`;
  if (m[1] === '<') return language === 'zh' ? `低于${named(m[2]!)}` : `below ${named(m[2]!)}`;
  return language === 'zh' ? `${named(m[2]!)}及以上` : `${named(m[2]!)} or more`;
}

/** A fact's value as a person reads it. */
export function valueLabel(fact: Fact, value: Value, lines: AmountLines | undefined, language: Language): string {
  if (fact.kind === 'amount' || fact.id === 'threshold') return tierLabel(String(value), lines, language);
  const option = fact.options.find((o) => o.value === value);
  return option ? option.label[language] : String(value);
}

/** What a school sets for itself (procedure section 13), by parameter name. */
export const PARAMETERS: Readonly<Record<string, { zh: string; en: string }>> = {
  absent_opinion_counts: { zh: '缺席书面意见是否计票', en: 'whether absent members’ written opinions count' },
  inclusive_rounding: { zh: '半数、三分之二怎样取整', en: 'how half and two thirds are rounded' },
  minutes_days: { zh: '纪要时限', en: 'time limit for minutes' },
  notice_lead: { zh: '通知和材料提前多久', en: 'notice period' },
  pass_rule: { zh: '通过门槛', en: 'votes needed' },
  publicize_days: { zh: '公示天数', en: 'days of public notice' },
  regular_cycle_party: { zh: '党组织会议例会周期', en: 'cycle of the Party meeting' },
  regular_cycle_principal: { zh: '校长办公会议例会周期', en: 'cycle of the principal’s office meeting' },
  report_minutes: { zh: '汇报时长', en: 'length of a report' },
  sp_talk_frequency: { zh: '书记校长沟通频次', en: 'how often secretary and principal talk' },
  staff_congress_order: {
    zh: '党组织会议在教代会前还是后',
    en: 'whether the Party meeting comes before or after the staff congress',
  },
  topic_lead_days: { zh: '议题提前几天申报', en: 'days ahead for items' },
};
