import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amountInFigures, amountInWords, amountOf } from '../../src/domain/money.ts';

describe('amounts in capital figures', () => {
  // The first seven are the examples of the People's Bank's own rules.
  it.each([
    [1409.5, '壹仟肆佰零玖元伍角整'],
    [6007.14, '陆仟零柒元壹角肆分'],
    [1680.32, '壹仟陆佰捌拾元零叁角贰分'],
    [107000.53, '壹拾万柒仟元零伍角叁分'],
    [16409.02, '壹万陆仟肆佰零玖元零贰分'],
    [325.04, '叁佰贰拾伍元零肆分'],
    [600000, '陆拾万元整'],
    [10, '壹拾元整'],
    [0, '零元整'],
    [0.07, '柒分'],
    [0.5, '伍角整'],
    [100005, '壹拾万零伍元整'],
    [10_050_000, '壹仟零伍万元整'],
    [1_0000_0000, '壹亿元整'],
    [1_0000_0001, '壹亿零壹元整'],
    [1_0001_0000, '壹亿零壹万元整'],
    [1_0000_0000_0000, '壹万亿元整'],
    [1_0002_0000_0000, '壹万零贰亿元整'],
    [1_0000_0000_0005, '壹万亿零伍元整'],
    [20_3000_0400, '贰拾亿叁仟万零肆佰元整'],
  ])('%d is %s', (yuan, words) => expect(amountInWords(yuan)).toBe(words));

  it.each([-1, Number.NaN, Number.POSITIVE_INFINITY, 1.234, 1e15])('refuses %d: no amount of yuan and fen', (yuan) =>
    expect(() => amountInWords(yuan)).toThrow(RangeError),
  );

  it('says the same amount that was put in, whatever it is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9e14 }), (fen) => {
        expect(fenOf(amountInWords(fen / 100))).toBe(fen);
      }),
    );
  });
  it('never says two zeros in a row, nor a zero before a unit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9e14 }), (fen) => {
        expect(amountInWords(fen / 100)).not.toMatch(/零零|零[拾佰仟万亿元整]/);
      }),
    );
  });
});

describe('amounts people write', () => {
  it.each([
    ['600000', 600000],
    ['600,000.50元', 600000.5],
    ['60万', 600000],
    ['１.２亿元', 120000000],
    ['¥8万元整', 80000],
  ])('%s is %d yuan', (text, yuan) => expect(amountOf(text)).toBe(yuan));
  it.each(['约60万', '60万到80万', '', '按合同', '1.23456'])('%s stays as it was written', (text) =>
    expect(amountOf(text)).toBeUndefined(),
  );
  it('figures have separators and only the fen that are there', () => {
    expect([600000, 1409.5, 12].map(amountInFigures)).toEqual(['600,000元', '1,409.50元', '12元']);
  });
});

/** Reads capital figures back, independently of how they were written. */
function fenOf(words: string): number {
  const [front, back = ''] = words.includes('元') ? words.split('元') : ['', words];
  const section = (text: string): number => {
    let [total, digit] = [0, 0];
    for (const c of text) {
      const value = '零壹贰叁肆伍陆柒捌玖'.indexOf(c);
      const unit = { 拾: 10, 佰: 100, 仟: 1000 }[c];
      if (value >= 0) digit = value;
      else if (unit) [total, digit] = [total + digit * unit, 0];
    }
    return total + digit;
  };
  const under = (text: string, unit: string, factor: number, rest: (t: string) => number): number => {
    const at = text.lastIndexOf(unit);
    return at < 0 ? rest(text) : under(text.slice(0, at), '万', 1e4, section) * factor + rest(text.slice(at + 1));
  };
  const yuan = under(front!, '亿', 1e8, (t) => under(t, '万', 1e4, section));
  const jiao = /([壹贰叁肆伍陆柒捌玖])角/.exec(back)?.[1];
  const fen = /([壹贰叁肆伍陆柒捌玖])分/.exec(back)?.[1];
  const value = (c: string | undefined) => (c ? '零壹贰叁肆伍陆柒捌玖'.indexOf(c) : 0);
  return yuan * 100 + value(jiao) * 10 + value(fen);
}
