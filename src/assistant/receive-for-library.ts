import type { PlatformName, Reply, SentFile } from '../domain/message.ts';
import type { Platform } from '../ports/platform.ts';
import type { Kept } from '../ports/store.ts';
import { refused } from './document-card.ts';
import { isTaskList } from './receive-list.ts';
import { type Arriving, type Intake, keepDocument, type Sender, takeDocument } from './take-document.ts';

/** What was said, as far as it may be for the library: in the web chat or on a platform. */
export interface Received {
  readonly from: Sender;
  readonly chat: 'group' | 'direct';
  readonly file?: Arriving | undefined;
  readonly action?: { readonly id: string; readonly values: Readonly<Record<string, string>> } | undefined;
}

const IN_GROUP: Reply = { text: '文件请私聊发给我：群里不是人人都能看的地方。' };
const NO_LIBRARY: Reply = { text: '这里没有文件库，收不了文件。（document-no-library）' };

/**
 * Files and the buttons of their cards, whatever door they came through; `null` for everything else. Groups are no place
 * for them: not everybody there may see a document.
 */
export async function receiveForLibrary(
  { from, chat, file, action }: Received,
  school: string,
  intake: Intake | undefined,
): Promise<Reply | null> {
  const press = action?.id.startsWith('document:') ? action : undefined;
  if (!file && !press) return null;
  if (chat === 'group') return IN_GROUP;
  if (isTaskList(file)) return null;
  if (!intake) return NO_LIBRARY;
  return file ? takeDocument(file, from, school, intake) : keepDocument(press!, from, school, intake);
}

/** What the work loop has for it. */
interface Means {
  readonly platforms: ReadonlyMap<string, Platform>;
  readonly intake?: Intake;
  readonly log: (event: string, fields?: Readonly<Record<string, unknown>>) => void;
}

/** A file that has cost the process its life so often is not read again. */
const MOST_READINGS = 2;
const TOO_COSTLY = refused(
  '读这份文件时服务中断过，不再读了。请另存为较小的 .docx 或 .txt 再发。',
  'document-too-costly',
);

/** A message kept from a platform, as {@link receiveForLibrary} takes it; its file is fetched when it may be taken. */
export async function keptForLibrary({ message, school, attempts }: Kept, means: Means): Promise<Reply | null> {
  const { platform, app, from, conversation, file, action } = message;
  if (file && attempts > MOST_READINGS) return TOO_COSTLY;
  return receiveForLibrary(
    {
      from: { platform, app, id: from },
      chat: conversation.kind,
      file: file && arriving(file, platform, means),
      action,
    },
    school,
    means.intake,
  );
}

/** A platform's file, fetched when it may be taken. */
export const arriving = (file: SentFile, name: PlatformName, { platforms, log }: Means): Arriving => ({
  name: file.name,
  size: file.size,
  async fetch(most) {
    const platform = platforms.get(name);
    const fetched = (await platform?.download?.(file, most)) ?? {
      kind: 'not-fetched',
      why: `${name} fetches no files`,
    };
    if (fetched.kind === 'not-fetched') log('file-not-fetched', { platform: name, why: fetched.why });
    return fetched;
  },
});
