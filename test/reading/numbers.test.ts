import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalise } from '../../src/reading/normalise.ts';
import { parseQuantity, readAmounts, readLines } from '../../src/reading/numbers.ts';

const amounts = (text: string) => readAmounts(readLines(normalise(text)).rest).map((a) => a.value);

it.each([
  ['3.5万', 35_000],
  ['三万五', 35_000],
  ['35,000元', 35_000],
  ['50w', 500_000],
  ['百把万', 1_000_000],
  ['伍万贰仟', 52_000],
  ['2万3左右', 23_000],
  ['两三万', 20_000],
  ['一百零五万', 1_050_000],
  ['三千五', 3_500],
  ['4w8', 48_000],
  ['1万2千5', 12_500],
  ['五六千块', 5_000],
  ['廿万', 200_000],
  ['一亿两千万', 120_000_000],
  ['9,600块', 9_600],
  ['４．５万', 45_000],
  ['八萬', 80_000],
  ['十二万三千四百', 123_400],
  ['三点五万', 35_000],
])('reads %s as %d yuan', (text, yuan) => {
  expect(amounts(`买设备花了${text}`)).toEqual([yuan]);
});

it.each([
  '五年级《将相和》第二课时怎么上',
  '12345转来一个投诉',
  '200人去春游',
  '万一出事谁负责',
  '千万别上会',
  '一年一次',
  '三家比价',
  '2026年的计划',
  '天花板掉了一块',
  '慰问品标准从三百提到五百',
  '第三次会议',
  '高三(2)班',
  '18个老师',
  '5G 信号',
])('hears no amount in “%s”', (text) => {
  expect(amounts(text)).toEqual([]);
});

it('multiplies what is bought several times', () => {
  expect(amounts('两次各买3万的器材')).toEqual([60_000]);
});
it.each([
  ['买电脑,每台4000,20台', 80_000],
  ['20台电脑,每台4000元', 80_000],
  ['4000一台,买20台', 80_000],
  ['买20台电脑一台三千五', 70_000],
  ['买一台8000的打印机', 8_000],
])('makes a total of “%s”', (text, yuan) => {
  expect(amounts(text)).toEqual([yuan]);
});
it.each([
  ['不到5万', { low: 40_000, high: 49_999 }],
  ['5万以内', { low: 40_000, high: 50_000 }],
  ['不超过三万', { low: 24_000, high: 30_000 }],
])('takes “%s” as near the figure and not above it', (text, ends) => {
  expect(readAmounts(normalise(text))).toEqual([expect.objectContaining(ends)]);
});
it('takes lines told in the question out of the amounts', () => {
  expect(readLines('保安一年四万八,a2是五万')).toEqual({ lines: { A2: 50_000 }, rest: '保安一年四万八, ' });
});
it('keeps both ends of what was said vaguely', () => {
  expect(parseQuantity('两三万')).toMatchObject({ low: 20_000, high: 30_000 });
  expect(parseQuantity('几万')).toMatchObject({ low: 20_000, high: 99_999 });
});

const DIGIT = '零一二三四五六七八九';
/** Spells a number below 100 million the way people write it. */
function spell(n: number): string {
  if (n >= 10_000) {
    const rest = n % 10_000;
    return `${spell(Math.floor(n / 10_000))}万${rest ? (rest < 1000 ? '零' : '') + spell(rest) : ''}`;
  }
  let out = '';
  let zero = false;
  for (const [i, unit] of ['千', '百', '十', ''].entries()) {
    const d = Math.floor(n / 10 ** (3 - i)) % 10;
    if (d === 0) zero = out !== '';
    else {
      out += (zero ? '零' : '') + DIGIT[d] + unit;
      zero = false;
    }
  }
  return out;
}

describe('for any amount', () => {
  const yuan = fc.integer({ min: 100, max: 99_999_999 });
  it('reads back what was spelt in Chinese', () => {
    fc.assert(fc.property(yuan, (n) => void expect(parseQuantity(spell(n))?.value).toBe(n)));
  });
  it('reads back digits, with and without separators, 万 and w', () => {
    fc.assert(
      fc.property(yuan, (n) => {
        expect(amounts(`共${n}元`)).toEqual([n]);
        expect(amounts(`共${n.toLocaleString('en-US')}元`)).toEqual([n]);
      }),
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9999 }), (w) => {
        expect(amounts(`预算${w}万`)).toEqual([w * 10_000]);
        expect(amounts(`预算${w}w`)).toEqual([w * 10_000]);
      }),
    );
  });
  it('never throws, whatever is typed', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => void amounts(text)));
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'零一二两三十百千万亿几多半把,.0123456789wk元块A1a2是 '), maxLength: 30 }),
        (text) => void amounts(text),
      ),
    );
  });
});
