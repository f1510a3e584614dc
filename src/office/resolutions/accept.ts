import type { AgendaItem } from '../../domain/agenda-item.ts';
import type { Reply } from '../../domain/message.ts';
import type { Reconsideration, Resolution } from '../../domain/resolution.ts';
import { button, type Said } from '../command.ts';
import { raiseReconsideration } from '../items/reconsider.ts';
import { Refusal } from '../refusal.ts';
import type { Scene } from '../scene.ts';
import { resolutionReply } from './card.ts';
import { cadreFields, whyFields } from './fields.ts';
import { mustDo } from './may.ts';
import { tellThose } from './people.ts';
import { mustBeUnderWay } from './pick.ts';
import { pendingApplication, withLast } from './standing.ts';
import { isReason, value } from './words.ts';

/** `/复议 J5 受理`, `/复议 J5 不受理 理由`: by the chair of the body that decided (form 9, `accept`). */
export function answerApplication(scene: Scene, r: Resolution, accepted: boolean, said: Said, words: string): Reply {
  if (r.supersededBy !== undefined || r.state === 'ended') mustBeUnderWay(r);
  const application = pendingApplication(r);
  if (!application)
    throw new Refusal('no-application', `${r.id} 没有等答复的复议申请。`, [button(`/决议 ${r.id}`, '看决议')]);
  mustDo(scene, 'accept', `${r.id} 的复议是否受理`, r);
  return accepted
    ? accept(scene, r, application, said, words)
    : decline(scene, r, application, value(said, 'why') || words);
}

function decline(scene: Scene, r: Resolution, a: Reconsideration, why: string): Reply {
  if (!isReason(why))
    throw new Refusal('needs-reason', `不受理请写理由，例如“/复议 ${r.id} 不受理 情况没有变化”。`, [
      button(`/复议 ${r.id} 不受理`, '写理由', 'default', whyFields('不受理的理由')),
    ]);
  const answer = { by: scene.by.id, at: scene.at, accepted: false, why };
  const next = scene.putResolution({ ...r, applications: withLast(r.applications!, { ...a, answer }) });
  scene.did('decline-reconsideration', r.id, { id: a.id, why });
  return tellAll(scene, next, a, `${r.id}《${r.title}》的复议申请不受理：${why}。原决议继续有效。`);
}

function accept(scene: Scene, r: Resolution, a: Reconsideration, said: Said, words: string): Reply {
  const original = originalOf(scene, r);
  const agreed = r.cadre || original.ruling.cadre ? enoughAgreed(scene, r, said, words) : undefined;
  const item = raiseReconsideration(scene, original, r, a.by, {
    reason_type: a.reason,
    facts: a.facts,
    impact: a.impact,
    background: `${a.reason}：${a.facts}`,
    proposal: `${a.proposal}${r.id}；${a.impact}`,
  });
  const answer = { by: scene.by.id, at: scene.at, accepted: true, item: item.id, ...(agreed && { agreed }) };
  const next = scene.putResolution({
    ...r,
    reconsideredBy: item.id,
    applications: withLast(r.applications!, { ...a, answer }),
  });
  scene.did('accept-reconsideration', r.id, { id: a.id, item: item.id, ...(agreed && { agreed }) });
  const count = agreed ? `党组织班子 ${agreed.of} 人中 ${agreed.count} 人同意复议。` : '';
  return tellAll(
    scene,
    next,
    a,
    `${r.id}《${r.title}》的复议已受理，形成议题 ${item.id}。${count}要重新沟通、满足原来的门槛再上会；新的决定作出前，原决议继续有效。`,
    item.id,
  );
}

/** Decided items are no longer at hand: naming it, as the button does, has it looked up. */
function originalOf(scene: Scene, r: Resolution): AgendaItem {
  if (r.source.kind !== 'meeting') throw new Refusal('not-a-resolution', `${r.id} 不是会议决议，不用复议。`);
  const original = scene.item(r.source.item);
  if (original) return original;
  throw new Refusal('look-up', `受理 ${r.id} 的复议要用到原议题 ${r.source.item}，请点下面的按钮。`, [
    button(
      `/复议 ${r.id} 受理 ${r.source.item}`,
      `受理（原议题 ${r.source.item}）`,
      'primary',
      r.cadre ? cadreFields : undefined,
    ),
  ]);
}

/** Cadre matters are taken up again only when more than half of the Party leadership agree (procedure section 6). */
function enoughAgreed(scene: Scene, r: Resolution, said: Said, words: string): { count: number; of: number } {
  const of = scene.roster.of('party').length || (scene.school.partyMembers ?? 0);
  const given = /\d+/.exec(value(said, 'agreed'))?.[0] ?? /(\d{1,2})\s*(?:人|名|票|位)/.exec(words)?.[1];
  const item = r.source.kind === 'meeting' ? ` ${r.source.item}` : '';
  const actions = [button(`/复议 ${r.id} 受理${item}`, '填写同意人数', 'primary', cadreFields)];
  const count = Number(given ?? -1);
  if (count < 0)
    throw new Refusal(
      'cadre-count',
      `${r.id} 属于干部任免，受理复议要先有党组织班子（${of} 人）超过半数成员同意。请填写同意的人数。`,
      actions,
    );
  if (count > of) throw new Refusal('cadre-count', `党组织班子只有 ${of} 人，${count} 人不对，请核对。`, actions);
  if (count * 2 <= of)
    throw new Refusal('cadre-count', `党组织班子 ${of} 人中 ${count} 人同意，没有超过半数，不能受理。`, actions);
  return { count, of };
}

function tellAll(scene: Scene, r: Resolution, a: Reconsideration, text: string, item?: string): Reply {
  tellThose(scene, r, ['owner', 'coowner', 'checker', 'office'], { text });
  const heard = new Set(scene.tellings.flatMap((t) => ('member' in t.to ? [t.to.member] : [])));
  if (a.by !== scene.by.id && !heard.has(a.by)) scene.tell(a.by, { text }, r.id);
  const reply = resolutionReply(scene, r, text);
  if (item === undefined) return reply;
  return {
    ...reply,
    card: { ...reply.card!, actions: [button(`/议题 ${item}`, `看 ${item}`, 'primary'), ...reply.card!.actions] },
  };
}
