import { deflateRawSync } from 'node:zlib';
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

/** Word files and archives made on the spot, good ones and hostile ones; PDFs are in make-pdfs.ts. */
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
