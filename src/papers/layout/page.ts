import { AlignmentType, DocumentGridType, Footer, Header, LineRuleType, PageNumber, Paragraph, TextRun } from 'docx';
import { fontOf, legal, SIZES } from './fonts.ts';

/** A millimetre in twips. */
const MM = 1440 / 25.4;
const mm = (n: number) => Math.round(n * MM);

/** A4, 156 × 225 mm of text (GB/T 9704—2012, 5.2): margins 37 above, 28 at the binding, 26 and 35 on the other sides. */
export const TEXT_WIDTH = mm(156);
/** 22 lines on 225 mm, in twips. */
export const LINE = 579;
/**
 * 28 characters of 16 pt on 156 mm are set 5 twips closer. A grid of characters would say so for the page, but LibreOffice 7
 * sets 18 characters on such a line.
 */
export const CLOSER = -5;
/** Two characters of 三号. */
export const INDENT = 640;

export const PAGE = {
  page: {
    size: { width: mm(210), height: mm(297) },
    margin: { top: mm(37), right: mm(26), bottom: mm(35), left: mm(28), header: mm(20), footer: mm(23) },
  },
  // No grid that lines snap to: it would pull the closer lines of tables and notes apart. Lines are set exactly instead.
  grid: { type: DocumentGridType.DEFAULT, linePitch: LINE },
};

export const exactly = (line: number) => ({ line, lineRule: LineRuleType.EXACT });

/** “— 1 —” in 四号宋体, on the outer side, one character in: odd pages right, even pages left (7.5). */
export function footer(side: 'odd' | 'even'): Footer {
  const run = { font: fontOf('song'), size: SIZES.four };
  const number = new TextRun({ ...run, children: ['— ', PageNumber.CURRENT, ' —'] });
  const odd = side === 'odd';
  const indent = odd ? { right: 280 } : { left: 280 };
  const alignment = odd ? AlignmentType.RIGHT : AlignmentType.LEFT;
  return new Footer({ children: [new Paragraph({ alignment, indent, children: [number] })] });
}

export function header(text: string): Header {
  const run = new TextRun({ text: legal(text), font: fontOf('kai'), size: 18 });
  return new Header({ children: [new Paragraph({ alignment: AlignmentType.CENTER, children: [run] })] });
}
