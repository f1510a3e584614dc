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
