import type { Meeting } from '../../domain/meeting.ts';
import type { AgendaItem } from '../../domain/agenda-item.ts';
import type { Member } from '../../domain/member.ts';
import type { PaperRef, Reply } from '../../domain/message.ts';
import { paperRef } from '../../domain/papers.ts';
import { button, type Said } from '../command.ts';
import { dayText } from '../dates.ts';
import { Refusal } from '../refusal.ts';
import type { Scene } from '../scene.ts';
import { field } from './fields.ts';
import { agendaLine, meetingCard } from './card.ts';
import { forecast } from './forecast.ts';
import { isSecret, mustRun, sitsInFor } from './may.ts';
import { daysSet, meetingName } from './names.ts';
import { liveEntries } from './pick.ts';
import { reply, tellAll, whenWhere } from './speak.ts';

/** Why something is done sooner than the rules allow: `紧急：……` in the words, or the form's field. */
export function urgentIn(words: string, said: Said): { reason: string | undefined; words: string } {
  const found = /(?:紧急(?:原因|理由)?|加急|urgent)\s*[:：,，\s]\s*(.+)$/i.exec(words);
  const reason = said.values['urgent']?.trim() || found?.[1]?.trim() || undefined;
  return { reason, words: found ? words.slice(0, found.index).trim() : words };
}

export const URGENT_FIELD = field('urgent', '紧急原因', 'text');

/** Refuses a notice that would come later than the school's lead time, unless there is a reason (procedure 3.5). */
export function tooLate(scene: Scene, meeting: Meeting, command: string): void {
  const lead = daysSet(scene.school, 'notice_lead', 2);
  const left = scene.workdays.between(scene.day, meeting.date);
  if (left >= lead.days) return;
  throw new Refusal(
    'notice-lead',
    `通知和材料要提前${lead.word}送达，离${dayText(meeting.date)}只有${left}个工作日。确有紧急情况请写明原因，或者改期。`,
    [
      button(command, '写紧急原因并发出', 'danger', [URGENT_FIELD]),
      button(`/会议 ${meeting.id} 改期`, '改期', 'default', [field('date', '日期', 'date')]),
    ],
  );
}

/** Members with a vote, the recorder, and those who report or sit in for a listed item; who has left the roster is not told. */
export function recipients(scene: Scene, meeting: Meeting): readonly string[] {
  const items = liveEntries(scene, meeting).map(({ item }) => item);
  const aside = scene.roster.all.filter((m) => items.some((i) => sitsInFor(i, m)));
  return [
    ...new Set([...scene.roster.of(meeting.body), ...aside].map((m) => m.id).concat(meeting.chair, meeting.recorder)),
  ].filter((id) => scene.roster.get(id) !== undefined);
}

/** `/会议 H3 通知`: notice and agenda to everybody concerned, each with what that person may read. */
export function sendNotice(scene: Scene, said: Said, meeting: Meeting, rest: string): Reply {
  mustRun(scene, meeting, '发会议通知');
  if (meeting.state !== 'called') throw new Refusal('state', `${meeting.number}不是待开的会议，不用再发通知。`);
  if (liveEntries(scene, meeting).length === 0)
    throw new Refusal('no-items', '议程还是空的，先列入议题再发通知。', [button(`/议程 ${meeting.id}`, '列入议题')]);
  const { reason } = urgentIn(rest, said);
  if (!reason) tooLate(scene, meeting, `/会议 ${meeting.id} 通知`);
  const again = meeting.noticedAt !== undefined;
  const next = scene.putMeeting({ ...meeting, noticedAt: scene.at, readBy: [], ...(reason && { urgent: reason }) });
  scene.did('send-notice', meeting.id, { ...(reason && { urgent: reason }), again });
  const to = recipients(scene, next);
  tellAll(scene, to, (m) => noticeFor(scene, next, scene.roster.get(m)!), meeting.id);
  const seen = forecast(scene, next);
  return reply(scene, next, `通知和议程已${again ? '重新' : ''}发给${to.length}人。${seen.text}`);
}

/** More than these are fetched when they are wanted (`/议题 Y12`): a meeting's papers are not to flood a chat. */
const MOST_FORMS = 3;

/** The agenda, and the forms of the items this person may read. */
function materialsFor(scene: Scene, meeting: Meeting, to: Member): readonly PaperRef[] {
  const readable = liveEntries(scene, meeting)
    .map(({ item }) => item)
    .filter((item) => item.sponsor === to.id || (to.bodies.includes(meeting.body) && !isAside(item, to)));
  return [
    paperRef('agenda', meeting.id, meeting.number),
    ...readable.slice(0, MOST_FORMS).map((item) => paperRef('item-form', item.id, isSecret(item) ? '' : item.title)),
  ];
}

const isAside = (item: AgendaItem, to: Member): boolean => item.recusals.some((r) => r.member === to.id);

function noticeFor(scene: Scene, meeting: Meeting, to: Member): Reply {
  const lines = liveEntries(scene, meeting).map((l, n) => `${n + 1}. ${agendaLine(scene, meeting, l, to, 'direct')}`);
  const mine = liveEntries(scene, meeting).some(({ item }) => item.sponsor === to.id);
  const name = meetingName(meeting.body, scene.school);
  return {
    text: [
      `关于召开${name}（${meeting.number}）的通知`,
      `兹定于${whenWhere(meeting)}召开，由${scene.roster.nameOf(meeting.chair)}主持。`,
      ...(meeting.urgent ? [`紧急召开：${meeting.urgent}`] : []),
      '议程：',
      ...lines,
      mine ? '有您汇报的议题，请备好材料。' : '请准时参加。',
      `因故不能到会的，请会前向主持人请假，可附书面意见：/请假 ${meeting.id} 原因 意见：……。涉及本人或近亲属的议题请主动回避。会议内容请保密。`,
    ].join('\n'),
    card: meetingCard(scene, meeting, to, 'direct'),
    papers: materialsFor(scene, meeting, to),
  };
}

/** `/会议 H3 已读` */
export function confirmRead(scene: Scene, meeting: Meeting): Reply {
  if (meeting.noticedAt === undefined) throw new Refusal('no-notice', `${meeting.number}的通知还没有发。`);
  if (!recipients(scene, meeting).includes(scene.by.id))
    throw new Refusal('not-yours', `${meeting.number}的通知不是发给您的，不用确认。`);
  if (meeting.readBy.includes(scene.by.id)) return reply(scene, meeting, `您已确认读过${meeting.number}的通知。`);
  const next = scene.putMeeting({ ...meeting, readBy: [...meeting.readBy, scene.by.id] });
  scene.did('read-notice', meeting.id);
  return reply(scene, next, `已记下：您读过${meeting.number}的通知和材料。`);
}
