import { safeParse } from 'zod/mini';
import type { InboundMessage } from '../../src/domain/message.ts';
import type { Ears, Times } from './hear.ts';
import { addedShape, enteredShape, epochMs, menuShape, type Envelope } from './shapes.ts';

/**
 * What people do without saying anything: adding the bot to a group, opening the chat with it, its menu. They are taken
 * as pressed buttons without a card.
 */
type Header = NonNullable<Envelope['header']>;

/** A welcome is said once; after so long away it may be said again. */
const WELCOMED_MS = 400 * 24 * 3_600_000;

/** The menu's event keys (docs/feishu.md) and the commands they stand for. */
const MENU: Readonly<Record<string, string>> = {
  todo: '/待办',
  items: '/议题',
  meetings: '/会议',
  resolutions: '/决议',
  help: 'help',
};

/** A message, the reason why there is none, or nothing for an event of another kind. */
export async function happened(
  { event_type: type, event_id: id }: Header,
  event: unknown,
  ears: Ears,
  times: Times,
): Promise<InboundMessage | string | undefined> {
  if (type === 'im.chat.member.bot.added_v1') {
    const read = safeParse(addedShape, event).data;
    if (!read) return 'unreadable welcome';
    const group = { kind: 'group', id: read.chat_id } as const;
    return acted(ears.app, id, group, read.operator_id.open_id, 'welcome', times);
  }
  if (type === 'im.chat.access_event.bot_p2p_chat_entered_v1') {
    const read = safeParse(enteredShape, event).data;
    return read ? entered(read.chat_id, read.operator_id.open_id, ears, times) : 'unreadable entry';
  }
  if (type !== 'application.bot.menu_v6') return undefined;
  const read = safeParse(menuShape, event).data;
  const command = read && Object.hasOwn(MENU, read.event_key) ? MENU[read.event_key] : undefined;
  if (!read || command === undefined) return 'menu item that is not ours';
  const person = read.operator.operator_id.open_id;
  const sentAt = epochMs(read.timestamp, times.sentAt);
  return acted(ears.app, id, { kind: 'direct', id: person }, person, command, { ...times, sentAt });
}

/** The event comes every time the chat is opened. */
async function entered(chat: string, person: string, { app, notebook }: Ears, times: Times) {
  const key = `welcomed:${app}:${person}`;
  if (await notebook.read(key, times.receivedAt)) return 'welcomed before';
  await notebook.write(key, true, times.receivedAt + WELCOMED_MS);
  return acted(app, `welcome:${person}`, { kind: 'direct', id: chat }, person, 'welcome', times);
}

const acted = (
  app: string,
  id: string,
  conversation: InboundMessage['conversation'],
  from: string,
  action: string,
  times: Times,
): InboundMessage => ({
  id: `feishu:${app}:${id}`,
  platform: 'feishu',
  app,
  conversation,
  from,
  text: '',
  addressed: true,
  action: { id: action, values: {} },
  messageId: '',
  ...times,
});
