import { diagnoseFeishu } from '../../adapters/feishu/doctor.ts';
import { diagnoseWecomAibot } from '../../adapters/wecom-aibot/doctor.ts';
import { diagnoseWecomApp } from '../../adapters/wecom-app/doctor.ts';
import { diagnoseWecomRobot } from '../../adapters/wecom-robot/doctor.ts';
import { told } from './told.ts';

/** `npm run doctor`: what is right and wrong with each configured platform, and what to click. Sends nothing. */
const DOCTORS = [
  ['飞书', diagnoseFeishu],
  ['企业微信 自建应用', diagnoseWecomApp],
  ['企业微信 智能机器人', diagnoseWecomAibot],
  ['企业微信 群机器人', diagnoseWecomRobot],
] as const;

const seen = await Promise.all(DOCTORS.map(async ([label, diagnose]) => [label, await diagnose(process.env)] as const));
process.exitCode = told(seen);
if (seen.every(([, findings]) => findings.length === 0))
  console.log('没有配置任何平台：环境变量见 docs/feishu.md 与 docs/wecom.md。');
