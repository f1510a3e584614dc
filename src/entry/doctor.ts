import { diagnoseFeishu } from '../../adapters/feishu/doctor.ts';
import { diagnoseWecomAibot } from '../../adapters/wecom-aibot/doctor.ts';
import { diagnoseWecomApp } from '../../adapters/wecom-app/doctor.ts';
import { diagnoseWecomRobot } from '../../adapters/wecom-robot/doctor.ts';
import type { Finding } from '../ports/platform.ts';

/** `npm run doctor`: what is right and wrong with each configured platform, and what to click. Sends nothing. */
const DOCTORS = [
  ['飞书', diagnoseFeishu],
  ['企业微信 自建应用', diagnoseWecomApp],
  ['企业微信 智能机器人', diagnoseWecomAibot],
  ['企业微信 群机器人', diagnoseWecomRobot],
] as const;
const MARKS: Readonly<Record<Finding['level'], string>> = {
  good: '✓ 正常',
  warning: '! 注意',
  bad: '✗ 不对',
  hint: '· 请看',
};

const seen = await Promise.all(
  DOCTORS.map(async ([label, diagnose]) => ({ label, findings: await diagnose(process.env) })),
);
for (const { label, findings } of seen.filter((one) => one.findings.length > 0)) {
  console.log(`\n${label}`);
  for (const { level, found, todo } of findings) {
    console.log(`  ${MARKS[level]}　${found}`);
    if (todo) console.log(`  　　　　→ ${todo}`);
  }
}
const all = seen.flatMap(({ findings }) => findings);
if (all.length === 0) console.log('没有配置任何平台：环境变量见 docs/feishu.md 与 docs/wecom.md。');
if (all.some(({ level }) => level === 'bad')) process.exitCode = 1;
