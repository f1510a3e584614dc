import { hasRole, type Member } from '../../domain/member.ts';
import type { Command } from '../command.ts';
import { away } from './away.ts';
import { division } from './division.ts';
import { emergency } from './emergency.ts';
import { workbench } from './workbench.ts';

const twoAndOffice = (m: Member): boolean => hasRole(m, 'secretary', 'principal', 'office');

/** What secretary and principal do between the meetings, and who is in charge of what. */
export const LEADER_COMMANDS: readonly Command[] = [
  {
    name: '工作台',
    aliases: ['workbench', 'desk', '书记工作台', '校长工作台'],
    help: '书记、校长各三列：待沟通、待确定、待督办；行政方案、待执行、需报告',
    forWhom: twoAndOffice,
    run: workbench,
  },
  {
    name: '紧急',
    aliases: ['emergency', '紧急处置', '补报'],
    help: '登记紧急处置并补报：/紧急 抢险 教学楼漏水；时间：……；决定：……；依据：……；花费：……',
    forWhom: twoAndOffice,
    run: emergency,
  },
  {
    name: '外出',
    aliases: ['away', '外出告知'],
    help: '外出告知、定临时主持：/外出 11月25日 到 11月27日 参加培训 主持：何副校长',
    forWhom: twoAndOffice,
    run: away,
  },
  {
    name: '分工',
    aliases: ['division', '分工表', '谁分管'],
    help: '查谁分管什么：/分工 或 /分工 总务处',
    forWhom: () => true,
    run: division,
  },
];
