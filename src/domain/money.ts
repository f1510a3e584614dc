const DIGITS = '零壹贰叁肆伍陆柒捌玖';
const PLACES = ['', '拾', '佰', '仟'];
const GROUPS = ['', '万', '亿', '万亿'];
/** Above it a float no longer holds every fen. */
const MOST_FEN = 9_000_000_000_000_000;

/** Up to four figures, without zeros at the end: 1040 is 壹仟零肆拾. */
function groupInWords(group: number): string {
  let [words, gap] = ['', false];
  for (let place = 3; place >= 0; place--) {
    const digit = Math.floor(group / 10 ** place) % 10;
    if (digit === 0) gap = words !== '';
    else {
      words += `${gap ? '零' : ''}${DIGITS[digit]}${PLACES[place]}`;
      gap = false;
    }
  }
  return words;
}

/** A whole number of yuan above zero. A zero is said once where figures are left out between two others. */
function yuanInWords(yuan: number): string {
  let [words, gap] = ['', false];
  for (let at = 3; at >= 0; at--) {
    const group = Math.floor(yuan / 10_000 ** at) % 10_000;
    if (group === 0) {
      gap = words !== '';
      continue;
    }
    if (words !== '' && (gap || group < 1000)) words += '零';
    const name = at === 3 && Math.floor(yuan / 1e8) % 10_000 !== 0 ? '万' : GROUPS[at]!;
    words += groupInWords(group) + name;
    gap = false;
  }
  return words;
}

/** Whether an amount is whole fen; what adding decimals leaves behind does not count. */
const isFen = (yuan: number, fen: number): boolean => fen / 100 === yuan || Math.abs(fen / 100 - yuan) < 1e-6;

/**
 * An amount in capital figures (大写), as cheques and official papers give it: 107000.53 is 壹拾万柒仟元零伍角叁分. `yuan` has at
 * most two decimals. Source: the People's Bank of China's rules for filling in bills (支付结算办法, annex 1).
 * Throws a `RangeError` for anything that is not such an amount.
 */
export function amountInWords(yuan: number): string {
  const fen = Math.round(yuan * 100);
  if (!(yuan >= 0) || fen > MOST_FEN || !isFen(yuan, fen)) throw new RangeError(`no amount in yuan and fen: ${yuan}`);
  if (fen === 0) return '零元整';
  const [whole, jiao, cents] = [Math.floor(fen / 100), Math.floor(fen / 10) % 10, fen % 10];
  const front = whole > 0 ? `${yuanInWords(whole)}元` : '';
  if (jiao === 0 && cents === 0) return `${front}整`;
  const zero = front !== '' && (jiao === 0 || whole % 10 === 0) ? '零' : '';
  const tail = (jiao ? `${DIGITS[jiao]}角` : '') + (cents ? `${DIGITS[cents]}分` : '整');
  return `${front}${zero}${tail}`;
}

/**
 * An amount people wrote, in yuan: `600000`, `600,000.50元`, `60万元`. `undefined` where the text holds more than an amount
 * or none: it is then shown as it was written.
 */
export function amountOf(text: string): number | undefined {
  const plain = text.normalize('NFKC').replace(/[\s,，]/g, '');
  const found = /^[¥￥]?(?:人民币)?(\d+(?:\.\d+)?)(万|亿)?元?整?$/.exec(plain);
  if (!found) return undefined;
  const yuan = Number(found[1]) * (found[2] === '亿' ? 1e8 : found[2] === '万' ? 1e4 : 1);
  const fen = Math.round(yuan * 100);
  return fen <= MOST_FEN && isFen(yuan, fen) ? fen / 100 : undefined;
}

/** In figures, with separators: `600,000元`, `1,409.50元`. */
export function amountInFigures(yuan: number): string {
  const [whole, rest] = yuan.toFixed(2).split('.');
  return `${whole!.replace(/\B(?=(\d{3})+$)/g, ',')}${rest === '00' ? '' : `.${rest}`}元`;
}
