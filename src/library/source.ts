import type { Line, ReadDocument } from '../ports/documents.ts';

/** A document as one text, with the way back from a place in it to its page and paragraph. */
export interface Source {
  readonly raw: string;
  lineAt(offset: number): Line;
}

export function sourceOf({ lines }: Pick<ReadDocument, 'lines'>): Source {
  const starts: number[] = [];
  let raw = '';
  for (const line of lines) {
    starts.push(raw.length);
    raw += `${line.text.replace(/[\r\n\u2028\u2029\u0085]+/g, ' ')}\n`;
  }
  return {
    raw: raw.slice(0, -1),
    lineAt(offset) {
      let [low, high] = [0, starts.length - 1];
      while (low < high) {
        const middle = Math.ceil((low + high) / 2);
        if (starts[middle]! <= offset) low = middle;
        else high = middle - 1;
      }
      return lines[low] ?? { text: '', paragraph: 1 };
    },
  };
}
