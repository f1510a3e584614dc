import type { Entry, Meeting, Opinion } from '../../domain/meeting.ts';
import type { Member } from '../../domain/member.ts';
import type { Reply } from '../../domain/message.ts';
import { button, type Said } from '../command.ts';
import { Refusal } from '../refusal.ts';
import type { Scene } from '../scene.ts';
import { meetingCard } from './card.ts';
import { isMemberOf, isSecret, mayRun, mustRun } from './may.ts';
import { liveEntries, type Listed, personFirst, pickEntry, pickMeeting, titleFor, withEntry } from './pick.ts';
import { presiderOf } from './presiding.ts';
import { takingPart } from './quorum.ts';
import { quorumFor } from './recuse.ts';
import { quietly } from './speak.ts';
import { stanceIn, toReadOut } from './written.ts';

/** `/议 H3 Y12`: takes an item up, when enough members who need not stand back are here. One item at a time. */
export function discuss(scene: Scene, said: Said): Reply {
  const { meeting, rest } = pickMeeting(scene, said, '议', ['open']);
  mustBeOpen(meeting);
  mustRun(scene, meeting, '开始议题');
  const listed = pickEntry(scene, meeting, rest, '议');
  const going = liveEntries(scene, meeting).find(({ entry }) => entry.state === 'discussing');
  if (going) {
    if (going.item.id === listed.item.id)
      throw new Refusal('going', `正在议 ${going.item.id}。`, [button(`/会议 ${meeting.id}`, '看会议')]);
    throw new Refusal('one-at-a-time', `一事一议：${going.item.id} 还没有结果，先登记结果或暂缓。`, [
      button(`/结果 ${meeting.id} ${going.item.id} 暂缓`, `${going.item.id} 暂缓`),
    ]);
  }
  if (listed.entry.state === 'decided') throw new Refusal('decided', `${listed.item.id} 已经议过了。`);
  const known = listed.item.recusals.map((r) => r.member).filter((m) => isMemberOf(scene, meeting.body, m));
  const recused = [...new Set([...listed.entry.recused, ...known])];
  const quorum = quorumFor(scene, meeting, { ...listed, entry: { ...listed.entry, recused } });
  if (!quorum.enough)
    throw new Refusal('quorum', `${listed.item.id} 现在不能议：${quorum.words}。其他议题可以先议。`, [
      button(`/会议 ${meeting.id}`, '看其他议题'),
    ]);
  const presider = presiderOf(scene, meeting, recused);
  if (!presider) throw new Refusal('no-chair', `${listed.item.id} 没有能主持的成员在场，请先登记到会。`);
  const entry: Entry = { ...listed.entry, recused, state: 'discussing', chair: presider.id, opinions: [] };
  const next = scene.putMeeting(withEntry(meeting, entry));
  scene.did('discuss-item', listed.item.id, { meeting: meeting.id, chair: presider.id, recused });
  const words = `现在议${listed.item.id}，请听汇报后表态。`;
  for (const m of takingPart(next, entry)) if (m !== presider.id) askStance(scene, next, listed.item.id, m, words);
  return startText(scene, next, { ...listed, entry }, presider);
}

/** The buttons to speak with come to each member; to whoever chairs when all others have spoken. */
function askStance(scene: Scene, meeting: Meeting, item: string, member: string, text: string): void {
  const viewer = scene.roster.get(member);
  if (viewer && viewer !== scene.by)
    scene.tell(member, { text, card: meetingCard(scene, meeting, viewer, 'direct') }, item);
}

export function mustBeOpen(meeting: Meeting): void {
  if (meeting.state !== 'open')
    throw new Refusal('not-open', `${meeting.number}没有在开。`, [button(`/会议 ${meeting.id}`, '看会议')]);
}

function startText(scene: Scene, meeting: Meeting, listed: Listed, presider: Member): Reply {
  const { entry, item } = listed;
  const names = (ids: readonly string[]) => ids.map((id) => scene.roster.nameOf(id)).join('、');
  const away = entry.recused.filter((m) => meeting.present.includes(m));
  const union = item.gates.some((g) => g.code === 'union_rep') && !attended(scene, meeting, 'union');
  const deputy =
    item.deputy && isMemberOf(scene, meeting.body, item.deputy) && !meeting.present.includes(item.deputy)
      ? item.deputy
      : undefined;
  const open = [
    `现在议${titleFor(scene, meeting, item, scene.by)}，请${scene.roster.nameOf(item.sponsor)}汇报。`,
    ...(away.length > 0 ? [`${names(away)}回避，请离场。`] : []),
    ...(presider.id !== meeting.chair
      ? [`${scene.roster.nameOf(meeting.chair)}不能主持这一项，由${presider.name}主持。`]
      : []),
    ...(isSecret(item) || item.ruling.cadre ? ['请无关列席人员离席；内容不外传。'] : []),
    ...(union ? ['这一项涉及职工利益，应有工会代表参加，请确认。'] : []),
    ...(deputy ? [`分管领导${scene.roster.nameOf(deputy)}没有到会，一般不研究其分管的重大事项，可以暂缓。`] : []),
    `成员逐一表态（/表态 同意、不同意或缓议），${presider.name}最后表态。`,
  ].join('\n');
  const written = toReadOut(meeting, entry).map(
    (o) => `${scene.roster.nameOf(o.member)}的书面意见，请宣读：${o.words}`,
  );
  return quietly(
    scene,
    meeting,
    written.length > 0 ? `${open}\n有书面意见要宣读，已私聊给您。` : open,
    [open, ...written].join('\n'),
    item.id,
  );
}

const attended = (scene: Scene, meeting: Meeting, role: 'union'): boolean =>
  scene.roster.withRole(role).some((m) => meeting.present.includes(m.id) || meeting.observers.includes(m.id));

/** `/表态 同意 [words]`: each member here in turn, whoever chairs last. The recorder may write down another's (`/表态 秦委员 同意`). */
export function speakUp(scene: Scene, said: Said): Reply {
  const { meeting, rest } = pickMeeting(scene, said, '表态', ['open']);
  mustBeOpen(meeting);
  const listed = pickEntry(scene, meeting, rest, '表态');
  const { member, rest: words } = personFirst(scene, `${said.values['member'] ?? ''} ${listed.rest}`);
  if (member.id !== scene.by.id && !mayRun(scene, meeting, scene.by))
    throw new Refusal('not-yours', '只能表自己的态；别人的由记录人登记。');
  const spoken = said.values['stance'] ?? words;
  const stance = stanceIn(spoken);
  mustSpeak(scene, meeting, listed, member);
  if (!stance)
    throw new Refusal(
      'stance',
      '请表明：同意、不同意或缓议，可以说明理由。',
      (['同意', '不同意', '缓议'] as const).map((s) =>
        button(`/表态 ${meeting.id} ${listed.item.id} ${member.name} ${s}`, s),
      ),
    );
  const more = (said.values['words'] ?? spoken.replace(/不同意|反对|缓议|暂缓|同意|赞成/, ''))
    .replace(/^[，,：:、。\s]+/, '')
    .trim();
  const opinion: Opinion = { member: member.id, stance, ...(more && { words: more }) };
  return writeDown(scene, meeting, listed, member, opinion);
}

function mustSpeak(scene: Scene, meeting: Meeting, { entry, item }: Listed, member: Member): void {
  if (entry.state !== 'discussing')
    throw new Refusal('not-discussed', entry.state === 'decided' ? `${item.id} 已有结果。` : `还没有议到 ${item.id}。`);
  if (!isMemberOf(scene, meeting.body, member.id))
    throw new Refusal('no-vote', `${member.name}是列席，可以发表意见，没有表决权，不登记表态。`);
  if (entry.recused.includes(member.id))
    throw new Refusal('recused', `${member.name}对 ${item.id} 回避，不参加讨论和表决。`);
  if (!meeting.present.includes(member.id))
    throw new Refusal('absent', `${member.name}没有到会，不能表态；到了请先登记到会。`, [
      button(`/到会 ${meeting.id} ${member.name}`, '登记到会'),
    ]);
  if (entry.vote) throw new Refusal('voted', `${item.id} 已经表决，不再改表态。`);
  const missing = silentBefore(scene, meeting, entry, member.id);
  if (missing.length > 0) throw new Refusal('chair-last', `主持人最后表态，还有${missing.join('、')}没有表态。`);
}

/** Others who have yet to speak before whoever chairs may. */
function silentBefore(scene: Scene, meeting: Meeting, entry: Entry, member: string): readonly string[] {
  if (presiderOf(scene, meeting, entry.recused)?.id !== member) return [];
  return silent(meeting, entry)
    .filter((m) => m !== member)
    .map((m) => scene.roster.nameOf(m));
}

export const silent = (meeting: Meeting, entry: Entry): readonly string[] =>
  takingPart(meeting, entry).filter((m) => !entry.opinions.some((o) => o.member === m));

function writeDown(scene: Scene, meeting: Meeting, { entry, item }: Listed, member: Member, opinion: Opinion): Reply {
  const presider = presiderOf(scene, meeting, entry.recused)?.id;
  // Whoever chairs speaks last: when somebody speaks after all, the chair's word is asked for again.
  const again = member.id !== presider && entry.opinions.some((o) => o.member === presider);
  const others = entry.opinions.filter((o) => o.member !== member.id && o.member !== presider);
  const changed: Entry = { ...entry, opinions: [...others, opinion] };
  const next = scene.putMeeting(withEntry(meeting, changed));
  scene.did('speak-up', item.id, { meeting: meeting.id, member: member.id });
  tellCorrected(scene, next, entry, item, opinion);
  const waits = silent(next, changed);
  if (presider && waits.length === 1 && waits[0] === presider)
    askStance(scene, next, item.id, presider, `${item.id} 其他成员都已表态，请您最后表态。`);
  const left = silent(next, changed).map((m) => scene.roster.nameOf(m));
  const rest = left.length > 0 ? `还没表态：${left.join('、')}。` : `都已表态。${closeCall(changed)}`;
  const anew = again ? '主持人要最后再表态一次。' : '';
  const secretly = scene.place.kind === 'group' ? '表态请尽量私聊我，群里不复述。' : '';
  return quietly(
    scene,
    next,
    `已记下${member.name}的表态。${secretly}`,
    `已记下${member.name}：${opinion.stance}${opinion.words ? `，${opinion.words}` : ''}。${anew}${rest}`,
    item.id,
  );
}

/** A member whose own words somebody else has changed hears of it. */
function tellCorrected(scene: Scene, meeting: Meeting, entry: Entry, item: Listed['item'], now: Opinion): void {
  const before = entry.opinions.find((o) => o.member === now.member);
  if (!before || now.member === scene.by.id || before.stance === now.stance) return;
  const text = `您对 ${item.id} 的表态，${scene.by.name}由“${before.stance}”改记为“${now.stance}”。不对的请马上当场说明，或自己重新表态。`;
  scene.tell(now.member, { text, card: meetingCard(scene, meeting, scene.roster.get(now.member)!, 'direct') }, item.id);
}

/** Opinions near each other: better deferred (procedure 4.3). */
function closeCall(entry: Entry): string {
  const n = (s: Opinion['stance']) => entry.opinions.filter((o) => o.stance === s).length;
  return isClose(n('同意'), n('不同意') + n('缓议')) ? '双方人数接近，建议暂缓、进一步调研后再议。' : '';
}

export const isClose = (yes: number, no: number): boolean => yes > 0 && no > 0 && Math.abs(yes - no) <= 1;
