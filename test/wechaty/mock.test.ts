import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../fakes/process.ts';
import { startAccount, type Account } from './account.ts';
import { fileBox } from './mocked.ts';
import { noWechaty } from './no-wechaty.ts';

/** From an account's phone to the answer on it. */
describe.skipIf(noWechaty)(`through Wechaty${noWechaty ? ` (skipped: ${noWechaty})` : ''}`, () => {
  let account: Account;
  beforeEach(async () => {
    account = await startAccount();
  });
  afterEach(() => account.close());

  it('answers a question in a direct chat, as plain text', async () => {
    const { phone, heard, settled } = account;
    phone.amy.say('招一名编外保安要上党委会吗？').to(phone.me);
    const [answer] = await heard(1);
    expect(answer!.to).toBe('amy');
    expect(answer!.text).toMatch(/^【.+】\n/);
    expect(answer!.text).toContain('校长办公会');
    expect(await settled()).toHaveLength(1);
  });

  it('in a group answers only who names it, by name, and keeps nothing of the rest', async () => {
    const { phone, keep, heard, settled } = account;
    phone.amy.say('招一名编外保安要上党委会吗？').to(phone.room);
    phone.amy.say('@议事 小助手 招一名编外保安要上党委会吗？').to(phone.room);
    expect(await settled()).toHaveLength(0);
    expect(keep).not.toHaveBeenCalled();
    phone.amy.say('@议事 小助手\u2005招一名编外保安要上党委会吗？', [phone.me]).to(phone.room);
    const [answer] = await heard(1);
    expect(answer).toMatchObject({ to: 'staff@chatroom', text: expect.stringMatching(/^@艾老师/) });
    expect(answer!.text).toContain('校长办公会');
  });

  it('offers choices as numbers, and a number presses the button', async () => {
    const { phone, heard } = account;
    phone.amy.say('买一批电脑').to(phone.me);
    const [question] = await heard(1);
    const choice = /回复 (\d)：(.*万.*)/.exec(question!.text)!;
    phone.amy.say(choice[1]).to(phone.me);
    const [, answer] = await heard(2);
    expect(answer!.text).not.toContain('没有听懂');
    expect(answer!.text).toContain('【怎么走】');
  });

  it('in a group a number counts only with the name', async () => {
    const { phone, heard, settled } = account;
    phone.amy.say('@议事 小助手\u2005买一批电脑', [phone.me]).to(phone.room);
    expect((await heard(1))[0]!.text).toContain('请 @ 我');
    phone.amy.say('1').to(phone.room);
    expect(await settled()).toHaveLength(1);
    phone.amy.say('@议事 小助手\u20051', [phone.me]).to(phone.room);
    expect((await heard(2))[1]!.text).toContain('【怎么走】');
  });

  it('does not talk to itself', async () => {
    const { phone, keep, settled } = account;
    phone.me.say('买一批电脑').to(phone.amy);
    await settled();
    expect(keep).not.toHaveBeenCalled();
  });

  it('takes a file in a direct chat, and fetches no more of it than it may', async () => {
    const { phone, work } = account;
    phone.amy.say(await fileBox('章程.txt', '第一条 学校的名称。')).to(phone.me);
    const [taken] = await until(
      () => work.store.claimMessages(Date.now(), 1, 10),
      (list) => list.length === 1,
    );
    const { file } = taken!.message;
    expect(file).toMatchObject({ name: '章程.txt' });
    const platform = work.platforms.get('wechaty')!;
    const fetched = await platform.download!(file!, 1000);
    expect(fetched.kind === 'file' && new TextDecoder().decode(fetched.bytes)).toBe('第一条 学校的名称。');
    expect(await platform.download!(file!, 5)).toEqual({ kind: 'too-large' });
    expect((await platform.download!({ ...file!, key: 'gone' }, 1000)).kind).toBe('not-fetched');
  });

  it('answers a picture with the help in a direct chat, and leaves it alone in a group', async () => {
    const { phone, heard, settled } = account;
    phone.amy.say(await fileBox('合影.jpg', 'x')).to(phone.room);
    expect(await settled()).toHaveLength(0);
    phone.amy.say(await fileBox('合影.jpg', 'x')).to(phone.me);
    expect((await heard(1))[0]!.text).toContain('议事');
  });
});
