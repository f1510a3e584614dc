import {
  AlignmentType,
  BorderStyle,
  HeightRule,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlign,
  WidthType,
} from 'docx';
import type { Cell, Table as TableOutline } from '../outline/blocks.ts';
import { type Face, fontOf, legal, SIZES } from './fonts.ts';
import { exactly, TEXT_WIDTH } from './page.ts';

const CELL_LINE = 350;
/** A row with more than this may go over a page: kept whole, it could be taller than the page itself. */
const WHOLE = 400;
const EDGE = { style: BorderStyle.SINGLE, size: 6, color: '000000' };

function lineOf(text: string, face: Face, centred: boolean): Paragraph {
  return new Paragraph({
    alignment: centred ? AlignmentType.CENTER : AlignmentType.LEFT,
    spacing: exactly(CELL_LINE),
    children: text === '' ? [] : [new TextRun({ text: legal(text), font: fontOf(face), size: SIZES.smallFour })],
  });
}

function cellOf({ text, span, as }: Cell, width: number): TableCell {
  return new TableCell({
    width: { size: width, type: WidthType.DXA },
    ...(span && span > 1 && { columnSpan: span }),
    verticalAlign: VerticalAlign.CENTER,
    margins: { top: 60, bottom: 60, left: 90, right: 90 },
    children: text.split('\n').map((line) => lineOf(line, as === 'label' ? 'black' : 'body', as !== undefined)),
  });
}

const roomOf = (row: readonly Cell[]) => Math.max(1, ...row.map((c) => c.room ?? 1));

function rowOf(row: readonly Cell[], widths: readonly number[], { isHead = false, keepNext = false } = {}): TableRow {
  let at = 0;
  const cells = row.map((c) => {
    const from = at;
    at += c.span ?? 1;
    return cellOf(
      c,
      widths.slice(from, at).reduce((a, b) => a + b, 0),
    );
  });
  return new TableRow({
    cantSplit: row.every((c) => c.text.length <= WHOLE),
    ...(isHead && { tableHeader: true }),
    keepNext,
    height: { value: roomOf(row) * CELL_LINE + 120, rule: HeightRule.ATLEAST },
    children: cells,
  });
}

/** 版记: a thick line above and below, thin ones between; 四号, one character in on both sides. */
export function imprintTable(rows: readonly { readonly left: string; readonly right?: string }[]): Table {
  const [none, thin, thick] = [
    { style: BorderStyle.NONE, size: 0 },
    { ...EDGE, size: 6 },
    { ...EDGE, size: 8 },
  ];
  const half = Math.floor(TEXT_WIDTH / 2);
  const part = (text: string, width: number, right: boolean) =>
    new TableCell({
      width: { size: width, type: WidthType.DXA },
      ...(width > half && { columnSpan: 2 }),
      margins: { top: 40, bottom: 40, left: 280, right: 280 },
      children: [
        new Paragraph({
          alignment: right ? AlignmentType.RIGHT : AlignmentType.LEFT,
          spacing: exactly(500),
          keepNext: true,
          ...(!right && width > half && { indent: { left: 840, hanging: 840 } }),
          children: [new TextRun({ text: legal(text), font: fontOf('body'), size: SIZES.four })],
        }),
      ],
    });
  return new Table({
    width: { size: half * 2, type: WidthType.DXA },
    columnWidths: [half, half],
    layout: TableLayoutType.FIXED,
    borders: { top: thick, bottom: thick, left: none, right: none, insideHorizontal: thin, insideVertical: none },
    rows: rows.map(
      ({ left, right }) =>
        new TableRow({
          cantSplit: true,
          children:
            right === undefined ? [part(left, half * 2, false)] : [part(left, half, false), part(right, half, true)],
        }),
    ),
  });
}

/** A table over the whole line, with borders; its head is repeated on each page and no row is cut. */
export function tableOf({ widths, head, rows, together = false }: TableOutline): Table {
  const sum = widths.reduce((a, b) => a + b, 0);
  const sizes = widths.map((w) => Math.floor((w / sum) * TEXT_WIDTH));
  const headRow =
    head &&
    rowOf(
      head.map((text): Cell => ({ text, as: 'label' })),
      sizes,
      { isHead: true, keepNext: true },
    );
  return new Table({
    width: { size: sizes.reduce((a, b) => a + b, 0), type: WidthType.DXA },
    columnWidths: sizes,
    layout: TableLayoutType.FIXED,
    alignment: AlignmentType.CENTER,
    borders: { top: EDGE, bottom: EDGE, left: EDGE, right: EDGE, insideHorizontal: EDGE, insideVertical: EDGE },
    rows: [...(headRow ? [headRow] : []), ...rows.map((r) => rowOf(r, sizes, { keepNext: together }))],
  });
}
