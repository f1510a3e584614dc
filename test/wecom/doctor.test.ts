import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { diagnoseWecomAibot } from '../../adapters/wecom-aibot/doctor.ts';
import { diagnoseWecomApp } from '../../adapters/wecom-app/doctor.ts';
import { diagnoseWecomRobot } from '../../adapters/wecom-robot/doctor.ts';
import { noteContact, noteUnreached } from '../../adapters/wecom-aibot/contacts.ts';
import { memoryNotebook } from '../fakes/notebook.ts';
import { aibotEnv, startWecom, WECOM_AIBOT, wecomEnv, type Wecom } from '../fakes/wecom-server.ts';

import { NOW } from './reading.ts';

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
    expect(levels(findings)).toEqual(['good', 'good', 'hint']);
    expect(findings.map(({ found }) => found).join()).toContain('可见范围里有 1 人');
    expect(findings[2]!.todo).toContain('/wecom/app');
    expect(wecom.sent).toEqual([]);
  });

  it('says what follows when the app may not read names', async () => {
    wecom.fail('user', { code: 60011 });
    const findings = await diagnoseWecomApp(wecomEnv(wecom.baseUrl));
    expect(findings.find(({ level }) => level === 'warning')).toMatchObject({
      todo: expect.stringContaining('members bind'),
    });
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

  it('tells where the bot could not write, until somebody speaks there', async () => {
    const notebook = memoryNotebook();
    const chat = { kind: 'group', id: 'wrkSFgroup' } as const;
    const noted = { notebook, now: NOW };
    await noteUnreached(notebook, chat, NOW);
    const todos = async () => (await diagnoseWecomAibot(aibotEnv(wecom.baseUrl), noted)).map(({ todo }) => todo).join();
    expect(await todos()).toMatch(/wrkSFgroup.*@ 它说一句话/);
    await noteContact(notebook, chat, NOW);
    expect(await todos()).not.toContain('wrkSFgroup');
  });

  it('names the groups a digest can go to, over the long connection', async () => {
    const notebook = memoryNotebook();
    const socket = { WECOM_AIBOT_ID: WECOM_AIBOT.botId, WECOM_AIBOT_SECRET: WECOM_AIBOT.secret };
    for (const id of ['wrk1', 'wrk2', 'wrk1']) await noteContact(notebook, { kind: 'group', id }, NOW);
    await noteContact(notebook, { kind: 'direct', id: 'zhangsan' }, NOW);
    const found = (await diagnoseWecomAibot(socket, { notebook, now: NOW })).flatMap(({ todo }) => todo ?? []);
    expect(found.filter((todo) => todo.includes('digest_group'))).toEqual(
      ['wrk1', 'wrk2'].map((id) => expect.stringContaining(`digest_group: wecom-aibot:${WECOM_AIBOT.botId}:${id}`)),
    );
  });

  it('tries a robot without a word reaching its group', async () => {
    expect(levels(await diagnoseWecomRobot({ WECOM_ROBOT_URL: wecom.robotUrl }))).toEqual(['good']);
    const [dead] = await diagnoseWecomRobot({ WECOM_ROBOT_URL: wecom.robotUrl.replace(/key=.*/, 'key=dead') });
    expect(dead).toMatchObject({ level: 'bad', todo: expect.stringContaining('WECOM_ROBOT_URL') });
    expect(wecom.sent).toEqual([]);
  });
});
