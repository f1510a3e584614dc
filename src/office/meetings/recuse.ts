import type { Entry, Meeting } from '../../domain/meeting.ts';
import type { Member } from '../../domain/member.ts';
import type { Reply } from '../../domain/message.ts';
import { button, type Said } from '../command.ts';
import { Refusal } from '../refusal.ts';
import type { Scene } from '../scene.ts';
import { choice, field } from './fields.ts';
import { isMemberOf, mayRun, runners } from './may.ts';
import { liveEntries, type Listed, personFirst, pickEntry, pickMeeting, titleFor, withEntry } from './pick.ts';
import { presiderOf } from './presiding.ts';
import { dueFor, kindOf, needed, takingPart } from './quorum.ts';
import { reply } from './speak.ts';

/** Whether enough members who may take part are here for an item: recused ones do not count as here (procedure 4.4). */
export function quorumFor(scene: Scene, meeting: Meeting, { entry, item }: Listed) {
  const due = dueFor(meeting.body, scene.roster, scene.school).count;
  const need = needed(meeting.body, kindOf(item), due, scene.school);
  const here = takingPart(meeting, entry).length;
  const rule = item.ruling.cadre ? '干部议题须三分之二到会' : '须半数到会';
  const away = entry.recused.filter((m) => meeting.present.includes(m)).length;
  const minus = away > 0 ? `，其中${away}人回避，能参加的${here}人` : '';
  return {
    enough: here >= need,
    words: `应到${due}人，实到${meeting.present.length}人${minus}；${rule}，至少${need}人`,
  };
}

/** `/回避 Y12 何副校长 供应商是亲属`: stands back for an item; whether enough are left is looked at at once. */
export function recuse(scene: Scene, said: Said): Reply {
  const { meeting, rest } = pickMeeting(scene, said, '回避', ['called', 'open']);
  if (meeting.state !== 'called' && meeting.state !== 'open')
    throw new Refusal('state', `${meeting.number}已经结束，不能再登记回避。`);
  const listed = pickEntry(scene, meeting, rest, '回避');
  const { member, rest: words } = personFirst(scene, `${said.values['member'] ?? ''} ${listed.rest}`);
  const why = said.values['why']?.trim() || words;
  mayRecuse(scene, meeting, listed, member);
  if (/^(?:撤回|取消|撤销|不用回避)/.test(why)) return takeBack(scene, meeting, listed, member);
  if (!why)
    throw new Refusal('why', `${member.name}回避要写原因，例如“供应商负责人是近亲属”。`, [
      button(`/回避 ${meeting.id} ${listed.item.id} ${member.name}`, '写原因', 'primary', [
        field('why', '原因', 'text'),
      ]),
    ]);
  const changed: Entry = { ...listed.entry, recused: [...new Set([...listed.entry.recused, member.id])] };
  const item = scene.putItem({
    ...listed.item,
    recusals: [...listed.item.recusals.filter((r) => r.member !== member.id), { member: member.id, why }],
  });
  const next = scene.putMeeting(withEntry(meeting, changed));
  scene.did('recuse', item.id, { meeting: meeting.id, member: member.id, why });
  const checked = recheck(scene, next, [member.id]);
  return reply(
    scene,
    checked.meeting,
    `${member.name}对${titleFor(scene, meeting, item, scene.by)}回避：${why}。讨论和表决时请离场。${chairNote(scene, next, changed, member)}${checked.text}`,
  );
}

/** `/回避 H3 Y12 秦委员 撤回`: noted by mistake. Who stood back while it was discussed has not heard it, and stays out. */
function takeBack(scene: Scene, meeting: Meeting, { entry, item }: Listed, member: Member): Reply {
  if (![...entry.recused, ...item.recusals.map((r) => r.member)].includes(member.id))
    throw new Refusal('not-recused', `${member.name}对 ${item.id} 没有登记回避。`);
  if (entry.state === 'discussing')
    throw new Refusal(
      'going',
      `${item.id} 正在议，${member.name}的回避不能撤回；登记错了的，先把 ${item.id} 暂缓再议。`,
      [button(`/结果 ${meeting.id} ${item.id} 暂缓`, `${item.id} 暂缓`)],
    );
  scene.putItem({ ...item, recusals: item.recusals.filter((r) => r.member !== member.id) });
  const next = scene.putMeeting(
    withEntry(meeting, { ...entry, recused: entry.recused.filter((m) => m !== member.id) }),
  );
  scene.did('unrecuse', item.id, { meeting: meeting.id, member: member.id });
  return reply(scene, next, `已撤回${member.name}对${titleFor(scene, meeting, item, scene.by)}的回避。`);
}

function mayRecuse(scene: Scene, meeting: Meeting, { entry, item }: Listed, member: Member): void {
  const own = member.id === scene.by.id;
  if (!own && !mayRun(scene, meeting, scene.by))
    throw new Refusal('not-yours', `别人要不要回避，由${runners(scene, meeting)}登记；您自己要回避，可以直接写原因。`);
  if (!isMemberOf(scene, meeting.body, member.id)) {
    const people = scene.roster.of(meeting.body).map((m) => [m.id, m.name] as const);
    throw new Refusal(
      'not-member',
      `${member.name}没有表决权，议到时请其离席即可，不用登记回避。要登记成员回避，请写姓名和原因。`,
      [
        button(`/回避 ${meeting.id} ${item.id}`, '登记回避', 'primary', [
          choice('member', '谁', people),
          field('why', '原因', 'text'),
        ]),
      ],
    );
  }
  if (entry.state === 'decided')
    throw new Refusal('decided', `${item.id} 已有结果，不能再登记回避；结果受影响的，可以提复议。`, [
      button(`/复议 ${entry.resolution ?? ''}`.trim(), '复议'),
    ]);
}

function chairNote(scene: Scene, meeting: Meeting, entry: Entry, member: Member): string {
  if (member.id !== meeting.chair || meeting.state !== 'open')
    return member.id === meeting.chair ? '这一项由副职主持。' : '';
  const deputy = presiderOf(scene, meeting, entry.recused);
  return deputy ? `这一项由${deputy.name}主持。` : '';
}

/** Somebody came while an item was being voted on: its vote must be taken anew, with them. */
export function withArrivals(scene: Scene, before: Meeting, meeting: Meeting): { meeting: Meeting; text: string } {
  const now = liveEntries(scene, meeting).find(({ entry }) => entry.state === 'discussing');
  const came = meeting.present.some((m) => !before.present.includes(m) && !now?.entry.recused.includes(m));
  if (!now?.entry.vote || !came) return { meeting, text: '' };
  const { vote: _, ...entry } = now.entry;
  return { meeting: scene.putMeeting(withEntry(meeting, entry)), text: '有成员新到会，原来的表决作废，请重新表决。' };
}

/**
 * After somebody stood back or left: their opinions on what is not decided are gone and its vote must be taken anew; an item
 * for which too few are left cannot go on and waits.
 */
export function recheck(scene: Scene, meeting: Meeting, gone: readonly string[]): { meeting: Meeting; text: string } {
  const now = liveEntries(scene, meeting).find(({ entry }) => entry.state === 'discussing');
  if (!now) return { meeting, text: '' };
  const stands = (m: string) => meeting.present.includes(m) && !now.entry.recused.includes(m);
  if (!gone.some((m) => !stands(m))) return { meeting, text: '' };
  const { vote, ...rest } = now.entry;
  const presider = presiderOf(scene, meeting, rest.recused);
  const kept: Entry = {
    ...rest,
    opinions: rest.opinions.filter((o) => stands(o.member)),
    ...(presider && { chair: presider.id }),
  };
  const quorum = quorumFor(scene, meeting, { ...now, entry: kept });
  const { chair: _, ...back } = kept;
  const goesOn = quorum.enough && presider !== undefined;
  const next = scene.putMeeting(withEntry(meeting, goesOn ? kept : { ...back, state: 'waiting', opinions: [] }));
  const again = vote ? '原来的表决作废，请重新表决。' : '';
  const text = goesOn ? again : `${titleFor(scene, meeting, now.item, scene.by)}不能继续议：${quorum.words}。`;
  return { meeting: next, text };
}
