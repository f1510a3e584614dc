import { BODIES, type Roster } from '../../domain/member.ts';
import { type Resolution, RESOLUTION_STATES } from '../../domain/resolution.ts';
import { mustHave, type Sources } from '../sources.ts';
import { dayAt, person, zhDay } from '../words.ts';
import { type Block, cell, FORM_WIDTHS, type Outline, pair, type Table, wide } from './blocks.ts';
import { markOf, outlineOf } from './common.ts';

/** 督办单 (form 7): the four clear things, what has been done, and how it was closed. */
export function followUp(sources: Sources): Outline {
  const resolution = mustHave(sources.resolution, 'resolution');
  const { school, roster, day } = sources;
  return outlineOf(school, `督办单 ${resolution.id}`, [
    markOf(resolution.confidentiality),
    { kind: 'title', text: '决议督办单' },
    {
      kind: 'caption',
      text: `编号：${resolution.id}（${resolution.number}）　　状态：${RESOLUTION_STATES[resolution.state]}`,
    },
    { kind: 'table', table: { widths: FORM_WIDTHS, rows: mainRows(resolution, sources) } },
    { kind: 'caption', text: '推进情况' },
    { kind: 'table', table: progressTable(resolution, roster) },
    resolution.extensions.length > 0 && { kind: 'caption', text: '延期情况' },
    resolution.extensions.length > 0 && { kind: 'table', table: extensionTable(resolution, roster) },
    { kind: 'caption', text: '销号与评价' },
    { kind: 'table', table: { widths: FORM_WIDTHS, rows: endRows(resolution, roster), together: true } },
    {
      kind: 'note',
      text: `注：制表日期${zhDay(day)}。销号须有佐证，经分管领导审核、办公室（或纪检）复核。`,
    } satisfies Block,
  ]);
}

function mainRows(r: Resolution, { roster, items, meeting }: Sources) {
  const { source } = r;
  const origin =
    source.kind === 'meeting'
      ? [
          wide('来源会议', meeting?.number ?? BODIES[source.body]),
          wide('议题', items.get(source.item)?.title ?? r.title),
        ]
      : [wide('来源清单', `${source.list}　${source.row}`), wide('对应问题', source.problem)];
  return [
    ...origin,
    wide('决定内容', r.text),
    wide('目标任务', r.goal),
    wide('推进措施', r.measures),
    pair('完成时限', zhDay(r.deadline), '责任主体', person(roster, r.owner)),
    pair('协办', r.coowner && person(roster, r.coowner), '督办人', r.checker && person(roster, r.checker)),
    ...(r.publicity ? [wide('公示期', `${zhDay(r.publicity.from)}至${zhDay(r.publicity.until)}`)] : []),
    ...relationRows(r),
  ];
}

const relationRows = (r: Resolution) => [
  ...(r.reconsideredBy ? [wide('复议', `复议申请${r.reconsideredBy}办理中`)] : []),
  ...(r.supersedes ? [wide('替代', `替代原决议${r.supersedes}`)] : []),
  ...(r.supersededBy ? [wide('被替代', `已由${r.supersededBy}替代`)] : []),
];

function progressTable(r: Resolution, roster: Roster): Table {
  const rows = r.progress.map((p) => [
    cell(dayAt(p.at), { as: 'centre' }),
    cell(roster.nameOf(p.by), { as: 'centre' }),
    cell(p.text),
    cell(p.evidence),
  ]);
  const empty = Array.from({ length: 3 }, () => [cell(''), cell(''), cell(''), cell('')]);
  return {
    widths: [24, 16, 38, 22],
    head: ['日期', '填报人', '进展与问题', '佐证'],
    rows: rows.length > 0 ? rows : empty,
  };
}

function extensionTable(r: Resolution, roster: Roster): Table {
  const rows = r.extensions.map((e) => [
    cell(`${dayAt(e.at)}\n${roster.nameOf(e.by)}`, { as: 'centre' }),
    cell(e.why),
    cell(zhDay(e.until), { as: 'centre' }),
    cell(e.answer ? answerWords(e.answer, roster) : '待批准'),
  ]);
  return { widths: [26, 22, 25, 27], head: ['申请', '延期原因', '新时限', '批准'], rows };
}

const answerWords = (a: NonNullable<Resolution['extensions'][number]['answer']>, roster: Roster): string =>
  `${a.granted ? '同意' : '不同意'}${a.note ? `：${a.note}` : ''}\n${roster.nameOf(a.by)}　${dayAt(a.at)}`;

function endRows(r: Resolution, roster: Roster) {
  const { closing, evaluation, correction, ended } = r;
  const who = (done: { by: string; at: number } | undefined) => done && `${roster.nameOf(done.by)}　${dayAt(done.at)}`;
  return [
    wide('销号佐证', closing && `${closing.evidence}　${who(closing)}`, 2),
    pair('分管审核', who(closing?.reviewed), '复核', who(closing?.checked)),
    wide('效果评价', evaluation && `${evaluation.text}　${who(evaluation)}`, 2),
    wide('修正意见', correction && `${correction.kind}：${correction.text}　${who(correction)}`, 2),
    ...(ended ? [wide('终止原因', `${ended.why}　${who(ended)}`)] : []),
  ];
}
