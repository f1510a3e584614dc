import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestHarness } from 'wrangler';
import { ROOT } from '../../src/entry/knowledge/compiled.ts';
import { until } from '../fakes/process.ts';
import {
  aibotEnv,
  aibotText,
  appDelivery,
  checkDelivery,
  startWecom,
  textXml,
  WECOM_APP,
  wecomEnv,
  type Wecom,
} from '../fakes/wecom-server.ts';
import { askAibot } from './client.ts';
import { deliverTo } from './deliveries.ts';

/** The crypto's padding is where Workers differ from Node, and D1 is where two requests meet. */
let wecom: Wecom;
let harness: ReturnType<typeof createTestHarness>;
let url: string;

beforeAll(async () => {
  wecom = await startWecom();
  const vars = { YISHI_SCHOOL: 'demo', ...wecomEnv(wecom.baseUrl), ...aibotEnv(wecom.baseUrl) };
  harness = createTestHarness({ root: ROOT, workers: [{ configPath: './wrangler.toml', vars }] });
  url = String((await harness.listen()).url);
  await harness.getWorker().applyD1Migrations('DB');
}, 120_000);
afterAll(async () => {
  await harness.close();
  await wecom.close();
});

it('answers the app and the AI bot on Workers too', async () => {
  expect(await (await deliverTo(`${url}wecom/app`, checkDelivery('1616140317555161061'))).text()).toBe(
    '1616140317555161061',
  );
  for (const length of [1, 7, 12, 20]) {
    const response = await deliverTo(
      `${url}wecom/app`,
      appDelivery(textXml(`帮助${' '.repeat(length)}`, { AgentID: WECOM_APP.agentId })),
    );
    expect([response.status, await response.text()]).toEqual([200, '']);
  }
  await until(
    () => wecom.sent.length,
    (n) => n > 0,
    15_000,
  );
  const { last } = await askAibot(`${url}wecom/aibot`, aibotText('招一名编外保安要上党委会吗'), 200);
  expect(last.stream).toMatchObject({ finish: true, content: expect.stringContaining('会议') });
});
