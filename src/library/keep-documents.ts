import type { DocumentFacts, LibraryDocument, SchoolLibrary } from '../ports/library.ts';
import { dayAt } from '../domain/china-time.ts';
import { countsFrom, familyOf, placeAmong } from './versions.ts';

/** What a person may correct. `replaces: null` says that it takes no other document's place. */
export type Corrections = Partial<DocumentFacts> & { readonly replaces?: string | null };

export type Kept =
  | { readonly kind: 'done'; readonly document: LibraryDocument }
  | { readonly kind: 'not-found'; readonly message: string }
  /** A document common to all schools, changed by one of them. */
  | { readonly kind: 'not-yours'; readonly message: string }
  | { readonly kind: 'wrong'; readonly message: string };

const notFound = (id: string): Kept => ({ kind: 'not-found', message: `库里没有 ${id}。用 list 看文件编号。` });
const notYours: Kept = { kind: 'not-yours', message: '这是各校共用的文件，由共用文件的管理员维护，本校不能改动。' };
const wrong = (message: string): Kept => ({ kind: 'wrong', message });

export const listDocuments = (library: SchoolLibrary): Promise<LibraryDocument[]> => library.list();

async function own(id: string, library: SchoolLibrary): Promise<LibraryDocument | Kept> {
  const document = await library.get(id);
  if (!document) return notFound(id);
  return document.school === library.school ? document : notYours;
}
const isKept = (x: LibraryDocument | Kept): x is Kept => 'kind' in x;

function faultIn(c: Corrections): string | null {
  for (const [field, name] of [
    ['issued', '印发日期'],
    ['effectiveFrom', '施行日期'],
    ['effectiveUntil', '失效日期'],
  ] as const) {
    const day = c[field];
    if (
      typeof day === 'string' &&
      !(/^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(Date.parse(day)) && new Date(day).toISOString().startsWith(day))
    )
      return `${name}要写成 2024-09-01 这样，收到的是 ${day}`;
  }
  if (c.title !== undefined && c.title.trim() === '') return '标题不能为空';
  return null;
}

/** A person has looked at what was read from the document, and corrected what was wrong. */
export async function confirmDocument(
  id: string,
  corrections: Corrections,
  library: SchoolLibrary,
  now: number,
): Promise<Kept> {
  const document = await own(id, library);
  if (isKept(document)) return document;
  if (document.state === 'removed') return wrong('这份文件已移除，请先恢复。');
  const fault = faultIn(corrections);
  if (fault) return wrong(fault);
  const { replaces: named, ...given } = corrections;
  const facts: DocumentFacts = { ...document, ...given };
  if (facts.effectiveFrom && facts.effectiveUntil && facts.effectiveUntil <= facts.effectiveFrom)
    return wrong(`失效日期 ${facts.effectiveUntil} 不晚于施行日期 ${facts.effectiveFrom}`);
  const family = familyOf(facts.title);
  const replaces = await replacedBy(document, facts, named, library, now);
  if (replaces === 'unknown') return wrong(`要代替的文件 ${named} 不在库里`);
  if (replaces === 'circle') return wrong('两份文件不能互相代替');
  const replacesFrom = replaces ? countsFrom(facts, document.replacesFrom ?? dayAt(now)) : null;
  await library.confirm(id, { ...facts, family, replaces, replacesFrom }, now);
  return { kind: 'done', document: (await library.get(id))! };
}

async function replacedBy(
  document: LibraryDocument,
  facts: DocumentFacts,
  named: string | null | undefined,
  library: SchoolLibrary,
  now: number,
): Promise<string | null> {
  if (named === null) return null;
  if (named !== undefined) {
    let older = named === document.id ? null : await library.get(named);
    if (!older) return 'unknown';
    for (let hops = 0; older && hops < 50; hops++) {
      if (older.id === document.id) return 'circle';
      older = older.replaces ? await library.get(older.replaces) : null;
    }
    return named;
  }
  if (document.replaces || facts.title === document.title) return document.replaces;
  // A corrected title may have found its older versions.
  const versions = (await library.versions(familyOf(facts.title), facts.number)).filter(
    (v) => v.id !== document.id && v.replaces !== document.id,
  );
  return placeAmong(facts, versions, dayAt(now)).replaces?.id ?? null;
}

/** Out of answers, not out of the library; an older version it had replaced counts again. */
export async function removeDocument(id: string, library: SchoolLibrary, now: number): Promise<Kept> {
  const document = await own(id, library);
  if (isKept(document)) return document;
  if (!(await library.remove(id, now))) return wrong('这份文件已经移除了。');
  return { kind: 'done', document: (await library.get(id))! };
}

export async function restoreDocument(id: string, library: SchoolLibrary, now: number): Promise<Kept> {
  const document = await own(id, library);
  if (isKept(document)) return document;
  if (!(await library.restore(id, now))) return wrong('这份文件没有移除，不用恢复。');
  return { kind: 'done', document: (await library.get(id))! };
}
