import type { Reply } from '../../domain/message.ts';
import type { Resolution } from '../../domain/resolution.ts';
import { button, type Said } from '../command.ts';
import { Refusal } from '../refusal.ts';
import type { Scene } from '../scene.ts';
import { resolutionReply } from './card.ts';
import { reconsiderFields, whyFields } from './fields.ts';
import { may, mustDo } from './may.ts';
import { tellThose } from './people.ts';
import { mustBeUnderWay, pickResolution } from './pick.ts';
import { isReason, leading, text, value } from './words.ts';

/** Evaluation, correction and ending: the last links of the closed loop (procedure section 5). */

const mustNotBeSuperseded = (r: Resolution): void => {
  if (r.supersededBy !== undefined) mustBeUnderWay(r);
};

/** `/评价 J5 按期完成，师生满意度92%`: once it is closed. */
export function evaluate(scene: Scene, said: Said): Reply {
  const fits = (r: Resolution) => r.state === 'closed' && !r.evaluation && may(scene, scene.by, 'evaluate', r);
  const { resolution: r, rest } = pickResolution(scene, said, '评价', fits);
  mustNotBeSuperseded(r);
  mustDo(scene, 'evaluate', `${r.id} 的评价`, r);
  if (r.state !== 'closed')
    throw new Refusal('not-closed', `${r.id} 还没有销号，销号以后再评价。`, [button(`/决议 ${r.id}`, '看决议')]);
  if (r.evaluation)
    throw new Refusal(
      'evaluated',
      `${r.id} 已评价过：${r.evaluation.text}。要修正请发 /修正 ${r.id} 继续|调整|终止 意见。`,
    );
  const words = value(said, 'text') || rest;
  if (!isReason(words))
    throw new Refusal(
      'needs-words',
      `请写完成得怎样、效果如何，例如“/评价 ${r.id} 按期完成，漏水已解决，教师满意度92%”。`,
      [button(`/评价 ${r.id}`, '写评价', 'primary', [text('text', '完成得怎样，效果如何')])],
    );
  const next = scene.putResolution({ ...r, evaluation: { by: scene.by.id, at: scene.at, text: words } });
  scene.did('evaluate', r.id, { text: words });
  tellThose(scene, next, ['owner', 'checker', 'office'], {
    text: `${r.id}《${r.title}》的评价：${words}（${scene.by.name}）。`,
  });
  return resolutionReply(
    scene,
    next,
    `已记下 ${r.id} 的评价。书记、校长可据此修正：继续、调整或终止（/修正 ${r.id} ……）。`,
  );
}

const KINDS = ['继续', '调整', '终止'] as const;

/** `/修正 J5 继续|调整|终止 意见`: by secretary or principal after the evaluation; a change itself goes through 复议. */
export function correct(scene: Scene, said: Said): Reply {
  const fits = (r: Resolution) =>
    r.state === 'closed' && r.evaluation !== undefined && may(scene, scene.by, 'correct', r);
  const { resolution: r, rest } = pickResolution(scene, said, '修正', fits);
  mustNotBeSuperseded(r);
  mustDo(scene, 'correct', `${r.id} 的修正`, r);
  if (r.state === 'ended') throw new Refusal('ended', `${r.id} 已终止（${r.ended?.why ?? ''}），不用再修正。`);
  if (!r.evaluation)
    throw new Refusal('not-evaluated', `${r.id} 先销号、评价，再修正；执行中要变更请走复议（/复议 ${r.id}）。`, [
      button(`/决议 ${r.id}`, '看决议'),
    ]);
  const { word, rest: after } = leading(rest, KINDS);
  const kind = KINDS.find((k) => k === (word ?? value(said, 'kind')));
  const words = value(said, 'text') || after;
  if (kind === undefined || !isReason(words))
    throw new Refusal(
      'needs-words',
      `修正请写明是继续、调整还是终止，以及意见，例如“/修正 ${r.id} 继续 下学期照此执行”。`,
      KINDS.map((k) => button(`/修正 ${r.id} ${k}`, k, k === '终止' ? 'danger' : 'default', [text('text', '意见')])),
    );
  return corrected(scene, r, kind, words);
}

function corrected(scene: Scene, r: Resolution, kind: (typeof KINDS)[number], words: string): Reply {
  const ended = kind === '终止' && { state: 'ended' as const, ended: { by: scene.by.id, at: scene.at, why: words } };
  const next = scene.putResolution({
    ...r,
    correction: { by: scene.by.id, at: scene.at, kind, text: words },
    ...ended,
  });
  scene.did('correct', r.id, { kind, text: words });
  tellThose(scene, next, ['owner', 'coowner', 'checker', 'office'], {
    text: `${r.id}《${r.title}》的修正意见：${kind}，${words}（${scene.by.name}）。`,
  });
  const reply = resolutionReply(
    scene,
    next,
    `已记下 ${r.id} 的修正：${kind}，${words}。${kind === '调整' ? '调整要走复议，新的决定作出前原决议有效。' : ''}`,
  );
  if (kind !== '调整' || next.source.kind !== 'meeting') return reply;
  const actions = [button(`/复议 ${r.id}`, '申请复议', 'primary', reconsiderFields)];
  return { ...reply, card: { ...reply.card!, actions } };
}

/** `/终止 J5 理由`: by the chair of the body that decided, recorded; everybody concerned hears of it. */
export function end(scene: Scene, said: Said): Reply {
  const { resolution: r, rest } = pickResolution(scene, said, '终止', (r) => may(scene, scene.by, 'end', r));
  mustBeUnderWay(r);
  mustDo(scene, 'end', `${r.id} 的终止`, r);
  const why = value(said, 'why') || rest.replace(/^(?:理由|原因)\s*[:：]?\s*/, '');
  if (!isReason(why))
    throw new Refusal('needs-reason', `终止要写理由，例如“/终止 ${r.id} 上级已统一安排，学校不再单独实施”。`, [
      button(`/终止 ${r.id}`, '写理由', 'danger', whyFields('终止的理由')),
    ]);
  const next = scene.putResolution({ ...r, state: 'ended', ended: { by: scene.by.id, at: scene.at, why } });
  scene.did('end-resolution', r.id, { why });
  const told = `${r.id}《${r.title}》已终止：${why}（${scene.by.name}）。`;
  tellThose(scene, next, ['owner', 'coowner', 'checker', 'office'], { text: told });
  return resolutionReply(scene, next, `${told}请在下次会议上通报。`);
}
