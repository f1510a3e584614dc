import type { DocumentFacts, LibraryDocument } from '../ports/library.ts';

/**
 * What the versions of one document share. Marks, blanks and a closing （试行）, （2024年修订） go; 关于印发《…》的通知 is the
 * document it brings. A leading year stays: the plan for 2023 is not an older version of the plan for 2024.
 */
export function familyOf(title: string): string {
  const inner = /印发(?:.{0,10})?《([^《》]{4,60})》.{0,8}通知$/.exec(title)?.[1] ?? title;
  return inner
    .normalize('NFKC')
    .replace(
      /[([【〔](?:试行|暂行|修订|修正|修改|草案|讨论稿|征求意见稿|定稿|终稿|最新|新版|第.版|v?\d|(?:19|20)\d\d).{0,12}?[)\]】〕]/gi,
      '',
    )
    .replace(/(?:修订版|修订稿|修正案|试行稿|最终版|最新版|终稿|定稿)$/, '')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();
}

/** The day from which a document counts: its own word, or when it was issued, or when it came in. */
export const countsFrom = (d: Pick<DocumentFacts, 'effectiveFrom' | 'issued'>, today: string): string =>
  d.effectiveFrom ?? d.issued ?? today;

const dated = (d: Pick<DocumentFacts, 'effectiveFrom' | 'issued'>) => d.effectiveFrom ?? d.issued;

/** Too short to tell versions from namesakes: 通知, 方案. */
const TELLING = 6;

export interface Place {
  /** The older version that gives way, and from when. */
  readonly replaces: LibraryDocument | null;
  readonly from: string | null;
  /** A version already there that is newer still. */
  readonly newer: LibraryDocument | null;
}

/** Where a document stands among the versions the library has. */
export function placeAmong(document: DocumentFacts, versions: readonly LibraryDocument[], today: string): Place {
  const telling = familyOf(document.title).length >= TELLING;
  const same = versions.filter((v) => {
    const numbered = v.number !== null && v.number === document.number;
    return numbered || (telling && (v.issuer === null || document.issuer === null || v.issuer === document.issuer));
  });
  const mine = dated(document);
  const isNewer = (v: LibraryDocument) => mine !== null && dated(v) !== null && dated(v)! > mine;
  // Versions come newest first: the last that is newer is the next one, the first that is not newer the one before.
  const newer = same.findLast(isNewer) ?? null;
  const older = same.find((v) => !isNewer(v)) ?? null;
  return { replaces: older, from: older ? countsFrom(document, today) : null, newer };
}
