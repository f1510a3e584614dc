import { capabilities } from '../../../adapters/wecom-aibot/capabilities.ts';
import {
  aibotDelivery,
  aibotEnv,
  aibotEvent,
  aibotPoll,
  aibotPress,
  aibotText,
  deliverTo,
  type Json,
  openReply,
  startWecom,
  WECOM_AIBOT,
} from '../../fakes/wecom-server.ts';
import { startAibotSocket } from '../../wecom/socket-server.ts';
import type { Declared, Place, Rig, Told } from '../rig.ts';
import { seenOn, type Sends } from './wecom-card.ts';

/** WeCom's AI bot on the loopback: members write to it directly or name it in their group. */
const GROUP = 'wrkSFfCgAAstaff';
const NAME = '议事';

const chat = (member: string, place: Place): Json => ({
  from: { userid: member },
  create_time: Math.floor(Date.now() / 1000),
  ...(place === 'group' && { chattype: 'group', chatid: GROUP }),
});

const named = (text: string, place: Place) => (place === 'group' ? `@${NAME} ${text}` : text);
const accountOf = (user: string) => ({ platform: 'wecom-aibot', app: '', user }) as const;
const common = {
  edit: '企业微信里发出的消息不能编辑',
  recall: '企业微信不告诉智能机器人消息被撤回',
  echo: '企业微信不把机器人自己的消息推送回来',
  expireTokens: '智能机器人不用 access_token',
  tokens: '智能机器人不用 access_token',
  leaves: '企业微信没有写明成员停用智能机器人后的错误码，按一般拒收处理',
} as const;

export const AIBOT_CALLBACK: Declared = {
  capabilities,
  cannot: {
    ...common,
    limit: '回调方式下答复由企业微信来取，不会因太多被拒',
    toast: '智能机器人的卡片没有浮层，点了什么写在卡片上',
    hang: '回调方式下答复由企业微信来取',
    unasked: '回调方式只能答，不能主动发消息',
    outage: '回调方式下企业微信不来取，就没有别的路可送：六分钟后提问的人要再问一次',
  },
};

export const AIBOT_SOCKET: Declared = {
  capabilities,
  cannot: {
    ...common,
    toast: '长连接按下按钮没有浮层，点了什么写在卡片上',
    twins: '同一个机器人只能有一条长连接，新的会挤掉旧的',
    webhook: '长连接没有回调地址',
  },
};

type Where = Pick<Told, 'place'> & { readonly to?: string };
const where = (member: string, place: Place): Where => (place === 'group' ? { place } : { place, to: member });

const liveIn = ({ text }: Told): string[] => text.match(/<@|<think|\]\(https:\/\/evil/g) ?? [];

/** The parts of a reply or frame that can be read. */
function shown(body: Json, at: Where, under?: string): Told[] {
  const stream = body['stream'] as { content: string; finish: boolean } | undefined;
  const markdown = body['markdown'] as { content: string } | undefined;
  const content = stream?.finish ? stream.content : markdown?.content;
  const card = body['template_card'] as Json | undefined;
  const answers = under === undefined ? {} : { under };
  return [
    ...(content === undefined
      ? []
      : [{ ...at, ...answers, text: content, buttons: [], fields: [], bytes: Buffer.byteLength(content) }]),
    ...(card ? [{ ...at, ...answers, ...seenOn(card), bytes: 0 }] : []),
  ];
}

/** In callback mode: a question is answered with a stream, and the client fetches until it is finished. */
export async function aibotCallbackRig(): Promise<Rig> {
  const wecom = await startWecom();
  const told: Told[] = [];
  const clients = new Set<Promise<void>>();
  const late = new Map<string, Where>();
  let url = '';
  let [count, posted, attempts, open] = [0, 0, 0, true];

  async function post(body: Json): Promise<Json | undefined> {
    const response = await deliverTo(`${url}/wecom/aibot`, aibotDelivery(body, { now: Date.now() }));
    if (response.status !== 200) throw new Error(`WeCom was answered ${response.status}`);
    return openReply(await response.text());
  }

  /** The member's client: asks again and again, as long as the stream is not finished. A stream is fetched once. */
  const streams = new Set<string>();
  const waits: string[] = [];
  async function fetchAll(first: Json | undefined, at: Where, under: string): Promise<void> {
    const id = (first?.['stream'] as { id: string } | undefined)?.id;
    if (id === undefined || streams.has(id)) return;
    streams.add(id);
    let frame: Json | undefined = first;
    while (open && (frame?.['stream'] as { finish: boolean } | undefined)?.finish === false) {
      waits.push((frame!['stream'] as { content: string }).content);
      await new Promise((done) => setTimeout(done, 40));
      // An answer of ours that did not come is asked for again.
      if (open) frame = await post({ ...aibotPoll(id), from: { userid: 'teacher' } }).catch(() => frame);
    }
    if (!open) return;
    attempts++;
    if (frame) told.push(...shown(frame, at, under));
  }
  const follow = (first: Json | undefined, at: Where, under: string) => {
    const client = fetchAll(first, at, under).catch(() => {});
    clients.add(client);
    void client.then(() => clients.delete(client));
  };
  const lateUrl = (at: Where): string => {
    const address = wecom.responseUrl();
    late.set(new URL(address).searchParams.get('response_code')!, at);
    return address;
  };

  return {
    ...AIBOT_CALLBACK,
    env: { ...aibotEnv(wecom.baseUrl), WECOM_AIBOT_NAME: NAME },
    accountOf,
    connect: async (to) => void (url = to),
    async say(member, text, place, { id = `CAIQ${++count}`, unnamed } = {}) {
      // WeCom passes on only what names the bot.
      if (unnamed) return id;
      const at = where(member, place);
      follow(
        await post({ ...aibotText(named(text, place)), ...chat(member, place), msgid: id, response_url: lateUrl(at) }),
        at,
        id,
      );
      return id;
    },
    async press(member, button, place) {
      const { key, task } = button.sends as Sends;
      const at = where(member, place);
      const more = { ...chat(member, place), msgid: `CAIP${++count}`, response_url: lateUrl(at) };
      const answer = await post(aibotPress(key, task, more));
      return String((answer?.['template_card'] as Json | undefined)?.['replace_text'] ?? '');
    },
    told() {
      for (; posted < wecom.sent.length; posted++) {
        const { to, content } = wecom.sent[posted]!;
        told.push({ ...late.get(to)!, text: content, buttons: [], fields: [], bytes: Buffer.byteLength(content) });
      }
      return told;
    },
    attempts: () => attempts + wecom.calls.response,
    waits: () => waits,
    standing: () => clients.size,
    async unsigned() {
      const { status } = await fetch(`${url}/wecom/aibot`, { method: 'POST', body: '{}' });
      if (status !== 401) throw new Error(`what was not signed was answered ${status}`);
    },
    live: () => told.flatMap(liveIn),
    trouble: {
      async wordless(member, place) {
        // In a group WeCom passes on words only.
        if (place === 'group') return;
        const id = `CAIO${++count}`;
        const first = await post({
          ...aibotText(''),
          ...chat(member, place),
          msgtype: 'location',
          location: {},
          msgid: id,
        });
        follow(first, where(member, place), id);
      },
      unheardOf: async () => void (await post(aibotEvent('something_new', {}, chat('teacher', 'direct')))),
    },
    async close() {
      open = false;
      await Promise.all(clients);
      await wecom.close();
    },
  };
}

/** Over the long connection, with the real SDK on the assistant's side. */
export async function aibotSocketRig(): Promise<Rig> {
  const socket = await startAibotSocket();
  const told: Told[] = [];
  const asked = new Map<string, Where & { readonly id: string }>();
  let [count, looked] = [0, 0];
  const sayings = () => socket.frames.filter(({ cmd }) => cmd === 'aibot_respond_msg' || cmd === 'aibot_send_msg');
  const streamed = () =>
    sayings().flatMap(
      ({ body }) => (body['stream'] as { id: string; content: string; finish: boolean } | undefined) ?? [],
    );
  const connected = async () => {
    while (!socket.open) await new Promise((done) => setTimeout(done, 20));
  };
  const pushed = async (body: Json): Promise<void> => {
    await connected();
    const req = `req-${++count}`;
    asked.set(req, {
      ...where((body['from'] as { userid: string }).userid, body['chattype'] === 'group' ? 'group' : 'direct'),
      id: String(body['msgid']),
    });
    socket.push(body, req);
  };

  return {
    ...AIBOT_SOCKET,
    env: {
      WECOM_AIBOT_ID: WECOM_AIBOT.botId,
      WECOM_AIBOT_SECRET: WECOM_AIBOT.secret,
      WECOM_AIBOT_URL: socket.url,
      WECOM_AIBOT_NAME: NAME,
    },
    sockets: {
      aibot: () => import('../../../adapters/wecom-aibot/socket.ts'),
      feishu: () => Promise.reject(new Error('not this platform')),
    },
    accountOf,
    connect: connected,
    async say(member, text, place, { id = `CAIQ${++count}`, unnamed } = {}) {
      if (unnamed) return id;
      await pushed({ ...aibotText(named(text, place)), ...chat(member, place), msgid: id });
      return id;
    },
    async press(member, button, place) {
      const { key, task } = button.sends as Sends;
      await pushed(aibotPress(key, task, { ...chat(member, place), msgid: `CAIP${++count}` }));
      return '';
    },
    told() {
      const all = sayings();
      for (; looked < all.length; looked++) {
        const { cmd, headers, body } = all[looked]!;
        if (socket.refused.has(all[looked]!)) continue;
        const { id: under, ...question } = asked.get(headers.req_id) ?? { id: undefined };
        const target: Where =
          cmd === 'aibot_send_msg'
            ? where(String(body['chatid']), body['chat_type'] === 2 ? 'group' : 'direct')
            : (question as Where);
        told.push(...shown(body, target, cmd === 'aibot_send_msg' ? undefined : under));
      }
      return told;
    },
    attempts: () => sayings().length,
    waits: () => streamed().flatMap(({ finish, content }) => (finish ? [] : [content])),
    standing() {
      const ended = new Set(streamed().flatMap(({ id, finish }) => (finish ? [id] : [])));
      return streamed().filter(({ id }) => !ended.has(id)).length;
    },
    live: () => told.flatMap(liveIn),
    trouble: {
      limit: (times) => socket.refuse('aibot_respond_msg', 846609, times),
      outage() {
        socket.turnAway(true);
        socket.cut();
        return async () => {
          socket.turnAway(false);
          await connected();
        };
      },
      hang: () => socket.swallow('aibot_respond_msg'),
      wordless: async (member, place) =>
        place === 'group'
          ? undefined
          : pushed({
              ...aibotText(''),
              ...chat(member, place),
              msgtype: 'location',
              location: {},
              msgid: `CAIO${++count}`,
            }),
      unheardOf: () => pushed(aibotEvent('something_new', {}, chat('teacher', 'direct'))),
    },
    close: () => socket.close(),
  };
}
