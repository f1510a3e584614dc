import type { LibraryClause, LibraryDocument } from '../ports/library.ts';
import type { Clause } from '../rules/rulebook.ts';

/** Where a clause stands, for a person who wants to look: 第二章 会议 第八条（第3页）. */
export const whereOf = ({
  headings,
  label,
  page,
  paragraph,
}: Pick<LibraryClause, 'headings' | 'label' | 'page' | 'paragraph'>): string => {
  const last = headings.at(-1);
  const named = label && !last?.startsWith(label) ? [...headings, label] : headings;
  return `${named.join(' ')}（${page === null ? `第${paragraph}段` : `第${page}页`}）`;
};

/** A clause of the library in the shape that all citations have. */
export const citable = (document: LibraryDocument, clause: LibraryClause): Clause => ({
  id: clause.id,
  title: document.title,
  issuer: document.issuer ?? '',
  date: document.issued ?? document.effectiveFrom ?? '',
  section: whereOf(clause),
  level: document.level,
  checked: 'original',
  // The school's documents are Chinese; nobody has translated them.
  text: { zh: clause.text, en: clause.text },
  ...(document.supersededFrom !== null || document.effectiveUntil !== null
    ? { until: earlier(document.supersededFrom, document.effectiveUntil) }
    : {}),
});

const earlier = (a: string | null, b: string | null): string => (a === null ? b! : b === null || a < b ? a : b);
