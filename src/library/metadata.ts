import type { Guess, Metadata } from '../ports/documents.ts';
import { numeral } from './numerals.ts';
import { issuerLevel, issuerOfNumber } from './metadata/issuers.ts';
import { linesOf } from './clean/page-noise.ts';

const YEAR = '(?:(?:19|20)\\d{2}|[二一][〇○零九][〇○零一二三四五六七八九]{2})';
const FIGURE = '[\\d一二三四五六七八九十]{1,3}';
const DATE = `${YEAR} ?年 ?${FIGURE} ?月 ?${FIGURE} ?日|(?:19|20)\\d{2}[-/.]\\d{1,2}[-/.]\\d{1,2}(?!\\d)`;

/** 2024年3月5日, 二〇二四年三月五日, 2024-03-05 as an ISO date; `null` for the 31st of February. */
export function isoDate(text: string): string | null {
  const m = /^(.{4}) ?[年\-/.] ?(.{1,3}?) ?[月\-/.] ?(.{1,3}?) ?日?$/.exec(text.trim().replaceAll('○', '〇'));
  const parts = m?.slice(1).map(numeral);
  if (!parts || parts.some((p) => p === null)) return null;
  const [year, month, day] = parts as [number, number, number];
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day && year > 1900 && year < 2200
    ? date.toISOString().slice(0, 10)
    : null;
}

const KINDS =
  '通知|意见|决定|办法|规定|规则|制度|章程|条例|方案|细则|规程|规范|标准|清单|预案|计划|总结|报告|汇报|纪要|公告|通告|公示|批复|函|指南|守则|公约|协议|职责|流程|须知|答复|法|体会文章|讲话|发言';
const TITLE = new RegExp(
  `(?:${KINDS})(?:[（(](?:试行|暂行|修订|修正|草案|讨论稿|征求意见稿|\\d{4}[^）)]{0,8})[）)])*$`,
);
const NUMBER =
  /[\u4e00-\u9fff]{1,12}(?:[〔[［(（【] ?(?:19|20)\d{2} ?[〕\]］)）】]|(?:19|20)\d{2}年?) ?(?:第 ?)?\d{1,4} ?号/;

/** 教基〔2024〕3号, whatever brackets it came in. */
export const plainNumber = (text: string): string =>
  text
    .replace(/\s+/g, '')
    .replace(/[[［(（【]((?:19|20)\d{2})[\]］)）】]/, '〔$1〕')
    .replace(/〕第/, '〕');

function guessTitle(lines: readonly string[], given: string | undefined, file: string): Guess<string> {
  const prose = lines.findIndex((l) => l.length > 60 && l.includes('。'));
  const head = lines.slice(0, prose > 0 ? Math.min(prose, 12) : 12).filter((l) => !NUMBER.test(l) || l.length > 40);
  const strip = (l: string) => l.replace(/^《([^《》]*)》$/, '$1').trim();
  const plain = (l: string) =>
    l.length >= 4 &&
    l.length <= 90 &&
    !/[。；]/.test(l) &&
    !/^(?:第.{1,4}[章条]|[一二三四五六七八九十]+、|附件|目录|来源|发布|作者|时间|（)/.test(l);
  for (const [i, line] of head.entries()) {
    if (!plain(line)) continue;
    // A title may be broken over two or three lines: 关于…… / ……的通知.
    for (const length of [1, 2, 3]) {
      const whole = head.slice(i, i + length).join('');
      if (length > 1 && (!/^.{0,30}关于|印发/.test(head[i]!) || !head.slice(i, i + length).every(plain))) break;
      if (TITLE.test(whole.replace(/【[^】]*】$/, '')) && !/^.{0,14}文件$/.test(whole))
        return { value: strip(whole), evidence: whole, sure: 'likely' };
    }
  }
  if (
    given &&
    given.length >= 4 &&
    given.length <= 100 &&
    !/^(?:无标题|文档\d*|document|untitled|microsoft word|新建)/i.test(given)
  )
    return { value: given, evidence: given, sure: 'likely' };
  const first = head.find(plain);
  // A text that begins with its first article has no title but its file's name.
  if (first === undefined)
    return { value: file.replace(/\.[a-z0-9]{1,10}$/i, '').trim() || '（无标题）', evidence: file, sure: 'guessed' };
  const cut = /^.{4,80}?(?=【|[。；\n]|$)/.exec(first)?.[0] ?? first.slice(0, 60);
  return { value: strip(cut), evidence: first.slice(0, 100), sure: 'guessed' };
}

function guessNumber(lines: readonly string[]): Guess<string> | null {
  for (const [i, line] of lines.slice(0, 15).entries()) {
    const m = NUMBER.exec(line);
    // Alone in its line, or with a title and nothing of a sentence: otherwise it is another document that is named.
    if (
      m &&
      line.replace(m[0], '').replace(/[（()）\s]|发文字号[:：]?|文号[:：]?/g, '').length <= (i < 6 ? 16 : 0) &&
      !/根据|依据|按照|《/.test(line)
    )
      return { value: plainNumber(m[0]), evidence: line, sure: m[0].length + 4 >= line.length ? 'stated' : 'likely' };
  }
  const labelled = lines.map((l) => /(?:发文字号|文号)[:：]\s*(.{5,30}?号)/.exec(l)).find((m) => m);
  return labelled ? { value: plainNumber(labelled[1]!), evidence: labelled[0], sure: 'stated' } : null;
}

function guessIssued(lines: readonly string[]): Guess<string> | null {
  const find = (line: string, pattern: string, sure: Guess<string>['sure']): Guess<string> | null => {
    const m = new RegExp(pattern).exec(line);
    const date = m && isoDate(m[1] ?? m[0]);
    return date
      ? { value: date, evidence: line.slice(Math.max(0, m.index - 10), m.index + m[0].length + 10), sure }
      : null;
  };
  const foot = lines.findLastIndex((l, i) => i > lines.length * 0.3 && new RegExp(`^[（(]?(?:${DATE})[)）]?$`).test(l));
  if (foot >= 0) return find(lines[foot]!, `(${DATE})`, 'stated');
  for (const line of lines.slice(0, 15)) {
    const labelled =
      find(line, `(?:发布|印发|成文|发文|公布|通过|制定)(?:日期|时间)?[:：]? ?(${DATE})`, 'stated') ??
      find(line, `^[（(](${DATE}).{0,40}(?:通过|修订|修正|印发|发布)`, 'stated');
    if (labelled) return labelled;
  }
  for (const line of lines.slice(0, 8)) {
    const alone = line.length < 40 ? find(line, `(${DATE})`, 'likely') : null;
    if (alone) return alone;
  }
  for (const line of lines.slice(-4)) {
    const last = line.length < 40 ? find(line, `(${DATE})`, 'likely') : null;
    if (last) return last;
  }
  return null;
}

const NAME =
  /^[\u4e00-\u9fffA-Za-z×○（）]{1,30}(?:学校|中学|小学|幼儿园|学院|大学|委员会|党委|总支|支部|办公厅|办公室|教育局|教育厅|教育部|教体局|体育局|人民政府|国务院|部|厅|局|委|组|联盟|集团|工会)$/;

function guessIssuer(lines: readonly string[], title: string, number: string | null): Guess<string> | null {
  const foot = lines.findLastIndex((l) => new RegExp(`^(?:${DATE})$`).test(l));
  const signed = foot > 0 ? lines.slice(Math.max(0, foot - 2), foot).filter((l) => NAME.test(l.replace(/ /g, ''))) : [];
  if (signed.length > 0)
    return { value: signed.join(' '), evidence: `${signed.join(' ')} ${lines[foot]}`, sure: 'stated' };
  const head = lines
    .slice(0, 6)
    .map((l) => /^([\u4e00-\u9fff ]{2,30}?)文件$/.exec(l))
    .find((m) => m);
  if (head) return { value: head[1]!.trim(), evidence: head[0], sure: 'stated' };
  const source = lines
    .slice(0, 20)
    .map((l) => /(?:发文机关|发布机构|发文单位|制定机关|印发单位)[:：]\s*([\u4e00-\u9fff]{3,30})/.exec(l))
    .find((m) => m);
  if (source) return { value: source[1]!, evidence: source[0], sure: 'stated' };
  const named =
    /^([\u4e00-\u9fffXx×○]{2,30}?(?:学校|中学|小学|幼儿园|委员会|办公厅|教育局|教育厅|教育部|教体局|人民政府|国务院|党委))(?=关于|[\u4e00-\u9fff]{2,30})/.exec(
      title,
    );
  if (named) return { value: named[1]!, evidence: title, sure: 'likely' };
  const byNumber = number && issuerOfNumber(number);
  if (byNumber) return { value: byNumber, evidence: number, sure: 'likely' };
  const before = lines.slice(0, 4).find((l) => NAME.test(l));
  return before ? { value: before, evidence: before, sure: 'likely' } : null;
}

function guessEffect(text: string, issued: string | null): Pick<Metadata, 'effectiveFrom' | 'effectiveUntil'> {
  const [OF, FROM] = [
    '(?:本|该|以上)?(?:规则|办法|规定|制度|章程|条例|细则|方案|意见|通知|规程|清单|标准)?',
    '(?:起|开始)?(?:正式)?(?:施行|实施|执行|生效|试行)',
  ];
  const from = new RegExp(`${OF}自 ?(${DATE}) ?${FROM}`).exec(text);
  const atOnce = new RegExp(
    `${OF}自(?:发布|印发|公布|下发|通过|发文)之?日${FROM}|${OF}自(?:发布|印发|公布)之日起`,
  ).exec(text);
  const start = from ? isoDate(from[1]!) : atOnce ? issued : null;
  const effectiveFrom: Guess<string> | null = start
    ? { value: start, evidence: (from ?? atOnce)![0], sure: 'stated' }
    : null;
  const until = new RegExp(`(?:有效期(?:限)?(?:至|到|截至)|试行(?:期)?至|执行至|施行至) ?(${DATE})`).exec(text);
  if (until)
    return {
      effectiveFrom,
      effectiveUntil: isoDate(until[1]!)
        ? { value: dayAfter(isoDate(until[1]!)!), evidence: until[0], sure: 'stated' }
        : null,
    };
  const years = /(?:有效期(?:限)?|试行期(?:限)?)(?:为|是)? ?([一二三四五六七八九十\d]{1,2}) ?年/.exec(text);
  const count = years && numeral(years[1]!);
  const base = start ?? issued;
  if (!count || !base) return { effectiveFrom, effectiveUntil: null };
  return {
    effectiveFrom,
    effectiveUntil: {
      value: `${Number(base.slice(0, 4)) + count}${base.slice(4)}`,
      evidence: years[0],
      sure: 'likely',
    },
  };
}

/** `until` is the first day on which a document is no longer in force, as in the rule files. */
const dayAfter = (date: string) => new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);

function guessRepeals(text: string): Guess<string>[] {
  return [
    ...text.matchAll(
      /(?:原)?((?:《[^》]{4,60}》(?:[（(〔[][^）)\]]{0,30}[）)〕\]][^，。；《]{0,12})?[、和及]?){1,6})(?:自[^，。；]{0,16})?(?:同时|即行|一并|自行|予以|相应)?(?:废止|停止执行|失效)/g,
    ),
  ].flatMap((m) =>
    [...m[1]!.matchAll(/《([^》]+)》/g)].map((t): Guess<string> => ({ value: t[1]!, evidence: m[0], sure: 'stated' })),
  );
}

/**
 * What a document says of itself. Every answer is a guess that a person confirms or corrects; none is silently final.
 * @param given the title the file carries in its properties or its head.
 * @param file its name, for want of anything better.
 */
export function readMetadata(text: string, given?: string, file = ''): Metadata {
  const lines = linesOf(text).map((l) => l.text.trim());
  const title = guessTitle(lines, given, file);
  const number = guessNumber(lines);
  const issued = guessIssued(lines);
  const issuer = guessIssuer(lines, title.value, number?.value ?? null);
  const { value, sure } = issuerLevel(issuer?.value ?? '', title.value);
  return {
    title,
    issuer,
    number,
    issued,
    level: { value, evidence: issuer?.evidence ?? title.value, sure: issuer ? sure : 'guessed' },
    ...guessEffect(text, issued?.value ?? null),
    repeals: guessRepeals(text),
  };
}
