import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { wecomAppClient, type WecomAppClient } from '../../adapters/wecom-app/client.ts';
import { groupOf, madeGroup } from '../../adapters/wecom-app/groups.ts';
import { peopleInRange } from '../../adapters/wecom-app/people.ts';
import { wecomAppPlatform } from '../../adapters/wecom-app/send.ts';
import { appOf } from '../../adapters/wecom-app/settings.ts';
import { Roster } from '../../src/domain/member.ts';
import { outgoingsOf } from '../../src/office/deliver.ts';
import { memoryNotebook } from '../fakes/notebook.ts';
import { startWecom, type Wecom } from '../fakes/wecom-server.ts';
import { demoSchool } from '../fakes/service.ts';
import { appSettings, NOW } from './reading.ts';

let wecom: Wecom;
let client: WecomAppClient;
beforeEach(async () => {
  wecom = await startWecom();
  client = wecomAppClient(appSettings(wecom.baseUrl));
});
afterEach(() => wecom.close());

describe('the people in the app’s range', () => {
  it('are those of its departments and those named singly, each once, in lower case', async () => {
    wecom.people.set('ZhangSan', '张三').set('LiSi', '李四');
    wecom.listed.set('wangwu', '王五').set('zhangsan', '张三');
    expect(await peopleInRange(client)).toEqual([
      { user: 'lisi', name: '李四' },
      { user: 'wangwu', name: '王五' },
      { user: 'zhangsan', name: '张三' },
    ]);
  });

  it('are not half of them when a call is refused', async () => {
    wecom.people.set('ZhangSan', '张三');
    wecom.fail('department', { code: 60011 });
    expect(await peopleInRange(client)).toMatchObject({ ok: false, code: 60011 });
  });
});

describe('a group of the app’s own', () => {
  it('is made, looked up, and gets the digest of a school that names it', async () => {
    const made = await madeGroup(client, '党组织班子', 'zhangsan', ['lisi', 'zhangsan']);
    expect(made).toEqual({ chat: 'wrchat1', name: '党组织班子', members: 2 });
    expect(await groupOf(client, 'wrchat1')).toEqual(made);
    const group = `wecom-app:${appOf(appSettings())}:wrchat1`;
    const delivery = { school: demoSchool, at: NOW, key: 'round:2026-11-23' };
    const [digest] = await outgoingsOf([{ to: { group }, reply: { text: '本周待办三件' } }], new Roster([]), delivery);
    const platform = wecomAppPlatform(client, memoryNotebook());
    expect(await platform.send(digest!, NOW)).toMatchObject({ kind: 'sent' });
    expect(wecom.sent).toMatchObject([{ how: 'appchat', to: 'wrchat1', content: '本周待办三件' }]);
  });

  it('is refused with too few members, and unknown where it is not ours', async () => {
    expect(await madeGroup(client, '一人群', 'zhangsan', [])).toMatchObject({ ok: false, code: 86216 });
    expect(await groupOf(client, 'wrother')).toMatchObject({ ok: false, code: 86001 });
  });
});
