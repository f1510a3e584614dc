const DIGITS = '零一二三四五六七八九';
const VALUE: Readonly<Record<string, number>> = {
  〇: 0,
  两: 2,
  ...Object.fromEntries([...DIGITS].map((d, i) => [d, i])),
};
const UNIT: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 };

/** 一百二十三, 二〇二四, 12, １２ as a number; `null` when it is none. Ordinals only: no 万, no fractions. */
export function numeral(text: string): number | null {
  const plain = text.normalize('NFKC').trim();
  if (/^\d{1,6}$/.test(plain)) return Number(plain);
  if (!/^[零〇一二三四五六七八九两十百千]{1,8}$/.test(plain)) return null;
  if (!/[十百千]/.test(plain)) return Number([...plain].map((c) => VALUE[c]).join(''));
  let [total, digit] = [0, 0];
  for (const c of plain) {
    const unit = UNIT[c];
    if (unit === undefined) digit = VALUE[c]!;
    else {
      total += (digit || 1) * unit;
      digit = 0;
    }
  }
  return total + digit;
}

/** 1 → 一, 12 → 十二, 120 → 一百二十: what Word's automatic numbering prints. */
export function inChinese(n: number): string {
  if (!Number.isInteger(n) || n < 0 || n > 9999) return String(n);
  if (n < 10) return DIGITS[n]!;
  let out = '';
  for (const [unit, name] of [
    [1000, '千'],
    [100, '百'],
    [10, '十'],
    [1, ''],
  ] as const) {
    const digit = Math.floor(n / unit) % 10;
    if (digit > 0) out += DIGITS[digit]! + name;
    else if (out && !out.endsWith('零') && n % unit > 0) out += '零';
  }
  return out.replace(/^一十/, '十');
}
