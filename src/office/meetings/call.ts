import type { Meeting } from '../../domain/meeting.ts';
import type { Body } from '../../domain/member.ts';
import type { Reply } from '../../domain/message.ts';
import { button, mustBe, type Said } from '../command.ts';
import { dayIn, dayText } from '../dates.ts';
import { Refusal } from '../refusal.ts';
import type { Scene } from '../scene.ts';
import { readyItems } from '../items/advance.ts';
import { actingChair } from '../leaders/away.ts';
import { choice, WHEN_FIELDS } from './fields.ts';
import { mayCall } from './may.ts';
import { bodyIn, meetingName, meetingNumber } from './names.ts';
import { reply, whenWhere } from './speak.ts';
import { timeIn } from './when.ts';

interface When {
  readonly date?: string;
  readonly time?: string;
  readonly place?: string;
}

/** Date, time and place from words and form values; values win. A date that does not exist or is past is refused. */
export function whenIn(scene: Scene, said: Said): When {
  const { values } = said;
  const day = dayIn(values['date'] || said.words, scene.day);
  if (values['date'] && !day)
    throw new Refusal('no-such-day', `“${values['date']}”不是一个日期，请写成 2026-11-27 或 11月27日。`);
  const clock = timeIn(values['time'] || (day && !values['date'] ? day.rest : said.words));
  if (values['time'] && !clock)
    throw new Refusal('no-such-time', `“${values['time']}”不是一个时间，请写成 14:00 或 下午2点。`);
  if (day && day.day < scene.day) throw new Refusal('past-day', `${dayText(day.day)}已经过去了，请另定日期。`);
  if (!day) refuseOddDay(said.words);
  if (!clock) refuseOddTime(day && !values['date'] ? day.rest : said.words);
  const words = clock && !values['time'] ? clock.rest : day && !values['date'] ? day.rest : said.words;
  const place = (values['place'] || words).replace(/^(?:在|于|[、,，:：\s]|地点)+|[。，,\s]+$/g, '').trim();
  return { ...(day && { date: day.day }), ...(clock && { time: clock.time }), ...(place && { place }) };
}

/** Words that look like a day or a time but are none must not end up as the place. */
function refuseOddDay(words: string): void {
  const odd = /\d{1,2}月\d{1,2}[日号]?|\d{4}-\d{1,2}-\d{1,2}/.exec(words.normalize('NFKC'))?.[0];
  if (odd) throw new Refusal('no-such-day', `日历上没有“${odd}”，请写成 2026-11-27 或 11月27日。`);
}

function refuseOddTime(words: string): void {
  const odd = /\d{1,2}:\d{1,2}|\d{1,2}[点时]/.exec(words.normalize('NFKC'))?.[0];
  if (odd) throw new Refusal('no-such-time', `没有“${odd}”这个时间，请写成 14:00 或 下午2点。`);
}

/** Calls a meeting; what is still missing is asked for by one form, and nothing is written until it is complete. */
export function callMeeting(scene: Scene, said: Said, body: Body): Reply {
  const name = meetingName(body, scene.school);
  mustCall(scene, body);
  const when = whenIn(scene, said);
  if (!when.date || !when.time || !when.place) return askWhen(name, when);
  const year = Number(when.date.slice(0, 4));
  const ordinal = scene.next(`meeting:${body}:${year}`);
  const meeting = scene.putMeeting({
    id: `H${scene.next('H')}`,
    number: meetingNumber(body, year, ordinal, scene.school),
    body,
    year,
    ordinal,
    state: 'called',
    date: when.date,
    time: when.time,
    place: when.place,
    chair: chairFor(scene, body, when.date),
    recorder: scene.roster.withRole('office')[0]?.id ?? scene.by.id,
    agenda: [],
    readBy: [],
    leave: [],
    present: [],
    observers: [],
  });
  scene.did('call-meeting', meeting.id, { number: meeting.number, date: meeting.date, time: meeting.time });
  return reply(scene, meeting, calledText(scene, meeting));
}

function mustCall(scene: Scene, body: Body): void {
  const chair = scene.roster.chairOf(body);
  const who = `办公室或${chair?.name ?? (body === 'party' ? '书记' : '校长')}`;
  mustBe(mayCall(scene, body, scene.by), `召集${meetingName(body, scene.school)}`, who);
}

/** The chair, or whoever chairs while the chair is away (procedure 3.3). */
function chairFor(scene: Scene, body: Body, day: string): string {
  const chair = scene.roster.chairOf(body);
  if (!chair)
    throw new Refusal('no-chair', `名册上没有${body === 'party' ? '书记' : '校长'}，不能召集会议。请先补全名册。`);
  return actingChair(scene, body, day)?.acting ?? chair.id;
}

function calledText(scene: Scene, meeting: Meeting): string {
  const ready = readyItems(scene, meeting.body).length;
  const next =
    ready > 0 ? `有${ready}个议题可以列入，列好后发通知。` : '现在没有可以列入的议题；议题办完前置步骤后再列入。';
  const idle = scene.workdays.isWorkday(meeting.date) ? '' : '这一天不是工作日，请确认。';
  return `已建好${meeting.number}（${meeting.id}）：${whenWhere(meeting)}，${scene.roster.nameOf(meeting.chair)}主持。${awayNote(scene, meeting)}${idle}${next}`;
}

const awayNote = (scene: Scene, { body, date }: Meeting): string => {
  const away = actingChair(scene, body, date);
  return away ? `${scene.roster.nameOf(away.member)}那天外出，由临时主持人主持。` : '';
};

const MISSING = { date: '日期', time: '时间', place: '地点' } as const;

function askWhen(name: string, when: When): Reply {
  const missing = (['date', 'time', 'place'] as const).filter((k) => !when[k]);
  const known = [when.date ?? '', when.time ?? '', when.place ?? ''].filter((w) => w !== '').join(' ');
  const ask = `召集${name}，还要${missing.map((k) => MISSING[k]).join('、')}。`;
  const fields = WHEN_FIELDS.filter((f) => missing.includes(f.name as keyof When));
  return {
    text: `${ask}填好下面的表，或发“/会议 ${name} ${when.date ?? '11月27日'} ${when.time ?? '14:00'} ${when.place ?? '三楼会议室'}”。`,
    card: {
      title: `召集${name}`,
      tone: 'asks',
      summary: ask,
      sections: known ? [{ heading: '已有', lines: [known] }] : [],
      actions: [button(`/会议 ${name} ${known}`.trim(), '召集', 'primary', fields)],
    },
  };
}

/** The meetings at hand, soonest first. */
export function listMeetings(scene: Scene): Reply {
  const meetings = scene
    .all('meeting')
    .filter((m) => m.state === 'called' || m.state === 'open' || (m.state === 'closed' && !m.minutes));
  const sorted = meetings.toSorted((a, b) => `${a.date}${a.time}`.localeCompare(`${b.date}${b.time}`));
  const state = { called: '待开', open: '进行中', closed: '待签发纪要', failed: '', cancelled: '' };
  const lines = sorted.map((m) => `${m.id} ${m.number}：${dayText(m.date)} ${m.time}，${m.place}，${state[m.state]}`);
  const bodies = (['party', 'principal'] as const).filter((b) => mayCall(scene, b, scene.by));
  const text = lines.length > 0 ? `现有会议：\n${lines.join('\n')}` : '现在没有待开的会议。';
  return {
    text,
    card: {
      title: '会议',
      tone: 'neutral',
      summary: lines.length > 0 ? `${lines.length}次会议` : text,
      sections: lines.length > 0 ? [{ heading: '现有会议', lines }] : [],
      actions: [
        ...sorted.slice(0, 5).map((m) => button(`/会议 ${m.id}`, m.number)),
        ...bodies.map((b) =>
          button(
            `/会议 ${meetingName(b, scene.school)}`,
            `召集${meetingName(b, scene.school)}`,
            'default',
            WHEN_FIELDS,
          ),
        ),
      ],
    },
  };
}

/** Neither meeting was named. */
export function askWhich(scene: Scene): Reply {
  const names = (['party', 'principal'] as const).map((b) => meetingName(b, scene.school));
  const text = `召集哪个会：${names.join('，还是')}？`;
  const which = choice(
    'body',
    '会议',
    names.map((n) => [n, n]),
  );
  return {
    text: `${text}例如“/会议 ${names[0]} 11月27日 14:00 三楼会议室”。`,
    card: {
      title: '召集会议',
      tone: 'asks',
      summary: text,
      sections: [],
      actions: [button('/会议', '召集', 'primary', [which, ...WHEN_FIELDS])],
    },
  };
}

export const bodyOf = (said: Said) => bodyIn(said.values['body'] ? `${said.values['body']} ${said.words}` : said.words);
