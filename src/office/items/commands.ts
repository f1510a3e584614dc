import { hasRole, type Member } from '../../domain/member.ts';
import type { Command } from '../command.ts';
import { chairAgrees } from './chair-agrees.ts';
import { closeStep } from './close-step.ts';
import { consult } from './consult.ts';
import { editItem, supplement } from './edit-item.ts';
import { outsideResult } from './outside.ts';
import { review } from './review.ts';
import { returnItem, withdrawItem } from './send-back.ts';
import { items } from './show-items.ts';
import { submitItem } from './submit-item.ts';
import { talk } from './talk.ts';

const everyone = () => true;
const leads = (m: Member) => m.bodies.length > 0 || hasRole(m, 'office', 'head');

/** From a sentence to an item that may be listed. */
export const ITEM_COMMANDS: readonly Command[] = [
  {
    name: '议题',
    aliases: ['draft', 'item', '起草议题', '提议题', '报议题'],
    help: '起草或查看议题，例如：/议题 更换食堂承包商 预算60万；/议题 三重一大 看清单',
    forWhom: everyone,
    run: items,
  },
  {
    name: '补充',
    aliases: ['add', '填写'],
    help: '给议题补充情况，例如：/补充 Y1 资金来源：公用经费',
    forWhom: everyone,
    run: supplement,
  },
  {
    name: '修改',
    aliases: ['edit'],
    help: '修改申报单，例如：/修改 Y1 金额：580000',
    forWhom: everyone,
    run: editItem,
  },
  { name: '提交', aliases: ['submit'], help: '申报单填齐后提交：/提交 Y1', forWhom: everyone, run: submitItem },
  {
    name: '撤回',
    aliases: ['withdraw'],
    help: '撤回自己提的议题：/撤回 Y1 原因',
    forWhom: everyone,
    run: withdrawItem,
  },
  { name: '审核', aliases: ['review'], help: '部门、分管领导审核：/审核 Y1 同意', forWhom: leads, run: review },
  { name: '退回', aliases: ['return'], help: '退回议题并写原因：/退回 Y1 材料不全', forWhom: leads, run: returnItem },
  {
    name: '前置',
    aliases: ['step', 'gate', '前置步骤'],
    help: '登记前置步骤和佐证：/前置 Y1 parents 家委会纪要',
    forWhom: everyone,
    run: closeStep,
  },
  {
    name: '沟通',
    aliases: ['talk'],
    help: '书记校长会前沟通：/沟通 Y1 无重大分歧（或 有分歧暂缓 11月30日、请示上级）；/沟通 要点 记经常性沟通',
    forWhom: (m) => hasRole(m, 'secretary', 'principal', 'deputy_secretary', 'office'),
    run: talk,
  },
  {
    name: '酝酿',
    aliases: ['consult'],
    help: '个别酝酿：/酝酿 Y1 同意（或 有意见 要点）',
    forWhom: (m) => m.bodies.includes('party') || hasRole(m, 'office'),
    run: consult,
  },
  {
    name: '确定',
    aliases: ['confirm', '确定上会'],
    help: '书记、校长确定议题上会：/确定 Y1',
    forWhom: (m) => hasRole(m, 'secretary', 'principal'),
    run: chairAgrees,
  },
  {
    name: '批复',
    aliases: ['outside', '教代会', '上级批复'],
    help: '登记教代会、上级等外部结果：/批复 Y1 通过 票数或文号',
    forWhom: (m) => hasRole(m, 'office', 'union', 'secretary', 'principal'),
    run: outsideResult,
  },
];
