import type { Meeting } from '../../domain/meeting.ts';
import type { Member } from '../../domain/member.ts';
import type { Reply } from '../../domain/message.ts';
import { button, type Said } from '../command.ts';
import { dayText } from '../dates.ts';
import { Refusal } from '../refusal.ts';
import type { Scene } from '../scene.ts';
import { countText } from './forecast.ts';
import { isMemberOf, mayRun, runners } from './may.ts';
import { openMeeting } from './open.ts';
import { membersIn, pickMeeting } from './pick.ts';
import { recheck, withArrivals } from './recuse.ts';
import { reply } from './speak.ts';

/** `/到会 H3 周书记 郑校长 [离会] [开会]`: who is here. A member without names signs in. */
export function attend(scene: Scene, said: Said): Reply {
  const { meeting, rest } = pickMeeting(scene, said, '到会', ['called', 'open']);
  mustTakeAttendance(scene, meeting);
  const opens = /开会|开始/.test(rest);
  const leaves = /离会|早退|离开|离席/.test(rest);
  const { come, gone } = named(scene, said, meeting, rest);
  if (leaves) return wentAway(scene, meeting, come);
  const next = scene.putMeeting(withPresent(scene, meeting, come, gone));
  const not = gone.map((m) => m.id);
  scene.did('attend', meeting.id, { here: come.map((m) => m.id), ...(not.length > 0 && { not }) });
  const arrived = withArrivals(scene, meeting, next);
  const left = recheck(scene, arrived.meeting, not);
  const checked = { meeting: left.meeting, text: arrived.text + left.text };
  if (opens && meeting.state === 'called') return openIfPossible(scene, checked.meeting);
  return reply(scene, checked.meeting, `${countText(scene, checked.meeting)}${checked.text}`);
}

/** Who is here stays written down even where the meeting cannot open yet. */
function openIfPossible(scene: Scene, meeting: Meeting): Reply {
  try {
    return openMeeting(scene, meeting, false);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const shown = reply(scene, meeting, `已登记到会，还不能开会：${error.message}`);
    return { ...shown, card: { ...shown.card!, actions: [...error.actions, ...shown.card!.actions].slice(0, 9) } };
  }
}

function mustTakeAttendance(scene: Scene, meeting: Meeting): void {
  const see = [button(`/会议 ${meeting.id}`, '看会议')];
  if (meeting.state !== 'called' && meeting.state !== 'open')
    throw new Refusal('state', `${meeting.number}不在开，不能登记到会。`, see);
  if (scene.day < meeting.date)
    throw new Refusal('not-today', `${meeting.number}定在${dayText(meeting.date)}，到那天再登记到会。`, see);
  if (meeting.noticedAt === undefined)
    throw new Refusal('no-notice', `${meeting.number}还没有发通知，不能开会。`, [
      button(`/会议 ${meeting.id} 通知`, '发通知', 'primary'),
    ]);
}

interface Named {
  readonly come: readonly Member[];
  readonly gone: readonly Member[];
}

/** From the form (`at_<member>`), the words, or the speaker. Others may be registered only by whoever runs the meeting. */
function named(scene: Scene, said: Said, meeting: Meeting, rest: string): Named {
  const body = scene.roster.of(meeting.body);
  const ticked = (value: string) => body.filter((m) => said.values[`at_${m.id}`] === value);
  const form = { come: ticked('到会'), gone: ticked('未到') };
  const words = /全体|都到|所有人|all/i.test(rest) ? body : membersIn(scene, rest).members;
  const come =
    form.come.length + form.gone.length > 0 ? form.come : words.length > 0 ? words : self(scene, meeting, rest);
  const others = [...come, ...form.gone].some((m) => m.id !== scene.by.id);
  if (others && !mayRun(scene, meeting, scene.by))
    throw new Refusal(
      'not-yours',
      `替别人登记到会由${runners(scene, meeting)}来做；您自己到了，发“/到会 ${meeting.id}”就行。`,
    );
  return { come, gone: form.gone };
}

function self(scene: Scene, meeting: Meeting, rest: string): readonly Member[] {
  const plain = rest.replace(/开会|开始|离会|早退|离开|离席|签到|我到了|到会/g, '').trim();
  if (plain !== '')
    throw new Refusal(
      'who',
      `名册里没有找到“${plain}”。请写姓名，例如“/到会 ${meeting.id} ${scene.roster.of(meeting.body)[0]?.name}”。`,
    );
  // Whoever only keeps the record may press “开会” without being counted.
  if (/开会|开始/.test(rest) && !isMemberOf(scene, meeting.body, scene.by.id)) return [];
  return [scene.by];
}

function withPresent(scene: Scene, meeting: Meeting, come: readonly Member[], gone: readonly Member[]): Meeting {
  const votes = (m: Member) => isMemberOf(scene, meeting.body, m.id);
  const not = new Set(gone.map((m) => m.id));
  const add = (ids: readonly string[], more: readonly Member[]) =>
    [...new Set([...ids, ...more.map((m) => m.id)])].filter((id) => !not.has(id));
  return {
    ...meeting,
    present: add(meeting.present, come.filter(votes)),
    observers: add(
      meeting.observers,
      come.filter((m) => !votes(m) && m.id !== meeting.recorder),
    ),
    leave: meeting.leave.filter((l) => !come.some((m) => m.id === l.member)),
  };
}

/** Somebody leaves before the end: quorum is looked at again for what is under discussion. */
function wentAway(scene: Scene, meeting: Meeting, who: readonly Member[]): Reply {
  const ids = who.map((m) => m.id);
  const next = scene.putMeeting({
    ...meeting,
    present: meeting.present.filter((m) => !ids.includes(m)),
    observers: meeting.observers.filter((m) => !ids.includes(m)),
  });
  scene.did('leave-meeting', meeting.id, { left: ids });
  const checked = recheck(scene, next, ids);
  return reply(
    scene,
    checked.meeting,
    `已记下${who.map((m) => m.name).join('、')}离会。${countText(scene, checked.meeting)}${checked.text}`,
  );
}
