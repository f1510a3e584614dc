import { BODIES } from '../../domain/member.ts';
import type { Reply } from '../../domain/message.ts';
import type { Extension, Resolution } from '../../domain/resolution.ts';
import { button, type Said } from '../command.ts';
import { Refusal } from '../refusal.ts';
import type { Scene } from '../scene.ts';
import { resolutionCard, resolutionReply } from './card.ts';
import { dayIn, dayText, isDay } from '../dates.ts';
import { extendFields, whyFields } from './fields.ts';
import { may, maySee, mustDo } from './may.ts';
import { deciderOf, tellThose, whoAre } from './people.ts';
import { mustBeUnderWay, pickResolution } from './pick.ts';
import { pendingExtension, wasExtended, withLast } from './standing.ts';
import { isReason, leading, value } from './words.ts';

const ANSWERS = ['同意', '不同意'] as const;

/** `/延期 J5 12月20日 设备到货推迟`, and for whoever decided `/延期 J5 同意|不同意 理由`. Procedure section 5. */
export function extend(scene: Scene, said: Said): Reply {
  const { resolution: r, rest } = pickResolution(scene, said, '延期', (r) => may(scene, scene.by, 'extend', r));
  mustBeUnderWay(r);
  if (r.state === 'done') throw new Refusal('handed-in', `${r.id} 已申请销号，不用延期；若被退回再申请。`);
  const { word, rest: words } = leading(rest, ANSWERS);
  return word === undefined
    ? apply(scene, r, said, words)
    : answer(scene, r, word === '同意', value(said, 'why') || words);
}

function apply(scene: Scene, r: Resolution, said: Said, words: string): Reply {
  mustDo(scene, 'extend', `${r.id} 的延期申请`, r);
  const pending = pendingExtension(r);
  if (pending)
    throw new Refusal(
      'pending',
      `${r.id} 已有一份延期申请（到${dayText(pending.until)}），${waiting(scene, r, pending)}。`,
    );
  const asked = readAsked(scene, r, said, words);
  const second = wasExtended(r);
  const extension: Extension = { by: scene.by.id, at: scene.at, ...asked, ...(second && { toMeeting: true as const }) };
  const next = scene.putResolution({ ...r, extensions: [...r.extensions, extension] });
  scene.did('ask-extension', r.id, { ...asked, ...(second && { toMeeting: true }) });
  return second ? toMeeting(scene, next, extension) : toDecider(scene, next, extension);
}

/** The new day, which must lie after the old one, and the reason. */
function readAsked(scene: Scene, r: Resolution, said: Said, words: string): { why: string; until: string } {
  const form = value(said, 'until');
  const named = form
    ? { day: isDay(form) ? form : dayIn(form, scene.day)?.day, rest: words }
    : newDay(words, scene.day);
  const why =
    value(said, 'why') ||
    (named?.rest ?? words).replace(/^[延到至，,、:：\s]+/, '').replace(/^(?:理由|原因)\s*[:：]?\s*/, '');
  const actions = [button(`/延期 ${r.id}`, '填写延期申请', 'primary', extendFields)];
  const refuse = (code: string, text: string) => new Refusal(code, text, actions);
  if (named?.day === undefined)
    throw refuse('needs-day', `延到哪一天？请写日历上的一天和理由，例如“/延期 ${r.id} 12月20日 设备到货推迟”。`);
  if (named.day < scene.day) throw refuse('past-day', `${dayText(named.day)}已经过去，请写以后的日期。`);
  if (named.day <= r.deadline)
    throw refuse('not-later', `原时限就是${dayText(r.deadline)}，${dayText(named.day)}不算延期；请写更晚的日期。`);
  if (!isReason(why))
    throw refuse('needs-reason', `延期要写理由，例如“/延期 ${r.id} ${dayText(named.day)} 设备到货推迟”。`);
  return { why, until: named.day };
}

/** `因11月30日才到货，延到12月20日`: the day after 延到 is the new one; without it the first. */
function newDay(words: string, today: string): { readonly day: string; readonly rest: string } | undefined {
  const at = /(?:延期?|推迟|改|顺延|延长)(?:到|至|为)/.exec(words);
  const found = at ? dayIn(words.slice(at.index), today) : undefined;
  if (!at || !found) return dayIn(words, today);
  const rest = `${words.slice(0, at.index)} ${found.rest.slice(at[0].length)}`;
  return {
    day: found.day,
    rest: rest
      .replace(/\s+/g, ' ')
      .replace(/[\s,，、;；]+$/, '')
      .trim(),
  };
}

const waiting = (scene: Scene, r: Resolution, e: Extension): string =>
  e.toMeeting ? '连续第二次延期，要上会说明，等会议决定' : `正等${whoAre([deciderOf(scene, r)])}答复`;

function toDecider(scene: Scene, r: Resolution, e: Extension): Reply {
  const decider = deciderOf(scene, r);
  const text = `${r.id}《${r.title}》申请延期到${dayText(e.until)}（原${dayText(r.deadline)}）。理由：${e.why}（${scene.by.name}）。同意吗？`;
  if (decider && decider.id !== scene.by.id)
    scene.tell(decider.id, { text, card: { ...resolutionCard(scene, r, decider), summary: text } }, r.id);
  return resolutionReply(
    scene,
    r,
    `${r.id} 的延期申请已记下：到${dayText(e.until)}。${decider ? `正等原决定人${decider.name}同意` : '名册里还没有原决定人，请办公室补名册'}；答复前仍按${dayText(r.deadline)}。`,
  );
}

/** The second in a row: written down, and for the meeting to decide. */
function toMeeting(scene: Scene, r: Resolution, e: Extension): Reply {
  const body = r.source.kind === 'meeting' ? BODIES[r.source.body] : '原决定的会议';
  const said = `${r.id} 已延期过一次，连续第二次延期要回到${body}说明，主持人不能单独同意。申请（到${dayText(e.until)}）已记下，时限暂不变。请起草议题向会议说明。`;
  tellThose(scene, r, ['decider', 'checker', 'office'], {
    text: `${r.id}《${r.title}》连续第二次申请延期（到${dayText(e.until)}）：${e.why}。按规定要上会说明。`,
  });
  const reply = resolutionReply(scene, r, said);
  return { ...reply, card: { ...reply.card!, actions: [topicButton(r, e), ...reply.card!.actions] } };
}

const topicButton = (r: Resolution, e: Extension) =>
  button(`/议题 关于${r.id}《${r.title}》第二次延期到${dayText(e.until)}的说明`, '起草议题', 'primary');

function answer(scene: Scene, r: Resolution, granted: boolean, words: string): Reply {
  const e = pendingExtension(r);
  if (!e) throw new Refusal('no-extension', `${r.id} 没有等答复的延期申请。`);
  mustDo(scene, 'consent', `${r.id} 的延期答复`, r);
  if (e.by === scene.by.id && deciderOf(scene, r)?.id !== scene.by.id)
    throw new Refusal('own', `${r.id} 的延期是您自己申请的，要由别人答复。`);
  const decision = granted && e.toMeeting ? grantedBy(scene, r, e, words) : undefined;
  if (!granted && !isReason(words))
    throw new Refusal('needs-reason', `不同意请写理由，例如“/延期 ${r.id} 不同意 开学前必须完成”。`, [
      button(`/延期 ${r.id} 不同意`, '写理由', 'default', whyFields('不同意的理由')),
    ]);
  const done = { by: scene.by.id, at: scene.at, granted, ...(words && { note: words }), ...(decision && { decision }) };
  const extensions = withLast(r.extensions, { ...e, answer: done });
  const next = scene.putResolution({ ...r, extensions, ...(granted && { deadline: e.until }) });
  scene.did('answer-extension', r.id, {
    granted,
    until: e.until,
    ...(words && { note: words }),
    ...(decision && { decision }),
  });
  const outcome = granted
    ? `${r.id}《${r.title}》同意延期，新的完成时限是${dayText(e.until)}${decision ? `（依据 ${decision}）` : ''}。`
    : `${r.id}《${r.title}》不同意延期：${words}。仍按${dayText(r.deadline)}完成。`;
  tellThose(scene, next, ['owner', 'coowner', 'checker', 'office'], { text: outcome });
  return resolutionReply(scene, next, outcome);
}

/** A second extension stands on a resolution of the meeting, made after it was asked for; the chair's word is not enough. */
function grantedBy(scene: Scene, r: Resolution, e: Extension, words: string): string {
  const id = /(?<![A-Za-z0-9-])J\s?(\d{1,6})(?!\d)/i.exec(words);
  const decision = id ? scene.resolution(`J${id[1]}`) : undefined;
  const same =
    decision?.source.kind === 'meeting' && (r.source.kind === 'list' || decision.source.body === r.source.body);
  if (decision && same && decision.id !== r.id && decision.createdAt > e.at && maySee(scene, scene.by, decision))
    return decision.id;
  throw new Refusal(
    'meeting-only',
    `${r.id} 是连续第二次延期，主持人不能单独同意，要先上会说明。会议同意后，请带上会议的决议编号：“/延期 ${r.id} 同意 J9”。`,
    [topicButton(r, e)],
  );
}
