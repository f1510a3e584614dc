import { Converter } from 'opencc-js/t2cn';
import type { Edit } from './draft.ts';

/** Corrections of single characters: they never change what a sentence says. */
const simplified = Converter({ from: 't', to: 'cn' });
const HAN = '\u3400-\u9fff\uf900-\ufaff';

const RUNS = new RegExp(`[${HAN}]+`, 'g');

const each = (text: string, pattern: RegExp, kind: Edit['kind'], to: (m: RegExpExecArray) => string): Edit[] =>
  [...text.matchAll(pattern)].map((m) => ({
    start: m.index,
    end: m.index + m[0].length,
    text: to(m as RegExpExecArray),
    kind,
  }));

/** Zero-width and direction marks, controls, soft hyphens: they carry no meaning and are used to smuggle text. */
export const invisible = (text: string): Edit[] => [
  ...each(text, /\r\n?|[\u2028\u2029\u0085\f\v]/g, 'blank', () => '\n'),
  ...each(
    text,
    /[\u0000-\u0008\u000e-\u001f\u007f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffc\ufffe\uffff]+/g,
    'invisible',
    () => '',
  ),
];

/** Radicals and compatibility forms that PDF files put in the place of characters; full-width letters and figures. */
export const variants = (text: string): Edit[] =>
  each(text, /[\u2e80-\u2fdf\uf900-\ufaff\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]/g, 'variant', (m) =>
    m[0].normalize('NFKC'),
  );

/** Traditional characters; only stretches of equal length, so that each character keeps its place. */
export function traditional(text: string): Edit[] {
  const edits: Edit[] = [];
  for (const run of text.matchAll(RUNS)) {
    const plain = simplified(run[0]);
    if (plain === run[0] || plain.length !== run[0].length) continue;
    for (let i = 0; i < plain.length; i++)
      if (plain[i] !== run[0][i])
        edits.push({ start: run.index + i, end: run.index + i + 1, text: plain[i]!, kind: 'traditional' });
  }
  return edits;
}

const FULL: Readonly<Record<string, string>> = {
  ',': '，',
  ':': '：',
  ';': '；',
  '?': '？',
  '!': '！',
  '.': '。',
  '(': '（',
  ')': '）',
};
const NEAR = `${HAN}“”‘’《》（）【】〔〕、。，；：！？%％…—`;

const HALF = new RegExp(`(?<=[${NEAR}])[ \\t]*[,:;?!](?!//)[ \\t]*|(?<=[\\w%])[,:;?!][ \\t]*(?=[${HAN}“《])`, 'g');
const STOP = new RegExp(`(?<=[${HAN}”》）])\\.(?=[${HAN}“《]|[ \\t]{0,9}(?:\\n|$))`, 'g');

/** Half-width marks beside Chinese characters, doubled marks, and marks left over from something taken out. */
export const punctuation = (text: string): Edit[] => [
  ...each(text, HALF, 'punctuation', (m) => FULL[m[0].trim()]!),
  ...each(text, STOP, 'punctuation', () => '。'),
  ...each(text, /([，；：、])\1+/g, 'punctuation', (m) => m[1]!),
  ...each(text, /(?<!。)。。(?!。)|[，、；][ \t]*。/g, 'punctuation', () => '。'),
  ...parentheses(text),
];

/** Both or none of a pair: what it holds or what stands beside it is Chinese. Pairs do not cross lines. */
function parentheses(text: string): Edit[] {
  const edits: Edit[] = [];
  const han = new RegExp(`[${HAN}]`);
  let open: number[] = [];
  for (const m of text.matchAll(/[()\n]/g)) {
    if (m[0] === '\n') open = [];
    else if (m[0] === '(') open.push(m.index);
    else {
      const start = open.pop();
      if (start === undefined || m.index - start > 200) continue;
      if (!han.test(text.slice(start + 1, m.index))) continue;
      for (const at of [start, m.index])
        edits.push({ start: at, end: at + 1, text: FULL[text[at]!]!, kind: 'punctuation' });
    }
  }
  return edits;
}

/** Markers after which a blank is meant. */
const AFTER_MARKER = /(?:^|\n)[^\n]{0,4}(?:第[一二三四五六七八九十百千零〇\d]+[编章节条]|附件\d*[:：]?|中共中央)$/;
const BLANKS = /[\s\u00a0\u2000-\u200a\u202f\u205f\u3000]+/g;
const BETWEEN = new RegExp(`(?<=[${HAN}，。；：、！？“”《》（）]) (?=[${HAN}，。；：、！？“”《》（）])`, 'g');
const SPACED = new RegExp(`^(?:[${HAN}] ){2,}[${HAN}]$`);

/** Blank lines, indents, trailing and doubled blanks; single blanks between Chinese characters of running text. */
export function blanks(text: string): Edit[] {
  const edits = each(text, BLANKS, 'blank', (m) =>
    m.index === 0 || m.index + m[0].length === text.length ? '' : m[0].includes('\n') ? '\n' : ' ',
  );
  for (const line of text.matchAll(/[^\n]+/g)) {
    const prose = /[。；，]/.test(line[0]) && !line[0].includes(' | ');
    if (!prose && !(line[0].length < 60 && SPACED.test(line[0]))) continue;
    for (const m of line[0].matchAll(BETWEEN)) {
      const at = line.index + m.index;
      if (!AFTER_MARKER.test(text.slice(Math.max(0, at - 20), at)))
        edits.push({ start: at, end: at + 1, text: '', kind: 'blank' });
    }
  }
  return edits;
}
