import { moneyOrPeople } from '../../domain/agenda-item.ts';
import { type Entry, type Meeting, OUTCOMES, type Vote } from '../../domain/meeting.ts';
import { mustHave, type Sources } from '../sources.ts';
import { ended, fullName, orBlank, param, people, person, timeAt, zhDay, zhNumber } from '../words.ts';
import type { Block, Outline } from './blocks.ts';
import { markOf, outlineOf, type SeenEntry, seenEntries } from './common.ts';
import { questionOf, written } from './fields.ts';

/** 会议记录 (form 5): who was there, item by item what each member said, the count, and how it ended. */
export function record(sources: Sources): Outline {
  const meeting = mustHave(sources.meeting, 'meeting');
  const { school, roster } = sources;
  // The record is for the members and the recorder only; they see every item but those they stood back from.
  const seen = seenEntries(meeting, sources).map((s) => ({ ...s, title: orBlank(s.item?.title) }));
  // One person as secretary and principal: the discipline member signs what concerns money or people (procedure 9.2).
  const watched = school.dualRole === true && seen.some((s) => s.item !== undefined && moneyOrPeople(s.item));
  return outlineOf(school, `会议记录 ${meeting.number}`, [
    markOf('committee_only'),
    { kind: 'title', text: `${fullName(school, meeting)}记录` },
    { kind: 'caption', text: meeting.number },
    {
      kind: 'named',
      name: '时　间',
      text: `${zhDay(meeting.date)}${orBlank(meeting.time)}（${timeAt(meeting.openedAt, meeting.date)}开会）`,
    },
    { kind: 'named', name: '地　点', text: orBlank(meeting.place) },
    { kind: 'named', name: '主持人', text: orBlank(person(roster, meeting.chair)) },
    { kind: 'named', name: '记录人', text: orBlank(person(roster, meeting.recorder)) },
    ...attendance(meeting, sources),
    ...seen.flatMap((s, i) => entryBlocks(s, i, sources)),
    meeting.state === 'failed' && { kind: 'para', text: '到会人数没有达到要求，会议未召开，议题另行安排。' },
    { kind: 'named', name: '散　会', text: timeAt(meeting.closedAt, meeting.date) },
    { kind: 'sign', labels: ['主持人签名', '记录人签名', ...(watched ? ['纪检委员签名'] : [])] },
    {
      kind: 'note',
      text: `注：记录当场形成，页码连续；修改处由主持人、记录人签名。纪要时限：${param(school, 'minutes_days', '3个工作日')}。`,
    },
  ]);
}

function attendance(meeting: Meeting, { roster }: Sources): readonly Block[] {
  const due = roster.of(meeting.body).map((m) => m.id);
  const away = due.filter((id) => !meeting.present.includes(id));
  const why = (id: string) => meeting.leave.find((l) => l.member === id)?.why ?? '原因：____________';
  const absent = away.map((id) => `${roster.nameOf(id)}（${why(id)}）`).join('、');
  const written = meeting.leave.filter((l) => l.opinion);
  const started = meeting.openedAt !== undefined || meeting.state === 'failed';
  return [
    { kind: 'named', name: '应　到', text: `${due.length}人：${people(roster, due)}` },
    {
      kind: 'named',
      name: '实　到',
      text: started ? `${meeting.present.length}人：${people(roster, meeting.present)}` : orBlank(''),
    },
    {
      kind: 'named',
      name: '缺　席',
      text: started ? (away.length ? `${away.length}人：${absent}` : '无') : orBlank(''),
    },
    { kind: 'named', name: '列　席', text: people(roster, meeting.observers) || '无' },
    ...written.map((l): Block => ({ kind: 'para', text: `${roster.nameOf(l.member)}的书面意见：${l.opinion}` })),
  ];
}

function entryBlocks({ entry, item, title }: SeenEntry, at: number, sources: Sources): readonly Block[] {
  const { roster, reader } = sources;
  const heading: Block = { kind: 'heading', level: 1, text: `${zhNumber(at + 1)}、${title}` };
  const number: Block = {
    kind: 'para',
    text: `议题编号：${orBlank(entry.number)}${entry.urgent ? `。临时增加，理由：${entry.urgent}` : ''}`,
  };
  const recused = new Set([...entry.recused, ...(item?.recusals.map((r) => r.member) ?? [])]);
  if (reader && recused.has(reader.id))
    return [heading, number, { kind: 'para', text: '本项您已回避，讨论和表决情况不在给您的这一份里。' }];
  const proposal = written(item, 'proposal');
  const asked = item ? questionOf(item) : orBlank('');
  return [
    heading,
    number,
    { kind: 'heading', level: 2, text: '（一）汇报要点', tail: `。${proposal ? ended(proposal) : ''}${ended(asked)}` },
    { kind: 'heading', level: 2, text: '（二）回避', tail: `。${recusedWords(entry, sources)}` },
    { kind: 'heading', level: 2, text: '（三）讨论发言与表态' },
    ...opinions(entry, roster),
    { kind: 'heading', level: 2, text: '（四）表决', tail: `。${voteWords(entry.vote, sources)}` },
    { kind: 'heading', level: 2, text: '（五）结论', tail: `。${outcomeWords(entry)}` },
    ...(decided(entry) ? [dutyBlock(entry, sources)] : []),
  ];
}

const decided = (entry: Entry) => entry.outcome === 'adopted' || entry.outcome === 'amended';

const recusedWords = (entry: Entry, { roster }: Sources): string =>
  entry.recused.length === 0 ? '无。' : `${people(roster, entry.recused)}回避，讨论和表决时离场。`;

function opinions(entry: Entry, roster: Sources['roster']): readonly Block[] {
  if (entry.opinions.length === 0) return [{ kind: 'para', text: orBlank('') }];
  return entry.opinions.map((o, i) => ({
    kind: 'para',
    text: `${i + 1}. ${roster.nameOf(o.member)}：${o.stance}。${o.words ? ended(o.words) : ''}`,
  }));
}

/** The count with its sum, and the threshold it is measured by (procedure 4.2). */
function voteWords(vote: Vote | undefined, { school }: Sources): string {
  if (!vote) return `方式____________，同意____票，不同意____票，弃权____票，缓议____票。`;
  const sum = vote.for + vote.against + vote.abstain + vote.defer;
  const rule = school.params['pass_rule'] ?? '本校未设定，参考“赞成超过应到会成员半数”，待学校确认';
  return `${vote.method}表决，同意${vote.for}票，不同意${vote.against}票，弃权${vote.abstain}票，缓议${vote.defer}票，合计${sum}票。通过门槛：${rule}。`;
}

const outcomeWords = (entry: Entry): string =>
  entry.left
    ? `未形成决定：${ended(entry.left)}`
    : entry.outcome
      ? `${OUTCOMES[entry.outcome]}。${entry.text ? ended(entry.text) : ''}`
      : orBlank('');

function dutyBlock(entry: Entry, { resolutions, roster }: Sources): Block {
  const resolution = entry.resolution === undefined ? undefined : resolutions?.get(entry.resolution);
  const owner = resolution ? roster.nameOf(resolution.owner) : orBlank('');
  const due = `责任主体：${owner}；完成时限：${zhDay(resolution?.deadline)}。`;
  return { kind: 'heading', level: 2, text: '（六）责任与时限', tail: `。${due}` };
}
