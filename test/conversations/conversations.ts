import { expect, it } from 'vitest';

/** Sends one request of the web chat and returns the replies; how it gets there is the runtime's business. */
export type Post = (
  path: string,
  body: unknown,
) => Response | Promise<{ status: number; json: () => Promise<unknown> }>;

interface Replied {
  readonly text: string;
  readonly card?: {
    readonly title: string;
    readonly actions: readonly { readonly id: string; readonly label: string }[];
  };
}

/** A person talking with the assistant in one conversation. */
export function talker(
  post: Post,
  from: string,
  conversation: { id: string; kind: 'group' | 'direct' } = { id: from, kind: 'direct' },
) {
  let heard: Replied[] = [];
  const send = async (body: object) => {
    const response = await post('/api/chat', { conversation, from, ...body });
    heard = ((await response.json()) as { replies: Replied[] }).replies;
    return heard;
  };
  return {
    say: (text: string) => send({ text }),
    press: (label: string) => {
      const action = heard.at(-1)?.card?.actions.find((a) => a.label.includes(label));
      expect(action, `no button ${label} among ${heard.at(-1)?.card?.actions.map((a) => a.label)}`).toBeDefined();
      return send({ action: { id: action!.id } });
    },
    fill: (id: string, values: Record<string, string>) => send({ action: { id, values } }),
    get text() {
      return heard.map((r) => r.text).join('\n');
    },
    get silent() {
      return heard.length === 0;
    },
  };
}

/** The same conversations on every runtime. */
export function conversations(start: () => Post): void {
  const at = (name: string, talk: (post: Post) => Promise<void>) => it(name, () => talk(start()));

  at('answers a colleague who names it in the group, with clauses', async (post) => {
    const chat = talker(post, 'teacher', { id: 'g-staff', kind: 'group' });
    await chat.say('@议事 食堂阿姨走了想再招一个，要上会吗？');
    expect(chat.text).toContain('校长办公会议');
    expect(chat.text).toContain('不需要上党组织会议');
    expect(chat.text).toMatch(/《.+》第.+条/);
  });

  at('stays silent in a group when it is not named', async (post) => {
    const chat = talker(post, 'teacher', { id: 'g-staff', kind: 'group' });
    await chat.say('今天中午吃什么');
    expect(chat.silent).toBe(true);
  });

  at('asks for the amount, and takes 8万, then the correction', async (post) => {
    const chat = talker(post, 'office');
    await chat.say('买一批电脑');
    expect(chat.text).toContain('多少元');
    await chat.say('8万');
    expect(chat.text).toContain('需要上党组织会议');
    await chat.say('不对，是8000');
    expect(chat.text).toContain('不上会');
    await chat.say('不对，是12万');
    expect(chat.text).toContain('需要上党组织会议');
  });

  at('keeps the question open for who does not know yet, and goes on with it', async (post) => {
    const chat = talker(post, 'office');
    await chat.say('买一批电脑');
    await chat.say('还没定');
    expect(chat.text).toContain('多少元');
    await chat.say('大概六七万');
    expect(chat.text).toContain('需要上党组织会议');
    await chat.say('那要不要公示');
    expect(chat.text).toContain('设备与货物采购');
    await chat.say('说错了，是七八千');
    expect(chat.text).toContain('不上会');
  });

  at('takes a pressed button as the missing fact', async (post) => {
    const chat = talker(post, 'dean');
    await chat.say('采购一批课桌椅');
    await chat.press('A1');
    expect(chat.text).toMatch(/个人|不上会/);
    await chat.say('采购一批课桌椅');
    await chat.fill('fact:amount', { amount: '60000' });
    expect(chat.text).toContain('需要上党组织会议');
  });

  at('changes a premise at the press of a button', async (post) => {
    const chat = talker(post, 'office');
    await chat.say('招一名编外保安要上党委会吗');
    expect(chat.text).toContain('不需要上党组织会议');
    await chat.press('计划外');
    expect(chat.text).toContain('需要上党组织会议');
    expect(chat.text).not.toContain('不需要上党组织会议');
  });

  at('follows “那如果是编内的呢” to the other matter', async (post) => {
    const chat = talker(post, 'principal');
    await chat.say('招一名编外老师要上会吗');
    await chat.say('那如果是编内的呢');
    expect(chat.text).toContain('编制内');
  });

  at('reminds a group, and only a group, that cases are for direct chats', async (post) => {
    const group = talker(post, 'teacher', { id: 'g-staff', kind: 'group' });
    const question = '老师被家长投诉打学生，要不要处分';
    await group.say(`@议事 ${question}`);
    expect(group.text).toContain('个案请私聊我');
    const direct = talker(post, 'teacher');
    await direct.say(question);
    expect(direct.text).not.toContain('个案请私聊我');
  });

  at('says outright that a relative’s interest means withdrawing', async (post) => {
    const chat = talker(post, 'office');
    for (const question of ['校长想给自己弟弟的公司一个合同', '书记的爱人开的店想给学校供货']) {
      await chat.say(question);
      expect(chat.text).toContain('回避');
    }
  });

  at('answers thanks in kind', async (post) => {
    const chat = talker(post, 'office');
    await chat.say('谢谢！');
    expect(chat.text).toMatch(/^不客气。/);
    expect(chat.text).not.toContain('没有听懂');
  });

  at('keeps two people’s conversations in one group apart', async (post) => {
    const group = { id: 'g-staff', kind: 'group' } as const;
    const one = talker(post, 'teacher', group);
    const two = talker(post, 'teacher2', group);
    await one.say('@议事 买一批电脑');
    await two.say('@议事 8万');
    expect(two.text).not.toContain('需要上党组织会议');
    await one.say('@议事 8万');
    expect(one.text).toContain('需要上党组织会议');
  });

  at('turns to a new subject without a word of warning', async (post) => {
    const chat = talker(post, 'office');
    await chat.say('买一批电脑');
    await chat.say('提拔一个教务主任要党委会投票吗');
    expect(chat.text).toContain('中层');
    expect(chat.text).toContain('需要上党组织会议');
  });

  at('answers English in English', async (post) => {
    const chat = talker(post, 'teacher');
    await chat.say('does hiring a security guard need a committee vote?');
    expect(chat.text).toContain("principal's office meeting");
    expect(chat.text).toContain('does not need the Party meeting');
  });

  at('helps, and takes a full-width slash', async (post) => {
    const chat = talker(post, 'teacher', { id: 'g-staff', kind: 'group' });
    await chat.say('／帮助');
    expect(chat.text).toContain('@议事');
    await chat.say('/帮肋');
    expect(chat.text).toContain('/帮助');
  });

  at('says plainly what it does not know', async (post) => {
    const chat = talker(post, 'teacher');
    await chat.say('帮我写首诗');
    expect(chat.text).toContain('规则表里没有写到');
    expect(chat.text).not.toContain('需要上党组织会议');
  });
}
