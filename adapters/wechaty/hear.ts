import type { Conversation, InboundMessage } from '../../src/domain/message.ts';
import type { Notebook } from '../../src/ports/notebook.ts';
import { meantBy } from '../shared/meant.ts';
import { fileOf } from './file.ts';
import { TYPE, type Contact, type Message, type Room } from './shapes.ts';

/** What hearing needs: through which puppet, as whom, and the notes of the choices offered. */
export interface Ears {
  readonly puppet: string;
  readonly me: Contact;
  readonly notebook: Notebook;
}

export type Heard =
  | { readonly kind: 'message'; readonly message: InboundMessage }
  | { readonly kind: 'nothing'; readonly why: 'own' | 'old' | 'notice' | 'not named' | 'without words' };

const nothing = (why: Extract<Heard, { kind: 'nothing' }>['why']): Heard => ({ kind: 'nothing', why });

/** Puppets replay what was said while they were away: what is older than this has been settled otherwise. */
export const OLD_MS = 2 * 60_000;

/** One message in our own words. In a room only what names us is heard; the rest is not kept anywhere. */
export async function hear(message: Message, ears: Ears, now: number): Promise<Heard> {
  if (message.self() || message.talker().id === ears.me.id) return nothing('own');
  const sentAt = message.date().getTime();
  if (now - sentAt > OLD_MS) return nothing('old');
  const type = message.type();
  if (type === TYPE.groupNote || type === TYPE.recalled) return nothing('notice');
  const room = message.room();
  if (room && type !== TYPE.text) return nothing('without words');
  if (room && !(await message.mentionSelf())) return nothing('not named');
  const from = message.talker().id;
  const conversation: Conversation = room ? { kind: 'group', id: room.id } : { kind: 'direct', id: from };
  // What has no words (a picture, a voice) is answered with the help in a direct chat, as on the other platforms.
  const words = type === TYPE.text ? message.text() : '';
  const text = room ? withoutName(words, await namesIn(room, ears.me)) : words.replaceAll('\u2005', ' ').trim();
  const file = room ? undefined : await fileOf(message);
  const id = `wechaty:${ears.puppet}:${message.id}`;
  const listener = { notebook: ears.notebook, platform: 'wechaty' as const, conversation, from, messageId: id };
  const meant = await meantBy(text, listener, now);
  return {
    kind: 'message',
    message: {
      id,
      platform: 'wechaty',
      app: ears.puppet,
      conversation,
      from,
      text,
      addressed: true,
      ...meant,
      ...(file && { file }),
      messageId: message.id,
      sentAt,
      receivedAt: now,
    },
  };
}

/** A member is named by the alias in the room or by the own name; a puppet that cannot tell the alias is no reason to fail. */
async function namesIn(room: Room, me: Contact): Promise<readonly string[]> {
  const alias = await room.alias(me).catch(() => undefined);
  return [alias ?? '', me.name()].filter((name) => name !== '').sort((a, b) => b.length - a.length);
}

/** The words without our own mention. Clients end a mention with U+2005; typed ones end with a blank, or with nothing. */
function withoutName(text: string, names: readonly string[]): string {
  const blank = text.replaceAll('\u2005', ' ');
  const bare = names.reduce((rest, name) => {
    const own = RegExp.escape(`@${name}`);
    return rest.replace(new RegExp(`${own}(?=\\s|$)`, 'gu'), ' ').replace(new RegExp(`^\\s*${own}`, 'u'), ' ');
  }, blank);
  return bare
    .replace(/[^\S\n]{2,}/g, ' ')
    .replaceAll('\n ', '\n')
    .trim();
}
