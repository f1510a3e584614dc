import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { diagnoseWecomAibot } from '../../adapters/wecom-aibot/doctor.ts';
import { diagnoseWecomApp } from '../../adapters/wecom-app/doctor.ts';
import { diagnoseWecomRobot } from '../../adapters/wecom-robot/doctor.ts';
import { aibotEnv, startWecom, WECOM_AIBOT, wecomEnv, type Wecom } from '../fakes/wecom-server.ts';

let wecom: Wecom;
beforeEach(async () => {
  wecom = await startWecom();
});
afterEach(() => wecom.close());

const levels = (findings: readonly { level: string }[]) => findings.map(({ level }) => level);

describe('the doctor', () => {
  it('has nothing to say of what is not configured', async () => {
    expect(await Promise.all([diagnoseWecomApp({}), diagnoseWecomAibot({}), diagnoseWecomRobot({})])).toEqual([
      [],
      [],
      [],
    ]);
  });

  it('finds a working app well and says where the address is entered', async () => {
    const findings = await diagnoseWecomApp(wecomEnv(wecom.baseUrl));
    expect(levels(findings)).toEqual(['good', 'hint']);
    expect(findings[1]!.todo).toContain('/wecom/app');
    expect(wecom.sent).toEqual([]);
  });

  it('names what is missing', async () => {
    const [finding] = await diagnoseWecomApp({ ...wecomEnv(wecom.baseUrl), WECOM_TOKEN: '' });
    expect(finding).toMatchObject({ level: 'bad', found: expect.stringContaining('WECOM_TOKEN') });
  });

  it.each([
    ['gettoken', 40001, /WECOM_SECRET/],
    ['agent', 60020, /可信IP/],
    ['agent', 301002, /AgentId/],
  ] as const)('says what to click when %s answers %i', async (endpoint, code, todo) => {
    wecom.fail(endpoint, { code });
    expect(await diagnoseWecomApp(wecomEnv(wecom.baseUrl))).toMatchObject([
      { level: 'bad', todo: expect.stringMatching(todo) },
    ]);
  });

  it('tells the two modes of a bot apart, without connecting', async () => {
    const socket = {
      WECOM_AIBOT_ID: WECOM_AIBOT.botId,
      WECOM_AIBOT_SECRET: WECOM_AIBOT.secret,
      WECOM_AIBOT_NAME: '议事',
    };
    expect((await diagnoseWecomAibot(aibotEnv(wecom.baseUrl))).map(({ todo }) => todo).join()).toContain(
      '/wecom/aibot',
    );
    expect((await diagnoseWecomAibot(socket))[0]!.found).toContain('长连接');
    expect(levels(await diagnoseWecomAibot(socket))).not.toContain('warning');
  });

  it('tries a robot without a word reaching its group', async () => {
    expect(levels(await diagnoseWecomRobot({ WECOM_ROBOT_URL: wecom.robotUrl }))).toEqual(['good']);
    const [dead] = await diagnoseWecomRobot({ WECOM_ROBOT_URL: wecom.robotUrl.replace(/key=.*/, 'key=dead') });
    expect(dead).toMatchObject({ level: 'bad', todo: expect.stringContaining('WECOM_ROBOT_URL') });
    expect(wecom.sent).toEqual([]);
  });
});
