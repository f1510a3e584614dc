/** Long answers as several messages, where a platform takes only so much at once. */

export const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

/** Room for `（12/34）` and a line break. */
const NUMBER_BYTES = 16;

/**
 * Lines as messages of at most `most` bytes of UTF-8. A line, and with it a citation, stays whole as long as one
 * message can hold it; a longer one is cut after a sentence, at a blank, or between characters. Several are numbered.
 */
export function partsOf(lines: readonly string[], most: number): string[] {
  const whole = lines.join('\n');
  if (bytesOf(whole) <= most) return [whole];
  const room = most - NUMBER_BYTES;
  const parts: string[] = [];
  let part = '';
  for (const line of lines.flatMap((line) => cutLine(line, room))) {
    const longer = part === '' ? line : `${part}\n${line}`;
    if (bytesOf(longer) <= room) part = longer;
    else {
      parts.push(part);
      part = line;
    }
  }
  const all = [...parts, part].filter((text) => text.trim() !== '');
  return all.length === 1 ? all : all.map((text, index) => `（${index + 1}/${all.length}）\n${text}`);
}

export function cutLine(line: string, room: number): string[] {
  const pieces: string[] = [];
  let rest = line;
  while (bytesOf(rest) > room) {
    const end = cutAt(rest, room);
    pieces.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return [...pieces, rest];
}

/** Where to cut: the last end of a sentence in the second half of what fits, else a blank there, else what fits. */
function cutAt(line: string, room: number): number {
  let [fits, bytes] = [0, 0];
  for (const { segment } of graphemes.segment(line.slice(0, room))) {
    bytes += bytesOf(segment);
    if (bytes > room) break;
    fits += segment.length;
  }
  if (fits === 0) return [...line][0]!.length;
  const start = Math.floor(fits / 2);
  const half = line.slice(start, fits);
  const sentence = Math.max(...['。', '；', '！', '？', '. ', '; '].map((mark) => half.lastIndexOf(mark)));
  const blank = half.lastIndexOf(' ');
  const at = sentence >= 0 ? sentence : blank;
  return outsideCitation(line, at >= 0 ? start + at + 1 : fits);
}

/** 《…》 with the clause it names, `《办法》（2022）第三条第二款`. */
const CITATION =
  /《[^》]{1,200}》(?:（[^）]{1,40}）|\([^)]{1,40}\)|〔[^〕]{1,40}〕)?(?:第[一二三四五六七八九十百千零〇\d]+[编章节条款项目]之?[一二三四五六七八九十]?[、和及至]?)*/gu;

/** Before the citation that a cut would go through; where one begins the line it is too long for any message. */
function outsideCitation(line: string, cut: number): number {
  for (const { 0: cited, index } of line.matchAll(CITATION)) {
    if (index >= cut) break;
    if (cut < index + cited.length) return index > 0 ? index : cut;
  }
  return cut;
}

const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' });
