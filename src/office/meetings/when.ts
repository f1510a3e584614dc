const HOURS = '零一二三四五六七八九十';

const hourOf = (word: string): number => {
  if (/^\d+$/.test(word)) return Number(word);
  if (word.startsWith('十')) return 10 + Math.max(0, HOURS.indexOf(word[1] ?? '零'));
  return word === '两' ? 2 : HOURS.indexOf(word);
};

const CLOCK =
  /(上午|早上|中午|下午|晚上)?\s*(\d{1,2}|十[一二]?|[一二两三四五六七八九])\s*(?::([0-5]\d)(?!\d)|[点时](半|[0-5]?\d分?)?)/;

/** The time of day a text names, `HH:MM`: `14:00`, `下午2点半`, `9点30分`; and the text without it. */
export function timeIn(text: string): { time: string; rest: string } | undefined {
  const plain = text.normalize('NFKC');
  const found = CLOCK.exec(plain);
  if (!found) return undefined;
  const [, part, hourWord, colon, spoken] = found;
  const named = hourOf(hourWord!);
  const hour = /下午|晚上/.test(part ?? '') && named < 12 ? named + 12 : named;
  const minute = colon ? Number(colon) : spoken === '半' ? 30 : Number.parseInt(spoken ?? '0', 10);
  if (hour > 23) return undefined;
  const two = (n: number) => String(n).padStart(2, '0');
  const rest = `${plain.slice(0, found.index)} ${plain.slice(found.index + found[0].length)}`;
  return { time: `${two(hour)}:${two(minute)}`, rest: rest.replace(/\s+/g, ' ').trim() };
}

/** The moment a meeting is to begin, in the school's time zone (China). */
export const startOf = (date: string, time: string): number => Date.parse(`${date}T${time}:00+08:00`);
