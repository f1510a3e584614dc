/** Numbers and amounts as people write them: 3.5万, 三万五, 35,000元, 50w, 百把万, 伍万贰仟, 两三万, 60k yuan. */

const DIGITS: Readonly<Record<string, number>> = {
  零: 0,
  〇: 0,
  一: 1,
  壹: 1,
  二: 2,
  贰: 2,
  两: 2,
  俩: 2,
  三: 3,
  叁: 3,
  仨: 3,
  四: 4,
  肆: 4,
  五: 5,
  伍: 5,
  六: 6,
  陆: 6,
  七: 7,
  柒: 7,
  八: 8,
  捌: 8,
  九: 9,
  玖: 9,
};
const UNITS: Readonly<Record<string, number>> = {
  十: 10,
  拾: 10,
  百: 100,
  佰: 100,
  千: 1000,
  仟: 1000,
  k: 1000,
  万: 10_000,
  萬: 10_000,
  w: 10_000,
  亿: 100_000_000,
};
/** 百把万, 十来万, 三万多, 几千: about so much. */
const ABOUT = /[把来多余几好上]/g;
const SHAPE = '[0-9零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟萬俩仨廿半把来多余几点.,wk]';

export interface Quantity {
  readonly value: number;
  /** The ends of what was meant: they differ for 两三万, 三万多, 几万; equal when the number is exact. */
  readonly low: number;
  readonly high: number;
}

type Token = { kind: 'number'; value: number; digits: number } | { kind: 'unit'; value: number };

const isDigit = (char: string | undefined): boolean => char !== undefined && char in DIGITS;

function tokens(text: string): Token[] | null {
  const out: Token[] = [];
  for (let i = 0; i < text.length;) {
    const arabic = /^\d+(?:\.\d+)?/.exec(text.slice(i));
    const char = text[i]!;
    if (arabic) {
      out.push({ kind: 'number', value: Number(arabic[0]), digits: arabic[0].length });
      i += arabic[0].length;
    } else if (char in DIGITS) {
      let run = '';
      for (; isDigit(text[i]); i++) run += DIGITS[text[i]!];
      if (text[i] === '点') {
        let fraction = '';
        for (i++; isDigit(text[i]); i++) fraction += DIGITS[text[i]!];
        run += `.${fraction || 0}`;
      }
      out.push({ kind: 'number', value: Number(run), digits: run.length });
    } else if (char === '半') {
      out.push({ kind: 'number', value: 0.5, digits: 1 });
      i++;
    } else if (char in UNITS) {
      out.push({ kind: 'unit', value: UNITS[char]! });
      i++;
    } else return null;
  }
  return out;
}

/** Neighbouring digits before a unit are a range: 两三万, 五六千. */
function rangeOf(token: Token & { kind: 'number' }, beforeUnit: boolean): [number, number] | null {
  if (!beforeUnit || token.digits !== 2 || token.value < 12) return null;
  const [low, high] = [Math.floor(token.value / 10), token.value % 10];
  return high > low && high - low <= 2 ? [low, high] : null;
}

/** Adds up tokens; a last bare digit takes the next lower unit （三万五）. `pick` chooses an end of a range. */
function addUp(list: readonly Token[], pick: 0 | 1, chinese: boolean): number | null {
  let [grand, total, section] = [0, 0, 0];
  let pending: number | null = null;
  let lastUnit = 0;
  for (const [i, token] of list.entries()) {
    if (token.kind === 'number') {
      const range = chinese ? rangeOf(token, list[i + 1]?.kind === 'unit') : null;
      pending = range ? range[pick] : token.value;
      const last = i === list.length - 1;
      if (last && lastUnit >= 100 && token.digits === 1 && token.value >= 1) pending *= lastUnit / 10;
      continue;
    }
    if (token.value < 10_000) section += (pending ?? 1) * token.value;
    else {
      const count = total + section + (pending ?? (total + section === 0 ? 1 : 0));
      if (token.value > 10_000) [grand, total] = [grand + count * token.value, 0];
      else if (total > 0) return null;
      else total = count * token.value;
      section = 0;
    }
    pending = null;
    lastUnit = token.value;
  }
  return grand + total + section + (pending ?? 0);
}

/** Reads a run such as 三万五 or 1万2千5; `null` when it is no number. */
export function parseQuantity(raw: string): Quantity | null {
  const text = raw
    .replace(/(\d),(?=\d{3})/g, '$1')
    .replaceAll('廿', '二十')
    .replace(/^[把来多余好上]+/, '');
  const several = /^几(?=[十百千万])/.test(text);
  const plain = text.replace(ABOUT, '');
  if (plain === '' || /[.,点]$/.test(plain)) return null;
  const list = tokens(plain);
  if (!list?.length) return null;
  const chinese = !/\d/.test(plain);
  const [low, high] = [addUp(list, 0, chinese), addUp(list, 1, chinese)];
  if (low === null || high === null || !Number.isFinite(high) || high > 1e12) return null;
  const round = (n: number) => Math.round(n * 100) / 100;
  const ends = several
    ? [low * 2, low * 10 - 1]
    : plain !== text
      ? [low, /十几/.test(text) ? (low / 10) * 19 : Math.floor(low * 1.5)]
      : [low, high];
  return {
    value: round((ends[0] ?? 0) === (ends[1] ?? 0) ? high : ends[0]!),
    low: round(ends[0]!),
    high: round(ends[1]!),
  };
}

export interface Amount extends Quantity {
  /** Where it stands in the text. */
  readonly at: number;
  readonly length: number;
}

/** After these a number counts things, not yuan. */
const NOT_MONEY =
  /^(?:年级|年|月|日|号|天|周|个|人|名|位|台|套|本|册|份|次|场|节|课时|班|家|所|栋|间|层|楼|米|平|亩|公里|吨|斤|分|岁|点|条|项|门|届|字|倍|%|成|度|左右的人|多人|余人|-|\/|:)/;
const HOTLINES = new Set([110, 119, 120, 122, 12345, 12355, 12309, 12315]);
const MONEY_WORD = /(?:元|块|圆|rmb|yuan|cny|¥|人民币|大洋)/;
const BEFORE =
  /(?:¥|rmb|cny|花了?|费用?|预算|总价|总共|一共|合计|共|报价|要价|价格?|款|金额|造价|标的|经费|需要?|约|大概|差不多|得|要|维修|修缮?|换|买|采购)[^\d,.]{0,4}$/;
const PER_UNIT = /(?:每|人均|单价|一人|一个人|月薪|一个月|一天|一块地|标准)[^,.\d]{0,3}$/;
const EACH = /([两二三四五六七八九十\d]+)(?:次|批|笔|回|家|处|个)[^,.]{0,3}各[^,.\d]{0,3}$/;

/** 不到5万 is less than that, 5万以内 at most that; both are meant near it. */
const SHORT_OF = /(?:不到|不足|低于|少于|小于|没到|没有到|不满|under |below |less than )$/;
const AT_MOST = /(?:不超过|不超|不高于|至多|最多|顶多|up to |at most )$/;
const NEARLY = 0.8;

/** The number starts a word that is no number, e.g. 一个, 三家, 千万别. */
const IDIOM =
  /^(?:千万别|千万不|千万要|万一|一万个|百分|千方百计|十分|万分|百年|百日|一起|一般|一样|一些|一下|一定|一点|几个)/;

function amountAt(text: string, at: number, run: string): Amount | null {
  const before = text.slice(Math.max(0, at - 10), at);
  const after = text.slice(at + run.length);
  if (IDIOM.test(text.slice(at)) || /[第\w-]$/.test(before.replace(/(?:rmb|cny) ?$/, ''))) return null;
  const quantity = parseQuantity(run.replace(/[,.]$/, ''));
  if (!quantity) return null;
  const hasUnit = /[万亿wk千仟萬]/.test(run) && !/^[万千wk]/.test(run);
  const money =
    new RegExp(`^ ?(?:多|左右|出头|上下)?${MONEY_WORD.source}`).test(after) || /(?:¥|rmb|cny) ?$/.test(before);
  if (!money) {
    if (NOT_MONEY.test(after.replace(/^ ?(?:多|来|余)?/, ''))) return null;
    const bare = /^\d[\d,.]*$/.test(run);
    if (bare && (quantity.value < 100 || HOTLINES.has(quantity.value) || /^(?:19|20)\d\d$/.test(run))) return null;
    if (bare && !BEFORE.test(before) && !/[\u3400-\u9fff] ?$|^$|,$/.test(before)) return null;
    if (!bare && !hasUnit) return null;
  }
  if (PER_UNIT.test(before) || (quantity.value < 10 && PIECE.test(after))) return null;
  if (/^[^,.]{0,3}(?:提到|涨到|加到|调到|提高到|升到)/.test(after)) return null;
  const times = EACH.exec(before);
  const value = quantity.value * (times ? (parseQuantity(times[1]!)?.value ?? 1) : 1);
  const scale = quantity.value === 0 ? 1 : value / quantity.value;
  if (SHORT_OF.test(before)) return { value: value - 1, low: value * NEARLY, high: value - 1, at, length: run.length };
  if (AT_MOST.test(before) || /^ ?(?:元|块)?(?:以内|之内|以下)/.test(after))
    return { value, low: value * NEARLY, high: value, at, length: run.length };
  return { value, low: quantity.low * scale, high: quantity.high * scale, at, length: run.length };
}

/** A number starts with a digit, not with a comma or an “about”. */
const START = '[0-9零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟俩仨廿半几]';
const RUN = new RegExp(`${START}${SHAPE}*`, 'g');
/** 一块 is a piece unless money follows. */
const PIECE = /^块(?![\d零一二三四五六七八九钱半])/;
const ENGLISH =
  /(\d[\d,]*(?:\.\d+)?) ?(k|thousand|million|m)? ?(?:yuan|rmb|cny)|(?:rmb|cny|¥|yuan) ?(\d[\d,]*(?:\.\d+)?) ?(k|thousand|million)?/;
const ENGLISH_UNIT: Readonly<Record<string, number>> = { k: 1000, thousand: 1000, million: 1_000_000, m: 1_000_000 };

const PIECES = '台|套|件|把|张|个|本|辆|部|盏|只|块|间|组|箱|份';
const PRICE_EACH = new RegExp(
  `(?:每|一)(?:${PIECES})[^,.\\d]{0,3}?(${START}${SHAPE}*)|(${START}[\\d.千百十万两三四五六七八九]*)(?:元|块)?(?:钱)?(?:每|一|/)(?:${PIECES})`,
);
const COUNT = new RegExp(`(?<![一每/])(${START}[\\d百十]*)(?:${PIECES})(?!都|全)`, 'g');

/** 每台4000，20台: the price of a piece and how many of them. */
function piecesAt(said: string): Amount | null {
  const text = said.replace(/,(?!\d{3}(?!\d))/g, ';');
  const price = PRICE_EACH.exec(text);
  const each = price && parseQuantity((price[1] ?? price[2])!.replace(/[,.]$/, ''));
  if (!each || each.value < 10) return null;
  const rest = text.replace(price[0], (all) => ' '.repeat(all.length));
  const count = [...rest.matchAll(COUNT)].map((m) => parseQuantity(m[1]!)).find((n) => n && n.value > 1);
  if (!count) return null;
  const value = each.value * count.value;
  return { value, low: each.low * count.low, high: each.high * count.high, at: price.index, length: price[0].length };
}

/** All amounts of money in a normalised text, in order. */
export function readAmounts(text: string): Amount[] {
  const english = ENGLISH.exec(text);
  if (english) {
    const figure = Number((english[1] ?? english[3])!.replaceAll(',', ''));
    const unit = ENGLISH_UNIT[english[2] ?? english[4] ?? ''] ?? 1;
    if (unit > 1 || !/[万千百]/.test(text))
      return [
        { value: figure * unit, low: figure * unit, high: figure * unit, at: english.index, length: english[0].length },
      ];
  }
  const pieces = piecesAt(text);
  if (pieces) return [pieces];
  return [...text.matchAll(RUN)].map((m) => amountAt(text, m.index, m[0])).filter((a) => a !== null);
}

/** “A1 是 5000”, “a2=三万”: the school's lines told in the question itself. */
export function readLines(text: string): { lines: { A1?: number; A2?: number }; rest: string } {
  const lines: { A1?: number; A2?: number } = {};
  const rest = text.replace(
    new RegExp(`a([12])(?:线|档)?(?:是|为|定的?是?|=|:| )*(${SHAPE}+) ?(?:元|块)?`, 'g'),
    (all, which, run) => {
      const quantity = parseQuantity(String(run).replace(/[,.]$/, ''));
      if (!quantity) return all;
      lines[`A${which}` as 'A1' | 'A2'] = quantity.value;
      return ' ';
    },
  );
  return { lines, rest };
}
