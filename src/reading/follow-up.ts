import type { Known } from '../rules/condition.ts';
import { tierOf } from '../rules/worlds.ts';
import type { Fact, Matter, Value } from '../rules/rulebook.ts';
import { normalise } from './normalise.ts';
import { parseQuantity, readAmounts } from './numbers.ts';

/** Words that open a sentence which goes on with the subject at hand. */
const GOES_ON =
  /^(?:那|如果|要是|假如|假设|若|换成|改成|改为|不对|不是|(?:我|刚才?)?(?:说|打|记|搞)?错了|更正|其实|应该是|我是说|算|按|就按|再|and if|what if|if |no,|actually)/;
const YES = /^(?:是的?|对的?|嗯+|有的?|在的?|属于|会的?|算的?|yes|yep|right|y)[,.!]?$/;
const NO = /^(?:不是的?|不对|没有?的?|没|无|否|不在|不属于|不算|不会|no|nope|n)[,.!]?$/;
/** The person has no answer to what was asked. */
const UNKNOWN =
  /^(?:我|这个|现在|目前|暂时)?(?:也|还|都)?(?:不知道|不清楚|不确定|不晓得|没定|没想好|没说|没算|说不准|说不好|拿不准|不好说|don'?t know|not sure|no idea|undecided)(?:呢|啊|呀|的|了|yet)?[,.!?]?$/;
/** Asks about a step on the way of the matter at hand, and names no matter itself. */
const ASKS_STEP =
  /^(?:那|还)?[,]?(?:要不要|用不用|需不需要|需要|还要|是不是要|要|得|谁|怎么|几|多少)?(?:来)?(?:走|做|搞)?(?:招标|公示|投票|表决|备案|报批|过?教代会|回避|签字|论证|征求意见|合法性审查)(?:几天|多久|几个工作日|谁|怎么[走做投办]?)?(?:吗|么|呢|不)?[?.]?$/;
/** Said of one, the other is what is meant instead. */
const OPPOSITES: readonly (readonly [string, string])[] = [
  ['编外', '编内'],
  ['编外', '在编'],
  ['编外', '正式'],
  ['计划外', '计划内'],
  ['预算外', '预算内'],
  ['小学', '高中'],
  ['初中', '高中'],
  ['temporary', 'permanent'],
  ['non-established', 'established'],
];

export const knowsNot = (normalised: string): boolean => UNKNOWN.test(normalised);
export const asksStep = (normalised: string): boolean => ASKS_STEP.test(normalised);
export const goesOn = (normalised: string): boolean => GOES_ON.test(normalised);

/** A short reply to the question just asked: a button's label, its number, yes or no, or a bare amount. */
export function replyTo(fact: Fact, reply: string): Readonly<Record<string, unknown>> | null {
  const text = normalise(reply)
    .replace(GOES_ON, '')
    .replace(/^[,.是]+|[,.吧啊呀的]+$/g, '');
  if (text.length > 16) return null;
  if (fact.kind === 'amount') {
    const amount =
      readAmounts(text)[0]?.value ??
      (/^[\d.,]+$|^[零一二两三四五六七八九十百千万亿\d.wk]+$/.test(text) ? parseQuantity(text)?.value : undefined);
    return amount === undefined ? null : { amount };
  }
  const value = optionSaid(fact, text, normalise(reply));
  return value === undefined ? null : { [fact.id]: value };
}

function optionSaid(fact: Fact, text: string, whole: string): Value | undefined {
  const exact = fact.options.find((o) => [String(o.value), o.label.zh, o.label.en].some((l) => normalise(l) === text));
  if (exact) return exact.value;
  const nth = /^(?:第)?([1-9一二三四五六七八九])(?:个|项|种)?$/.exec(text);
  if (nth) return fact.options[(parseQuantity(nth[1]!)?.value ?? 0) - 1]?.value;
  if (fact.kind === 'boolean' && (YES.test(whole) || NO.test(whole))) return YES.test(whole);
  return text.length >= 2 ? fact.options.find((o) => normalise(o.label.zh).includes(text))?.value : undefined;
}

/** The opening question with what the follow-up replaces taken out, so that both can be read as one. */
export function rephrased(question: string, followUp: string): string {
  const added = normalise(followUp);
  const opening = OPPOSITES.flatMap(
    ([a, b]) =>
      [
        [a, b],
        [b, a],
      ] as const,
  )
    .filter(([said]) => added.includes(said))
    .reduce((text, [, other]) => text.replaceAll(other, ''), normalise(question));
  return `${opening},${added.replace(GOES_ON, '')}`;
}

/** What a reading states, as data to be kept with the conversation. */
export function statedFacts(known: Known, matter: Matter): Record<string, unknown> {
  const own = new Set(matter.facts.map((f) => f.id));
  return {
    ...Object.fromEntries(
      Object.entries(known.choices)
        .filter(([id]) => own.has(id))
        .map(([id, v]) => [id, v.length === 1 ? v[0] : v]),
    ),
    ...(known.amount !== undefined && { amount: known.amount }),
  };
}

/** A pressed amount button carries a tier; an amount inside that tier stands for it. */
export function amountForTier(tier: string, lines: { A1: number; A2: number }): number | undefined {
  const samples = [Math.max(0, lines.A1 - 1), lines.A1, lines.A2];
  const exact = /^>=(\d+)$/.exec(tier);
  return exact ? Number(exact[1]) : samples.find((n) => tierOf(n, lines) === tier);
}
