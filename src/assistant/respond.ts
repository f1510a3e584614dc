import { z } from 'zod/mini';
import type { Shelf } from '../library/shelf.ts';
import type { LanguageModel } from '../ports/language-model.ts';
import { checkWording } from '../wording/check-wording.ts';
import type { Answer } from './answer.ts';
import { withLibrary } from './answer-from-library.ts';
import type { Desk } from './desk.ts';
import { converse, type Turn, type Turned } from './converse.ts';

const readingShape = z.object({ matter: z.nullable(z.string()) });
const wordingShape = z.object({
  text: z.string().check(z.minLength(10), z.maxLength(1500)),
  cites: z.array(z.string()),
});

/** Names and numbers of people do not go to a model. */
const masked = (text: string): string =>
  text
    .replace(/\d{11,18}[xX]?/g, '〔号码〕')
    .replace(/[\w.+-]+@[\w-]+\.[\w.]+/g, '〔邮箱〕')
    .replace(
      /([赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜谢邹喻柏章苏潘葛范彭鲁韦马苗方俞任袁柳鲍史唐薛雷贺倪汤罗郝安于傅齐康伍余顾孟黄穆萧尹姚邵汪祁毛狄宋茅庞熊纪舒屈项祝董梁杜阮蓝席季贾路江童颜郭梅盛林徐邱骆高夏蔡田胡凌霍万柯卢莫房裘丁邓郁单洪包左石崔吉龚程邢陆荣翁])(?=老师|主任|校长|书记|同学|某)/g,
      '某',
    );

/** What may help beside the rules; all works without. */
export interface Helpers {
  readonly model?: LanguageModel | undefined;
  /** The school's shelf of clauses and documents. */
  readonly shelf?: (() => Promise<Shelf>) | undefined;
}

/** Answers a turn by the rules; a model, when there is one, may find the matter and word the ruling, under watch. */
export async function respond(turn: Turn, desk: Desk, { model, shelf }: Helpers = {}): Promise<Turned> {
  const plain = converse(turn, desk);
  const ruled = shelf && plain.answer ? await withLibrary(turn, plain, await shelf()) : plain;
  if (!model || !ruled.answer) return ruled;
  const read =
    ruled.answer.topic === 'none' && ruled.answer.matters.length === 0 && !turn.action
      ? await readWith(model, turn, desk)
      : null;
  const turned = read ?? ruled;
  return { ...turned, reply: await wordWith(model, turned) };
}

/** Lets the model name the matter of a question the reader did not place; only ids of the table count. */
async function readWith(model: LanguageModel, turn: Turn, desk: Desk): Promise<Turned | null> {
  const matters = desk.book.matters.map((m) => `${m.id} ${m.name.zh}`).join('\n');
  const result = readingShape.safeParse(await model.fill('read-question', { question: masked(turn.text), matters }));
  if (!result.success || result.data.matter === null || !desk.reader.matter(result.data.matter)) return null;
  const dialogue = { question: turn.text, facts: turn.facts ?? {} };
  return converse({ ...turn, dialogue, action: { id: `matter:${result.data.matter}`, values: {} } }, desk);
}

async function wordWith(model: LanguageModel, turned: Turned): Promise<Turned['reply']> {
  const answer = turned.answer!;
  if (answer.outcome !== 'settled') return turned.reply;
  const clauses = answer.citations.map((c) => `${c.id} 《${c.title}》${c.section} ${c.says}`).join('\n');
  const filled = await model.fill('word-ruling', {
    ruling: masked(answer.answer),
    clauses,
    language: answer.language === 'zh' ? '简体中文' : 'English',
  });
  const result = wordingShape.safeParse(filled);
  if (!result.success || !checkWording(result.data, answer)) return turned.reply;
  return { ...turned.reply, text: withClauses(result.data, answer), worded: result.data.text.trim() };
}

/** The model's text with the clauses it cites written out by us. */
function withClauses({ text, cites }: { text: string; cites: readonly string[] }, answer: Answer): string {
  const cited = answer.citations.filter((c) => cites.includes(c.id));
  const list = (cited.length ? cited : answer.citations.slice(0, 2)).map(
    (c) => `《${c.title}》${c.section}：${c.says}`,
  );
  return [text.trim(), answer.language === 'zh' ? '【依据】' : '[Basis]', ...list].join('\n');
}
