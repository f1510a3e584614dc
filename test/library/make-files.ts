import { constants, deflateRawSync, deflateSync } from 'node:zlib';
import {
  AlignmentType,
  Document,
  HeadingLevel,
  ImageRun,
  LevelFormat,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
} from 'docx';

/** Files made on the spot, good ones and hostile ones. */
export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Paragraphs; `# ` makes a heading, a list makes a table, `auto:` an article that Word numbers itself. */
export async function docxOf(paragraphs: readonly (string | readonly string[][])[]): Promise<Uint8Array> {
  const children = paragraphs.map((p) => {
    if (typeof p !== 'string')
      return new Table({
        rows: p.map(
          (row) => new TableRow({ children: row.map((text) => new TableCell({ children: [new Paragraph(text)] })) }),
        ),
      });
    if (p.startsWith('# ')) return new Paragraph({ text: p.slice(2), heading: HeadingLevel.HEADING_1 });
    if (p.startsWith('auto:'))
      return new Paragraph({ text: p.slice(5), numbering: { reference: 'articles', level: 0 } });
    if (p.startsWith('item:'))
      return new Paragraph({ text: p.slice(5), numbering: { reference: 'articles', level: 1 } });
    return new Paragraph({ children: [new TextRun(p)] });
  });
  const levels = [
    { level: 0, format: LevelFormat.CHINESE_COUNTING, text: '第%1条　', alignment: AlignmentType.START },
    { level: 1, format: LevelFormat.CHINESE_COUNTING, text: '（%2）', alignment: AlignmentType.START },
  ];
  return new Uint8Array(
    await Packer.toBuffer(
      new Document({ numbering: { config: [{ reference: 'articles', levels }] }, sections: [{ children }] }),
    ),
  );
}

const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
export const picture = new Uint8Array(PIXEL);
export async function docxOfPictures(): Promise<Uint8Array> {
  const image = new ImageRun({ type: 'png', data: PIXEL, transformation: { width: 100, height: 100 } });
  return new Uint8Array(
    await Packer.toBuffer(new Document({ sections: [{ children: [new Paragraph({ children: [image] })] }] })),
  );
}

export interface Part {
  readonly name: string;
  readonly body: Uint8Array;
  /** What the directory claims the size to be, when it lies. */
  readonly claims?: number;
  readonly flags?: number;
}

/** An archive byte by byte, so that it can lie. */
export function zipOf(parts: readonly Part[]): Uint8Array {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { name, body, claims = body.length, flags = 0 } of parts) {
    const packed = deflateRawSync(body);
    const label = Buffer.from(name);
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(20, 4);
    head.writeUInt16LE(flags, 6);
    head.writeUInt16LE(8, 8);
    head.writeUInt32LE(packed.length, 18);
    head.writeUInt32LE(claims, 22);
    head.writeUInt16LE(label.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(20, 6);
    entry.writeUInt16LE(flags, 8);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt32LE(claims, 24);
    entry.writeUInt16LE(label.length, 28);
    entry.writeUInt32LE(offset, 42);
    locals.push(head, label, packed);
    central.push(entry, label);
    offset += 30 + label.length + packed.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return new Uint8Array(Buffer.concat([...locals, directory, end]));
}

const TYPES =
  '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>';
const RELS =
  '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>';

/** The parts of the smallest Word file, around a body of one's own. */
export const wordParts = (body: string, types = TYPES, before = ''): Part[] => [
  { name: '[Content_Types].xml', body: bytesOf(types) },
  { name: '_rels/.rels', body: bytesOf(RELS) },
  {
    name: 'word/document.xml',
    body: bytesOf(
      `<?xml version="1.0"?>${before}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`,
    ),
  },
];
export const run = (text: string) => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`;
export const MACRO_TYPES = TYPES.replace('wordprocessingml.document.main', 'ms-word.document.macroEnabled.main');

/** An old-style container that names one stream, as an encrypted Word file does. */
export function oleOf(stream: string): Uint8Array {
  const file = Buffer.alloc(2048);
  Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]).copy(file);
  Buffer.from(stream, 'utf16le').copy(file, 1024);
  return new Uint8Array(file);
}

const hex4 = (n: number) => n.toString(16).padStart(4, '0');

function pdfFrom(objects: readonly (string | Buffer)[], trailer = ''): Uint8Array {
  const chunks: Buffer[] = [Buffer.from('%PDF-1.7\n')];
  const offsets: number[] = [];
  let at = chunks[0]!.length;
  objects.forEach((object, i) => {
    const body = Buffer.concat([
      Buffer.from(`${i + 1} 0 obj\n`),
      Buffer.from(object as string),
      Buffer.from('\nendobj\n'),
    ]);
    offsets.push(at);
    at += body.length;
    chunks.push(body);
  });
  const table = offsets.map((o) => `${String(o).padStart(10, '0')} 00000 n \n`).join('');
  chunks.push(
    Buffer.from(
      `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<</Size ${objects.length + 1}/Root 1 0 R${trailer}>>\nstartxref\n${at}\n%%EOF`,
    ),
  );
  return new Uint8Array(Buffer.concat(chunks));
}

const stream = (body: Buffer, dictionary = '') =>
  Buffer.concat([Buffer.from(`<</Length ${body.length}${dictionary}>>\nstream\n`), body, Buffer.from('\nendstream')]);

export interface Printed {
  readonly text: string;
  readonly x?: number;
  readonly y: number;
  readonly size?: number;
}

/** A PDF with a text layer: each page a list of printed lines. Fonts map figures to characters by a ToUnicode table. */
export function pdfOf(pages: readonly (readonly Printed[])[], trailer = '', extra: readonly string[] = []): Uint8Array {
  const characters = [...new Set(pages.flat().flatMap((l) => [...l.text]))];
  const code = new Map(characters.map((c, i) => [c, i + 1]));
  const pairs = characters.map(
    (c, i) =>
      `<${hex4(i + 1)}> <${[...Buffer.from(c, 'utf16le').swap16()].map((b) => b.toString(16).padStart(2, '0')).join('')}>`,
  );
  const blocks = Array.from({ length: Math.ceil(pairs.length / 100) }, (_, i) =>
    pairs.slice(i * 100, i * 100 + 100),
  ).map((b) => `${b.length} beginbfchar\n${b.join('\n')}\nendbfchar`);
  const toUnicode = `/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def 1 begincodespacerange <0000> <ffff> endcodespacerange ${blocks.join('\n')} endcmap end end`;
  const first = 6;
  const contents = pages.map((lines) =>
    lines
      .map(
        (l) =>
          `BT /F1 ${l.size ?? 16} Tf 1 0 0 1 ${l.x ?? 90} ${l.y} Tm <${[...l.text].map((c) => hex4(code.get(c)!)).join('')}> Tj ET`,
      )
      .join('\n'),
  );
  const kids = pages.map((_, i) => `${first + i * 2} 0 R`).join(' ');
  return pdfFrom(
    [
      '<</Type/Catalog/Pages 2 0 R>>',
      `<</Type/Pages/Kids[${kids}]/Count ${pages.length}>>`,
      '<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 5 0 R>>',
      '<</Type/Font/Subtype/CIDFontType2/BaseFont/SimSun/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 1000>>',
      stream(Buffer.from(toUnicode)),
      ...contents.flatMap((c, i) => [
        `<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents ${first + i * 2 + 1} 0 R>>`,
        stream(Buffer.from(c)),
      ]),
      ...extra,
    ],
    trailer,
  );
}

/** Text set in lines of a page, `width` characters each, as a word processor would. */
export function page(paragraphs: readonly string[], number: number, width = 26): Printed[] {
  const lines: Printed[] = [];
  let y = 760;
  for (const p of paragraphs) {
    const indented = `　　${p}`;
    for (let at = 0; at < indented.length; at += width, y -= 28) {
      const text = indented.slice(at, at + width);
      lines.push({ text: text.trimStart(), x: 90 + (text.length - text.trimStart().length) * 16, y });
    }
  }
  return [...lines, { text: `— ${number} —`, x: 270, y: 40, size: 12 }];
}

/** A page that is one picture, as a scanner makes it. */
export const scannedPdf = (): Uint8Array =>
  pdfFrom([
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</I 5 0 R>>>>/Contents 4 0 R>>',
    stream(Buffer.from('q 595 0 0 842 0 0 cm /I Do Q')),
    stream(Buffer.from([0]), '/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8'),
  ]);

/** Under a password nobody here knows. */
export const encryptedPdf = (): Uint8Array =>
  pdfOf([[{ text: '保密', y: 700 }]], '/Encrypt 8 0 R/ID[<00><00>]', [
    `<</Filter/Standard/V 1/R 2/P -4/O<${'41'.repeat(32)}>/U<${'42'.repeat(32)}>>>`,
  ]);

/** One stream of a few kilobytes that unfolds to `megabytes`, twice packed; made without ever holding them. */
export function pdfBomb(megabytes: number): Uint8Array {
  const one = deflateRawSync(Buffer.alloc(1024 * 1024, 32), { level: 9, finishFlush: constants.Z_FULL_FLUSH });
  const inner = Buffer.concat([
    Buffer.from([0x78, 0xda]),
    ...Array<Buffer>(megabytes).fill(one),
    deflateRawSync(Buffer.alloc(0)),
    Buffer.alloc(4),
  ]);
  return pdfFrom([
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>',
    stream(deflateSync(inner), '/Filter[/FlateDecode/FlateDecode]'),
  ]);
}
