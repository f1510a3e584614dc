import type { Meeting } from '../../domain/meeting.ts';
import { meetingName } from '../../domain/minutes-text.ts';
import { mustHave, type Sources } from '../sources.ts';
import { dayAt, orBlank, param, people, person, zhDay, zhNumber } from '../words.ts';
import type { Block, Outline } from './blocks.ts';
import { meetingMark, needsTwoThirds, needType, outlineOf, seenEntries } from './common.ts';

/** 会议通知 (form 3). */
export function notice(sources: Sources): Outline {
  const meeting = mustHave(sources.meeting, 'meeting');
  const { school, roster } = sources;
  const seen = seenEntries(meeting, sources);
  const name = `${meeting.year}年第${meeting.ordinal}次${meetingName(meeting.body, school)}`;
  const parts = partsOf(meeting, sources).flatMap(([title, text], i): Block[] => [
    { kind: 'heading', level: 1, text: `${zhNumber(i + 1)}、${title}` },
    ...text.split('\n').map((line): Block => ({ kind: 'para', text: line })),
  ]);
  return outlineOf(school, `会议通知 ${meeting.number}`, [
    meetingMark(seen),
    { kind: 'title', text: `关于召开${name}的通知` },
    { kind: 'caption', text: meeting.number },
    { kind: 'to', text: '各成员、列席人员：' },
    {
      kind: 'para',
      text: `兹定于${zhDay(meeting.date)}${orBlank(meeting.time)}在${orBlank(meeting.place)}召开${name}，由${orBlank(person(roster, meeting.chair))}主持。请准时参加。`,
    },
    ...parts,
    meeting.cancelled && { kind: 'para', text: `本次会议已取消：${meeting.cancelled.why}` },
    { kind: 'attachments', names: ['会议议程', '议题材料'] },
    {
      kind: 'close',
      lines: [`${school.name}办公室`, meeting.noticedAt === undefined ? zhDay(undefined) : dayAt(meeting.noticedAt)],
    },
  ]);
}

function partsOf(meeting: Meeting, sources: Sources): readonly (readonly [string, string])[] {
  const { roster, school } = sources;
  const members = roster.of(meeting.body).map((m) => m.id);
  const share = needsTwoThirds(meeting, sources)
    ? '本次会议有干部任免等重要事项，须三分之二以上成员到会。'
    : '须半数以上成员到会。';
  const [office] = roster.withRole('office');
  return [
    [
      '参会人员',
      `成员：${people(roster, members)}，应到${members.length}人。${share}\n列席：${orBlank(people(roster, meeting.observers))}`,
    ],
    [
      '议程',
      seenEntries(meeting, sources)
        .map((s, i) => entryLine(s, i, meeting))
        .join('\n') || '议题待定，另行通知。',
    ],
    ['请假', `因故不能到会的，请在会前向主持人请假，并可以书面表达意见。${leaveLine(meeting, sources)}`],
    ['材料', `材料随通知送达，请在会前阅读。通知与材料的提前量：${param(school, 'notice_lead', '2个工作日')}。`],
    [
      '回避与保密',
      '本人、近亲属或者其他利害关系可能影响公正的，请在会前提出回避。未公布的内容不外传，材料不拍照、不转发。',
    ],
    ['联系人', orBlank(office && person(roster, office.id))],
  ];
}

function entryLine(seen: ReturnType<typeof seenEntries>[number], at: number, meeting: Meeting): string {
  const type = seen.hidden ? '' : needType(seen.item, meeting);
  const urgent = seen.entry.urgent && !seen.hidden ? `（临时增加：${seen.entry.urgent}）` : '';
  return `${at + 1}. ${seen.title}${type ? `（${type}）` : ''}${urgent}`;
}

const leaveLine = (meeting: Meeting, { roster }: Sources): string =>
  meeting.leave.length === 0
    ? ''
    : `已请假：${people(
        roster,
        meeting.leave.map((l) => l.member),
      )}。`;
