import type { Meeting } from '../../domain/meeting.ts';
import { OUTCOMES } from '../../domain/meeting.ts';
import type { Member } from '../../domain/member.ts';
import type { Card, CardSection } from '../../domain/message.ts';
import { dayText } from '../dates.ts';
import { readyItems } from '../items/advance.ts';
import type { Scene } from '../scene.ts';
import { actionsFor } from './buttons.ts';
import { forecast } from './forecast.ts';
import { isInsider, mayRun, sitsInFor } from './may.ts';
import { meetingName } from './names.ts';
import { type Listed, liveEntries, titleFor } from './pick.ts';
import { capacity, presiderOf } from './presiding.ts';
import { dueFor } from './quorum.ts';

type Where = 'group' | 'direct';

const STATES: Readonly<Record<Meeting['state'], string>> = {
  called: '待开',
  open: '进行中',
  closed: '已散会',
  failed: '未达到会人数，没有开成',
  cancelled: '已取消',
};
const TONES: Readonly<Record<Meeting['state'], Card['tone']>> = {
  called: 'asks',
  open: 'asks',
  closed: 'settled',
  failed: 'warns',
  cancelled: 'neutral',
};

/** A meeting as one viewer may see it, with what that viewer can sensibly do next. In a group nothing confidential shows. */
export function meetingCard(scene: Scene, meeting: Meeting, viewer: Member, where: Where = scene.place.kind): Card {
  const chair = scene.roster.nameOf(meeting.chair);
  const sections = [
    attendance(scene, meeting, viewer, where),
    agenda(scene, meeting, viewer, where),
    underway(scene, meeting, viewer, where),
    waiting(scene, meeting, viewer, where),
  ].filter((s) => s.lines.length > 0);
  const role = capacity(scene, meeting);
  return {
    title: `${meeting.number} ${meetingName(meeting.body, scene.school)}（${meeting.id}）`,
    tone: TONES[meeting.state],
    summary: `${STATES[meeting.state]}。${dayText(meeting.date)} ${meeting.time}，${meeting.place}，${chair}主持。`,
    sections,
    actions: actionsFor(scene, meeting, viewer, where),
    ...(role && { footer: role }),
  };
}

function attendance(scene: Scene, meeting: Meeting, viewer: Member, where: Where): CardSection {
  const due = dueFor(meeting.body, scene.roster, scene.school).count;
  const names = (ids: readonly string[]) => ids.map((id) => scene.roster.nameOf(id)).join('、');
  const lines: string[] = [];
  if (meeting.state === 'called' && meeting.present.length === 0)
    lines.push(forecast(scene, meeting, viewer, where).text);
  if (meeting.present.length > 0)
    lines.push(`应到${due}人，实到${meeting.present.length}人：${names(meeting.present)}`);
  if (meeting.leave.length > 0) lines.push(`请假：${names(meeting.leave.map((l) => l.member))}`);
  if (meeting.observers.length > 0) lines.push(`列席：${names(meeting.observers)}`);
  if (meeting.state === 'called' && meeting.noticedAt !== undefined) lines.push(`已读通知${meeting.readBy.length}人`);
  return { heading: '到会', lines };
}

function agenda(scene: Scene, meeting: Meeting, viewer: Member, where: Where): CardSection {
  const all = liveEntries(scene, meeting);
  const sees =
    where === 'group' ||
    isInsider(scene, meeting, viewer) ||
    mayRun(scene, meeting, viewer) ||
    all.some(({ item }) => sitsInFor(item, viewer));
  if (!sees) return { heading: '议程', lines: all.length > 0 ? ['议程只发给参会人员。'] : [] };
  const lines = all.map((listed, n) => `${n + 1}. ${agendaLine(scene, meeting, listed, viewer, where)}`);
  return { heading: '议程', lines: lines.length > 0 ? lines : ['还没有列入议题。'] };
}

/** The item's leg this meeting takes or took; after its outcome the item has moved on to the next. */
const legAt = (meeting: Meeting, item: Listed['item']): Listed['item']['legs'][number] | undefined =>
  item.legs.find((l) => l.done?.meeting === meeting.id) ?? item.legs[item.leg];

const KINDS = { studies: '研究', reviews: '审议', passes: '讨论', decides: '决定' } as const;

/** `Y12 更换食堂承包商（决定，林老师汇报，10分钟） 通过`; of a confidential one outsiders read only that there is one. */
export function agendaLine(
  scene: Scene,
  meeting: Meeting,
  { entry, item }: Listed,
  viewer: Member,
  where: Where,
): string {
  const title = titleFor(scene, meeting, item, viewer, where);
  const state = entry.outcome ? ` ${OUTCOMES[entry.outcome]}` : entry.state === 'discussing' ? ' 正在议' : '';
  if (!title.startsWith(item.id)) return `${title}${state && entry.outcome ? ' 已议' : state}`;
  const act = legAt(meeting, item)?.act ?? 'decides';
  const facts = [
    KINDS[act],
    `${scene.roster.nameOf(item.sponsor)}汇报`,
    ...(entry.minutes ? [`${entry.minutes}分钟`] : []),
    ...(item.ruling.cadre ? ['须三分之二到会'] : []),
    ...(entry.recused.length > 0 ? [`${entry.recused.map((id) => scene.roster.nameOf(id)).join('、')}回避`] : []),
    ...(entry.urgent ? ['临时动议'] : []),
  ];
  return `${title}（${facts.join('，')}）${state}`;
}

/** The item under discussion: who chairs it, who stands back, who has yet to speak. For those inside only. */
function underway(scene: Scene, meeting: Meeting, viewer: Member, where: Where): CardSection {
  const now = liveEntries(scene, meeting).find(({ entry }) => entry.state === 'discussing');
  if (!now || where === 'group' || !isInsider(scene, meeting, viewer)) return { heading: '正在议', lines: [] };
  const { entry } = now;
  const presider = presiderOf(scene, meeting, entry.recused);
  const silent = meeting.present.filter(
    (m) => !entry.recused.includes(m) && !entry.opinions.some((o) => o.member === m),
  );
  const names = (ids: readonly string[]) => ids.map((id) => scene.roster.nameOf(id)).join('、');
  return {
    heading: `正在议 ${now.item.id}`,
    lines: [
      ...(presider ? [`主持：${presider.name}（最后表态）`] : []),
      ...(entry.recused.length > 0 ? [`已回避离场：${names(entry.recused)}`] : []),
      silent.length > 0 ? `还没表态：${names(silent)}` : '都已表态。',
      ...(entry.vote ? [`表决（${entry.vote.method}）：${voteWords(entry.vote)}`] : []),
    ],
  };
}

export const voteWords = (v: { for: number; against: number; abstain: number; defer: number }): string =>
  `同意${v.for}，不同意${v.against}，弃权${v.abstain}，缓议${v.defer}`;

/** Items that could be listed now, for whoever prepares the meeting. */
function waiting(scene: Scene, meeting: Meeting, viewer: Member, where: Where): CardSection {
  if (meeting.state !== 'called' || !mayRun(scene, meeting, viewer)) return { heading: '待列入', lines: [] };
  return {
    heading: '可以列入的议题',
    lines: readyItems(scene, meeting.body).map((item) => titleFor(scene, meeting, item, viewer, where)),
  };
}
