import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { capabilities as feishu } from '../adapters/feishu/capabilities.ts';
import { capabilities as wechaty } from '../adapters/wechaty/capabilities.ts';
import { capabilities as aibot } from '../adapters/wecom-aibot/capabilities.ts';
import { capabilities as app } from '../adapters/wecom-app/capabilities.ts';
import { capabilities as robot } from '../adapters/wecom-robot/capabilities.ts';
import type { Capabilities } from '../src/ports/platform.ts';

/** `npm run capabilities [-- --check]`: writes the README's table of platforms from what the adapters declare. */
export const ALL: readonly Capabilities[] = [feishu, aibot, app, robot, wechaty];

const README = join(import.meta.dirname, '../README.md');
const [BEGIN, END] = ['<!-- capabilities -->', '<!-- /capabilities -->'];
const WORKER = { yes: '能', 'one-mode': '回调方式能', no: '不能' } as const;
const UNASKED = { anyone: '能', 'after-contact': '对方先说过话才能', nobody: '不能' } as const;
const yes = (has: boolean) => (has ? '是' : '—');
const sized = (bytes: number) => (bytes < 10_000 ? `${bytes} 字节` : `${Math.round(bytes / 1024)} KB`);

const COLUMNS: readonly (readonly [heading: string, of: (c: Capabilities) => string])[] = [
  ['平台', ({ label }) => label],
  [
    '听得到',
    ({ hears }) =>
      [hears.direct && '私聊', hears.groups === 'when-named' && '群里 @ 它'].filter(Boolean).join('、') ||
      '听不到，只能发',
  ],
  [
    '选项',
    ({ hears, buttons, forms }) => (!hears.direct ? '—' : buttons === 0 ? '编号' : forms ? '按钮、表单' : '按钮'),
  ],
  ['答在问题下', ({ replies }) => yes(replies)],
  ['卡片跟着变', ({ cardUpdate }) => yes(cardUpdate)],
  ['收文件', ({ files }) => yes(files)],
  ['撤回就不答', ({ recalls }) => yes(recalls)],
  [
    '一条最长',
    ({ maxTextBytes, overlong }) => `${sized(maxTextBytes)}，${overlong === 'split' ? '再长分条' : '再长注明'}`,
  ],
  ['主动发消息', ({ says }) => UNASKED[says.unasked]],
  ['Workers 上', ({ worker }) => WORKER[worker]],
];

const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;

export const capabilityTable = (): string =>
  [
    row(COLUMNS.map(([heading]) => heading)),
    `|${'---|'.repeat(COLUMNS.length)}`,
    ...ALL.map((c) => row(COLUMNS.map(([, of]) => of(c)))),
  ].join('\n');

/** A text with the table between its marks; throws where the marks are missing. */
export function withTable(text: string): string {
  const [from, to] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`README.md has no ${BEGIN} … ${END}`);
  return `${text.slice(0, from + BEGIN.length)}\n\n${capabilityTable()}\n\n${text.slice(to)}`;
}

if (import.meta.main) {
  const readme = readFileSync(README, 'utf8');
  const written = withTable(readme);
  if (written !== readme && process.argv.includes('--check')) {
    console.error('README 的平台表与代码不一致：请运行 npm run capabilities');
    process.exitCode = 1;
  } else if (written !== readme) writeFileSync(README, written);
}
