import { capabilities } from '../../../adapters/wechaty/capabilities.ts';
import { listenToWechaty } from '../../../adapters/wechaty/listen.ts';
import { wechatyPlatform } from '../../../adapters/wechaty/send.ts';
import type { Line } from '../../../adapters/wechaty/shapes.ts';
import { until } from '../../fakes/process.ts';
import { mockedOf, type MockContact } from '../../wechaty/mocked.ts';
import type { Declared, Rig } from '../rig.ts';
import { nameOf, PEOPLE } from '../school.ts';

/** Wechaty itself over its mock puppet: an account in one room with everybody, and a chat with each. */
const PUPPET = 'wechaty-puppet-mock';

export const WECHATY: Declared = {
  capabilities,
  cannot: {
    edit: '微信里发出的消息不能编辑',
    recall: 'puppet 只说有一条被撤回，说不清是哪一条',
    expireTokens: 'Wechaty 没有 token，登录失效另有测试',
    tokens: 'Wechaty 没有 token，登录失效另有测试',
    leaves: '微信里对方删了好友，puppet 不说，发出去没有回音',
    working: '微信里发出的消息不能改，多一条占位反而打扰',
    toast: '微信里没有按钮',
    twins: '一个微信账号只在一个进程里登录',
    webhook: 'Wechaty 没有回调地址',
    unheardOf: 'Wechaty 的事件是 puppet 定死的',
  },
};

export async function wechatyRig(): Promise<Rig> {
  const phone = await mockedOf([...PEOPLE, 'stranger'].map((id) => ({ id, name: nameOf(id) })));
  const line: Line = {};
  const ids = new Map<string, string>();
  let [attempts, count] = [0, 0];
  let failing: (() => Promise<never>)[] = [];
  let down = false;
  let refused = 0;
  const real = phone.puppet.messageSendText.bind(phone.puppet);
  phone.puppet.messageSendText = async (to, text) => {
    attempts++;
    if (refused > 0) {
      refused--;
      throw new Error('too many');
    }
    if (down) throw new Error('14 UNAVAILABLE');
    const fail = failing.shift();
    return fail ? fail() : real(to, text);
  };
  const contact = (member: string): MockContact => phone.people.get(member)!;
  const last = () => [...phone.mocker.cacheMessagePayload.keys()].at(-1)!;

  return {
    ...WECHATY,
    env: {},
    joins: (notebook) => ({
      platforms: new Map([['wechaty', wechatyPlatform(line, notebook, () => 0)]]),
      listeners: [
        (deliver, until) =>
          listenToWechaty(
            phone.bot,
            { puppet: PUPPET, secrets: [] },
            { line, notebook, deliver, until, log: () => {}, showCode: async () => {} },
          ),
      ],
    }),
    accountOf: (user) => ({ platform: 'wechaty', app: PUPPET, user }),
    async connect() {
      await until(
        () => phone.puppet.emit('heartbeat', { data: 'up' }),
        (up) => up,
      );
      phone.mocker.login(phone.me);
      await until(
        () => line.now,
        (now) => now !== undefined,
      );
    },
    async say(member, text, place, { id = `said-${++count}`, unnamed } = {}) {
      const known = ids.get(id);
      if (known !== undefined) {
        phone.puppet.emit('message', { messageId: known });
        return id;
      }
      if (place === 'direct') contact(member).say(text).to(phone.me);
      else if (unnamed) contact(member).say(text).to(phone.room);
      else contact(member).say(`@${phone.name}\u2005${text}`, [phone.me]).to(phone.room);
      ids.set(id, last());
      return id;
    },
    press: () => {
      throw new Error('there is nothing to press in WeChat');
    },
    told: () =>
      phone.said().map(({ text, to }) => ({
        place: to === phone.room.id ? ('group' as const) : ('direct' as const),
        ...(to !== phone.room.id && { to }),
        text,
        buttons: [],
        fields: [],
        bytes: Buffer.byteLength(text),
      })),
    attempts: () => attempts,
    // A mention ends with U+2005; what people typed must not hold one.
    live: () => phone.said().flatMap(({ text }) => text.match(/\u2005/g) ?? []),
    trouble: {
      limit: (times) => {
        refused = times;
        return () => void (refused = 0);
      },
      outage() {
        down = true;
        return async () => void (down = false);
      },
      hang: () => {
        failing = [() => new Promise<never>(() => {})];
      },
      echo: async (text, place) => phone.me.say(text).to(place === 'group' ? phone.room : contact('teacher')),
      wordless: async (member, place) =>
        contact(member)
          .say(await phone.picture())
          .to(place === 'group' ? phone.room : phone.me),
    },
    close: async () => {},
  };
}
