import type { Meeting } from '../../domain/meeting.ts';
import { BODIES } from '../../domain/member.ts';
import type { PaperRef, Reply } from '../../domain/message.ts';
import { minutesOpening, minutesParagraph } from '../../domain/minutes-text.ts';
import { paperRef } from '../../domain/papers.ts';
import { button, type Said } from '../command.ts';
import { dayAt } from '../../domain/china-time.ts';
import { dayText } from '../dates.ts';
import { Refusal } from '../refusal.ts';
import type { Scene } from '../scene.ts';
import { meetingCard } from './card.ts';
import { minutesDue } from './close.ts';
import { isInsider, isSecret, mayCall } from './may.ts';
import { meetingName } from './names.ts';
import { recipients } from './notice.ts';
import { membersIn, pickMeeting } from './pick.ts';
import { reply, tellAll } from './speak.ts';

/** `/纪要 H3`: the minutes as text and the papers; `/纪要 H3 签发` signs them; `/纪要 H3 委托 孙副书记` entrusts signing. */
export function minutes(scene: Scene, said: Said): Reply {
  const { meeting, rest } = pickMeeting(scene, said, '纪要', ['closed', 'open']);
  if (/签发|sign/i.test(rest)) return sign(scene, meeting);
  if (/委托|受托/.test(rest)) return entrust(scene, meeting, rest);
  mustSee(scene, meeting);
  scene.about = meeting.id;
  if (meeting.state !== 'closed' && meeting.state !== 'open')
    throw new Refusal('state', `${meeting.number}没有开成，没有纪要。`, [button(`/会议 ${meeting.id}`, '看会议')]);
  return toSpeaker(scene, meeting, { text: minutesText(scene, meeting), papers: papersOf(scene, meeting) });
}

/** Minutes are for those who took part; they are never shown in a group (form 6: 纪要不对外). */
function toSpeaker(scene: Scene, meeting: Meeting, said: Reply): Reply {
  const whole = { ...said, card: meetingCard(scene, meeting, scene.by, 'direct') };
  if (scene.place.kind === 'direct') return whole;
  scene.tell(scene.by.id, whole, meeting.id);
  return { text: `${meeting.number}的纪要已经私聊您。` };
}

const tookPart = (scene: Scene, meeting: Meeting): boolean =>
  isInsider(scene, meeting, scene.by) || meeting.observers.includes(scene.by.id);

function mustSee(scene: Scene, meeting: Meeting): void {
  if (!tookPart(scene, meeting))
    throw new Refusal('not-yours', `${meeting.number}的纪要只给参会和执行的人看。与您有关的决定，发“/决议”查看。`);
}

/** The minutes as they stand. Somebody who only sat in reads nothing of a confidential item. */
export function minutesText(scene: Scene, meeting: Meeting): string {
  const names = (ids: readonly string[]) => ids.map((id) => scene.roster.nameOf(id));
  const absent = scene.roster.of(meeting.body).filter((m) => !meeting.present.includes(m.id));
  const inside = isInsider(scene, meeting, scene.by);
  const paragraphs = meeting.agenda.map((entry, n) => {
    const item = scene.item(entry.item);
    const shown = item && (inside || !isSecret(item));
    const number = `${'一二三四五六七八九十'[n] ?? n + 1}、`;
    return `${number}${shown ? minutesParagraph(item, entry, scene.roster.nameOf(item.sponsor)) : '议题（不公开）。'}`;
  });
  const opening = minutesOpening(meeting, {
    meeting: `${meetingName(meeting.body, scene.school)}（${meeting.number}）`,
    chair: scene.roster.nameOf(meeting.chair),
    present: names(meeting.present),
    absent: absent.map((m) => (meeting.leave.some((l) => l.member === m.id) ? `${m.name}（请假）` : m.name)),
    observers: names(meeting.observers),
  });
  return [`${meetingName(meeting.body, scene.school)}纪要`, opening, ...paragraphs, signature(scene, meeting)].join(
    '\n',
  );
}

function signature(scene: Scene, meeting: Meeting): string {
  if (meeting.minutes)
    return `签发：${scene.roster.nameOf(meeting.minutes.signedBy)}，${dayText(dayAt(meeting.minutes.at))}。`;
  if (meeting.state === 'open') return '（会议还在进行，这是草稿。）';
  const due = minutesDue(scene, dayAt(meeting.closedAt!));
  return `（待签发，${dayText(due.day)}前，${due.word}。）`;
}

const KINDS = ['notice', 'agenda', 'record', 'minutes'] as const;

/** The papers a viewer may take: all for those inside, none for those who only sat in (they may hold confidential items). */
export function papersOf(scene: Scene, meeting: Meeting): readonly PaperRef[] {
  if (!isInsider(scene, meeting, scene.by)) return [];
  return KINDS.map((kind) => paperRef(kind, meeting.id, meeting.number));
}

const signerOf = (scene: Scene, meeting: Meeting): string | undefined =>
  meeting.signer ?? scene.roster.chairOf(meeting.body)?.id;

function sign(scene: Scene, meeting: Meeting): Reply {
  if (meeting.state !== 'closed')
    throw new Refusal('state', `${meeting.number}还没有散会，纪要不能签发。`, [
      button(`/会议 ${meeting.id}`, '看会议'),
    ]);
  if (meeting.minutes) throw new Refusal('signed', `${meeting.number}的纪要已经签发，不再改；有误另文勘正。`);
  const signer = signerOf(scene, meeting);
  if (signer !== scene.by.id) {
    const who = signer ? scene.roster.nameOf(signer) : meeting.body === 'party' ? '书记' : '校长';
    throw new Refusal('not-yours', `${BODIES[meeting.body]}纪要由${who}签发。`);
  }
  const due = minutesDue(scene, dayAt(meeting.closedAt!));
  const late = scene.day > due.day;
  const next = scene.putMeeting({ ...meeting, minutes: { signedBy: scene.by.id, at: scene.at } });
  scene.did('sign-minutes', meeting.id, { late });
  const text = `${meeting.number}纪要已由${scene.by.name}签发。`;
  const to = recipients(scene, next).filter(
    (m) => meeting.present.includes(m) || meeting.observers.includes(m) || m === meeting.recorder,
  );
  tellAll(
    scene,
    to,
    () => ({
      text,
      card: {
        title: meeting.number,
        tone: 'settled',
        summary: text,
        sections: [],
        actions: [button(`/纪要 ${meeting.id}`, '看纪要')],
      },
    }),
    meeting.id,
  );
  const said = late ? `${text}已超过签发时限（${dayText(due.day)}，${due.word}），请注意。` : text;
  return scene.place.kind === 'direct'
    ? { ...reply(scene, next, said), papers: papersOf(scene, next) }
    : reply(scene, next, said);
}

/** 主持人不在，由受托者签发: by the body's own chair, registered by the chair or the office. */
function entrust(scene: Scene, meeting: Meeting, rest: string): Reply {
  const chair = scene.roster.chairOf(meeting.body);
  if (!mayCall(scene, meeting.body, scene.by))
    throw new Refusal('not-yours', `委托谁签发，由${chair?.name ?? '主持人'}定，办公室可以代为登记。`);
  if (meeting.minutes) throw new Refusal('signed', `${meeting.number}的纪要已经签发。`);
  const wanted = membersIn(scene, rest.replace(/委托|受托/g, ' ')).members[0];
  const inBody = scene.roster.of(meeting.body);
  if (!wanted || !inBody.includes(wanted))
    throw new Refusal(
      'who-signs',
      `请写受托签发的成员，例如“/纪要 ${meeting.id} 委托 ${inBody.find((m) => m !== chair)?.name}”。`,
    );
  const next = scene.putMeeting({ ...meeting, signer: wanted.id });
  scene.did('entrust-minutes', meeting.id, { signer: wanted.id });
  tellAll(
    scene,
    [wanted.id],
    () => ({ text: `${meeting.number}的纪要委托您签发。`, card: meetingCard(scene, next, wanted, 'direct') }),
    meeting.id,
  );
  return reply(scene, next, `${meeting.number}的纪要由${wanted.name}签发。`);
}
