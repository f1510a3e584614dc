import type { Meeting } from '../../domain/meeting.ts';
import type { Reply } from '../../domain/message.ts';
import { button, type Said } from '../command.ts';
import { Refusal } from '../refusal.ts';
import type { Scene } from '../scene.ts';
import { unlist } from '../items/advance.ts';
import { field, WHEN_FIELDS } from './fields.ts';
import { whenIn } from './call.ts';
import { meetingCard } from './card.ts';
import { mayCall, mustRun } from './may.ts';
import { recipients, tooLate, urgentIn } from './notice.ts';
import { liveEntries, membersIn } from './pick.ts';
import { deputies } from './presiding.ts';
import { dueFor } from './quorum.ts';
import { reply, tellAll, whenWhere } from './speak.ts';

/** Sends every undecided item back to where it can be listed again, and writes on the agenda why. */
export function sendBack(scene: Scene, meeting: Meeting, why: string): Meeting {
  const live = new Map(liveEntries(scene, meeting).map(({ entry, item }) => [entry, item]));
  const agenda = meeting.agenda.map((entry) => {
    if (entry.state === 'decided' || entry.left) return entry;
    const item = live.get(entry);
    if (!item) return { ...entry, state: 'waiting' as const, left: '议题已撤回' };
    unlist(scene, item, why);
    return { ...entry, state: 'waiting' as const, left: why };
  });
  return { ...meeting, agenda };
}

export function cancelMeeting(scene: Scene, said: Said, meeting: Meeting, rest: string): Reply {
  mustRun(scene, meeting, '取消会议');
  mustBeCalled(meeting, '取消');
  const why = said.values['why']?.trim() || rest;
  if (!why) {
    throw new Refusal('why', '取消会议要写明原因。', [
      button(`/会议 ${meeting.id} 取消`, '写原因并取消', 'danger', [field('why', '原因', 'text')]),
    ]);
  }
  const told = meeting.noticedAt === undefined ? [] : recipients(scene, meeting);
  const next = scene.putMeeting({
    ...sendBack(scene, meeting, `会议取消：${why}`),
    state: 'cancelled',
    cancelled: { by: scene.by.id, why },
  });
  scene.did('cancel-meeting', meeting.id, { why });
  const text = `${meeting.number}（原定${whenWhere(meeting)}）已取消：${why}。`;
  tellAll(scene, told, () => ({ text }), meeting.id);
  return reply(scene, next, `${text}议题都退回待列入${told.length > 0 ? '，已告诉收到通知的人' : ''}。`);
}

export function moveMeeting(scene: Scene, said: Said, meeting: Meeting, rest: string): Reply {
  mustRun(scene, meeting, '改期');
  mustBeCalled(meeting, '改期');
  const { reason, words } = urgentIn(rest, said);
  const when = whenIn(scene, { words, values: said.values });
  if (!when.date && !when.time && !when.place) {
    throw new Refusal('when', '改到什么时候？例如“/会议 ' + meeting.id + ' 改期 12月1日 15:00”。', [
      button(
        `/会议 ${meeting.id} 改期`,
        '改期',
        'primary',
        WHEN_FIELDS.map((f) => ({ ...f, required: f.name === 'date' })),
      ),
    ]);
  }
  if (when.date && when.date.slice(0, 4) !== String(meeting.year)) {
    throw new Refusal('other-year', '会议编号按年编，跨年请取消后重新召集。', [
      button(`/会议 ${meeting.id}`, '看会议'),
    ]);
  }
  const moved: Meeting = { ...meeting, ...when, present: [], observers: [], readBy: [] };
  if (meeting.noticedAt !== undefined && !reason)
    tooLate(scene, moved, `/会议 ${meeting.id} 改期 ${moved.date} ${moved.time} ${moved.place}`);
  const next = scene.putMeeting({ ...moved, ...(reason && { urgent: reason }) });
  scene.did('move-meeting', meeting.id, {
    date: next.date,
    time: next.time,
    place: next.place,
    ...(reason && { urgent: reason }),
  });
  const told = meeting.noticedAt === undefined ? [] : recipients(scene, next);
  tellAll(
    scene,
    told,
    (m) => ({
      text: `${meeting.number}改期：${whenWhere(next)}。请重新确认能否到会。`,
      card: meetingCard(scene, next, scene.roster.get(m)!, 'direct'),
    }),
    meeting.id,
  );
  return reply(
    scene,
    next,
    `${meeting.number}改为${whenWhere(next)}。${told.length > 0 ? '已通知参会人员，请他们重新确认。' : ''}`,
  );
}

/** Entrusts the chair to somebody else for this meeting. */
export function entrustChair(scene: Scene, meeting: Meeting, rest: string): Reply {
  const chairs = mayCall(scene, meeting.body, scene.by) || meeting.chair === scene.by.id;
  if (!chairs)
    throw new Refusal('not-yours', `由谁主持，由${scene.roster.nameOf(meeting.chair)}定，办公室可以代为登记。`);
  if (meeting.state !== 'called') throw new Refusal('state', `${meeting.number}已经开过或取消，不能再换主持人。`);
  const { members } = membersIn(scene, rest);
  const dueHere = deputies(scene, meeting.body, () => true);
  const chair = scene.roster.chairOf(meeting.body);
  const wanted = members[0];
  if (!wanted || !(wanted === chair || dueHere.includes(wanted))) {
    throw new Refusal(
      'who-chairs',
      `请写受托主持的成员，例如“/会议 ${meeting.id} 主持 ${dueHere[0]?.name ?? chair?.name}”。`,
      dueHere.slice(0, 4).map((m) => button(`/会议 ${meeting.id} 主持 ${m.name}`, `${m.name}主持`)),
    );
  }
  const next = scene.putMeeting({ ...meeting, chair: wanted.id });
  scene.did('entrust-chair', meeting.id, { chair: wanted.id });
  tellAll(
    scene,
    [wanted.id],
    () => ({
      text: `${meeting.number}（${whenWhere(meeting)}）由您主持。`,
      card: meetingCard(scene, next, wanted, 'direct'),
    }),
    meeting.id,
  );
  return reply(
    scene,
    next,
    `${meeting.number}由${wanted.name}主持（应到${dueFor(meeting.body, scene.roster, scene.school).count}人）。`,
  );
}

function mustBeCalled(meeting: Meeting, what: string): void {
  if (meeting.state === 'called') return;
  const why = { open: '正在开', closed: '已经散会', failed: '没有开成', cancelled: '已经取消', called: '' }[
    meeting.state
  ];
  throw new Refusal('state', `${meeting.number}${why}，不能再${what}。`, [button(`/会议 ${meeting.id}`, '看会议')]);
}
