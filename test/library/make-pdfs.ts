import { constants, deflateRawSync, deflateSync } from 'node:zlib';

/** PDFs made on the spot, byte by byte. */
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
