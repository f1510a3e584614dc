import { capabilities } from '../../../adapters/feishu/capabilities.ts';
import {
  deliver,
  envelope,
  FEISHU_APP,
  feishuEnv,
  pressEvent,
  type SentMessage,
  startFeishu,
  textEvent,
} from '../../fakes/feishu-server.ts';
import { attachSocket } from '../../feishu/socket-server.ts';
import type { Button, Declared, Place, Rig, Told } from '../rig.ts';
import { liveIn, read } from './feishu-card.ts';
import { PEOPLE } from '../school.ts';

/** Feishu on the loopback: one group everybody is in, and a direct chat with each. */
const CHATS: Readonly<Record<Place, (member: string) => string>> = {
  group: () => 'oc_staff',
  direct: (member) => `oc_${member}`,
};
const openId = (member: string) => `ou_${member}`;
const BOT = { key: '@_user_1', id: { open_id: 'ou_bot' }, mentioned_type: 'bot', name: '议事' };

type Json = Readonly<Record<string, unknown>>;

export const FEISHU: Declared = { capabilities, cannot: { edit: '编辑过的消息飞书不再推送' } };
export const FEISHU_SOCKET: Declared = {
  capabilities,
  cannot: { ...FEISHU.cannot, webhook: '长连接没有回调地址' },
};

export async function feishuRig(mode: 'webhook' | 'socket'): Promise<Rig> {
  const feishu = await startFeishu();
  const line = mode === 'socket' ? attachSocket(feishu.server) : undefined;
  let url = '';
  /** One event to the assistant; what is answered to a press. */
  async function push(event: { readonly header: Json }): Promise<Json> {
    if (line) {
      const { data } = await line.push(event);
      return data ? (JSON.parse(Buffer.from(data, 'base64').toString('utf8')) as Json) : {};
    }
    const path = event.header['event_type'] === 'card.action.trigger' ? 'cards' : 'events';
    const response = await deliver(`${url}/feishu/${path}`, event, { now: Date.now() });
    if (response.status !== 200) throw new Error(`Feishu was answered ${response.status}`);
    return (await response.json()) as Json;
  }

  let [count, looked, changed] = [0, 0, 0];
  const told: Told[] = [];
  /** Where each message was said; an answer stands in the chat of what it answers. */
  const chats = new Map<string, string>();
  const chatOf = (sent: SentMessage): string => {
    if (!sent.to.startsWith('om_')) return sent.to;
    const answered = feishu.sent.find(({ id }) => id === sent.to);
    return answered ? chatOf(answered) : chats.get(sent.to)!;
  };
  const chatEvent = (member: string, text: string, place: Place, id: string, named: boolean) => {
    chats.set(id, CHATS[place](member));
    return textEvent(
      named ? `@_user_1 ${text}` : text,
      {
        message_id: id,
        chat_id: CHATS[place](member),
        chat_type: place === 'group' ? 'group' : 'p2p',
        create_time: String(Date.now()),
        ...(named && { mentions: [BOT] }),
      },
      {},
      openId(member),
    );
  };

  return {
    ...FEISHU,
    env: { ...feishuEnv(feishu.baseUrl), ...(mode === 'socket' && { FEISHU_MODE: 'socket' }) },
    sockets: {
      feishu: () => import('../../../adapters/feishu/socket.ts'),
      aibot: () => Promise.reject(new Error('not this platform')),
    },
    accountOf: (member) => ({
      platform: 'feishu',
      app: FEISHU_APP.appId,
      user: openId(member),
      chat: CHATS.direct(member),
    }),
    async connect(to) {
      url = to;
      await line?.connected;
    },
    async say(member, text, place, { id = `om_said_${++count}`, unnamed } = {}) {
      await push(chatEvent(member, text, place, id, place === 'group' && !unnamed));
      return id;
    },
    async press(member, button, place, values = {}) {
      const { form, message, ...sends } = button.sends as { value: Json; message: string; form?: Json };
      const filled = Object.entries(form ?? {}).flatMap(([name, field]) =>
        values[String(field)] === undefined ? [] : [[name, values[String(field)]]],
      );
      const event = pressEvent(sends.value, form ? { form_value: Object.fromEntries(filled) } : {}, openId(member));
      const context = { open_message_id: message, open_chat_id: CHATS[place](member) };
      const { toast } = await push({ ...event, event: { ...event.event, context } } as never);
      return String((toast as Json | undefined)?.['content'] ?? '');
    },
    told() {
      for (; looked < feishu.sent.length; looked++) {
        const sent = feishu.sent[looked]!;
        told.push(toldOf(sent, chatOf(sent)));
      }
      for (; changed < feishu.updates.length; changed++) {
        const { id, content } = feishu.updates[changed]!;
        const sent = feishu.sent.find((s) => s.id === id);
        if (sent) told.push(toldOf({ ...sent, content, type: 'interactive' }, chatOf(sent)));
      }
      return told;
    },
    attempts: () => feishu.calls.reply + feishu.calls.create + feishu.calls.update,
    waits: () => feishu.sent.map(({ first }) => JSON.stringify(first)).filter((said) => said.includes('请稍候')),
    standing: () =>
      feishu.sent.filter(({ content }) => /请稍候|"streaming_mode":true/.test(JSON.stringify(content))).length,
    async unsigned() {
      const { status } = await deliver(`${url}/feishu/events`, textEvent('你好'), { now: Date.now(), sign: false });
      if (status !== 401) throw new Error(`what was not signed was answered ${status}`);
    },
    live: () => feishu.sent.flatMap((sent) => liveIn(sent.content, sent.type === 'text')),
    trouble: {
      limit(times) {
        for (const endpoint of ['reply', 'create'] as const)
          feishu.fail(endpoint, { status: 400, code: 99991400, times });
        return () => feishu.mend();
      },
      leaves() {
        for (const endpoint of ['reply', 'create'] as const)
          feishu.fail(endpoint, { status: 400, code: 230053, times: Infinity });
        return () => feishu.mend();
      },
      expireTokens: () => feishu.revokeTokens(),
      tokens: () => feishu.calls.token,
      outage() {
        for (const endpoint of ['token', 'bot', 'reply', 'create', 'update'] as const)
          feishu.fail(endpoint, { status: 503, times: Infinity });
        return async () => feishu.mend();
      },
      hang: () => feishu.fail('reply', { how: 'hang' }),
      recall: async (member, id) =>
        void (await push(
          envelope('im.message.recalled_v1', {
            message_id: id,
            chat_id: CHATS.direct(member),
            recall_time: String(Date.now()),
            recall_type: 'message_owner',
          }),
        )),
      async echo(text, place) {
        const event = chatEvent('bot', text, place, `om_own_${++count}`, false);
        const sender = {
          sender_id: { open_id: 'ou_bot', union_id: 'on_bot' },
          sender_type: 'bot',
          tenant_key: 'tenant_1',
        };
        await push({ ...event, event: { ...event.event, sender } } as never);
      },
      async wordless(member, place) {
        const event = chatEvent(member, '', place, `om_odd_${++count}`, false);
        const message = { ...event.event.message, message_type: 'sticker', content: '{"file_key":"f_1"}' };
        await push({ ...event, event: { ...event.event, message } } as never);
      },
      unheardOf: async () => void (await push(envelope('im.something.new_v9', { surprise: [1, { deep: true }] }))),
    },
    close: () => feishu.close(),
  };
}

function toldOf(sent: SentMessage, chat: string): Told {
  const to = PEOPLE.find((m) => chat === openId(m) || chat === CHATS.direct(m));
  const words: string[] = [];
  const buttons: Button[] = [];
  const fields: string[] = [];
  if (sent.type === 'text') words.push(String(sent.content['text']));
  else read(sent.content, { words, buttons, fields, message: sent.id });
  return {
    id: sent.id,
    place: to ? 'direct' : 'group',
    ...(to && { to }),
    text: words.join('\n'),
    buttons,
    fields,
    ...(sent.to.startsWith('om_') && { under: sent.to }),
    bytes: Buffer.byteLength(JSON.stringify(sent.content)),
  };
}
