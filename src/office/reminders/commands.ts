import type { Command } from '../command.ts';
import { putOff } from './later.ts';
import { duties } from './show-duties.ts';
import { showReminders, showTodo } from './show.ts';

const everyone = () => true;

export const REMINDER_COMMANDS: readonly Command[] = [
  {
    name: '待办',
    aliases: ['我的待办', '代办', 'todo', 'mine'],
    help: '/待办：等我办、等我确认的全部事项',
    forWhom: everyone,
    run: (scene) => showTodo(scene),
  },
  {
    name: '提醒',
    aliases: ['我的提醒', 'remind', 'reminders'],
    help: '/提醒：今天要办、已逾期和等我确认的事；/提醒 时间 看设置；办公室可用 /提醒 全部',
    forWhom: everyone,
    run: showReminders,
  },
  {
    name: '稍后',
    aliases: ['推迟提醒', 'snooze', 'later'],
    help: '/稍后 J5 12月1日 理由：那天之前不提醒这一项，最多7个工作日',
    forWhom: everyone,
    run: putOff,
  },
  {
    name: '周期',
    aliases: ['周期工作', '党务日历', 'duties', 'duty'],
    help: '/周期：三会一课等周期工作；/周期 P3 完成 说明；/周期 频次 核对今年开了几次',
    forWhom: (member) => member.roles.some((role) => role !== 'teacher'),
    run: duties,
  },
];
