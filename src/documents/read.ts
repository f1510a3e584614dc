import { AppError } from '../domain/errors.ts';
import type { DocumentReader, ReadDocument } from '../ports/documents.ts';
import { prepare } from '../library/prepare.ts';
import { checkExtension, extensionOf, kindOf } from './kind.ts';
import { LIMITS, refusal } from './refusals.ts';
import { readHtml, readMarkdown, readText } from './text.ts';

const OTHER_ARCHIVES = /^(?:xls[xmb]?|ppt[xm]?|od[tsp]|zip|wps|et|dps|ofd|epub|jar|apk)$/;

/** Word and PDF parsers are loaded when such a file comes, never at the start. */
async function readAs(bytes: Uint8Array, name: string): Promise<ReadDocument> {
  const kind = kindOf(bytes);
  const extension = extensionOf(name);
  if (kind === 'zip' && OTHER_ARCHIVES.test(extension)) throw refusal('document-not-word', `扩展名是 .${extension}`);
  checkExtension(name, kind);
  const markdown = /^(?:md|markdown)$/.test(extension);
  switch (kind) {
    case 'zip':
      return (await import('./docx.ts')).readDocx(bytes);
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

/**
 * Reads a document where it stands: for Workers, where the platform bounds time and memory, and inside the process that
 * `isolated.ts` starts on Node. Whatever a parser throws leaves here as a refusal.
 */
async function readDocument(bytes: Uint8Array, name: string): Promise<ReadDocument> {
  const read = await readAs(bytes, name).catch((error: unknown) => {
    throw error instanceof AppError ? error : refusal('document-broken', '', String(error));
  });
  const characters = read.lines.reduce((n, l) => n + l.text.length, 0);
  if (characters > LIMITS.characters) throw refusal('document-too-long');
  if (!read.lines.some((l) => /[\p{L}\p{N}]/u.test(l.text))) throw refusal('document-empty');
  return read;
}

/** The reader for places without processes. */
export const documentReader: DocumentReader = {
  async prepare(bytes, name, onStage) {
    onStage?.('reading');
    return prepare(await readDocument(bytes, name), name, onStage);
  },
};
