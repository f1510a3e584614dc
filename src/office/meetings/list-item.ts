import { type AgendaItem, openGates } from '../../domain/agenda-item.ts';
import type { Entry, Meeting } from '../../domain/meeting.ts';
import type { Reply } from '../../domain/message.ts';
import { button } from '../command.ts';
import { Refusal } from '../refusal.ts';
import type { Scene } from '../scene.ts';
import { listOn } from '../items/advance.ts';
import { closersOf } from '../items/gates.ts';
import { LEG_NAMES } from '../items/legs.ts';
import { EMERGENCY } from '../leaders/emergency.ts';
import { URGENT_FIELD, recipients } from './notice.ts';
import { meetingCard } from './card.ts';
import { isMemberOf, mustRun } from './may.ts';
import { daysSet, meetingName } from './names.ts';
import { titleFor } from './pick.ts';
import { reply, tellAll, whenWhere } from './speak.ts';

interface How {
  /** Why it comes late, or after the notice. */
  readonly reason: string | undefined;
  readonly minutes: number | undefined;
}

/** Lists an item for a meeting, or refuses with what stands in its way and how to clear it. */
export function addItem(scene: Scene, meeting: Meeting, item: AgendaItem, { reason, minutes }: How): Reply {
  mustRun(scene, meeting, '列议程');
  if (meeting.state !== 'called' && meeting.state !== 'open')
    throw new Refusal('state', `${meeting.number}已经结束，不能再列议题。`);
  mustBeReady(scene, meeting, item);
  const after = meeting.noticedAt !== undefined || meeting.state === 'open';
  if (after) mustBeUrgent(scene, meeting, item, reason);
  else mustBeInTime(scene, meeting, item, reason);
  const listed = listOn(scene, item, meeting);
  const planned = minutes ?? (Number(item.fields['minutes']) || undefined);
  const entry: Entry = {
    item: item.id,
    number: listed.number!,
    state: 'waiting',
    recused: item.recusals.map((r) => r.member).filter((m) => isMemberOf(scene, meeting.body, m)),
    opinions: [],
    ...(planned && { minutes: planned }),
    ...(reason && (after ? { urgent: reason } : { late: reason })),
  };
  const next = scene.putMeeting({ ...meeting, agenda: [...meeting.agenda, entry] });
  scene.tell(
    item.sponsor,
    { text: `您的议题 ${item.id} 已列入${meeting.number}（${whenWhere(meeting)}），编号${entry.number}，请准备汇报。` },
    item.id,
  );
  if (after) tellAdded(scene, next, item);
  const title = titleFor(scene, meeting, item, scene.by);
  return reply(scene, next, `${after ? '作为临时动议列入' : '已列入'}：${title}。${after ? '已告诉参会人员。' : ''}`);
}

function mustBeReady(scene: Scene, meeting: Meeting, item: AgendaItem): void {
  const see = [button(`/议题 ${item.id}`, `看 ${item.id}`)];
  if (item.state === 'listed')
    throw new Refusal('listed', `${item.id} 已列入${scene.meeting(item.meeting!)?.number ?? '别的会议'}。`, see);
  const leg = item.legs[item.leg];
  if (leg && leg.body !== meeting.body)
    throw new Refusal(
      'other-body',
      `${item.id} 这一步是${LEG_NAMES[leg.body]}，不能列入${meetingName(meeting.body, scene.school)}。`,
      see,
    );
  const open = openGates(item);
  if (open.length > 0) {
    const how = open.map((g) => {
      const who = closersOf(item, g, scene.roster, scene.school.dualRole === true).map((m) => m.name);
      return `· ${g.name}${g.state === 'differs' ? '（有分歧）' : ''}${who.length > 0 ? `：由${who.slice(0, 3).join('、')}办` : ''}`;
    });
    throw new Refusal('open-gate', `${item.id} 还不能列入，会前步骤没有办完：\n${how.join('\n')}`, see);
  }
  if (item.state !== 'ready')
    throw new Refusal('not-ready', `${item.id} 还没到可以列入的时候，请看它走到哪一步。`, see);
}

/** 临时动议: the chair, with a reason, and never for cadres or large sums (procedure 3.1). */
function mustBeUrgent(scene: Scene, meeting: Meeting, item: AgendaItem, reason: string | undefined): void {
  const next = [button('/会议', '列入下次会议')];
  if (item.ruling.cadre)
    throw new Refusal('cadre-urgent', `${item.id} 是干部任免类，通知发出后不能临时动议，请列入下次会议。`, next);
  if (item.ruling.large)
    throw new Refusal('large-urgent', `${item.id} 是大额资金事项，通知发出后不能临时动议，请列入下次会议。`, next);
  if (scene.by.id !== meeting.chair)
    throw new Refusal(
      'chair-only',
      `通知已经发出，临时增加议题须${scene.roster.nameOf(meeting.chair)}（主持人）同意并写明紧急理由。`,
      next,
    );
  if (!reason)
    throw new Refusal('urgent-why', '通知已经发出，临时增加议题要写明紧急理由。', [
      button(`/议程 ${meeting.id} ${item.id}`, '写紧急理由', 'danger', [URGENT_FIELD]),
    ]);
}

function mustBeInTime(scene: Scene, meeting: Meeting, item: AgendaItem, reason: string | undefined): void {
  const lead = daysSet(scene.school, 'topic_lead_days', 3);
  const left = scene.workdays.between(scene.day, meeting.date);
  if (left >= lead.days || reason || item.matter.id === EMERGENCY) return;
  throw new Refusal(
    'topic-lead',
    `议题要提前${lead.word}列入，离会议只有${left}个工作日。确实紧急请写明理由，或列入下次会议。`,
    [button(`/议程 ${meeting.id} ${item.id}`, '写紧急理由并列入', 'danger', [URGENT_FIELD])],
  );
}

function tellAdded(scene: Scene, meeting: Meeting, item: AgendaItem): void {
  const others = recipients(scene, meeting).filter((m) => m !== item.sponsor);
  tellAll(
    scene,
    others,
    (m) => {
      const to = scene.roster.get(m)!;
      return {
        text: `${meeting.number}临时增加议题：${titleFor(scene, meeting, item, to, 'direct')}。`,
        card: meetingCard(scene, meeting, to, 'direct'),
      };
    },
    meeting.id,
  );
}
