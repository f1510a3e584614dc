import type { Reply } from '../../domain/message.ts';
import type { Progress, Resolution } from '../../domain/resolution.ts';
import { button, type Said } from '../command.ts';
import { dayText } from '../dates.ts';
import { Refusal } from '../refusal.ts';
import type { Scene } from '../scene.ts';
import { resolutionCard, resolutionReply } from './card.ts';
import { applyForClosing } from './closing.ts';
import { blockedFields, closingFields, progressFields } from './fields.ts';
import { may, mustDo } from './may.ts';
import { reviewerOf, tellThose } from './people.ts';
import { mustBeUnderWay, pickResolution } from './pick.ts';
import { inPublicity } from './standing.ts';
import { evidenceIn, leading, value } from './words.ts';

const STATUS = ['正常推进', '受阻', '已完成'] as const;

/** What may not go out while objections can still be raised (procedure 11.6). */
const ISSUES = /发文|印发|下发|发布(?:通知|文件|结果)|正式公布|签发/;

/** `/进展 J5 已完成招标，80% 佐证：中标通知书`; 正常推进, 受阻 and 已完成 move its state. */
export function reportProgress(scene: Scene, said: Said): Reply {
  const { resolution: r, rest } = pickResolution(scene, said, '进展', (r) => may(scene, scene.by, 'progress', r));
  mustBeUnderWay(r);
  mustDo(scene, 'progress', `${r.id} 的进展`, r);
  const { word, rest: words } = leading(rest, STATUS);
  const status = word ?? STATUS.find((s) => s === value(said, 'status'));
  const found = evidenceIn(words);
  const evidence = value(said, 'evidence') || found.evidence;
  const text = value(said, 'text') || found.rest;
  if (status === '已完成') return finished(scene, r, [text, evidence].filter(Boolean).join('，'));
  mustSay(r, status, text);
  return record(scene, r, status, {
    by: scene.by.id,
    at: scene.at,
    text: text || '正常推进',
    ...(evidence && { evidence }),
  });
}

/** 已完成 is no progress but the owner's application for closing, with its evidence. */
function finished(scene: Scene, r: Resolution, evidence: string): Reply {
  if (evidence && may(scene, scene.by, 'close', r)) return applyForClosing(scene, r, evidence);
  throw new Refusal('needs-evidence', `${r.id} 完成了要申请销号：由责任主体带上佐证材料发 /销号 ${r.id} 佐证……`, [
    button(`/销号 ${r.id}`, '申请销号', 'primary', closingFields),
  ]);
}

function mustSay(r: Resolution, status: string | undefined, text: string): void {
  if (status === '受阻' && text === '')
    throw new Refusal(
      'needs-words',
      `${r.id} 卡在哪里？请写一句，例如“/进展 ${r.id} 受阻 等上级批复，请分管领导协调”。`,
      [button(`/进展 ${r.id} 受阻`, '写受阻原因', 'primary', blockedFields)],
    );
  if (status === undefined && text === '')
    throw new Refusal('needs-words', `${r.id} 做到哪一步了？请写一句，例如“/进展 ${r.id} 已完成招标，80%”。`, [
      button(`/进展 ${r.id} 正常推进`, '正常推进', 'primary', progressFields),
      button(`/进展 ${r.id} 受阻`, '受阻', 'danger', blockedFields),
      button(`/销号 ${r.id}`, '已完成，申请销号', 'default', closingFields),
    ]);
}

/** What is handed in for closing stays handed in; what was blocked stays so until somebody says 正常推进. */
function stateAfter(r: Resolution, status: string | undefined): Resolution['state'] {
  if (r.state === 'done') {
    if (status === '受阻')
      throw new Refusal(
        'handed-in',
        `${r.id} 已申请销号，正在审核；还有问题请审核人退回（/复核 ${r.id} 退回 ……）再报受阻。`,
      );
    return 'done';
  }
  if (status === '受阻') return 'blocked';
  return r.state === 'blocked' && status !== '正常推进' ? 'blocked' : 'running';
}

function record(scene: Scene, r: Resolution, status: string | undefined, entry: Progress): Reply {
  const state = stateAfter(r, status);
  const text = status === '受阻' ? `受阻：${entry.text}` : entry.text;
  const next = scene.putResolution({ ...r, state, progress: [...r.progress, { ...entry, text }] });
  scene.did('report-progress', r.id, { text, state, ...(entry.evidence && { evidence: entry.evidence }) });
  if (status === '受阻') tellBlocked(scene, next, entry.text);
  return resolutionReply(scene, next, said(scene, r, next, status, text));
}

function tellBlocked(scene: Scene, r: Resolution, why: string): void {
  const text = `${r.id}《${r.title}》受阻：${why}（${scene.by.name}报）。请您协调；解决后由承办人报“正常推进”。`;
  const checker = reviewerOf(scene, r);
  if (checker && checker.id !== scene.by.id)
    scene.tell(checker.id, { text, card: { ...resolutionCard(scene, r, checker), summary: text } }, r.id);
  if (checker?.id !== scene.by.id) return;
  // The checker himself reports it: whoever decided is told instead.
  tellThose(scene, r, ['decider'], { text });
}

function said(scene: Scene, before: Resolution, r: Resolution, status: string | undefined, text: string): string {
  const checker = reviewerOf(scene, r);
  const lines = [`已记下 ${r.id} 的进展：${text}`];
  if (status === '受阻' && checker && checker.id !== scene.by.id)
    lines.push(`已告诉分管领导${checker.name}，请等协调；解决后报“正常推进”。`);
  else if (r.state === 'blocked') lines.push('现在仍是受阻；解决了请报“正常推进”。');
  else if (before.state === 'waiting') lines.push('已从未启动转为进行中。');
  if (/100\s*%|全部完成|已办结/.test(text) && r.state !== 'done')
    lines.push(`全部做完了就申请销号：/销号 ${r.id} 佐证……`);
  if (inPublicity(scene, r) && ISSUES.test(text))
    lines.push(
      `请注意：公示期到${dayText(r.publicity!.until)}才结束，公示期内不能发文；已发出的请先停下并报告办公室。`,
    );
  return lines.join('\n');
}
