import type { Meeting } from '../../domain/meeting.ts';
import type { Reply } from '../../domain/message.ts';
import { button } from '../command.ts';
import { Refusal } from '../refusal.ts';
import type { Scene } from '../scene.ts';
import { callAgain } from './buttons.ts';
import { meetingCard } from './card.ts';
import { sendBack } from './change.ts';
import { countText } from './forecast.ts';
import { mustRun } from './may.ts';
import { liveEntries, titleFor } from './pick.ts';
import { deputies } from './presiding.ts';
import { dueFor, needed } from './quorum.ts';
import { reply, tellAll } from './speak.ts';
import { startOf } from './when.ts';

/**
 * Opens the meeting when half of those due are here; with fewer it has failed and its items go back (procedure 4.1). Before
 * the hour nothing fails, unless whoever runs it says so (`failing`).
 */
export function openMeeting(scene: Scene, meeting: Meeting, failing: boolean): Reply {
  mustRun(scene, meeting, '宣布开会');
  if (meeting.state !== 'called')
    throw new Refusal('state', `${meeting.number}${meeting.state === 'open' ? '已经在开了' : '已经结束'}。`);
  if (meeting.noticedAt === undefined)
    throw new Refusal('no-notice', `${meeting.number}还没有发通知，不能开会。`, [
      button(`/会议 ${meeting.id} 通知`, '发通知', 'primary'),
    ]);
  const due = dueFor(meeting.body, scene.roster, scene.school).count;
  const half = needed(meeting.body, 'ordinary', due, scene.school);
  if (meeting.present.length < half) return tooFew(scene, meeting, failing);
  if (scene.day < meeting.date) throw new Refusal('not-today', `${meeting.number}还没到日子；要提前开，请先改期。`);
  mustHaveChair(scene, meeting);
  const next = scene.putMeeting({ ...meeting, state: 'open', openedAt: scene.at });
  scene.did('open-meeting', meeting.id, { present: next.present });
  return reply(scene, next, openedText(scene, next));
}

function mustHaveChair(scene: Scene, meeting: Meeting): void {
  if (meeting.present.includes(meeting.chair)) return;
  const here = deputies(scene, meeting.body, (m) => meeting.present.includes(m.id));
  throw new Refusal(
    'no-chair',
    `主持人${scene.roster.nameOf(meeting.chair)}没有到会。请登记受托主持的成员后再开会。`,
    here.slice(0, 3).map((m) => button(`/会议 ${meeting.id} 主持 ${m.name}`, `${m.name}主持`)),
  );
}

function openedText(scene: Scene, meeting: Meeting): string {
  const due = dueFor(meeting.body, scene.roster, scene.school).count;
  const twoThirds = needed(meeting.body, 'cadre', due, scene.school);
  const live = liveEntries(scene, meeting);
  const blocked = live.some(({ item }) => item.ruling.cadre) && meeting.present.length < twoThirds;
  const recused = live.filter(({ entry }) => entry.recused.length > 0);
  const aside = recused.map(
    ({ entry, item }) =>
      `${titleFor(scene, meeting, item, scene.by)}由${entry.recused.map((m) => scene.roster.nameOf(m)).join('、')}回避`,
  );
  return [
    `${meeting.number}开会。${countText(scene, meeting)}`,
    ...(blocked ? [`干部议题要${twoThirds}人到会，现在议不了，其他议题可以议。`] : []),
    ...(aside.length > 0 ? [`回避：${aside.join('；')}。`] : ['请各位核对有没有要回避的议题。']),
  ].join('\n');
}

/** 未达到会人数: nothing was discussed, every item can be listed again, a next date is asked for. */
function tooFew(scene: Scene, meeting: Meeting, failing: boolean): Reply {
  const count = countText(scene, meeting);
  if (!failing && scene.at < startOf(meeting.date, meeting.time))
    throw new Refusal('too-few-yet', `${count}会议定在${meeting.time}，请再等等；人确定到不齐，再点“未达到会人数”。`, [
      button(`/会议 ${meeting.id} 未达到会人数`, '未达到会人数', 'danger'),
      button(`/会议 ${meeting.id}`, '看会议'),
    ]);
  const next = scene.putMeeting({ ...sendBack(scene, meeting, '未达到会人数'), state: 'failed' });
  scene.did('fail-meeting', meeting.id, { present: next.present });
  const text = `${meeting.number}没有开成：${count}议题都退回待列入，请另定时间。`;
  const office = [...scene.roster.withRole('office').map((m) => m.id), meeting.chair];
  tellAll(scene, office, (m) => ({ text, card: meetingCard(scene, next, scene.roster.get(m)!, 'direct') }), meeting.id);
  return { text, card: { ...meetingCard(scene, next, scene.by), actions: [callAgain(meeting)] } };
}
