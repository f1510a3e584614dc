import { AlignmentType, BorderStyle, Paragraph, type Table, TabStopType, TextRun } from 'docx';
import type { Block } from '../outline/blocks.ts';
import { type Face, fontOf, legal, SIZES } from './fonts.ts';
import { CLOSER, exactly, INDENT, LINE, TEXT_WIDTH } from './page.ts';
import { imprintTable, tableOf } from './table.ts';

const RED = 'FF0000';
const run = (text: string, face: Face, size: number = SIZES.three, color?: string): TextRun =>
  new TextRun({
    text: legal(text).replace(/\s*\n\s*/g, '　'),
    font: fontOf(face),
    size,
    ...(size === SIZES.three && { characterSpacing: CLOSER }),
    ...(color && { color }),
  });

/** Two characters in; the count in characters goes before the twips in Word. */
const INDENTED = { firstLine: INDENT, firstLineChars: 200 };
const body = { spacing: exactly(LINE), alignment: AlignmentType.BOTH };

/** Fonts of 一、（一）1.（1）. */
const LEVELS: Readonly<Record<1 | 2 | 3 | 4, Face>> = { 1: 'black', 2: 'kai', 3: 'body', 4: 'body' };

const empty = (line = LINE) => new Paragraph({ spacing: exactly(line), children: [] });

function masthead({ name, left, right }: Extract<Block, { kind: 'masthead' }>): Paragraph[] {
  const line = new Paragraph({
    spacing: { ...exactly(LINE), before: 240, after: 360 },
    tabStops: [{ type: TabStopType.RIGHT, position: TEXT_WIDTH }],
    border: { bottom: { style: BorderStyle.SINGLE, size: 18, color: RED, space: 6 } },
    keepNext: true,
    children: [run(left, 'body'), new TextRun({ children: ['\t'] }), run(right, 'body')],
  });
  const size = name.length > 18 ? SIZES.two : 52;
  const title = { alignment: AlignmentType.CENTER, spacing: { ...exactly(800), before: 300 }, keepNext: true };
  return [new Paragraph({ ...title, children: [run(name, 'title', size, RED)] }), line];
}

/** `附件：1. …` one line below the text, further ones aligned under the first. */
function attachments(names: readonly string[]): Paragraph[] {
  const several = names.length > 1;
  const hanging = several ? 1360 : 960;
  return [
    empty(),
    ...names.map((name, i) => {
      const first = i === 0;
      const text = `${first ? '附件：' : ''}${several ? `${i + 1}. ` : ''}${name}`;
      const left = INDENT + hanging;
      const indent = first ? { left, hanging } : { left, hanging: 400 };
      return new Paragraph({ spacing: exactly(LINE), indent, children: [run(text, 'body')] });
    }),
  ];
}

/** Signature lines, two to a row: room for a name after each. */
function sign(labels: readonly string[]): Paragraph[] {
  const rows = labels.flatMap((l, i) => (i % 2 === 0 ? [[l, labels[i + 1]]] : []));
  const line = (l: string | undefined) => (l ? `${l}：____________` : '');
  return rows.map(
    ([a, b]) =>
      new Paragraph({
        spacing: { ...exactly(LINE), before: 360 },
        indent: INDENTED,
        tabStops: [{ type: TabStopType.LEFT, position: TEXT_WIDTH / 2 + 300 }],
        keepLines: true,
        children: [run(line(a), 'body'), new TextRun({ children: ['\t'] }), run(line(b), 'body')],
      }),
  );
}

/** 落款: right, the day four characters in and the name centred over it as far as their lengths allow. */
function close(lines: readonly string[]): Paragraph[] {
  const right = (i: number) => (i === lines.length - 1 ? 1280 : 960);
  return [
    empty(),
    ...lines.map(
      (text, i) =>
        new Paragraph({
          spacing: exactly(LINE),
          alignment: AlignmentType.RIGHT,
          indent: { right: right(i) },
          keepNext: i < lines.length - 1,
          children: [run(text, 'body')],
        }),
    ),
  ];
}

/** One part of a paper as Word has it. */
export function partsOf(block: Block): readonly (Paragraph | Table)[] {
  switch (block.kind) {
    case 'mark':
      return [new Paragraph({ spacing: exactly(LINE), children: [run(block.text, 'black')] })];
    case 'masthead':
      return masthead(block);
    case 'title':
      return [new Paragraph({ style: 'PaperTitle', children: [run(block.text, 'title', SIZES.two)] })];
    case 'caption': {
      const spacing = { ...exactly(LINE), before: 120, after: 120 };
      return [
        new Paragraph({
          alignment: AlignmentType.CENTER,
          spacing,
          keepNext: true,
          children: [run(block.text, 'kai', SIZES.four)],
        }),
      ];
    }
    case 'to':
      return [new Paragraph({ ...body, children: [run(block.text, 'body')] })];
    case 'heading': {
      const children = [run(block.text, LEVELS[block.level]), ...(block.tail ? [run(block.tail, 'body')] : [])];
      return [new Paragraph({ ...body, indent: INDENTED, keepNext: !block.tail, children })];
    }
    case 'para':
      return block.text
        .split(/\s*\n\s*/)
        .map((line) => new Paragraph({ ...body, indent: INDENTED, children: [run(line, 'body')] }));
    case 'named': {
      const hanging = (block.name.length + 1) * 320;
      const indent = { left: INDENT + hanging, hanging };
      return [
        new Paragraph({
          ...body,
          indent,
          keepNext: block.keep === true,
          children: [run(`${block.name}：`, 'black'), run(block.text, 'body')],
        }),
      ];
    }
    case 'table':
      return [tableOf(block.table)];
    case 'attachments':
      return attachments(block.names);
    case 'close':
      return close(block.lines);
    case 'sign':
      return sign(block.labels);
    case 'imprint':
      // Word wants a paragraph after the last table.
      return [
        new Paragraph({ spacing: exactly(300), keepNext: true, children: [] }),
        imprintTable(block.rows),
        empty(20),
      ];
    case 'note':
      return [
        new Paragraph({
          spacing: { ...exactly(400), before: 160 },
          keepNext: true,
          keepLines: true,
          children: [run(block.text, 'kai', SIZES.smallFour)],
        }),
      ];
    default:
      return block satisfies never;
  }
}
