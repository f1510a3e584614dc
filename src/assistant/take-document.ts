import type { PlatformName, Reply } from '../domain/message.ts';
import { addDocument } from '../library/add-document.ts';
import { confirmDocument, type Kept, removeDocument, restoreDocument } from '../library/keep-documents.ts';
import type { Shelves } from '../library/shelves.ts';
import { type DocumentReader, MOST_FILE_BYTES } from '../ports/documents.ts';
import type { LibraryStore, SchoolLibrary } from '../ports/library.ts';
import type { Downloaded } from '../ports/platform.ts';
import { refused, removedReply, saidOf } from './document-card.ts';

/** Whoever sent a file or pressed a button, as the door it came through verified it. */
export interface Sender {
  readonly platform: PlatformName;
  /** The app that heard it; empty in the web chat. */
  readonly app: string;
  readonly id: string;
}

/** A file that has been announced; it is fetched only when it may be taken. */
export interface Arriving {
  readonly name: string;
  readonly size?: number | undefined;
  fetch(most: number): Promise<Downloaded>;
}

/** Where files sent to the assistant go. */
export interface Intake {
  readonly library: LibraryStore;
  readonly reader: DocumentReader;
  readonly shelves?: Shelves | undefined;
  /** The roles of a person in a school, by the ids of procedure section 8; none for a stranger. */
  readonly rolesOf: (sender: Sender, school: string) => Promise<readonly string[]>;
  readonly now: () => number;
}

/** Who may put documents into the school's library (role matrix, procedure section 8: the office keeps the papers). */
const MAY_ADD: ReadonlySet<string> = new Set(['office', 'secretary', 'principal', 'deputy_secretary']);
/** Who may look over, correct or remove what somebody else has sent. */
const MAY_KEEP: ReadonlySet<string> = new Set(['office', 'secretary', 'principal']);
const NOT_YOURS: Reply = {
  text: '往学校文件库里放文件，由书记、校长、专职副书记或办公室主任来做。请把文件发给办公室主任。',
};
const NOT_YOUR_CARD: Reply = { text: '这份文件是别人放进来的，由本人、办公室主任、书记或校长确认。' };

const nameOf = ({ platform, app, id }: Sender): string => `${platform}:${app}:${id}`;

const VERBS: ReadonlySet<string> = new Set(['confirm', 'correct', 'remove', 'restore']);
/** What the form of the card may change. */
const CORRECTABLE: ReadonlySet<string> = new Set([
  'title',
  'issuer',
  'number',
  'issued',
  'effectiveFrom',
  'effectiveUntil',
]);

const TOO_LARGE = refused(
  `文件超过 ${MOST_FILE_BYTES / 1024 / 1024} MB，没有下载。请压缩里面的图片，或分成几份再发。`,
  'document-too-large',
);
const NOT_FETCHED = refused('没能从聊天里取到这个文件，可能已过期或被撤回。请再发一次。', 'document-not-fetched');

/** A file sent in a direct chat: whether it may be taken is settled before a byte of it is fetched. */
export async function takeDocument(file: Arriving, from: Sender, school: string, intake: Intake): Promise<Reply> {
  const roles = await intake.rolesOf(from, school);
  if (!roles.some((r) => MAY_ADD.has(r))) return NOT_YOURS;
  if (file.size !== undefined && file.size > MOST_FILE_BYTES) return TOO_LARGE;
  const fetched = await file.fetch(MOST_FILE_BYTES);
  if (fetched.kind === 'too-large') return TOO_LARGE;
  if (fetched.kind === 'not-fetched') return NOT_FETCHED;
  const ports = { reader: intake.reader, library: intake.library.forSchool(school), now: intake.now };
  const added = await addDocument(fetched.bytes, file.name || fetched.name || '未命名文件', ports, {
    by: nameOf(from),
  });
  intake.shelves?.changed(school);
  return saidOf(added);
}

/** A button of the confirming card, `document:<verb>:<id>`: for whoever sent the document and those who keep the papers. */
export async function keepDocument(
  action: { readonly id: string; readonly values: Readonly<Record<string, string>> },
  from: Sender,
  school: string,
  intake: Intake,
): Promise<Reply> {
  const roles = await intake.rolesOf(from, school);
  if (!roles.some((r) => MAY_ADD.has(r))) return NOT_YOURS;
  const [, verb, ...rest] = action.id.split(':');
  const id = rest.join(':');
  const library = intake.library.forSchool(school);
  if (!verb || !VERBS.has(verb)) return { text: '这个按钮认不得，请用最近一张卡片上的按钮。' };
  if (!roles.some((r) => MAY_KEEP.has(r)) && (await library.get(id))?.addedBy !== nameOf(from)) return NOT_YOUR_CARD;
  const kept = await changed(verb, id, action.values, library, intake.now());
  intake.shelves?.changed(school);
  if (kept.kind !== 'done') return { text: kept.message };
  const name = `《${kept.document.title}》（${kept.document.id}）`;
  if (verb === 'remove') return removedReply(kept.document, `${name}已移除，不再引用，随时可以恢复。`);
  return { text: verb === 'restore' ? `${name}已恢复。` : `${name}已确认。` };
}

function changed(
  verb: string,
  id: string,
  values: Readonly<Record<string, string>>,
  library: SchoolLibrary,
  now: number,
): Promise<Kept> {
  if (verb === 'remove') return removeDocument(id, library, now);
  if (verb === 'restore') return restoreDocument(id, library, now);
  const given = Object.entries(values)
    .map(([k, v]) => [k, v.trim()] as const)
    .filter(([k, v]) => CORRECTABLE.has(k) && v !== '');
  return confirmDocument(id, Object.fromEntries(given), library, now);
}
