import type { Reply } from '../../domain/message.ts';
import {
  RECONSIDER_PROPOSALS,
  RECONSIDER_REASONS,
  type Reconsideration,
  type Resolution,
} from '../../domain/resolution.ts';
import { button, type Said } from '../command.ts';
import { Refusal } from '../refusal.ts';
import type { Scene } from '../scene.ts';
import { answerApplication } from './accept.ts';
import { acceptButtons } from './buttons.ts';
import { resolutionReply } from './card.ts';
import { reconsiderFields } from './fields.ts';
import { may, mustDo } from './may.ts';
import { INSISTS, mustBeReconsideration } from './not-reconsideration.ts';
import { deciderOf, tellThose, whoAre } from './people.ts';
import { mustBeUnderWay, pickResolution } from './pick.ts';
import { pendingApplication, reconsideringItem } from './standing.ts';
import { isReason, leading, value } from './words.ts';

/**
 * `/复议 J5` with form 9, or in words: `/复议 J5 条件变化 调整 事实：中标价上涨三成 影响：不调整则无法签约`; the chair of the body
 * that decided answers with 受理 or 不受理.
 */
export function reconsider(scene: Scene, said: Said): Reply {
  const fits = (r: Resolution) => r.source.kind === 'meeting' && may(scene, scene.by, 'reconsider', r);
  const { resolution: r, rest } = pickResolution(scene, said, '复议', fits);
  const { word, rest: words } = leading(rest, ['受理', '不受理']);
  return word === undefined ? apply(scene, r, said, rest) : answerApplication(scene, r, word === '受理', said, words);
}

function apply(scene: Scene, r: Resolution, said: Said, words: string): Reply {
  if (r.supersededBy !== undefined || r.state === 'ended') mustBeUnderWay(r);
  if (r.source.kind === 'list')
    throw new Refusal(
      'not-a-resolution',
      `${r.id} 是清单里的任务，不是会议决议，不用复议；要改时限请延期，要改任务请办公室更新清单。`,
    );
  mustDo(scene, 'reconsider', `${r.id} 的复议申请`, r);
  mustBeFree(scene, r);
  const insists = words.includes(INSISTS);
  const form = readForm(said, words.replace(INSISTS, ' ').trim());
  if (!insists && form.facts) mustBeReconsideration(scene, r, form.facts);
  const application = complete(scene, r, form);
  const next = scene.putResolution({ ...r, applications: [...(r.applications ?? []), application] });
  const { id, reason, facts, impact, proposal } = application;
  scene.did('apply-reconsideration', r.id, { id, reason, facts, impact, proposal });
  return tellOf(scene, next, application);
}

function mustBeFree(scene: Scene, r: Resolution): void {
  const asked = pendingApplication(r);
  if (asked)
    throw new Refusal(
      'pending',
      `${r.id} 已有一份复议申请（${asked.id}），正等${whoAre([deciderOf(scene, r)])}答复是否受理。`,
    );
  const item = reconsideringItem(scene, r);
  if (item)
    throw new Refusal('under-way', `${r.id} 正在复议（${item}），请等会议决定。`, [
      button(`/议题 ${item}`, `看 ${item}`),
    ]);
}

type Form = { reason?: string; proposal?: string; facts: string; impact: string };

const LABELS = /(?:^|[\s,，。;；])(变化的?事实(?:与证据)?|事实|证据|影响|建议|理由)\s*[:：]\s*/g;

/** The form's values, and what words say under labels; unlabelled words are the facts. */
function readForm(said: Said, words: string): Form {
  const parts: Record<string, string> = {};
  let name = 'facts';
  let from = 0;
  const keep = (to: number) => (parts[name] = `${parts[name] ?? ''} ${words.slice(from, to)}`.trim());
  for (const found of words.matchAll(LABELS)) {
    keep(found.index);
    name = found[1] === '影响' ? 'impact' : found[1] === '建议' ? 'proposal' : found[1] === '理由' ? 'reason' : 'facts';
    from = found.index + found[0].length;
  }
  keep(words.length);
  const reason = take(parts, 'reason', RECONSIDER_REASONS);
  const proposal = take(parts, 'proposal', RECONSIDER_PROPOSALS);
  return {
    reason: value(said, 'reason') || reason,
    proposal: value(said, 'proposal') || proposal,
    facts: value(said, 'facts') || (parts['facts'] ?? ''),
    impact: value(said, 'impact') || (parts['impact'] ?? ''),
  };
}

/** A choice under its label, or standing by itself at the beginning of the facts. */
function take(parts: Record<string, string>, label: string, options: readonly string[]): string {
  const labelled = options.find((o) => parts[label]?.includes(o));
  if (labelled) return labelled;
  const { word, rest } = leading(parts['facts'] ?? '', options);
  if (word !== undefined) parts['facts'] = rest;
  return word ?? '';
}

/** Everything form 9 asks for, or a refusal with the fields that are missing; what was said stays in the button. */
function complete(scene: Scene, r: Resolution, form: Form): Reconsideration {
  const reason = RECONSIDER_REASONS.find((x) => x === form.reason);
  const proposal = RECONSIDER_PROPOSALS.find((x) => x === form.proposal);
  if (reason && proposal && isReason(form.facts) && isReason(form.impact))
    return {
      id: `${r.id}-F${(r.applications?.length ?? 0) + 1}`,
      by: scene.by.id,
      at: scene.at,
      reason,
      facts: form.facts,
      impact: form.impact,
      proposal,
    };
  const have = {
    reason: reason !== undefined,
    proposal: proposal !== undefined,
    facts: isReason(form.facts),
    impact: isReason(form.impact),
  };
  const missing = reconsiderFields.filter((f) => !have[f.name as keyof typeof have]);
  const words = [
    reason ?? '',
    proposal ?? '',
    have.facts ? `事实：${form.facts}` : '',
    have.impact ? `影响：${form.impact}` : '',
  ];
  throw new Refusal(
    'form',
    `申请复议 ${r.id} 还差：${missing.map((f) => f.label).join('；')}。新的决定作出前，原决议继续有效。`,
    [button(`/复议 ${r.id} ${words.filter(Boolean).join(' ')}`.trim(), '填写复议申请', 'primary', missing)],
  );
}

function tellOf(scene: Scene, r: Resolution, a: Reconsideration): Reply {
  const decider = deciderOf(scene, r);
  const text = `${scene.by.name}对 ${r.id}《${r.title}》申请复议（${a.id}）\n理由：${a.reason}\n事实：${a.facts}\n影响：${a.impact}\n建议：${a.proposal}`;
  if (decider && decider.id !== scene.by.id) {
    const card = {
      title: `${a.id} 复议申请`,
      tone: 'asks' as const,
      summary: text,
      sections: [],
      actions: acceptButtons(r),
    };
    scene.tell(decider.id, { text: `${text}\n请答复是否受理。`, card }, r.id);
  }
  tellThose(scene, r, ['owner', 'checker', 'office'], {
    text: `${r.id}《${r.title}》有人申请复议（${a.reason}，建议${a.proposal}），正等答复是否受理；原决议继续有效，请照常推进。`,
  });
  return resolutionReply(
    scene,
    r,
    `${a.id} 已提交，正等${whoAre([decider])}答复是否受理；新的决定作出前，${r.id} 继续有效。`,
  );
}
