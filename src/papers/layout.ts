import { AlignmentType, Document, Packer } from 'docx';
import { FONT_TABLE, fontOf, legal, SIZES } from './layout/fonts.ts';
import { exactly, footer, header, PAGE } from './layout/page.ts';
import { partsOf } from './layout/parts.ts';
import type { Outline } from './outline/blocks.ts';

/** The body's font and language for the whole file: Word's own defaults are Calibri and English. */
const DEFAULTS = {
  document: {
    run: { font: fontOf('body'), size: SIZES.three, language: { value: 'en-US', eastAsia: 'zh-CN' } },
  },
};
/** The title is at outline level 1, so that it is found in Word's navigation. */
const TITLE = {
  id: 'PaperTitle',
  name: 'Paper Title',
  basedOn: 'Normal',
  next: 'Normal',
  quickFormat: true,
  run: { font: fontOf('title'), size: SIZES.two },
  paragraph: {
    alignment: AlignmentType.CENTER,
    spacing: { ...exactly(660), before: 200, after: 200 },
    keepNext: true,
    outlineLevel: 0,
  },
};

/** Sets an outline in official layout (GB/T 9704—2012) as a .docx. Runs wherever there is JavaScript. */
export async function layOut(outline: Outline, author: string): Promise<Uint8Array> {
  const headers = outline.header ? { default: header(outline.header), even: header(outline.header) } : {};
  const document = new Document({
    title: legal(outline.title),
    creator: legal(author),
    lastModifiedBy: legal(author),
    evenAndOddHeaderAndFooters: true,
    styles: { default: DEFAULTS, paragraphStyles: [TITLE] },
    sections: [
      {
        properties: PAGE,
        headers,
        footers: { default: footer('odd'), even: footer('even') },
        children: outline.blocks.flatMap(partsOf),
      },
    ],
  });
  const packed = await Packer.toArrayBuffer(document, undefined, [{ path: 'word/fontTable.xml', data: FONT_TABLE }]);
  return new Uint8Array(packed);
}
