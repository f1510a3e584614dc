import type { AgendaItem } from '../../domain/agenda-item.ts';
import { BODIES } from '../../domain/member.ts';
import { mustHave, notThere, type Sources } from '../sources.ts';
import { dayAt, person, zhDay } from '../words.ts';
import { FORM_WIDTHS, type Outline, pair, wide } from './blocks.ts';
import { markOf, outlineOf } from './common.ts';
import { questionOf, written } from './fields.ts';

/** 复议申请 (form 9): the resolution as it stands, what has changed, what is proposed instead. */
export function reconsideration(sources: Sources): Outline {
  const item = mustHave(sources.item, 'item');
  if (item.reconsiders === undefined) throw notThere('reconsideration');
  return outlineOf(sources.school, `复议申请 ${item.id}`, [
    markOf('committee_only'),
    { kind: 'title', text: '复议申请' },
    { kind: 'caption', text: `编号：${item.id}　　申请日期：${dayAt(item.raisedAt)}` },
    {
      kind: 'table',
      table: {
        widths: FORM_WIDTHS,
        rows: [...originRows(item, sources), ...reasonRows(item), ...answerRows(item, sources)],
      },
    },
    { kind: 'note', text: noteOf(item) },
  ]);
}

function originRows(item: AgendaItem, { resolution, meeting, roster }: Sources) {
  const body = resolution?.source.kind === 'meeting' ? BODIES[resolution.source.body] : '';
  return [
    wide('申请事项', item.title),
    pair(
      '原决议',
      resolution ? `${resolution.id}（${resolution.number}）` : item.reconsiders,
      '原会议',
      meeting?.number ?? body,
    ),
    wide('原决定内容', resolution?.text, 2),
    pair(
      '原完成时限',
      resolution && zhDay(resolution.deadline),
      '原责任主体',
      resolution && person(roster, resolution.owner),
    ),
    pair('提出人', person(roster, item.sponsor), '承办部门', item.department),
  ];
}

const reasonRows = (item: AgendaItem) => [
  wide('原因类别', written(item, 'reason_type')),
  wide('变化事实\n与证据', written(item, 'facts') || written(item, 'background'), 2),
  wide('影响及\n已执行部分', written(item, 'impact'), 2),
  wide('建议', written(item, 'proposal')),
  wide('请会议决定\n的问题', questionOf(item)),
  wide('附件', item.attachments.map((a, i) => `${i + 1}. ${a.name}`).join('\n')),
];

/** Whether it was talked over again, taken up, and how it ended. */
function answerRows(item: AgendaItem, { roster }: Sources) {
  const closed = (code: string) => item.gates.filter((g) => g.code === code).flatMap((g) => g.records);
  const line = (r: { outcome: string; by: string; at: number }) =>
    `${r.outcome}　${roster.nameOf(r.by)}　${dayAt(r.at)}`;
  const talks = closed('sp_talk').map(line);
  const accepted = closed('chair').map(line);
  const result = item.legs.flatMap((l) => (l.done ? [`${dayAt(l.done.at)}：${l.done.note}`] : []));
  const replaced =
    item.resolutions.length > 0 ? [`新决议${item.resolutions.join('、')}，替代原决议${item.reconsiders}`] : [];
  return [
    wide('重新沟通\n与酝酿', talks.join('\n'), 2),
    wide('受理意见', accepted.join('\n') || written(item, 'accept') || '签名：　　　　　　　　　年　　月　　日', 2),
    wide('复议结果', [...result, ...replaced].join('\n'), 2),
  ];
}

const noteOf = (item: AgendaItem): string =>
  `注：复议由原决策会议决定，作出新决定前原决议继续有效，会议另有决定的除外。${item.ruling.cadre ? '干部任免类复议，应经党组织班子成员过半数同意。' : ''}`;
