/** What people write into tables of members: headings, and whether something is so. */

/** Without what makes no difference: blanks, brackets, full width, capitals. */
export const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\s_()（）]/g, '')
    .toLowerCase();

const YES = new Set(['是', '√', '✓', '有', '1', 'y', 'yes']);
const NO = new Set(['', '否', '×', '无', '0', 'n', 'no', '不是']);

/** @param also what else means yes in this column. */
export function yesOrNo(cell: string, also: readonly string[] = []): boolean | undefined {
  const said = plain(cell);
  if (YES.has(said) || also.includes(said)) return true;
  return NO.has(said) ? false : undefined;
}
