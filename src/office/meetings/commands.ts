import { hasRole, type Member } from '../../domain/member.ts';
import type { Reply } from '../../domain/message.ts';
import type { Command, Said } from '../command.ts';
import type { Scene } from '../scene.ts';
import { agenda } from './agenda.ts';
import { meetingCard } from './card.ts';
import { attend } from './attend.ts';
import { askWhich, bodyOf, callMeeting, listMeetings } from './call.ts';
import { cancelMeeting, entrustChair, moveMeeting } from './change.ts';
import { closeMeeting } from './close.ts';
import { decide } from './decide.ts';
import { discuss, speakUp } from './discuss.ts';
import { lastDecisions } from './last-decisions.ts';
import { askLeave } from './leave.ts';
import { minutes } from './minutes.ts';
import { confirmRead, sendNotice } from './notice.ts';
import { openMeeting } from './open.ts';
import { narrowed, pickMeeting } from './pick.ts';
import { recuse } from './recuse.ts';
import { proposeRegular } from './regular.ts';
import { reply } from './speak.ts';
import { vote } from './vote.ts';

const everyone = (): boolean => true;
const members = (m: Member): boolean => m.bodies.length > 0 || hasRole(m, 'office');
const runners = (m: Member): boolean => hasRole(m, 'office', 'secretary', 'principal');

type Deed = (scene: Scene, said: Said, meeting: Parameters<typeof confirmRead>[1], rest: string) => Reply;

/** What may follow `/会议 H3`. */
const OF_ONE: readonly (readonly [RegExp, Deed])[] = [
  [/^(?:发?通知|发送通知|notice|notify)/i, sendNotice],
  [/^(?:落实通报|上次决定|落实情况|last)/i, (scene, _, meeting) => lastDecisions(scene, meeting)],
  [/^(?:已读|收到|read)/i, (scene, _, meeting) => confirmRead(scene, meeting)],
  [/^(?:取消|撤销|cancel)/i, cancelMeeting],
  [/^(?:改期|改到|推迟|延期|改地点|move|reschedule)/i, moveMeeting],
  [/^(?:主持|由|chair)/i, (scene, _, meeting, rest) => entrustChair(scene, meeting, rest)],
  [/^(?:开会|开始|open|start)/i, (scene, _, meeting) => openMeeting(scene, meeting, false)],
  [/^(?:未达到会人数|人数不够|没开成|failed?)/i, (scene, _, meeting) => openMeeting(scene, meeting, true)],
];

const ANY = ['called', 'open', 'closed', 'failed', 'cancelled'] as const;

/** `/会议`: list, call, show; or a deed on one meeting. */
function meetings(scene: Scene, said: Said): Reply {
  const words = narrowed(said.words).trim();
  if (/^(?:例会|regular)/i.test(words)) return proposeRegular(scene, words);
  const named =
    /(?<![A-Za-z0-9-])H\s?\d{1,6}(?![A-Za-z0-9-])/i.test(words) ||
    said.values['meeting'] !== undefined ||
    /第\d+次/.test(words);
  const deed = OF_ONE.some(([pattern]) => pattern.test(words));
  if (named || deed) {
    const { meeting, rest } = pickMeeting(scene, said, '会议', ['called', 'open']);
    const found = OF_ONE.find(([pattern]) => pattern.test(rest));
    if (found) return found[1](scene, said, meeting, rest.replace(found[0], '').trim());
    scene.about = meeting.id;
    const { title, summary } = meetingCard(scene, meeting, scene.by);
    return reply(scene, meeting, `${title}。${summary}`);
  }
  const { body, rest } = bodyOf({ words, values: said.values });
  if (body) return callMeeting(scene, { ...said, words: rest.replace(/^(?:召集|召开|开)\s*/, '') }, body);
  return words === '' && Object.keys(said.values).length === 0 ? listMeetings(scene) : askWhich(scene);
}

const openNow = (scene: Scene, said: Said): Reply => {
  const { meeting } = pickMeeting(scene, said, '开会', ANY.slice(0, 1));
  return openMeeting(scene, meeting, false);
};

export const MEETING_COMMANDS: readonly Command[] = [
  {
    name: '会议',
    aliases: ['meeting', 'meetings', '开会通知', '召集会议'],
    help: '看会议、召集、通知、改期、取消：/会议 党组织会议 11月27日 14:00 三楼会议室',
    forWhom: everyone,
    run: meetings,
  },
  { name: '议程', aliases: ['agenda'], help: '看议程、列入或撤下议题：/议程 H3 Y12', forWhom: members, run: agenda },
  {
    name: '请假',
    aliases: ['leave'],
    help: '会议请假，可附书面意见：/请假 H3 出差 意见：同意',
    forWhom: members,
    run: askLeave,
  },
  {
    name: '到会',
    aliases: ['attend', 'attendance', '签到'],
    help: '登记到会：/到会 H3 周书记 郑校长',
    forWhom: members,
    run: attend,
  },
  {
    name: '开会',
    aliases: ['openmeeting', '宣布开会'],
    help: '宣布开会，核对到会人数：/开会 H3',
    forWhom: runners,
    run: openNow,
  },
  {
    name: '回避',
    aliases: ['recuse', 'recusal'],
    help: '对一个议题回避：/回避 Y12 供应商是亲属',
    forWhom: members,
    run: recuse,
  },
  {
    name: '议',
    aliases: ['讨论', '审议', 'discuss'],
    help: '开始议一个议题：/议 H3 Y12',
    forWhom: runners,
    run: discuss,
  },
  { name: '表态', aliases: ['stance', 'opinion'], help: '在会上表态：/表态 同意 理由', forWhom: members, run: speakUp },
  {
    name: '表决',
    aliases: ['vote', '投票'],
    help: '登记表决：/表决 举手 同意5 不同意0 弃权0 缓议0',
    forWhom: runners,
    run: vote,
  },
  {
    name: '结果',
    aliases: ['outcome', 'result', 'decision'],
    help: '登记议题结果：/结果 Y12 通过',
    forWhom: runners,
    run: decide,
  },
  {
    name: '散会',
    aliases: ['adjourn', 'closemeeting'],
    help: '宣布散会：/散会 H3',
    forWhom: runners,
    run: closeMeeting,
  },
  { name: '纪要', aliases: ['minutes'], help: '看纪要、签发纪要：/纪要 H3 签发', forWhom: members, run: minutes },
];
