import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { diagnoseFeishu } from '../../adapters/feishu/doctor.ts';
import { feishuEnv, startFeishu, type Feishu } from '../fakes/feishu-server.ts';

let feishu: Feishu;
const look = (more: Record<string, string> = {}) => diagnoseFeishu({ ...feishuEnv(feishu.baseUrl), ...more });

beforeEach(async () => {
  feishu = await startFeishu();
});
afterEach(() => feishu.close());

describe('the doctor', () => {
  it('has nothing to say when Feishu is not configured', async () => {
    expect(await diagnoseFeishu({})).toEqual([]);
  });

  it('finds a working app well and says what to subscribe to', async () => {
    feishu.fail('reply', { status: 400, code: 230011 });
    const findings = await look();
    expect(findings.map(({ level }) => level)).toEqual(['good', 'good', 'hint']);
    expect(findings[2]!.todo).toMatch(/im\.message\.receive_v1.*\/feishu\/events/);
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
