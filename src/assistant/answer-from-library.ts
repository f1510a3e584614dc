import type { Found, Shelf } from '../library/shelf.ts';
import { excerpt } from '../library/relevance.ts';
import { normalise } from '../reading/normalise.ts';
import type { Level } from '../rules/rulebook.ts';
import { cardOf } from '../wording/card.ts';
import { HEADINGS, LEVELS } from '../wording/phrases.ts';
import { asText, cite } from '../wording/word-ruling.ts';
import type { Answer, AnswerSection } from './answer.ts';
import type { Turn, Turned } from './converse.ts';

/** Asks what a text says rather than who decides: the answer then quotes. */
const ASKS_TEXT =
  /占多少|多少(?:比例|天|人|家长|学生|代表)|比例|多久|几天|几个工作日|期限|有什么(?:要求|规定)|怎么(?:规定|说|要求)|规定(?:是|怎么|了)|要求是|依据|哪一?条|第几条|标准是|条件是|材料有哪些|包括(?:哪些|什么)|what does .* say|how (?:many|long)|which (?:clause|article)/;
/** From here on a clause is taken to speak of what was asked: alone, and beside a ruling. */
const SPEAKS = 0.6;
const SPEAKS_BESIDE = 0.5;
const MOST_QUOTES = 3;
const ORDER: readonly Level[] = ['central', 'ministry', 'province', 'city', 'district', 'school'];

/** The levels a question names: 本校规定, 中央文件, 上级要求. */
function levelsNamed(text: string): readonly Level[] | undefined {
  if (/本校|我们学校|校内|学校自己的|章程里/.test(text)) return ['school'];
  if (/中央|国家|法律/.test(text)) return ['central'];
  if (/上级|教育部|部委|教育局/.test(text)) return ['central', 'ministry', 'province', 'city', 'district'];
  return undefined;
}

/** 2024年9月 in a question: what was in force then. */
function dayNamed(text: string, today: string): string {
  const m = /(20\d\d)年(?:(\d{1,2})月)?/.exec(text);
  return m ? `${m[1]}-${(m[2] ?? '12').padStart(2, '0')}-28` : today;
}

const QUANTITY =
  /[一二三四五六七八九十\d]+分之[一二三四五六七八九十\d]+|[\d.]+[%％]|半数|[一二三四五六七八九十\d]+(?:个工作日|天|日|成|万元|元)/g;

/** Two levels that give different figures on the same thing: shown, with the higher first. */
function conflict(found: readonly Found[], quotes: readonly string[]): boolean {
  const figures = found
    .map((f, i) => ({ level: f.clause.level, said: new Set(quotes[i]!.match(QUANTITY) ?? []) }))
    .filter((f) => f.said.size > 0);
  return figures.some((a) => figures.some((b) => a.level !== b.level && [...a.said].every((x) => !b.said.has(x))));
}

interface Quoted {
  readonly found: readonly Found[];
  readonly lines: readonly string[];
}

/** Each line a quotation with its citation; words of our own summaries are not put in quotation marks. */
function quoted(question: string, found: readonly Found[]): Quoted {
  const ordered = found.toSorted((a, b) => ORDER.indexOf(a.clause.level) - ORDER.indexOf(b.clause.level));
  const said = ordered.map((f) => excerpt(question, f.clause.text.zh, 2));
  const lines = ordered.map((f, i) => {
    const words = f.original ? `“${said[i]}”` : said[i];
    return `${words}——《${f.clause.title}》${f.clause.section}（${LEVELS[f.clause.level].zh}${f.original ? '，原文' : ''}${f.confirmed ? '' : '，标题、日期待确认'}）`;
  });
  return {
    found: ordered,
    lines: conflict(ordered, said)
      ? [...lines, '几级文件说法不同：以上级文件为准，本校文件与上级不一致的请提请修订。']
      : lines,
  };
}

/** Adds what the library says: instead of “not in the rules” where it speaks of the question, beside a ruling where a text was asked for or the school has one. */
export async function withLibrary(turn: Turn, turned: Turned, shelf: Shelf): Promise<Turned> {
  const { answer } = turned;
  if (!answer || turn.action) return turned;
  const text = normalise(turn.text);
  const levels = levelsNamed(text);
  const found = await shelf.find(text, { day: dayNamed(text, turn.day), limit: 8, ...(levels && { levels }) });
  const lost = answer.topic === 'none' && answer.outcome === 'unruled';
  if (lost) {
    const speaking = found.filter((f) => f.coverage >= SPEAKS).slice(0, MOST_QUOTES);
    return speaking.length > 0 ? told(turned, answer, quoted(text, speaking)) : turned;
  }
  const asked = ASKS_TEXT.test(text);
  const shown = new Set(answer.citations.map((c) => c.id));
  const beside = found
    .filter((f) => f.coverage >= SPEAKS_BESIDE && !shown.has(f.clause.id) && (asked || f.original))
    .slice(0, MOST_QUOTES);
  return beside.length > 0 && answer.outcome === 'settled' ? added(turned, answer, quoted(text, beside)) : turned;
}

const citationsOf = ({ found }: Quoted) => found.map((f) => cite(f.clause, 'zh'));

function told(turned: Turned, answer: Answer, q: Quoted): Turned {
  const sections: AnswerSection[] = [
    { heading: HEADINGS.texts[answer.language], lines: ['规则表没有专门写这件事，文件里是这样说的：', ...q.lines] },
  ];
  return reworded(turned, {
    ...answer,
    outcome: 'settled',
    topic: 'procedure',
    questions: [],
    citations: citationsOf(q),
    certainty: 'low',
    sections,
    answer: asText(sections),
  });
}

function added(turned: Turned, answer: Answer, q: Quoted): Turned {
  const section: AnswerSection = { heading: HEADINGS.texts[answer.language], lines: q.lines };
  const [first, ...rest] = answer.sections;
  const sections = first ? [first, section, ...rest] : [section];
  const citations = [...answer.citations, ...citationsOf(q)].filter(
    (c, i, all) => all.findIndex((o) => o.id === c.id) === i,
  );
  return reworded(turned, { ...answer, citations, sections, answer: asText(sections) });
}

const reworded = (turned: Turned, answer: Answer): Turned => ({
  ...turned,
  answer,
  reply: { text: answer.answer, card: cardOf(answer) },
});
