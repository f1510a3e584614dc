import type { Meeting } from '../../domain/meeting.ts';
import type { Reply } from '../../domain/message.ts';
import { button, type Said } from '../command.ts';
import { dayText } from '../dates.ts';
import { Refusal } from '../refusal.ts';
import type { Scene } from '../scene.ts';
import { field } from './fields.ts';
import { sendBack } from './change.ts';
import { mustBeOpen } from './discuss.ts';
import { mustRun } from './may.ts';
import { daysSet } from './names.ts';
import { liveEntries, pickMeeting, titleFor } from './pick.ts';
import { reply } from './speak.ts';

/** `/散会 [H3] [原因]`: every item has its outcome, or goes back with the reason. */
export function closeMeeting(scene: Scene, said: Said): Reply {
  const { meeting, rest } = pickMeeting(scene, said, '散会', ['open']);
  mustBeOpen(meeting);
  mustRun(scene, meeting, '宣布散会');
  const undecided = liveEntries(scene, meeting).filter(({ entry }) => entry.state !== 'decided');
  const why = said.values['why']?.trim() || rest;
  if (undecided.length > 0 && !why) {
    const titles = undecided.map(({ item }) => titleFor(scene, meeting, item, scene.by)).join('；');
    throw new Refusal('undecided', `还有${undecided.length}个议题没有结果：${titles}。接着议，或写明原因退回待列入。`, [
      button(`/散会 ${meeting.id}`, '写原因并散会', 'danger', [field('why', '原因', 'text')]),
      ...undecided
        .slice(0, 3)
        .map(({ item }) => button(`/议 ${meeting.id} ${item.id}`, `议 ${titleFor(scene, meeting, item, scene.by)}`)),
    ]);
  }
  for (const { item } of undecided)
    if (item.sponsor !== scene.by.id)
      scene.tell(
        item.sponsor,
        { text: `${item.id} 在${meeting.number}没有议完：${why}。已退回待列入，可列入下次会议。` },
        item.id,
      );
  const next = scene.putMeeting({ ...sendBack(scene, meeting, why || '已撤回'), state: 'closed', closedAt: scene.at });
  scene.did('close-meeting', meeting.id, { undecided: undecided.map(({ item }) => item.id), ...(why && { why }) });
  return reply(scene, next, closedText(scene, next, undecided.length));
}

/** The working day the minutes are due, and how that was found: `minutes_days` or the suggested three. */
export function minutesDue(scene: Scene, closedDay: string): { day: string; word: string } {
  const { days, word } = daysSet(scene.school, 'minutes_days', 3);
  return { day: scene.workdays.shift(closedDay, days), word };
}

function closedText(scene: Scene, meeting: Meeting, back: number): string {
  const due = minutesDue(scene, scene.day);
  const signer = scene.roster.nameOf(meeting.signer ?? scene.roster.chairOf(meeting.body)?.id ?? meeting.chair);
  const left = back > 0 ? `${back}个议题退回待列入。` : '';
  return `${meeting.number}散会。${left}纪要请${signer}在${dayText(due.day)}前签发（${due.word}）。`;
}
