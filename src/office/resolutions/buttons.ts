import type { Member } from '../../domain/member.ts';
import type { CardAction } from '../../domain/message.ts';
import { isOpen, type Resolution } from '../../domain/resolution.ts';
import { button } from '../command.ts';
import type { Scene } from '../scene.ts';
import {
  blockedFields,
  cadreFields,
  closingFields,
  extendFields,
  progressFields,
  reconsiderFields,
  whyFields,
} from './fields.ts';
import { may } from './may.ts';
import { pendingApplication, pendingExtension, reconsideringItem } from './standing.ts';

/** What this viewer can do about a resolution as it stands now; nothing else is offered. */
export function resolutionButtons(scene: Scene, r: Resolution, viewer: Member): readonly CardAction[] {
  if (r.supersededBy !== undefined) return [button(`/决议 ${r.supersededBy}`, `看 ${r.supersededBy}`, 'primary')];
  const can = (deed: Parameters<typeof may>[2]) => may(scene, viewer, deed, r);
  return [
    ...answers(r, can),
    ...(isOpen(r) && r.state !== 'done' ? working(r, can) : []),
    ...(r.state === 'closed' ? afterwards(r, can) : []),
    ...changing(scene, r, can),
  ];
}

type Can = (deed: Parameters<typeof may>[2]) => boolean;

/** Somebody waits for the viewer. */
function answers(r: Resolution, can: Can): readonly CardAction[] {
  const actions: CardAction[] = [];
  const extension = isOpen(r) ? pendingExtension(r) : undefined;
  if (extension && !extension.toMeeting && can('consent'))
    actions.push(
      button(`/延期 ${r.id} 同意`, '同意延期', 'primary'),
      button(`/延期 ${r.id} 不同意`, '不同意延期', 'default', whyFields('不同意的理由')),
    );
  if (r.state === 'done' && (r.closing?.reviewed ? can('check') : can('review')))
    actions.push(
      button(`/复核 ${r.id} 同意`, r.closing?.reviewed ? '复核同意，销号' : '审核同意', 'primary'),
      button(`/复核 ${r.id} 退回`, '退回补充', 'danger', whyFields('还缺什么')),
    );
  if (pendingApplication(r) && can('accept')) actions.push(...acceptButtons(r));
  return actions;
}

/** The original item is named so that it is at hand; cadre matters ask how many agreed. */
export function acceptButtons(r: Resolution): readonly CardAction[] {
  const item = r.source.kind === 'meeting' ? r.source.item : '';
  return [
    button(`/复议 ${r.id} 受理 ${item}`.trim(), '受理复议', 'primary', r.cadre ? cadreFields : undefined),
    button(`/复议 ${r.id} 不受理`, '不受理', 'default', whyFields('不受理的理由')),
  ];
}

function working(r: Resolution, can: Can): readonly CardAction[] {
  const actions: CardAction[] = [];
  if (can('progress'))
    actions.push(
      button(`/进展 ${r.id} 正常推进`, '正常推进', 'primary', progressFields),
      button(`/进展 ${r.id} 受阻`, '受阻', 'danger', blockedFields),
    );
  if (can('close')) actions.push(button(`/销号 ${r.id}`, '已完成，申请销号', 'default', closingFields));
  if (can('extend') && !pendingExtension(r)) actions.push(button(`/延期 ${r.id}`, '申请延期', 'default', extendFields));
  return actions;
}

function afterwards(r: Resolution, can: Can): readonly CardAction[] {
  if (!r.evaluation)
    return can('evaluate')
      ? [
          button(`/评价 ${r.id}`, '评价效果', 'primary', [
            { name: 'text', label: '完成得怎样，效果如何', type: 'text', required: true },
          ]),
        ]
      : [];
  if (r.correction || !can('correct')) return [];
  return (['继续', '调整', '终止'] as const).map((kind) =>
    button(`/修正 ${r.id} ${kind}`, `修正：${kind}`, 'default', [
      { name: 'text', label: '意见', type: 'text', required: true },
    ]),
  );
}

function changing(scene: Scene, r: Resolution, can: Can): readonly CardAction[] {
  if (r.state === 'ended') return [];
  const actions: CardAction[] = [];
  const free = !pendingApplication(r) && reconsideringItem(scene, r) === undefined;
  if (r.source.kind === 'meeting' && free && can('reconsider'))
    actions.push(button(`/复议 ${r.id}`, '申请复议', 'default', reconsiderFields));
  if (isOpen(r) && can('end')) actions.push(button(`/终止 ${r.id}`, '终止', 'danger', whyFields('终止的理由')));
  return actions;
}
