import type { ReadDocument } from '../ports/documents.ts';
import { paragraphsOf, type TextPiece } from './pdf-lines.ts';
import { LIMITS, refusal } from './refusals.ts';

/** The text layer of a PDF, page by page, so that a long file needs the memory of one page. */
export async function readPdf(bytes: Uint8Array): Promise<ReadDocument> {
  const { getDocumentProxy } = await import('unpdf');
  const pdf = await getDocumentProxy(bytes, {
    verbosity: 0,
    disableFontFace: true,
    useSystemFonts: false,
    maxImageSize: 1,
  }).catch((error: unknown) => {
    if (error instanceof Error && error.name === 'PasswordException') throw refusal('document-encrypted');
    throw refusal('document-broken', '', String(error));
  });
  try {
    if (pdf.numPages > LIMITS.pages) throw refusal('document-too-many-pages');
    const pages: TextPiece[][] = [];
    const failed: number[] = [];
    for (let number = 1; number <= pdf.numPages; number++) {
      try {
        const page = await pdf.getPage(number);
        const { items } = await page.getTextContent();
        pages.push(
          items.flatMap((item) => ('str' in item && typeof item.str === 'string' ? [pieceOf(item as PdfItem)] : [])),
        );
        page.cleanup();
      } catch (error) {
        if (error instanceof RangeError) throw error;
        pages.push([]);
        failed.push(number);
      }
    }
    return documentOf(pages, failed, bytes);
  } finally {
    await pdf.loadingTask.destroy();
  }
}

interface PdfItem {
  readonly str: string;
  readonly transform: readonly number[];
  readonly width: number;
  readonly hasEOL: boolean;
}
const pieceOf = ({ str, transform: t, width, hasEOL }: PdfItem): TextPiece => ({
  text: str,
  x: t[4] ?? 0,
  y: t[5] ?? 0,
  width,
  size: Math.hypot(t[2] ?? 0, t[3] ?? 0) || 1,
  ends: hasEOL,
});

/** Encodings whose tables lie outside the file: without embedded fonts their characters cannot be told. */
const OLD_ENCODING = /\/(?:GBK?-EUC|GBKp-EUC|GBpc-EUC|GBK2K|UniGB-(?:UCS2|UTF16)|ETen-B5|B5pc|UniCNS-\w+)-[HV]\b/;

const listed = (pages: readonly number[]) =>
  pages.length > 12 ? `${pages.slice(0, 12).join('、')} 等 ${pages.length} ` : `${pages.join('、')} `;

function documentOf(pages: readonly TextPiece[][], failed: readonly number[], bytes: Uint8Array): ReadDocument {
  const readable = pages.map((pieces) => pieces.reduce((n, p) => n + (p.text.match(/[\p{L}\p{N}]/gu)?.length ?? 0), 0));
  const total = readable.reduce((n, r) => n + r, 0);
  // A scanner's stamp or a page number is no text layer.
  if (total < 10 || total < pages.length * 5) {
    if (failed.length === pages.length) throw refusal('document-broken', `第 ${listed(failed)}页读不出来`);
    throw refusal(
      OLD_ENCODING.test(new TextDecoder('latin1').decode(bytes))
        ? 'document-unreadable-text'
        : 'document-no-text-layer',
    );
  }
  const empty = readable.flatMap((n, i) => (n === 0 && !failed.includes(i + 1) ? [i + 1] : []));
  return {
    format: 'pdf',
    lines: paragraphsOf(pages),
    warnings: [
      ...(empty.length ? [`第 ${listed(empty)}页没有文字层，没有入库；要用请先做文字识别`] : []),
      ...(failed.length ? [`第 ${listed(failed)}页读不出来，没有入库`] : []),
    ],
  };
}
