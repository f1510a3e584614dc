import { installed } from '../../adapters/wechaty/load.ts';
import type { Bot } from '../../adapters/wechaty/shapes.ts';
import { noWechaty } from './no-wechaty.ts';

/** Wechaty itself over its mock puppet: the real client, with accounts and rooms in memory. */
interface Payload {
  readonly id: string;
  readonly text?: string;
  readonly talkerId: string;
  readonly roomId?: string;
  readonly listenerId?: string;
}

export interface MockContact {
  readonly id: string;
  say(what: unknown, mentions?: readonly MockContact[]): { to(whom: MockContact | MockRoom): void };
}

export interface MockRoom {
  readonly id: string;
}

interface Mocker {
  readonly cacheMessagePayload: Map<string, Payload>;
  createContact(payload: object): MockContact;
  createRoom(payload: object): MockRoom;
  scan(code: string, status: number): void;
  login(me: MockContact): void;
}

export interface MockPuppet {
  emit(event: string, payload: unknown): boolean;
  logout(why?: string): Promise<void>;
  messageSendText(to: string, text: string): Promise<unknown>;
  onStart(): Promise<void>;
  readonly isLoggedIn: boolean;
}

interface Packages {
  readonly PuppetMock: new (options: { mocker: Mocker }) => MockPuppet;
  readonly mock: { readonly Mocker: new () => Mocker };
}

export interface Mocked {
  readonly bot: Bot;
  readonly mocker: Mocker;
  readonly puppet: MockPuppet;
  readonly me: MockContact;
  readonly amy: MockContact;
  readonly room: MockRoom;
  /** What the account said, oldest first. */
  readonly said: () => readonly { readonly text: string; readonly to: string }[];
}

export async function mockedPuppet() {
  const { PuppetMock, mock } = await installed<Packages>('wechaty-puppet-mock', noWechaty ?? '');
  const mocker = new mock.Mocker();
  return { mocker, puppet: new PuppetMock({ mocker }) };
}

export async function mocked(): Promise<Mocked> {
  const { WechatyBuilder } = await installed<{ WechatyBuilder: { build(o: object): Bot } }>('wechaty', noWechaty ?? '');
  const { mocker, puppet } = await mockedPuppet();
  const bot = WechatyBuilder.build({ puppet });
  return { bot, mocker, puppet, ...school(mocker) };
}

/** The assistant's account, a teacher, and the work group both are in. */
export function school(mocker: Mocker) {
  const me = mocker.createContact({ id: 'bot', name: '议事 小助手' });
  const amy = mocker.createContact({ id: 'amy', name: '艾老师' });
  const room = mocker.createRoom({ id: 'staff@chatroom', topic: '全校工作群', memberIdList: [me.id, amy.id] });
  return { me, amy, room, said: saidBy(mocker, me) };
}

const saidBy = (mocker: Mocker, me: MockContact) => () =>
  [...mocker.cacheMessagePayload.values()]
    .filter(({ talkerId }) => talkerId === me.id)
    .map(({ text = '', roomId, listenerId }) => ({ text, to: roomId ?? listenerId ?? '' }));

/** The same account among the people of a whole school. */
export async function mockedOf(people: readonly { readonly id: string; readonly name: string }[]) {
  const { WechatyBuilder } = await installed<{ WechatyBuilder: { build(o: object): Bot } }>('wechaty', noWechaty ?? '');
  const { mocker, puppet } = await mockedPuppet();
  const name = '议事 小助手';
  const me = mocker.createContact({ id: 'bot', name });
  const contacts = people.map((person) => mocker.createContact(person));
  const memberIdList = [me, ...contacts].map(({ id }) => id);
  const room = mocker.createRoom({ id: 'staff@chatroom', topic: '全校工作群', memberIdList });
  return {
    bot: WechatyBuilder.build({ puppet }),
    mocker,
    puppet,
    me,
    name,
    room,
    people: new Map(contacts.map((contact) => [contact.id, contact])),
    said: saidBy(mocker, me),
    picture: () => fileBox('合影.jpg', 'x'),
  };
}

export const fileBox = async (name: string, text: string): Promise<unknown> => {
  const { FileBox } = await installed<{ FileBox: { fromBase64(base64: string, name: string): unknown } }>(
    'file-box',
    '',
  );
  return FileBox.fromBase64(Buffer.from(text).toString('base64'), name);
};
