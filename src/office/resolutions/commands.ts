import { hasRole, type Member } from '../../domain/member.ts';
import type { Command } from '../command.ts';
import { correct, end, evaluate } from './afterwards.ts';
import { close, review } from './closing.ts';
import { extend } from './extension.ts';
import { showLists } from './lists/show.ts';
import { reportProgress } from './progress.ts';
import { publicize } from './publicity.ts';
import { reconsider } from './reconsider.ts';
import { showResolutions } from './show.ts';

const everyone = () => true;
const leads = (m: Member) => m.bodies.length > 0 || hasRole(m, 'office', 'discipline');
const chairs = (m: Member) => hasRole(m, 'secretary', 'principal');

const command = (
  name: string,
  aliases: readonly string[],
  help: string,
  forWhom: Command['forWhom'],
  run: Command['run'],
): Command => ({ name, aliases, help, forWhom, run });

/** Following resolutions and task lists up until they are closed, and changing them. */
export const RESOLUTION_COMMANDS: readonly Command[] = [
  command(
    '决议',
    ['resolution', 'resolutions', '督办'],
    '看决议：/决议（我的）、/决议 全部、/决议 J5',
    everyone,
    showResolutions,
  ),
  command(
    '进展',
    ['progress', '进度', '报进展'],
    '报进展和佐证：/进展 J5 已完成招标，80% 佐证：中标通知书',
    everyone,
    reportProgress,
  ),
  command(
    '延期',
    ['extend', '申请延期'],
    '申请延期：/延期 J5 12月20日 理由；原决定人答复：/延期 J5 同意（或 不同意 理由）',
    everyone,
    extend,
  ),
  command('销号', ['close', '申请销号'], '办完申请销号：/销号 J5 佐证：验收单', everyone, close),
  command('复核', ['check', '销号审核'], '审核、复核销号：/复核 J5 同意（或 退回 理由）', leads, review),
  command('评价', ['evaluate'], '销号后评价效果：/评价 J5 按期完成，效果……', leads, evaluate),
  command('修正', ['correct'], '评价后修正：/修正 J5 继续（或 调整、终止）意见', chairs, correct),
  command('终止', ['terminate', 'stop'], '终止决议并写理由：/终止 J5 理由', chairs, end),
  command(
    '复议',
    ['reconsider'],
    '申请变更决议：/复议 J5；主持人答复：/复议 J5 受理（或 不受理 理由）',
    everyone,
    reconsider,
  ),
  command(
    '公示',
    ['publicize', 'publicity'],
    '登记公示期：/公示 J5 5天',
    (m) => hasRole(m, 'office', 'secretary', 'principal', 'deputy_secretary'),
    publicize,
  ),
  command(
    '清单',
    ['list', 'lists', '任务清单', '问题清单'],
    '看清单和统计：/清单、/清单 统计；起步用 /清单 模板；导入请把 .xlsx 或 .csv 私聊发来',
    everyone,
    showLists,
  ),
];
