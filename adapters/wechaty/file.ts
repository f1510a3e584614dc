import type { SentFile } from '../../src/domain/message.ts';
import type { Downloaded } from '../../src/ports/platform.ts';
import { atMost } from '../shared/files.ts';
import { TYPE, type FileBox, type Line, type Message } from './shapes.ts';
import { within } from './within.ts';

const MOST_MS = 60_000;

/** The file a message carries. Some puppets do not know a document's type, so an unknown message may be one too. */
export async function fileOf(message: Message): Promise<SentFile | undefined> {
  const type = message.type();
  if (type !== TYPE.attachment && type !== TYPE.unknown) return undefined;
  const box = await within(MOST_MS, message.toFileBox()).catch(() => undefined);
  // A document without its box is still one: fetching it later says so.
  if (!box) return type === TYPE.attachment ? { name: '', key: message.id } : undefined;
  return { name: box.name, ...(box.size > 0 && { size: box.size }), key: message.id };
}

/** Fetched through the puppet, which remembers a message for as long as it runs. */
export async function download(line: Line, { key }: SentFile, most: number): Promise<Downloaded> {
  try {
    const message = await line.now?.bot.Message.find({ id: key });
    const box = await message?.toFileBox();
    if (!box) return { kind: 'not-fetched', why: line.now ? 'the puppet has forgotten the message' : 'not logged in' };
    if (box.size > most) return { kind: 'too-large' };
    return await within(MOST_MS, bytesOf(box, most));
  } catch (error) {
    return { kind: 'not-fetched', why: String(error).slice(0, 200) };
  }
}

async function bytesOf(box: FileBox, most: number): Promise<Downloaded> {
  const bytes = await atMost(most, await box.toStream());
  if (!bytes) return { kind: 'too-large' };
  // A redirect that was not followed looks like an empty file.
  return bytes.byteLength === 0 ? { kind: 'not-fetched', why: 'empty' } : { kind: 'file', bytes };
}
