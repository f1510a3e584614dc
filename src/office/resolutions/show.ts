import type { Card, Reply } from '../../domain/message.ts';
import type { Resolution } from '../../domain/resolution.ts';
import { button, type Said } from '../command.ts';
import type { Scene } from '../scene.ts';
import { lineOf, resolutionReply } from './card.ts';
import { maySee } from './may.ts';
import { actsFor } from './people.ts';
import { pickResolution } from './pick.ts';
import { daysLeft, isOverdue } from './standing.ts';
import { halfWidth } from './words.ts';

const SHOWN = 20;
const BUTTONS = 6;
const NAMED = /[JR]\s?\d|[DXY][\d-]*\d-J\d/i;

/** `/决议`: mine; `/决议 全部`: all I may see; `/决议 J5`: one of them, with what can be done. */
export function showResolutions(scene: Scene, said: Said): Reply {
  const words = halfWidth(said.words);
  if (NAMED.test(words)) {
    const { resolution } = pickResolution(scene, said, '决议');
    scene.about = resolution.id;
    return resolutionReply(scene, resolution);
  }
  return listReply(scene, /全部|所有|all/i.test(words));
}

const isMine = (scene: Scene, r: Resolution): boolean =>
  actsFor(scene, r.owner, scene.by) || actsFor(scene, r.coowner, scene.by) || r.checker === scene.by.id;

/** Overdue first, then by deadline. In a group nothing confidential is listed. */
function visible(scene: Scene): readonly Resolution[] {
  return scene
    .all('resolution')
    .filter((r) => r.source.kind === 'meeting' && r.state !== 'ended' && maySee(scene, scene.by, r))
    .filter((r) => scene.place.kind === 'direct' || r.confidentiality !== 'committee_only')
    .toSorted(
      (a, b) => Number(isOverdue(scene, b)) - Number(isOverdue(scene, a)) || daysLeft(scene, a) - daysLeft(scene, b),
    );
}

function listReply(scene: Scene, all: boolean): Reply {
  const seen = visible(scene);
  if (scene.place.kind === 'group') scene.about = undefined;
  const found = all ? seen : seen.filter((r) => isMine(scene, r));
  const title = all ? '在办的决议' : '我的决议';
  const other = all ? button('/决议', '只看我的') : button('/决议 全部', '看全部');
  const summary =
    found.length > 0
      ? `${title}共 ${found.length} 项，其中逾期 ${found.filter((r) => isOverdue(scene, r)).length} 项。`
      : all
        ? '现在没有在办的决议。'
        : `您手上没有在办的决议${seen.length > 0 ? `；全校在办 ${seen.length} 项，发 /决议 全部 可看` : ''}。`;
  const lines = found.slice(0, SHOWN).map((r) => lineOf(scene, r));
  if (found.length > SHOWN) lines.push(`还有 ${found.length - SHOWN} 项，请发 /决议 加编号看某一项`);
  const card: Card = {
    title,
    tone: found.some((r) => isOverdue(scene, r)) ? 'warns' : 'neutral',
    summary,
    sections: lines.length > 0 ? [{ heading: '按时限', lines }] : [],
    actions: [...found.slice(0, BUTTONS).map((r) => button(`/决议 ${r.id}`, `看 ${r.id}`)), other],
  };
  return { text: [summary, ...lines].join('\n'), card };
}
