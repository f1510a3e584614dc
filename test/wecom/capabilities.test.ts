import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { capabilities as feishu } from '../../adapters/feishu/capabilities.ts';
import { capabilities as aibot } from '../../adapters/wecom-aibot/capabilities.ts';
import { capabilities as app } from '../../adapters/wecom-app/capabilities.ts';
import { capabilities as robot } from '../../adapters/wecom-robot/capabilities.ts';
import type { Capabilities } from '../../src/ports/platform.ts';

const all: readonly Capabilities[] = [feishu, app, aibot, robot];

it('says of each platform what can be counted on', () => {
  expect(all.map(({ platform }) => platform)).toEqual(['feishu', 'wecom-app', 'wecom-aibot', 'wecom-robot']);
  expect(all.filter(({ hears }) => hears.groups === 'when-named').map(({ platform }) => platform)).toEqual([
    'feishu',
    'wecom-aibot',
  ]);
  expect(all.filter(({ buttons }) => buttons === 0)).toEqual([robot]);
  for (const { maxTextBytes, perMinute } of all) expect(Math.min(maxTextBytes / 1000, perMinute)).toBeGreaterThan(2);
});

const WORKER = { yes: '能', 'one-mode': '回调方式能', no: '不能' };
const UNASKED = { anyone: '能', 'after-contact': '对方先说过话才能', nobody: '不能' };

/** The README's row of a platform: what a school can count on, in its words. */
function row(c: Capabilities): string {
  const hears = [c.hears.direct && '私聊', c.hears.groups === 'when-named' && '群里 @ 它'].filter(Boolean).join('、');
  const buttons = c.buttons === 0 ? '编号' : c.forms ? '按钮、表单' : '按钮';
  return `| ${c.label} | ${hears || '听不到，只能发'} | ${buttons} | ${UNASKED[c.says.unasked]} | ${WORKER[c.worker]} |`;
}

it('is told in the README as it is here', () => {
  const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');
  for (const capabilities of all) expect(readme).toContain(row(capabilities));
});
