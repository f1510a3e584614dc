import type { Meeting } from '../../domain/meeting.ts';
import type { Member } from '../../domain/member.ts';
import type { CardAction } from '../../domain/message.ts';
import { readyItems } from '../items/advance.ts';
import { button } from '../command.ts';
import type { Scene } from '../scene.ts';
import { choice, field, outcomeFields, WHEN_FIELDS } from './fields.ts';
import { isMemberOf, mayRun, isSecret } from './may.ts';
import { type Listed, liveEntries, titleFor } from './pick.ts';
import { presiderOf } from './presiding.ts';
import { dueFor, needed, takingPart } from './quorum.ts';

/** Fewer is clearer: what does not fit can be typed, and `/议程` offers the rest. */
const MOST = 9;

/** The next sensible buttons for a viewer. In a group only those that say nothing confidential. */
export function actionsFor(
  scene: Scene,
  meeting: Meeting,
  viewer: Member,
  where: 'group' | 'direct',
): readonly CardAction[] {
  const runs = mayRun(scene, meeting, viewer);
  const votes = isMemberOf(scene, meeting.body, viewer.id);
  const of: Readonly<Record<Meeting['state'], () => readonly CardAction[]>> = {
    called: () => [...(runs ? preparing(scene, meeting, viewer, where) : []), ...attending(meeting, viewer, votes)],
    open: () => [...(runs ? running(scene, meeting, viewer, where) : []), ...speaking(scene, meeting, viewer, votes)],
    closed: () => minutes(scene, meeting, viewer, runs || votes),
    failed: () => (runs ? [callAgain(meeting)] : []),
    cancelled: () => (runs ? [callAgain(meeting)] : []),
  };
  return of[meeting.state]().slice(0, MOST);
}

export const callAgain = (meeting: Pick<Meeting, 'body'>): CardAction =>
  button(`/会议 ${meeting.body === 'party' ? '党组织会议' : '校长办公会议'}`, '定下次时间', 'primary', WHEN_FIELDS);

function preparing(scene: Scene, meeting: Meeting, viewer: Member, where: 'group' | 'direct'): CardAction[] {
  const { id } = meeting;
  const ready = readyItems(scene, meeting.body);
  const listed = liveEntries(scene, meeting).length > 0;
  const due = dueFor(meeting.body, scene.roster, scene.school).count;
  const enough = meeting.present.length >= needed(meeting.body, 'ordinary', due, scene.school);
  const today = scene.day >= meeting.date;
  const noticed = meeting.noticedAt !== undefined;
  const shown = ready.filter((item) => where === 'direct' || !isSecret(item));
  return [
    ...(today && noticed ? [attendForm(scene, meeting)] : []),
    ...(today && noticed && meeting.present.length > 0
      ? [button(`/会议 ${id} 开会`, enough ? '宣布开会' : '未达到会人数', enough ? 'primary' : 'danger')]
      : []),
    ...(!noticed
      ? shown
          .slice(0, 3)
          .map((item) => button(`/议程 ${id} ${item.id}`, `列入${titleFor(scene, meeting, item, viewer, where)}`))
      : []),
    ...(!noticed && listed ? [button(`/会议 ${id} 通知`, '发通知', 'primary')] : []),
    button(`/议程 ${id}`, '议程'),
    button(`/会议 ${id} 改期`, '改期', 'default', WHEN_FIELDS),
    button(`/会议 ${id} 取消`, '取消会议', 'danger', [field('why', '原因', 'text')]),
  ];
}

/** One form for everybody: here or not. */
function attendForm(scene: Scene, meeting: Meeting): CardAction {
  const fields = scene.roster.of(meeting.body).map((m) =>
    choice(
      `at_${m.id}`,
      m.name,
      [
        ['到会', '到会'],
        ['未到', '未到'],
      ],
      false,
    ),
  );
  return button(`/到会 ${meeting.id}`, '登记到会', 'primary', fields);
}

function attending(meeting: Meeting, viewer: Member, votes: boolean): CardAction[] {
  const { id } = meeting;
  const away = meeting.leave.some((l) => l.member === viewer.id);
  const read = meeting.readBy.includes(viewer.id);
  return [
    ...(meeting.noticedAt !== undefined && !read ? [button(`/会议 ${id} 已读`, '已读', 'primary')] : []),
    ...(votes && !away
      ? [
          button(`/请假 ${id}`, '请假', 'default', [
            field('why', '原因', 'text'),
            field('opinion', '书面意见（可不填）', 'text', false),
          ]),
        ]
      : []),
    ...(away ? [button(`/请假 ${id} 撤回`, '能到会了')] : []),
  ];
}

function running(scene: Scene, meeting: Meeting, viewer: Member, where: 'group' | 'direct'): CardAction[] {
  const { id } = meeting;
  const live = liveEntries(scene, meeting);
  const now = live.find(({ entry }) => entry.state === 'discussing');
  const waiting = live.filter(({ entry }) => entry.state === 'waiting');
  if (now) return ofItem(scene, meeting, now);
  const close = button(
    `/散会 ${id}`,
    '散会',
    waiting.length === 0 ? 'primary' : 'danger',
    waiting.length === 0 ? undefined : [field('why', '未议完的原因', 'text')],
  );
  const shown = waiting.filter(({ item }) => where === 'direct' || !isSecret(item));
  return [
    ...shown
      .slice(0, 5)
      .map(({ item }, n) =>
        button(
          `/议 ${id} ${item.id}`,
          `议：${titleFor(scene, meeting, item, viewer, where)}`,
          n === 0 ? 'primary' : 'default',
        ),
      ),
    close,
    attendForm(scene, meeting),
  ];
}

const METHODS = ['举手', '无记名', '记名', '口头'] as const;

/** What may be done to the item under discussion: vote, outcome, somebody standing back. */
export function ofItem(scene: Scene, meeting: Meeting, { entry, item }: Listed): CardAction[] {
  const at = `${meeting.id} ${item.id}`;
  const counts = (['同意', '不同意', '弃权', '缓议'] as const).map((l) => field(l, l, 'number', false));
  const vote = button(`/表决 ${at}`, '登记表决', entry.vote ? 'default' : 'primary', [
    choice(
      'method',
      '表决方式',
      METHODS.map((m) => [m, m]),
    ),
    ...counts,
  ]);
  const people = takingPart(meeting, entry).map((m) => [m, scene.roster.nameOf(m)] as const);
  return [
    vote,
    button(
      `/结果 ${at}`,
      '登记结果',
      entry.vote ? 'primary' : 'default',
      outcomeFields(scene, item.legs[item.leg]?.act === 'decides'),
    ),
    button(`/结果 ${at} 暂缓`, '暂缓', 'default', [
      field('text', '说明', 'text', false),
      field('date', '再议日期', 'date', false),
    ]),
    button(`/回避 ${at}`, '有人回避', 'default', [choice('member', '谁', people), field('why', '原因', 'text')]),
  ];
}

/** A member's own turn: to speak while an item is discussed, the chair once the others have. */
function speaking(scene: Scene, meeting: Meeting, viewer: Member, votes: boolean): CardAction[] {
  const now = liveEntries(scene, meeting).find(({ entry }) => entry.state === 'discussing');
  if (!now || !votes || now.entry.vote)
    return votes && !meeting.present.includes(viewer.id) ? [button(`/到会 ${meeting.id}`, '我到了')] : [];
  const { entry, item } = now;
  const here = takingPart(meeting, entry);
  if (!here.includes(viewer.id) || entry.opinions.some((o) => o.member === viewer.id)) return [];
  const last = presiderOf(scene, meeting, entry.recused)?.id === viewer.id;
  if (last && here.some((m) => m !== viewer.id && !entry.opinions.some((o) => o.member === m))) return [];
  const words = [field('words', '说明（可不填）', 'text', false)];
  return (['同意', '不同意', '缓议'] as const).map((s) =>
    button(`/表态 ${meeting.id} ${item.id} ${s}`, s, 'default', words),
  );
}

function minutes(scene: Scene, meeting: Meeting, viewer: Member, sees: boolean): CardAction[] {
  const signer = meeting.signer ?? scene.roster.chairOf(meeting.body)?.id;
  return [
    ...(sees ? [button(`/纪要 ${meeting.id}`, '看纪要')] : []),
    ...(!meeting.minutes && signer === viewer.id ? [button(`/纪要 ${meeting.id} 签发`, '签发纪要', 'primary')] : []),
  ];
}
