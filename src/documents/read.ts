import { AppError } from '../domain/errors.ts';
import type { DocumentReader, ReadDocument } from '../ports/documents.ts';
import { prepare } from '../library/prepare.ts';
import { checkExtension, extensionOf, kindOf } from './kind.ts';
import { LIMITS, refusal, type Room, WORKER_ROOM } from './refusals.ts';
import { readHtml, readMarkdown, readText } from './text.ts';

const OTHER_ARCHIVES = /^(?:xls[xmb]?|ppt[xm]?|od[tsp]|zip|wps|et|dps|ofd|epub|jar|apk)$/;

/** Word and PDF parsers are loaded when such a file comes, never at the start. */
async function readAs(bytes: Uint8Array, name: string, room: Room): Promise<ReadDocument> {
  const kind = kindOf(bytes);
  const extension = extensionOf(name);
  if (kind === 'zip' && OTHER_ARCHIVES.test(extension)) throw refusal('document-not-word', `扩展名是 .${extension}`);
  checkExtension(name, kind);
  const markdown = /^(?:md|markdown)$/.test(extension);
  switch (kind) {
    case 'zip':
      return (await import('./docx.ts')).readDocx(bytes, room.part);
    case 'pdf':
      return (await import('./pdf.ts')).readPdf(bytes);
    case 'html':
      return markdown ? readMarkdown(bytes) : readHtml(bytes);
    case 'text':
      return markdown ? readMarkdown(bytes) : readText(bytes);
    default:
      return kind satisfies never;
  }
}

/** Reads a document where it stands. Whatever a parser throws leaves here as a refusal. */
async function readDocument(bytes: Uint8Array, name: string, room: Room): Promise<ReadDocument> {
  if (bytes.length > room.bytes && room.bytes < LIMITS.bytes)
    throw refusal('document-too-costly', '', `${bytes.length} bytes`);
  const read = await readAs(bytes, name, room).catch((error: unknown) => {
    throw error instanceof AppError ? error : refusal('document-broken', '', String(error));
  });
  const characters = read.lines.reduce((n, l) => n + l.text.length, 0);
  if (characters > LIMITS.characters) throw refusal('document-too-long');
  if (characters > room.characters) throw refusal('document-too-costly', '', `${characters} characters`);
  if (!read.lines.some((l) => /[\p{L}\p{N}]/u.test(l.text))) throw refusal('document-empty');
  return read;
}

const readerWithin = (room: Room): DocumentReader => ({
  async prepare(bytes, name, onStage) {
    onStage?.('reading');
    return prepare(await readDocument(bytes, name, room), name, onStage);
  },
});

/** The reader inside the process that `isolated.ts` starts on Node. */
export const documentReader = readerWithin(LIMITS);

/** The reader for Workers, where there is no process to give a file: it takes smaller files, and says so. */
export const workerReader = readerWithin(WORKER_ROOM);
