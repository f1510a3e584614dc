import type { AgendaItem } from '../../domain/agenda-item.ts';
import type { Meeting } from '../../domain/meeting.ts';
import { mustHave, type Sources } from '../sources.ts';
import { fullName, orBlank, param, people, person, zhDay, zhNumber } from '../words.ts';
import { type Block, cell, type Outline } from './blocks.ts';
import { meetingMark, needType, outlineOf, type SeenEntry, seenEntries } from './common.ts';
import { attendance } from './fields.ts';

/** What comes before the items (form 4); the study that comes first is the Party meeting's. */
const OPENING = [
  { text: '签到，确认到会人数与回避', party: false },
  { text: '第一议题学习', party: true },
  { text: '上次决定落实通报', party: false },
];

/** 会议议程 (form 4): a table of the items, in the meeting's order. */
export function agenda(sources: Sources): Outline {
  const meeting = mustHave(sources.meeting, 'meeting');
  const { roster, school } = sources;
  const seen = seenEntries(meeting, sources);
  const opening = OPENING.filter((o) => !o.party || meeting.body === 'party').map((o) => o.text);
  return outlineOf(school, `会议议程 ${meeting.number}`, [
    meetingMark(seen),
    { kind: 'title', text: `${fullName(school, meeting)}议程` },
    { kind: 'caption', text: meeting.number },
    { kind: 'named', name: '时　间', text: `${zhDay(meeting.date)}${orBlank(meeting.time)}` },
    { kind: 'named', name: '地　点', text: orBlank(meeting.place) },
    { kind: 'named', name: '主持人', text: orBlank(person(roster, meeting.chair)) },
    { kind: 'named', name: '记录人', text: orBlank(person(roster, meeting.recorder)) },
    ...opening.map((text, n): Block => ({ kind: 'heading', level: 1, text: `${zhNumber(n + 1)}、${text}` })),
    { kind: 'heading', level: 1, text: `${zhNumber(opening.length + 1)}、逐项审议议题` },
    {
      kind: 'table',
      table: {
        widths: [9, 29, 14, 13, 16, 19],
        head: ['序号', '议题', '类型', '汇报人', '列席、时长', '到会与回避'],
        rows: seen.map((s, i) => rowOf(s, i, meeting, sources)),
      },
    },
    { kind: 'heading', level: 1, text: `${zhNumber(opening.length + 2)}、宣布结果，明确责任与时限` },
    { kind: 'note', text: `注：汇报时长：${param(school, 'report_minutes')}。成员逐一表态，主持人末位表态。` },
  ]);
}

/** The leader in charge reports; the sponsor where the leader stands back. */
const reporterOf = ({ deputy, sponsor }: AgendaItem, recused: ReadonlySet<string>): string =>
  deputy !== undefined && !recused.has(deputy) ? deputy : sponsor;

function rowOf(seen: SeenEntry, at: number, meeting: Meeting, sources: Sources) {
  const { entry, item, hidden } = seen;
  const number = cell(String(at + 1), { as: 'centre' });
  if (hidden) return [number, cell(seen.title), cell(''), cell(''), cell(''), cell('')];
  const { roster } = sources;
  const title = [seen.title, entry.number, entry.urgent && `临时增加：${entry.urgent}`].filter(Boolean).join('\n');
  const files = item?.attachments.length ? `附件${item.attachments.length}份` : '';
  const recused = new Set([...entry.recused, ...(item?.recusals.map((r) => r.member) ?? [])]);
  const notes = [
    item?.ruling.cadre ? '三分之二以上到会' : '半数以上到会',
    recused.size > 0 && `回避：${people(roster, [...recused])}`,
    files,
  ];
  return [
    number,
    cell(title),
    cell(needType(item, meeting), { as: 'centre' }),
    cell(item && roster.nameOf(reporterOf(item, recused)), { as: 'centre' }),
    cell(attendance(item)),
    cell(notes.filter(Boolean).join('\n')),
  ];
}
