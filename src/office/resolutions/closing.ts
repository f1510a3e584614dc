import type { Reply } from '../../domain/message.ts';
import type { Resolution } from '../../domain/resolution.ts';
import { button, type Said } from '../command.ts';
import { Refusal } from '../refusal.ts';
import type { Scene } from '../scene.ts';
import { resolutionCard, resolutionReply } from './card.ts';
import { closingFields, whyFields } from './fields.ts';
import { may, mustDo } from './may.ts';
import { finalCheckers, reviewerOf, tellThose, whoAre } from './people.ts';
import { mustBeUnderWay, pickResolution } from './pick.ts';
import { isReason, leading, provesNothing, value } from './words.ts';

/** `/销号 J5 佐证：验收单编号12、照片3张`: the owner applies, with evidence. */
export function close(scene: Scene, said: Said): Reply {
  const { resolution: r, rest } = pickResolution(
    scene,
    said,
    '销号',
    (r) => r.state !== 'done' && may(scene, scene.by, 'close', r),
  );
  const words = rest.replace(/^(?:佐证材料|佐证|证据|附件)\s*[:：]?\s*/, '');
  return applyForClosing(scene, r, value(said, 'evidence') || words);
}

/** 已完成待核: the evidence is there, the leader in charge is asked to review. */
export function applyForClosing(scene: Scene, r: Resolution, evidence: string): Reply {
  mustBeUnderWay(r);
  if (r.state === 'done' && (may(scene, scene.by, 'review', r) || may(scene, scene.by, 'check', r)))
    throw new Refusal('review-it', `${r.id} 的销号申请已经交来，请用 /复核 ${r.id} 同意，或退回并写明缺什么。`, [
      button(`/决议 ${r.id}`, `看 ${r.id}`),
    ]);
  mustDo(scene, 'close', `${r.id} 的销号申请`, r);
  if (r.state === 'done') throw new Refusal('handed-in', `${r.id} 已申请过销号，${waitingFor(scene, r)}。`);
  if (provesNothing(evidence))
    throw new Refusal('needs-evidence', `${r.id} 销号要有佐证材料，例如验收单、照片、文件编号或链接；请写清是什么。`, [
      button(`/销号 ${r.id}`, '填写佐证', 'primary', closingFields),
    ]);
  const progress = { by: scene.by.id, at: scene.at, text: '申请销号', evidence };
  const next = scene.putResolution({
    ...r,
    state: 'done',
    closing: { evidence, by: scene.by.id, at: scene.at },
    progress: [...r.progress, progress],
  });
  scene.did('apply-closing', r.id, { evidence });
  const reviewer = reviewerOf(scene, next);
  if (reviewer)
    ask(scene, next, reviewer.id, `${scene.by.name}申请 ${r.id}《${r.title}》销号，佐证：${evidence}。请您审核。`);
  return resolutionReply(scene, next, `${r.id} 已申请销号，现在是已完成待核；${waitingFor(scene, next)}。`);
}

const waitingFor = (scene: Scene, r: Resolution): string =>
  r.closing?.reviewed
    ? `分管领导已审核，正等${whoAre(finalCheckers(scene, r))}复核`
    : `正等分管领导${whoAre([reviewerOf(scene, r)])}审核，再由办公室或纪检复核`;

function ask(scene: Scene, r: Resolution, member: string, text: string): void {
  const viewer = scene.roster.get(member);
  if (!viewer || member === scene.by.id) return;
  scene.tell(member, { text, card: { ...resolutionCard(scene, r, viewer), summary: text } }, r.id);
}

/** `/复核 J5 同意`, `/复核 J5 退回 缺验收单`: first the leader in charge, then office or discipline member. */
export function review(scene: Scene, said: Said): Reply {
  const mine = (r: Resolution) =>
    r.state === 'done' && may(scene, scene.by, r.closing?.reviewed ? 'check' : 'review', r);
  const { resolution: r, rest } = pickResolution(scene, said, '复核', mine);
  mustBeUnderWay(r);
  if (r.state !== 'done')
    throw new Refusal(
      'not-handed-in',
      `${r.id} 还没有申请销号，没有可复核的；要等责任主体带佐证申请（/销号 ${r.id}）。`,
    );
  mustBeTheirTurn(scene, r);
  const { word, rest: words } = leading(rest, ['同意', '通过', '退回', '不同意']);
  if (word === undefined)
    throw new Refusal('which-answer', `${r.id} 的佐证是：${r.closing!.evidence}。同意还是退回？`, [
      button(`/复核 ${r.id} 同意`, '同意', 'primary'),
      button(`/复核 ${r.id} 退回`, '退回补充', 'danger', whyFields('还缺什么')),
    ]);
  if (word === '退回' || word === '不同意') return sendBack(scene, r, value(said, 'why') || words);
  return r.closing!.reviewed ? check(scene, r) : passOn(scene, r);
}

/** The order holds, and nobody holds two hands of it but in tiny schools; whoever comes too early or twice hears whose turn it is. */
function mustBeTheirTurn(scene: Scene, r: Resolution): void {
  const reviewed = r.closing?.reviewed;
  if (may(scene, scene.by, reviewed ? 'check' : 'review', r)) return;
  if (!reviewed)
    throw new Refusal(
      'not-your-turn',
      `${r.id} 要先由分管领导${whoAre([reviewerOf(scene, r)])}审核，再由办公室或纪检复核。`,
    );
  const twice = reviewed.by === scene.by.id || r.closing?.by === scene.by.id;
  throw new Refusal(
    'not-your-turn',
    `${r.id} 现在由${whoAre(finalCheckers(scene, r))}复核${twice ? '；申请、审核、复核要由不同的人来做' : '，您这里办不了'}。`,
  );
}

function passOn(scene: Scene, r: Resolution): Reply {
  const next = scene.putResolution({ ...r, closing: { ...r.closing!, reviewed: { by: scene.by.id, at: scene.at } } });
  scene.did('review-closing', r.id, { evidence: r.closing!.evidence });
  for (const m of finalCheckers(scene, next))
    ask(
      scene,
      next,
      m.id,
      `${r.id}《${r.title}》的销号，分管领导${scene.by.name}已审核同意，请复核（办公室或纪检一方复核即可）。`,
    );
  return resolutionReply(scene, next, `${r.id} 审核通过，${waitingFor(scene, next)}。`);
}

function check(scene: Scene, r: Resolution): Reply {
  const closing = { ...r.closing!, checked: { by: scene.by.id, at: scene.at } };
  const next = scene.putResolution({ ...r, state: 'closed', closing });
  scene.did('close-resolution', r.id, { reviewed: closing.reviewed!.by });
  const text = `${r.id}《${r.title}》复核通过，已销号。效果怎样，请用 /评价 ${r.id} 写一句。`;
  tellThose(scene, next, ['owner', 'coowner', 'checker', 'decider', 'office'], { text });
  return resolutionReply(scene, next, `${r.id} 已销号，相关的人都已告知。下一步是评价：/评价 ${r.id} ……`);
}

function sendBack(scene: Scene, r: Resolution, why: string): Reply {
  if (!isReason(why))
    throw new Refusal('needs-reason', `退回要写明还缺什么，例如“/复核 ${r.id} 退回 缺验收单”。`, [
      button(`/复核 ${r.id} 退回`, '写退回理由', 'danger', whyFields('还缺什么')),
    ]);
  const { closing: _, ...rest } = r;
  const entry = { by: scene.by.id, at: scene.at, text: `销号退回：${why}` };
  const next = scene.putResolution({ ...rest, state: 'running', progress: [...r.progress, entry] });
  scene.did('return-closing', r.id, { why });
  tellThose(scene, next, ['owner', 'coowner'], {
    text: `${r.id}《${r.title}》的销号申请被退回：${why}。补齐后请再发 /销号 ${r.id} 佐证……`,
  });
  return resolutionReply(scene, next, `${r.id} 已退回，责任主体已收到理由；现在是进行中。`);
}
