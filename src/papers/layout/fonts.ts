/**
 * The fonts of official papers (GB/T 9704—2012), by name: a machine that lacks one takes the second, which every Chinese
 * Windows has. Word reads the second name from the font table.
 */
export const FONTS = {
  title: { name: '方正小标宋简体', fallback: '宋体', family: 'roman' },
  body: { name: '仿宋_GB2312', fallback: '仿宋', family: 'modern' },
  black: { name: '黑体', fallback: 'SimHei', family: 'modern' },
  kai: { name: '楷体_GB2312', fallback: '楷体', family: 'modern' },
  song: { name: '宋体', fallback: 'SimSun', family: 'roman' },
} as const;
export type Face = keyof typeof FONTS;
const LATIN = 'Times New Roman';

/** Half-points of the sizes: 二号 22 pt, 三号 16 pt, 四号 14 pt, 小四 12 pt. */
export const SIZES = { two: 44, three: 32, four: 28, smallFour: 24 } as const;

/** Chinese signs such as “” and — take the Chinese font: that is what the hint is for. */
export const fontOf = (face: Face) => ({
  ascii: LATIN,
  hAnsi: LATIN,
  cs: LATIN,
  eastAsia: FONTS[face].name,
  hint: 'eastAsia',
});

const entry = ({ name, fallback, family }: (typeof FONTS)[Face]): string =>
  `<w:font w:name="${name}"><w:altName w:val="${fallback}"/><w:charset w:val="86"/><w:family w:val="${family}"/><w:pitch w:val="default"/></w:font>`;

/** `word/fontTable.xml`: each font the papers name, with the one to take where it is missing. */
export const FONT_TABLE = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">${Object.values(
  FONTS,
)
  .map(entry)
  .join(
    '',
  )}<w:font w:name="${LATIN}"><w:charset w:val="00"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font></w:fonts>`;

/** Text as XML may hold it: people paste control characters, and half an emoji is no character at all. */
export const legal = (text: string): string =>
  text.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '');
