import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { feishuClient } from '../../adapters/feishu/client.ts';
import { contactsOf } from '../../adapters/feishu/contacts.ts';
import { startFeishu, type Feishu } from '../fakes/feishu-server.ts';
import { settingsFor } from './reading.ts';

const person = (open_id: string, name: string, more = {}) => ({ open_id, name, ...more });

describe("Feishu's directory", () => {
  let feishu: Feishu;
  beforeEach(async () => {
    feishu = await startFeishu();
  });
  afterEach(() => feishu.close());
  const people = () => contactsOf(feishuClient(settingsFor(feishu.baseUrl)));

  it('is read by department, page by page, without those who have left', async () => {
    feishu.tenant.people.set('od-school', [
      person('ou_1', '周书记'),
      person('ou_2', '郑校长'),
      person('ou_3', '方主任', { mobile: '13800000000' }),
    ]);
    feishu.tenant.people.set('od-office', [
      person('ou_3', '方主任'),
      person('ou_4', '林老师'),
      person('ou_5', '走了的', { status: { is_resigned: true } }),
    ]);
    expect(await people()).toEqual({
      people: [
        { user: 'ou_1', name: '周书记' },
        { user: 'ou_2', name: '郑校长' },
        { user: 'ou_3', name: '方主任' },
        { user: 'ou_4', name: '林老师' },
      ],
    });
  });

  it('that may not be read says why', async () => {
    feishu.fail('contacts', { status: 400, code: 99991672, msg: 'contact:contact.base:readonly' });
    expect(await people()).toEqual({ why: expect.stringMatching(/缺少权限.*contact\.base/) });
  });
});
