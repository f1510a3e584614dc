import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { diagnoseFeishu } from '../../adapters/feishu/doctor.ts';
import { EVENTS, PERMISSIONS } from '../../adapters/feishu/permissions.ts';
import { feishuEnv, startFeishu, type Feishu } from '../fakes/feishu-server.ts';

let feishu: Feishu;
const granted = (names: readonly string[]) =>
  (feishu.tenant.scopes = names.map((scope_name) => ({ scope_name, grant_status: 1 })));
const look = (more: Record<string, string> = {}) => diagnoseFeishu({ ...feishuEnv(feishu.baseUrl), ...more });

beforeEach(async () => {
  feishu = await startFeishu();
});
afterEach(() => feishu.close());

describe('the doctor', () => {
  it('has nothing to say when Feishu is not configured', async () => {
    expect(await diagnoseFeishu({})).toEqual([]);
  });

  it('finds a working app well and says where deliveries go', async () => {
    feishu.fail('reply', { status: 400, code: 230011 });
    granted(PERMISSIONS.map((p) => p.scope));
    feishu.tenant.events = EVENTS.map((e) => e.type);
    const findings = await look();
    expect(findings.map(({ level }) => level)).toEqual(['good', 'good', 'good', 'good', 'hint', 'hint']);
    expect(findings[4]!.todo).toContain('card.action.trigger');
    expect(findings[5]!.todo).toContain('/feishu/events');
  });

  it('says of each scope and event that is missing what it is for, and what cannot be done without', async () => {
    granted(['im:message']);
    feishu.tenant.events = ['im.message.recalled_v1', 'application.bot.menu_v6'];
    const findings = await look();
    const lacking = (level: string) =>
      findings
        .filter((f) => f.level === level)
        .map((f) => f.found)
        .join('\n');
    expect(lacking('bad')).toBe('没有订阅事件 im.message.receive_v1（收消息）');
    expect(lacking('warning')).toMatch(/im:resource（发纪要.*cardkit:card:write.*bot_p2p_chat_entered_v1/s);
    expect(lacking('warning')).not.toContain('im:message:update');
    feishu.tenant.scopes = [{ scope_name: 'im:message:send_as_bot', grant_status: 2 }];
    expect((await look()).filter(({ level }) => level === 'bad').map(({ todo }) => todo)).toEqual(
      expect.arrayContaining([expect.stringContaining('开通 im:message:send_as_bot')]),
    );
  });

  it('says what to look at where the app may not ask', async () => {
    feishu.tenant.scopes = undefined;
    const todos = (await look({ FEISHU_MODE: 'socket' })).map(({ todo }) => todo ?? '').join('\n');
    for (const name of [...PERMISSIONS.map((p) => p.scope), ...EVENTS.map((e) => e.type)])
      expect(todos).toContain(name);
    expect(todos).toContain('两页都选「使用长连接」');
  });

  it('looks for what the administrator’s page lists', () => {
    const page = readFileSync(new URL('../../docs/feishu.md', import.meta.url), 'utf8');
    for (const { scope } of PERMISSIONS) expect(page).toContain(`| \`${scope}\``);
    for (const { type } of EVENTS) expect(page).toContain(`| \`${type}\``);
  });

  it('names what is missing', async () => {
    expect(await look({ FEISHU_ENCRYPT_KEY: '' })).toMatchObject([
      { level: 'bad', found: expect.stringContaining('FEISHU_ENCRYPT_KEY') },
    ]);
  });

  it('sees wrong credentials', async () => {
    expect(await look({ FEISHU_APP_SECRET: 'wrong' })).toMatchObject([
      { level: 'bad', todo: expect.stringContaining('FEISHU_APP_SECRET') },
    ]);
  });

  it('sees that the scope to send is missing', async () => {
    feishu.fail('reply', { status: 400, code: 99991672 });
    expect(await look()).toContainEqual(
      expect.objectContaining({ level: 'bad', todo: expect.stringContaining('im:message:send_as_bot') }),
    );
  });
});
