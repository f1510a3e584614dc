import { capabilities } from '../../../adapters/wecom-app/capabilities.ts';
import { appDelivery, deliverTo, eventXml, pressXml, startWecom, textXml, wecomEnv } from '../../fakes/wecom-server.ts';
import type { Declared, Rig, Told } from '../rig.ts';
import { type SeenCard, seenOn, type Sends } from './wecom-card.ts';

export const WECOM_APP_RIG: Declared = {
  capabilities,
  cannot: {
    edit: '企业微信里发出的消息不能编辑',
    recall: '企业微信不告诉应用消息被撤回',
    echo: '企业微信不把应用自己的消息推送回来',
    toast: '应用的卡片没有浮层，点了什么写在卡片上',
    'two-people': '应用只在各人自己的会话里，卡片只有一个人看得到',
  },
};

/** A self-built WeCom app on the loopback: members write to it in its own chat. */
export async function wecomAppRig(): Promise<Rig> {
  const wecom = await startWecom();
  let url = '';
  let [count, looked, updated] = [0, 0, 0];
  const told: Told[] = [];

  async function push(xml: string): Promise<void> {
    const response = await deliverTo(`${url}/wecom/app`, appDelivery(xml, { now: Date.now() }));
    if (response.status !== 200) throw new Error(`WeCom was answered ${response.status}`);
  }
  const at = () => Math.floor(Date.now() / 1000);
  const seen = (to: string, card: SeenCard, bytes: number): Told => ({ place: 'direct', to, ...card, bytes });

  return {
    ...WECOM_APP_RIG,
    env: wecomEnv(wecom.baseUrl),
    accountOf: (user) => ({ platform: 'wecom-app', app: '', user }),
    connect: async (to) => void (url = to),
    async say(member, text, _place, { id = String(7_000_000_000_000 + ++count) } = {}) {
      await push(textXml(text, { FromUserName: member, MsgId: id, CreateTime: at() }));
      return id;
    },
    async press(member, button) {
      const { key, task, type } = button.sends as Sends;
      const code = `code-${++count}`;
      await push(
        pressXml(key, { FromUserName: member, TaskId: task, CardType: type, ResponseCode: code, CreateTime: at() }),
      );
      return '';
    },
    told() {
      for (; looked < wecom.sent.length; looked++) {
        const { to, content, card } = wecom.sent[looked]!;
        const words = { text: content, buttons: [], fields: [] };
        told.push(seen(to, card ? seenOn(card) : words, card ? 0 : Buffer.byteLength(content)));
      }
      for (; updated < wecom.updates.length; updated++) {
        const { users, card } = wecom.updates[updated]!;
        if (card) told.push(seen(users[0]!, seenOn(card), 0));
      }
      return told;
    },
    attempts: () => wecom.calls.send + wecom.calls.update,
    waits: () => wecom.sent.flatMap(({ content }) => (content.includes('请稍候') ? [content] : [])),
    standing: () =>
      wecom.sent.filter(({ content }, at) => content.includes('请稍候') && !wecom.recalled.includes(`msg-${at + 1}`))
        .length,
    async unsigned() {
      const { status } = await fetch(`${url}/wecom/app`, { method: 'POST', body: '<xml></xml>' });
      if (status !== 401) throw new Error(`what was not signed was answered ${status}`);
    },
    live: () =>
      wecom.sent.flatMap(({ content, card }) => (card ? [] : (content.match(/<@|<a href="https:\/\/evil/g) ?? []))),
    trouble: {
      limit(times) {
        wecom.fail('send', { code: 45009, times });
        return () => wecom.mend();
      },
      leaves(member) {
        wecom.outside.add(member);
        return () => void wecom.outside.delete(member);
      },
      expireTokens: () => wecom.revokeTokens(),
      tokens: () => wecom.calls.gettoken,
      outage() {
        for (const endpoint of ['gettoken', 'send', 'update'] as const)
          wecom.fail(endpoint, { status: 503, times: Infinity });
        return async () => wecom.mend();
      },
      hang: () => wecom.fail('send', { how: 'hang' }),
      wordless: async (member) =>
        push(
          textXml('', {
            FromUserName: member,
            MsgType: 'location',
            MsgId: String(8_000_000_000_000 + ++count),
            CreateTime: at(),
          }),
        ),
      unheardOf: () => push(eventXml('something_new', { FromUserName: 'teacher', CreateTime: at() })),
    },
    close: () => wecom.close(),
  };
}
