import { AppError } from '../domain/errors.ts';
import type { PreparedClause, PreparedDocument, PreparingStage, ReadDocument } from '../ports/documents.ts';
import { type Cleaned, clean } from './clean.ts';
import { readMetadata } from './metadata.ts';
import { type Source, sourceOf } from './source.ts';
import { type Part, structure } from './structure.ts';

/** A part with its words as the source has them and the way to its page. */
function clauseOf(part: Part, cleaned: Cleaned, source: Source, marks: Cleaned['marks']): PreparedClause {
  const raw = cleaned.toRaw(part.start, part.end);
  const line = source.lineAt(raw.start);
  return {
    key: part.key,
    label: part.label,
    headings: part.headings,
    text: cleaned.text.slice(part.start, part.end),
    raw: cleaned.raw.slice(raw.start, raw.end),
    marks: marks.map((m) => ({
      start: m.start - part.start,
      end: m.end - part.start,
      rawStart: m.rawStart - raw.start,
      rawEnd: m.rawEnd - raw.start,
      kind: m.kind,
    })),
    page: line.page ?? null,
    paragraph: line.paragraph,
  };
}

/** Clauses and marks both stand in order: one walk over both. */
function clausesOf(parts: readonly Part[], cleaned: Cleaned, source: Source): PreparedClause[] {
  let at = 0;
  return parts.map((part) => {
    const raw = cleaned.toRaw(part.start, part.end);
    while (at < cleaned.marks.length && cleaned.marks[at]!.end < part.start) at++;
    const inside: Cleaned['marks'][number][] = [];
    for (let i = at; i < cleaned.marks.length && cleaned.marks[i]!.start <= part.end; i++) {
      const m = cleaned.marks[i]!;
      if (m.start >= part.start && m.end <= part.end && m.rawStart >= raw.start && m.rawEnd <= raw.end) inside.push(m);
    }
    return clauseOf(part, cleaned, source, inside);
  });
}

function warningsOf({ marks, text }: Cleaned): string[] {
  const unread = marks.filter((m) => m.kind === 'masked').length;
  const replaced = text.match(/\ufffd/g)?.length ?? 0;
  return [
    ...(unread > 0 ? [`有 ${unread} 处被遮盖的字无法确定，照原样保留`] : []),
    ...(replaced > 0 ? [`有 ${replaced} 个字读不出来，显示为 �`] : []),
  ];
}

/** All that is made of a document before it is stored. Pure, but not quick for a book: it runs where the reading runs. */
export function prepare(
  read: ReadDocument,
  name: string,
  onStage: (stage: PreparingStage) => void = () => {},
): PreparedDocument {
  onStage('cleaning');
  const source = sourceOf(read);
  const cleaned = clean(source.raw);
  onStage('splitting');
  const metadata = readMetadata(cleaned.text, read.title && clean(read.title).text, name);
  const parts = structure(
    cleaned.text,
    (at) => source.lineAt(cleaned.toRaw(at, at + 1).start),
    metadata.title.evidence,
  );
  if (parts.length === 0)
    throw new AppError('document-empty', 400, '去掉网页的按钮、标签之后没有正文。请检查是不是选错了文件。');
  return {
    format: read.format,
    raw: cleaned.raw,
    text: cleaned.text,
    metadata,
    clauses: clausesOf(parts, cleaned, source),
    warnings: [...read.warnings, ...warningsOf(cleaned)],
  };
}
