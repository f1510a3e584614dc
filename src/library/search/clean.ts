import { fold } from './fold.ts';
import type { Restore } from './masks.ts';

/**
 * The form in which passages and questions are compared. Made for scraped text: a reading site's page number inside a
 * sentence (“抓好\n2、。要充分”), blanks between characters and characters in other forms must not part a word.
 */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
/** On a line of its own, or begun by one: `\n2、`, `\n- 12 -\n`, “第 3 页 共 9 页”. */
const PAGE =
  /(?<=[\u3400-\u9fff,;:])[ \n]*(?:\n[ \n]*[-—–]*[ ]*\d{1,3}[ ]*[-—–]*[ ]*(?:、(?:[ ]*(?=[。,;、]))?|(?=\n))|第[ ]?\d{1,3}[ ]?页(?:[ ,]?共[ ]?\d{1,3}[ ]?页)?|\d{1,3}、(?=[。,;]))[ \n]*(?=[\u3400-\u9fff。,;、])/g;
/** Between two characters and set off by blanks: a page number or a figure. It is moved, not removed. */
const APART = /(?<=[\u3400-\u9fff])[ \n]+(?:-[ ]*)?(\d{1,3})(?:[ ]*-)?[ \n]+(?=[\u3400-\u9fff])/g;
const BLANKS = /(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])/g;

export function clean(text: string, restore: Restore): string {
  const plain = fold(restore(text.normalize('NFKC')));
  if (!/[\s\u00ad\u200b-\u206f\ufeff]/.test(plain) && !/\d、[。,;]|\d ?页/.test(plain)) return plain;
  const moved: string[] = [];
  const joined = plain
    .replace(INVISIBLE, '')
    .replace(/[^\S\n]+/g, ' ')
    .replace(PAGE, '')
    .replace(APART, (_, figure: string) => (moved.push(figure), ''))
    .replace(BLANKS, '');
  return moved.length ? `${joined} ${moved.join(' ')}` : joined;
}
