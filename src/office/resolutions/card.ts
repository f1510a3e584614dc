import { BODIES, type Member } from '../../domain/member.ts';
import { paperRef } from '../../domain/papers.ts';
import type { Card, CardSection, Reply } from '../../domain/message.ts';
import { RESOLUTION_STATES, type Resolution } from '../../domain/resolution.ts';
import { dayText, momentText } from '../dates.ts';
import type { Scene } from '../scene.ts';
import { resolutionButtons } from './buttons.ts';
import { finalCheckers, ownerName, reviewerOf, whoAre } from './people.ts';
import { dueWords, isOverdue, pendingApplication, pendingExtension, reconsideringItem } from './standing.ts';

/** Progress lines shown on a card; the rest is counted. */
const SHOWN = 5;

/** `进行中，还有3天` */
export function stateWords(scene: Scene, r: Resolution): string {
  if (r.supersededBy !== undefined) return `已被 ${r.supersededBy} 代替`;
  const due = dueWords(scene, r);
  return `${RESOLUTION_STATES[r.state]}${due && `，${due}`}`;
}

export const lineOf = (scene: Scene, r: Resolution): string =>
  `${r.id} ${r.title}（${stateWords(scene, r)}；${ownerName(scene, r.owner)}，${dayText(r.deadline)}）`;

/** A resolution as the viewer sees it, with the buttons of what the viewer can do now. */
export function resolutionCard(scene: Scene, r: Resolution, viewer: Member): Card {
  return {
    title: `${r.id} ${r.title}`,
    tone: toneOf(scene, r),
    summary: summaryOf(scene, r),
    sections: [four(scene, r), ...going(scene, r), ...progress(scene, r), ...chain(r)],
    actions: resolutionButtons(scene, r, viewer),
    footer: `${r.number}｜${sourceWords(scene, r)}`,
  };
}

/** The card with its text, for places without cards. */
export function resolutionReply(scene: Scene, r: Resolution, said?: string): Reply {
  const card = resolutionCard(scene, r, scene.by);
  const body = card.sections.map((s) => `【${s.heading}】\n${s.lines.join('\n')}`);
  return {
    text: said ?? [`${card.title}\n${card.summary}`, ...body].join('\n'),
    card,
    ...(!said && r.source.kind === 'meeting' && { papers: [paperRef('follow-up', r.id)] }),
  };
}

function toneOf(scene: Scene, r: Resolution): Card['tone'] {
  if (r.state === 'blocked' || isOverdue(scene, r) || r.supersededBy !== undefined) return 'warns';
  return r.state === 'closed' ? 'settled' : r.state === 'done' ? 'asks' : 'neutral';
}

function summaryOf(scene: Scene, r: Resolution): string {
  if (r.supersededBy !== undefined)
    return `这项决议已被 ${r.supersededBy} 代替，不再执行；现行的是 ${r.supersededBy}。`;
  const asked = reconsideringItem(scene, r);
  return `现在：${stateWords(scene, r)}。${asked ? `正在复议（${asked}），新的决定作出前，这项决议继续有效。` : ''}`;
}

const sourceWords = (scene: Scene, r: Resolution): string =>
  r.source.kind === 'list'
    ? `《${r.source.list}》第${r.source.row}项`
    : `${BODIES[r.source.body]} ${scene.meeting(r.source.meeting)?.number ?? r.source.meeting}，议题 ${r.source.item}`;

function four(scene: Scene, r: Resolution): CardSection {
  const { source } = r;
  const lines = [
    ...(r.text && r.text !== r.goal ? [`决定：${r.text.replace(/^会议决定[：:]/, '')}`] : []),
    ...(source.kind === 'list' && source.problem ? [`问题：${source.problem}`] : []),
    `目标任务：${r.goal}`,
    `推进措施：${r.measures}`,
    `完成时限：${dayText(r.deadline)}`,
    `责任主体：${ownerName(scene, r.owner)}${r.coowner ? `；协办：${ownerName(scene, r.coowner)}` : ''}`,
    ...(r.checker ? [`分管领导：${scene.roster.nameOf(r.checker)}`] : []),
  ];
  return { heading: '四明确', lines };
}

/** Whom it waits for, and what is under way beside the work. */
function going(scene: Scene, r: Resolution): readonly CardSection[] {
  const lines: string[] = [];
  const extension = pendingExtension(r);
  if (extension)
    lines.push(
      `申请延期到${dayText(extension.until)}：${extension.why}（${extension.toMeeting ? '连续第二次，等会议决定' : '等原决定人同意'}）`,
    );
  if (r.state === 'done')
    lines.push(
      r.closing?.reviewed
        ? `分管领导${scene.roster.nameOf(r.closing.reviewed.by)}已审核，等${whoAre(finalCheckers(scene, r))}复核`
        : `等分管领导${whoAre([reviewerOf(scene, r)])}审核`,
      `佐证：${r.closing?.evidence ?? ''}`,
    );
  const application = pendingApplication(r);
  if (application)
    lines.push(
      `${application.id} 申请复议（${application.reason}）：建议${application.proposal}，等主持人答复是否受理`,
    );
  if (r.publicity) lines.push(`公示期：${dayText(r.publicity.from)}至${dayText(r.publicity.until)}`);
  if (r.evaluation) lines.push(`评价：${r.evaluation.text}`);
  if (r.correction) lines.push(`修正：${r.correction.kind}，${r.correction.text}`);
  if (r.ended && r.supersededBy === undefined) lines.push(`终止：${r.ended.why}`);
  return lines.length > 0 ? [{ heading: '办理情况', lines }] : [];
}

function progress(scene: Scene, r: Resolution): readonly CardSection[] {
  if (r.progress.length === 0) return [];
  const lines = r.progress
    .slice(-SHOWN)
    .toReversed()
    .map(
      (p) =>
        `${momentText(p.at)} ${scene.roster.nameOf(p.by)}：${p.text}${p.evidence ? `（佐证：${p.evidence}）` : ''}`,
    );
  const more = r.progress.length - SHOWN;
  return [{ heading: '进展', lines: more > 0 ? [...lines, `更早还有 ${more} 条`] : lines }];
}

function chain(r: Resolution): readonly CardSection[] {
  const lines = [
    ...(r.supersedes ? [`代替了 ${r.supersedes}（发 /决议 ${r.supersedes} 看原决议）`] : []),
    ...(r.supersededBy ? [`被 ${r.supersededBy} 代替（${r.ended ? momentText(r.ended.at) : ''}）`] : []),
  ];
  return lines.length > 0 ? [{ heading: '沿革', lines }] : [];
}
