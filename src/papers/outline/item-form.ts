import type { AgendaItem, Gate, GateRecord } from '../../domain/agenda-item.ts';
import { mustHave, type Sources } from '../sources.ts';
import { CIRCLES, dayAt, legWords, people, person, zhDay } from '../words.ts';
import { type Block, cell, FORM_WIDTHS, type Outline, pair, wide } from './blocks.ts';
import { markOf, outlineOf } from './common.ts';
import { amountShown, attendance, isClosed, questionOf, shown, written, yesNo } from './fields.ts';

/** 议题申报单 (form 1): what the sponsor asks, what was done before, who reviewed it. */
export function itemForm(sources: Sources): Outline {
  const item = mustHave(sources.item, 'item');
  const number = item.number ? `${item.id}（${item.number}）` : item.id;
  return outlineOf(sources.school, `议题申报单 ${item.id}`, [
    markOf(item.ruling.confidentiality),
    { kind: 'title', text: '议题申报单' },
    { kind: 'caption', text: `编号：${number}　　申报日期：${dayAt(item.raisedAt)}` },
    {
      kind: 'table',
      table: { widths: FORM_WIDTHS, rows: [...askedRows(item, sources), ...reviewRows(item, sources)] },
    },
    item.gates.length > 0 && { kind: 'caption', text: '前置步骤办理情况' },
    item.gates.length > 0 && stepsTable(item, sources),
    item.attachments.length > 0 && { kind: 'attachments', names: item.attachments.map((a) => a.name) },
    { kind: 'note', text: '注：一事一单；标〔待核〕的数据尚未核实。' },
  ]);
}

function askedRows(item: AgendaItem, { roster }: Sources) {
  const field = (name: string) => shown(item, name);
  const handler = [written(item, 'handler') || roster.nameOf(item.sponsor), written(item, 'phone')]
    .filter(Boolean)
    .join('　');
  const supplements = item.supplements.map((s) => `${roster.nameOf(s.by)}（${dayAt(s.at)}）：${s.text}`).join('\n');
  return [
    wide('议题名称', item.title),
    wide('拟提交会议', item.legs.map(legWords).join('，再交')),
    wide('对应事项\n与依据', [item.matter.name, ...item.ruling.basis].join('\n')),
    pair('三重一大\n分类', item.ruling.category, '议题类型', written(item, 'need_type')),
    pair('承办部门', item.department ?? written(item, 'sponsor_dept'), '经办人\n及电话', handler),
    pair(
      '紧急程度',
      [written(item, 'urgency'), written(item, 'urgent_why')].filter(Boolean).join('：'),
      '知悉范围',
      CIRCLES[item.ruling.confidentiality],
    ),
    wide('背景与依据', field('background'), 3),
    wide('建议方案', field('proposal'), 3),
    wide('请会议决定\n的问题', questionOf(item), 2),
    wide('金额', amountShown(item)),
    pair('资金来源', field('fund_source'), '是否\n预算内', shown(item, 'in_budget', yesNo(written(item, 'in_budget')))),
    wide('采购方式\n与依据', field('procurement_mode')),
    wide('影响对象\n与人数', field('affected')),
    wide('征求意见\n及采纳情况', field('opinions')),
    wide('风险与防控', field('risk'), 2),
    pair('回避人员', recusalsOf(item, { roster }), '列席人员\n与时间', attendance(item)),
    ...(supplements ? [wide('补充情况', supplements)] : []),
    ...(item.reconsiders ? [wide('复议的决议', item.reconsiders)] : []),
  ];
}

const recusalsOf = (item: AgendaItem, { roster }: Pick<Sources, 'roster'>): string =>
  item.recusals.map((r) => `${roster.nameOf(r.member)}：${r.why}`).join('\n') || written(item, 'recusal');

/** Opinions of those who review it: as recorded, with room to sign where there is nothing yet. */
function reviewRows(item: AgendaItem, sources: Sources) {
  const { roster } = sources;
  const of = (code: string) => item.gates.filter((g) => g.code === code).flatMap((g) => g.records);
  const row = (name: string, records: readonly GateRecord[]) =>
    wide(name, records.map((r) => opinion(r, sources)).join('\n') || '签名：　　　　　　　　　年　　月　　日', 2);
  return [
    row('承办部门\n意见', of('dept')),
    row(`分管领导\n意见`, of('deputies')),
    wide('书记校长\n沟通', talkOf(item, sources), 2),
    row('确定上会\n意见', of('chair')),
    ...(item.talkAgainOn ? [wide('再次沟通', zhDay(item.talkAgainOn))] : []),
    ...(item.returned ? [wide('退回原因', `${item.returned.why}（${person(roster, item.returned.by)}）`)] : []),
    ...(item.withdrawn ? [wide('撤回原因', `${item.withdrawn.why}（${person(roster, item.withdrawn.by)}）`)] : []),
  ];
}

const opinion = (r: GateRecord, { roster }: Sources): string =>
  `${r.outcome}${r.note ? `：${r.note}` : ''}　${roster.nameOf(r.by)}　${dayAt(r.at)}`;

/** Only that it was done, when and how it ended: what was said stays with those who talked (form 2). */
function talkOf(item: AgendaItem, { roster }: Sources): string {
  const talks = item.gates.filter((g) => g.code === 'sp_talk').flatMap((g) => g.records);
  return talks.map((r) => `${r.outcome}　${roster.nameOf(r.by)}登记　${dayAt(r.at)}`).join('\n') || '未沟通';
}

const STATES: Readonly<Record<Gate['state'], string>> = {
  open: '未完成',
  passed: '已完成',
  waived: '无需',
  differs: '有分歧',
};

function stepsTable(item: AgendaItem, { roster }: Sources): Block {
  const rows = item.gates.map((gate, i) => {
    const last = gate.records.at(-1);
    const restricted = gate.code === 'sp_talk' || gate.code === 'members';
    const notes = [last?.evidence, restricted ? undefined : last?.note, whoIsLeft(gate, roster)].filter(Boolean);
    return [
      cell(String(i + 1), { as: 'centre' }),
      cell(gate.name),
      cell(STATES[gate.state], { as: 'centre' }),
      cell(last ? `${roster.nameOf(last.by)}\n${dayAt(last.at)}` : '', { as: 'centre' }),
      cell(notes.join('；')),
    ];
  });
  return {
    kind: 'table',
    table: { widths: [9, 30, 12, 25, 24], head: ['序号', '步骤', '状态', '办理人、日期', '附件或说明'], rows },
  };
}

function whoIsLeft(gate: Gate, roster: Sources['roster']): string | undefined {
  const heard = new Set(gate.records.map((r) => r.member));
  const left = (gate.whom ?? []).filter((id) => !heard.has(id));
  return isClosed(gate) || left.length === 0 ? undefined : `待听取：${people(roster, left)}`;
}
