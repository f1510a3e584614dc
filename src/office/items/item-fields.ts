import type { CardField } from '../../domain/message.ts';

/** A field of the 议题申报单 (form 1). `label` is what the form and people call it. */
export interface ItemField {
  readonly name: string;
  readonly label: string;
  readonly others: readonly string[];
  /** always; money: where an amount is at stake; touching: where staff, students or parents are touched; urgent: where 紧急. */
  readonly needed: 'always' | 'money' | 'touching' | 'urgent' | 'never';
  readonly type: CardField['type'];
  readonly options?: readonly string[];
}

const field = (
  name: string,
  label: string,
  others: readonly string[],
  needed: ItemField['needed'],
  type: CardField['type'] = 'text',
  options?: readonly string[],
): ItemField => ({ name, label, others, needed, type, ...(options && { options }) });

/** In the order of the form. What the ruling or the profile gives (target meeting, basis, category) is not asked for. */
export const ITEM_FIELDS: readonly ItemField[] = [
  field('title', '议题名称', ['题目', '标题', '名称'], 'never'),
  field('need_type', '类型', [], 'never', 'select', ['讨论决定', '研究方案', '听取汇报', '传达学习']),
  field('background', '背景与依据', ['背景', '事由', '依据'], 'never'),
  field('proposal', '建议方案', ['方案', '建议'], 'always'),
  field('amount', '金额（元）', ['金额', '预算', '经费'], 'money', 'number'),
  field('fund_source', '资金来源', ['经费来源', '来源'], 'money'),
  field('in_budget', '是否预算内', ['预算内'], 'money', 'select', ['预算内', '预算外']),
  field('procurement_mode', '采购方式', [], 'money'),
  field('affected', '影响对象与人数', ['影响对象', '影响', '涉及人员'], 'always'),
  field('opinions', '征求意见情况', ['征求意见', '意见情况'], 'touching'),
  field('risk', '风险与防控', ['风险', '风险点'], 'always'),
  field('recusal', '需回避人员', ['回避'], 'never'),
  field('attend', '拟列席人员', ['列席'], 'never'),
  field('minutes', '所需时间（分钟）', ['时间', '时长'], 'never', 'number'),
  field('urgency', '缓急', ['紧急程度'], 'never', 'select', ['常规', '加急', '紧急']),
  field('urgent_why', '紧急理由', [], 'urgent'),
  field('handler', '经办人', ['承办人'], 'never'),
  field('phone', '联系电话', ['电话'], 'never'),
  field('attachments', '附件', [], 'never'),
];

/** Still needed before the item can be submitted. */
export function missingFields(fields: Readonly<Record<string, string>>, touching: boolean): readonly ItemField[] {
  const money = (fields['amount'] ?? '') !== '';
  return ITEM_FIELDS.filter((f) => {
    const wanted =
      f.needed === 'always' ||
      (f.needed === 'money' && money) ||
      (f.needed === 'touching' && touching) ||
      (f.needed === 'urgent' && fields['urgency'] === '紧急');
    return wanted && (fields[f.name] ?? '').trim() === '';
  });
}

export const asCardField = (f: ItemField, required: boolean): CardField => ({
  name: f.name,
  label: f.label,
  type: f.type,
  required,
  ...(f.options && { options: f.options.map((value) => ({ value, label: value })) }),
});

/** A label somebody wrote before a colon or blank: `资金来源：公用经费`. */
const labelOf = (word: string): ItemField | undefined =>
  ITEM_FIELDS.find((f) => f.label === word || f.others.includes(word) || f.label.replace(/（.*/, '') === word);

/** A field's whole name, after which a blank is enough: `资金来源 公用经费`, `金额改为4万`. */
const wholeLabelOf = (word: string): ItemField | undefined =>
  ITEM_FIELDS.find((f) => f.label.replace(/（.*/, '') === word);

const STATED = /^\s*[>》]?\s*([\u4e00-\u9fff]{2,8})\s*[:：]\s*(\S[\s\S]*)$/;
const STATED_PLAINLY = /^\s*([\u4e00-\u9fff]{2,7}?)(?:\s+|\s*(?:改为|改成)\s*)(\S[\s\S]*)$/;

/** Fields stated with their label, one a line or separated by semicolons (`plainly`: a whole label and a blank will do); and the rest. */
export function fieldsIn(text: string, plainly = false): { fields: Record<string, string>; rest: string } {
  const fields: Record<string, string> = {};
  const rest: string[] = [];
  for (const part of text.split(/[\n;；]+/)) {
    const named = STATED.exec(part);
    const stated = named ?? (plainly ? STATED_PLAINLY.exec(part) : null);
    const known = stated && (named ? labelOf : wholeLabelOf)(stated[1]!);
    if (known) fields[known.name] = stated[2]!.trim();
    else if (part.trim()) rest.push(part.trim());
  }
  return { fields, rest: rest.join('；') };
}

/** Values of a form: only fields we know, trimmed; an empty one is as if it had not been filled. */
export const fieldsFrom = (values: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values)
      .map(([k, v]) => [k, v.trim()] as const)
      .filter(([k, v]) => v !== '' && ITEM_FIELDS.some((f) => f.name === k)),
  );
