import { dayAt } from '../domain/china-time.ts';
import { AppError } from '../domain/errors.ts';
import type { DocumentReader, Metadata, PreparedDocument, PreparingStage } from '../ports/documents.ts';
import type { DocumentFacts, LibraryClause, LibraryDocument, NewDocument, SchoolLibrary } from '../ports/library.ts';
import { familyOf, placeAmong } from './versions.ts';

/** What an adding is doing; `done` of `total` clauses once it saves. */
export interface Progress {
  readonly stage: PreparingStage | 'saving';
  readonly done?: number;
  readonly total?: number;
}

export interface AddPorts {
  readonly reader: DocumentReader;
  /** The school's view; `common()` of the store for documents of all schools. */
  readonly library: SchoolLibrary;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

export interface AddOptions {
  /** The document this one takes the place of, where a person said so. */
  readonly replaces?: string;
  /** Who sent it: `platform:app:person`. */
  readonly by?: string;
  readonly onProgress?: (progress: Progress) => void;
}

/** How an adding can end. */
export type Added =
  | {
      readonly kind: 'added';
      readonly document: LibraryDocument;
      readonly metadata: Metadata;
      /** The version that gives way from `document.replacesFrom`. */
      readonly replaced: LibraryDocument | null;
      /** A version already there that is newer: the document added is kept as the older one. */
      readonly newer: LibraryDocument | null;
    }
  /** The same words are there already, perhaps removed, perhaps under another name. */
  | { readonly kind: 'known'; readonly document: LibraryDocument }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string; readonly detail?: string };

const hex = (buffer: ArrayBuffer) => [...new Uint8Array(buffer)].map((b) => b.toString(16).padStart(2, '0')).join('');
const sha256 = async (text: string) => hex(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));

const factsOf = (m: Metadata): DocumentFacts => ({
  title: m.title.value,
  issuer: m.issuer?.value ?? null,
  number: m.number?.value ?? null,
  level: m.level.value,
  issued: m.issued?.value ?? null,
  effectiveFrom: m.effectiveFrom?.value ?? null,
  effectiveUntil: m.effectiveUntil?.value ?? null,
});

const guessesOf = (metadata: Metadata): NewDocument['guesses'] =>
  Object.fromEntries(
    Object.entries(metadata).flatMap(([name, g]) =>
      g && 'evidence' in g ? [[name, { evidence: g.evidence, sure: g.sure }]] : [],
    ),
  );

/** Puts a file into the library: read, cleaned, split, its facts guessed, its place among older versions found. */
export async function addDocument(
  bytes: Uint8Array,
  name: string,
  ports: AddPorts,
  { replaces, by, onProgress = () => {} }: AddOptions = {},
): Promise<Added> {
  const { library, reader } = ports;
  let read: PreparedDocument;
  try {
    read = await reader.prepare(bytes, name, (stage) => onProgress({ stage }));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { kind: 'refused', code: error.code, message: error.message, ...(error.detail && { detail: error.detail }) };
  }
  const { metadata, raw, text, warnings } = read;
  const hash = await sha256(text.replace(/\s+/g, ''));
  const known = await library.byHash(hash);
  if (known) return { kind: 'known', document: known };

  const now = ports.now();
  const given = replaces === undefined ? undefined : await library.get(replaces);
  if (given === null)
    return {
      kind: 'refused',
      code: 'document-not-found',
      message: `库里没有 ${replaces}，没有加入。用 list 看文件编号。`,
    };
  const id = `doc_${(await sha256(`${library.school}\n${hash}`)).slice(0, 12)}`;
  const facts = factsOf(metadata);
  const place = await placeOf(facts, metadata, given, library, dayAt(now));
  const clauses = read.clauses.map(({ key, ...clause }): LibraryClause => ({
    ...clause,
    id: `${id}#${key}`,
    document: id,
  }));
  const document: NewDocument = {
    ...facts,
    id,
    name,
    format: read.format,
    hash,
    family: familyOf(facts.title),
    guesses: guessesOf(metadata),
    warnings,
    replaces: place.replaces?.id ?? null,
    replacesFrom: place.from,
    addedBy: by ?? null,
    addedAt: now,
  };
  const total = clauses.length;
  const saved = await library.add(document, { raw, text }, clauses, now, (done) =>
    onProgress({ stage: 'saving', done, total }),
  );
  if (saved === 'known') return { kind: 'known', document: (await library.byHash(hash))! };
  if (place.newer && place.newer.replaces === null)
    await library.supersede(place.newer.id, id, dayFrom(place.newer, now), now);
  return { kind: 'added', document: (await library.get(id))!, metadata, replaced: place.replaces, newer: place.newer };
}

const dayFrom = (d: LibraryDocument, now: number) => d.effectiveFrom ?? d.issued ?? dayAt(now);

/** By a person's word, else by title and number, else by what the text itself puts out of force. */
async function placeOf(
  facts: DocumentFacts,
  metadata: Metadata,
  given: LibraryDocument | undefined,
  library: SchoolLibrary,
  today: string,
): Promise<ReturnType<typeof placeAmong>> {
  const from = facts.effectiveFrom ?? facts.issued ?? today;
  if (given) return { replaces: given, from, newer: null };
  const place = placeAmong(facts, await library.versions(familyOf(facts.title), facts.number), today);
  if (place.replaces || place.newer) return place;
  for (const { value } of metadata.repeals) {
    const [old] = await library.versions(familyOf(value), null);
    if (old) return { replaces: old, from, newer: null };
  }
  return place;
}
