import type { Meeting } from '../../domain/meeting.ts';
import type { Member } from '../../domain/member.ts';
import type { Reply } from '../../domain/message.ts';
import { button, mustBe, type Said } from '../command.ts';
import { Refusal } from '../refusal.ts';
import type { Scene } from '../scene.ts';
import { field } from './fields.ts';
import { meetingCard } from './card.ts';
import { forecast } from './forecast.ts';
import { isMemberOf, mayRun } from './may.ts';
import { meetingName } from './names.ts';
import { personFirst, pickMeeting } from './pick.ts';
import { quietly } from './speak.ts';
import { opinionsCount } from './written.ts';

/** `/请假 H3 出差 意见：同意Y12`: leave, with a written opinion if wished; the forecast is made anew. Procedure 4.2 (8). */
export function askLeave(scene: Scene, said: Said): Reply {
  const { meeting, rest } = pickMeeting(scene, said, '请假', ['called']);
  if (meeting.state !== 'called') throw new Refusal('state', `${meeting.number}已经开始或结束，请直接告诉主持人。`);
  const { member, named, rest: words } = personFirst(scene, rest);
  if (named && member.id !== scene.by.id) mustBe(mayRun(scene, meeting, scene.by), '替别人登记请假', '办公室');
  if (!isMemberOf(scene, meeting.body, member.id))
    throw new Refusal(
      'not-member',
      `${member.name}不是${meetingName(meeting.body, scene.school)}成员，列席不到请直接告诉办公室。`,
    );
  if (/^(?:撤回|取消|销假|能到)/.test(words)) return backAgain(scene, meeting, member);
  const split = /^(.*?)[\s,，;；]*(?:书面)?意见\s*[:：]\s*(.+)$/s.exec(words);
  const why = said.values['why']?.trim() || (split ? split[1]! : words).trim();
  const opinion = said.values['opinion']?.trim() || split?.[2]?.trim();
  if (!why)
    throw new Refusal('why', '请假要写原因，可以附书面意见。', [
      button(`/请假 ${meeting.id}`, '请假', 'primary', [
        field('why', '原因', 'text'),
        field('opinion', '书面意见（可不填）', 'text', false),
      ]),
    ]);
  const leave = { member: member.id, why, ...(opinion && { opinion }) };
  const next = scene.putMeeting({
    ...meeting,
    leave: [...meeting.leave.filter((l) => l.member !== member.id), leave],
    present: meeting.present.filter((m) => m !== member.id),
  });
  scene.did('ask-leave', meeting.id, { member: member.id, written: opinion !== undefined });
  return afterLeave(scene, meeting, next, member, opinion);
}

function afterLeave(scene: Scene, before: Meeting, next: Meeting, member: Member, opinion: string | undefined): Reply {
  const was = forecast(scene, before);
  const now = forecast(scene, next);
  const worse = (was.opens && !now.opens) || (!was.cadreFails && now.cadreFails);
  const chairAway =
    member.id === next.chair ? `${member.name}是主持人，请定受托主持：“/会议 ${next.id} 主持 某某”。` : '';
  const text = `${member.name}请假，不参加${next.number}。${now.text}${chairAway}`;
  const office = [...scene.roster.withRole('office').map((m) => m.id), next.chair];
  const heard = new Set(worse || chairAway ? office : [next.recorder]);
  for (const m of heard)
    if (m !== scene.by.id) {
      const to = scene.roster.get(m);
      scene.tell(m, { text, ...(to && { card: meetingCard(scene, next, to, 'direct') }) }, next.id);
    }
  const counted = opinionsCount(scene.school);
  const said = opinion
    ? `书面意见已收，会上宣读，${counted.yes ? '按本校规则计票' : `不计入票数${counted.suggested ? '（通行做法，本校未设定）' : ''}`}。`
    : '';
  return quietly(
    scene,
    next,
    `已记下${member.name}请假。${now.text}`,
    `已记下${member.name}请假，已告诉办公室。${said}${now.text}${chairAway}`,
  );
}

function backAgain(scene: Scene, meeting: Meeting, member: Member): Reply {
  if (!meeting.leave.some((l) => l.member === member.id)) throw new Refusal('no-leave', `${member.name}没有请假。`);
  const next = scene.putMeeting({ ...meeting, leave: meeting.leave.filter((l) => l.member !== member.id) });
  scene.did('withdraw-leave', meeting.id, { member: member.id });
  const text = `${member.name}能到会了。${forecast(scene, next).text}`;
  if (meeting.recorder !== scene.by.id) scene.tell(meeting.recorder, { text }, meeting.id);
  return quietly(scene, next, text, text);
}
