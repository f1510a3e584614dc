import type { Meeting } from '../../domain/meeting.ts';
import type { Reply } from '../../domain/message.ts';
import { isOpen, type Resolution } from '../../domain/resolution.ts';
import { lineOf } from '../resolutions/card.ts';
import { isOverdue } from '../resolutions/standing.ts';
import type { Scene } from '../scene.ts';
import { isInsider, mayRun } from './may.ts';
import { Refusal } from '../refusal.ts';
import { quietly } from './speak.ts';

/** What the body has decided and is still being done, or was closed and not yet evaluated. */
const ofBody = (scene: Scene, meeting: Meeting): readonly Resolution[] =>
  scene
    .all('resolution')
    .filter((r) => r.source.kind === 'meeting' && r.source.body === meeting.body && r.source.meeting !== meeting.id)
    .filter((r) => r.state !== 'ended')
    .toSorted((a, b) => a.deadline.localeCompare(b.deadline));

const countLine = (scene: Scene, all: readonly Resolution[]): string => {
  const open = all.filter(isOpen);
  const late = open.filter((r) => isOverdue(scene, r)).length;
  return `在办${open.length}项，逾期${late}项，已销号待评价${all.length - open.length}项`;
};

/** The head of every agenda (form 4): attendance and recusals, first the study, then how the last decisions stand. */
export function opening(scene: Scene, meeting: Meeting): string {
  const first = meeting.body === 'party' ? ['第一议题学习'] : [];
  const all = ofBody(scene, meeting);
  const last = all.length > 0 ? `上次决定落实通报（${countLine(scene, all)}）` : '上次决定落实通报';
  return `开场：${['签到、核对回避', ...first, last].join('；')}`;
}

/** `/会议 H3 落实通报`: how the body's decisions stand, to be read out before the items. Lines are for those inside. */
export function lastDecisions(scene: Scene, meeting: Meeting): Reply {
  if (!isInsider(scene, meeting, scene.by) && !mayRun(scene, meeting, scene.by))
    throw new Refusal('not-yours', `${meeting.number}的落实通报只给会议成员和记录人。您经办的发 /决议 看。`);
  const all = ofBody(scene, meeting);
  scene.about = meeting.id;
  if (all.length === 0) return quietly(scene, meeting, '没有要通报落实的决定。', '没有要通报落实的决定。');
  const head = `上次决定落实通报：${countLine(scene, all)}。`;
  return quietly(scene, meeting, head, [head, ...all.map((r) => `· ${lineOf(scene, r)}`)].join('\n'));
}
