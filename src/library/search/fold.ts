import { Converter } from 'opencc-js/t2cn';

/**
 * Traditional characters to simplified. A table of single characters, because the
 * phrase tables of opencc cost more than the whole rest of indexing (0.4 µs a character) and both sides, question and
 * passage, are folded alike.
 */
let table: Uint16Array | undefined;

export const isHan = (code: number): boolean => (code >= 0x3400 && code <= 0x9fff) || code === 0x3007;

function folded(): Uint16Array {
  if (table) return table;
  table = Uint16Array.from({ length: 0x10000 }, (_, code) => code);
  const all = Array.from({ length: 0xa000 - 0x3400 }, (_, i) => String.fromCharCode(0x3400 + i));
  const simplified = Converter({ from: 't', to: 'cn' })(all.join('\n')).split('\n');
  simplified.forEach((s: string, i: number) => {
    if (s.length === 1) table![0x3400 + i] = s.charCodeAt(0);
  });
  return table;
}

const codes = new Uint16Array(4096);
const decoder = new TextDecoder('utf-16le');

/** The text with every character folded; most texts have nothing to fold and come back as they are. */
export function fold(text: string): string {
  const to = folded();
  let i = 0;
  while (i < text.length && to[text.charCodeAt(i)] === text.charCodeAt(i)) i++;
  if (i === text.length) return text;
  if (text.length > codes.length)
    return Array.from({ length: Math.ceil(text.length / 4096) }, (_, n) =>
      fold(text.slice(n * 4096, (n + 1) * 4096)),
    ).join('');
  for (let j = 0; j < text.length; j++) codes[j] = to[text.charCodeAt(j)]!;
  return decoder.decode(codes.subarray(0, text.length));
}
