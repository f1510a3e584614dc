import { restoreMasks } from '../clean/masks.ts';
import { fold } from './fold.ts';

/**
 * The form in which passages and questions are compared. Made for scraped text: a reading site's page number inside a
 * sentence (“抓好\n2、。要充分”), blanks between characters and characters in other forms must not part a word.
 */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
/** On a line of its own, or begun by one: `\n2、`, `\n- 12 -\n`, “第 3 页 共 9 页”. */
const PAGE =
  /(?<=^|[\u3400-\u9fff,;:])[ \n]*(?:\n[ \n]*[-—–]*[ ]*\d{1,3}[ ]*[-—–]*[ ]*(?:、(?:[ ]*(?=[。,;、]))?|(?=\n))|第[ ]?\d{1,3}[ ]?页(?:[ ,]?共[ ]?\d{1,3}[ ]?页)?|\d{1,3}、(?=[。,;]))[ \n]*(?=$|[\u3400-\u9fff。,;、])/g;
/** Between two characters and set off by blanks: a page number or a figure. It is moved, not removed. */
const APART = /(?<=[\u3400-\u9fff])[ \n]+(?:-[ ]*)?(\d{1,3})(?:[ ]*-)?[ \n]+(?=[\u3400-\u9fff])/g;
const BLANKS = /(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])/g;

/** What may be a masked character: most texts have none, and are spared the closer look. */
const SUSPECT = /[\u3400-\u9fff][*A-Z]|[*A-Z][\u3400-\u9fff]/;

function unmasked(text: string): string {
  if (!SUSPECT.test(text)) return text;
  const edits = restoreMasks(text).toSorted((a, b) => b.start - a.start);
  return edits.reduce((t, { start, end, text: restored }) => t.slice(0, start) + restored + t.slice(end), text);
}

export function clean(text: string): string {
  const plain = unmasked(fold(text.normalize('NFKC'))).toLowerCase();
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
