import type { AgendaItem, Leg } from '../../domain/agenda-item.ts';
import type { Entry, Meeting, Outcome } from '../../domain/meeting.ts';
import { decisionSentence, meetingName, minutesParagraph } from '../../domain/minutes-text.ts';
import { legAfter, legAt, mustHave, type Sources } from '../sources.ts';
import { BLANK, dayAt, ended, fullName, orBlank, param, people, person, zhDay, zhNumber } from '../words.ts';
import type { Block, Outline } from './blocks.ts';
import { meetingMark, outlineOf, type SeenEntry, seenEntries } from './common.ts';

/** 会议纪要 (form 6): conclusions and duties, not who said what. */
export function minutes(sources: Sources): Outline {
  const meeting = mustHave(sources.meeting, 'meeting');
  const { school } = sources;
  const seen = seenEntries(meeting, sources);
  const signed = meeting.minutes;
  return outlineOf(school, `会议纪要 ${meeting.number}`, [
    meetingMark(seen),
    {
      kind: 'masthead',
      name: `${fullName(school, meeting)}纪要`,
      left: `${meeting.number}${signed ? '' : '（送签稿）'}`,
      right: dayAt(signed?.at),
    },
    ...opening(meeting, sources),
    ...seen.flatMap((s, i) => entryBlocks(s, i, meeting, sources)),
    { kind: 'para', text: follow(meeting) },
    {
      kind: 'named',
      keep: true,
      name: '签发',
      text: signed ? `${person(sources.roster, signed.signedBy)}　${dayAt(signed.at)}` : BLANK,
    },
    {
      kind: 'note',
      text: `注：纪要签发时限：${param(school, 'minutes_days', '3个工作日')}。纪要不对外，公开的内容另发摘要。`,
    },
    imprint(meeting, sources),
  ]);
}

function opening(meeting: Meeting, { roster, school }: Sources): readonly Block[] {
  const due = roster.of(meeting.body);
  const away = due.filter((m) => !meeting.present.includes(m.id)).map((m) => m.id);
  const when = `${zhDay(meeting.date)}${orBlank(meeting.time)}`;
  const name = `${meeting.year}年第${meeting.ordinal}次${meetingName(meeting.body, school)}`;
  const where = `${orBlank(person(roster, meeting.chair))}在${orBlank(meeting.place)}主持召开`;
  return [
    {
      kind: 'para',
      text: `${when}，${where}${school.name}${name}。应到${due.length}人，实到${meeting.present.length}人。现将会议议定事项纪要如下。`,
    },
    { kind: 'named', name: '出席', text: people(roster, meeting.present) || BLANK },
    { kind: 'named', name: '缺席', text: people(roster, away) || '无' },
    { kind: 'named', name: '列席', text: people(roster, meeting.observers) || '无' },
    { kind: 'named', name: '记录', text: orBlank(roster.nameOf(meeting.recorder)) },
  ];
}

function entryBlocks(
  { entry, item, title, hidden }: SeenEntry,
  at: number,
  meeting: Meeting,
  sources: Sources,
): readonly Block[] {
  const heading: Block = { kind: 'heading', level: 1, text: `${zhNumber(at + 1)}、${title}` };
  if (hidden) return [heading];
  const duty = dutyOf(entry, item, meeting, sources);
  return [
    heading,
    ...[conclusion(entry, item, meeting, orBlank(item && sources.roster.nameOf(item.sponsor))), duty]
      .filter(Boolean)
      .map((text): Block => ({ kind: 'para', text })),
  ];
}

/** How `decisionSentence` begins: the register keeps decisions as such sentences; other text is put into one here. */
function headOf(act: Leg['act'], outcome: Outcome): string {
  if (outcome === 'deferred') return '会议对《';
  if (outcome === 'rejected') return '会议不同意《';
  return act === 'decides' ? '会议决定：' : act === 'reviews' ? '审议意见：' : '研究提出：';
}

/**
 * How an item ended, in the wording messages use too. A meeting that only studies it or passes it on never "decides"
 * (procedure section 1): it says 研究提出, and to whom it goes.
 */
export function conclusion(entry: Entry, item: AgendaItem | undefined, meeting: Meeting, reporter: string): string {
  const title = orBlank(item?.title);
  const { outcome, text = '' } = entry;
  if (entry.left || !outcome) return minutesParagraph({ title }, { ...entry, text: BLANK }, reporter);
  const leg = legAt(item, meeting);
  const act = leg?.act ?? 'decides';
  const whole = text.startsWith(headOf(act, outcome))
    ? text
    : decisionSentence({ act, outcome, title, text, next: legAfter(item, leg) });
  const said = act === 'decides' ? whole : whole.replace(/会议决定|研究决定/g, '研究提出');
  return minutesParagraph({ title }, { ...entry, text: ended(said) }, reporter);
}

/** Owner and deadline of what was decided (form 6); lines to fill in where the register has none yet. */
function dutyOf(
  entry: Entry,
  item: AgendaItem | undefined,
  meeting: Meeting,
  { resolutions, roster }: Sources,
): string {
  const leg = legAt(item, meeting);
  if (entry.outcome !== 'adopted' && entry.outcome !== 'amended') return '';
  if (leg && leg.act !== 'decides') return '';
  const resolution = entry.resolution === undefined ? undefined : resolutions?.get(entry.resolution);
  if (!resolution) return `责任主体：${BLANK}；完成时限：${zhDay(undefined)}。`;
  const co = resolution.coowner ? `，${roster.nameOf(resolution.coowner)}协办` : '';
  const number = resolution.number ? `（决议编号：${resolution.number}）` : '';
  return `由${roster.nameOf(resolution.owner)}负责${co}，${zhDay(resolution.deadline)}前完成。目标任务：${ended(resolution.goal)}${number}`;
}

const follow = (meeting: Meeting): string =>
  meeting.agenda.some((e) => e.resolution)
    ? '会议要求，有关责任主体按时限落实议定事项。决定事项列入督办台账，由办公室督办，进展和佐证及时登记。'
    : '会议要求，有关部门按上述意见抓紧办理，由办公室跟进。';

/** 版记: who gets it, who prints it and when. */
function imprint(meeting: Meeting, { roster, school }: Sources): Block {
  const members = roster.of(meeting.body).map((m) => m.name);
  return {
    kind: 'imprint',
    rows: [
      { left: `分送：${members.join('、')}，各责任主体。` },
      { left: `${school.name}办公室`, right: `${dayAt(meeting.minutes?.at)}印发` },
    ],
  };
}
