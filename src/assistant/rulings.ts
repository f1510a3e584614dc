import type { SchoolProfile } from '../domain/school.ts';
import type { Setting } from '../office/scene.ts';
import { amountForTier } from '../reading/follow-up.ts';
import { answerOnMatter, answerQuestion } from './answer-question.ts';
import type { Desk } from './desk.ts';

/** An amount chosen as a tier (`A1..A2`) stands for a sum within it. */
function inYuan(
  facts: Readonly<Record<string, unknown>>,
  { amountLines }: SchoolProfile,
): Readonly<Record<string, unknown>> {
  const { amount, ...rest } = facts;
  if (amount === undefined) return facts;
  const sum =
    typeof amount === 'string' && /^[<>A]/.test(amount)
      ? amountLines && amountForTier(amount, amountLines)
      : Number(amount);
  return sum === undefined || Number.isNaN(sum) ? rest : { ...rest, amount: sum };
}

/** The rules as the office asks them: on a day, for a school. */
export function rulingsOf(desk: Desk, school: SchoolProfile, day: string): Pick<Setting, 'rule' | 'kindOf'> {
  return {
    rule(text, facts, matterId) {
      const asked = { question: text, school, day, ...(facts && { facts: inYuan(facts, school) }) };
      const matter = matterId ? desk.reader.matter(matterId) : undefined;
      return matter ? answerOnMatter(matter, text, asked, desk) : answerQuestion(asked, desk);
    },
    kindOf(id) {
      const matter = desk.reader.matter(id);
      return {
        category: matter?.category ?? '',
        cadre: matter?.voting === 'cadre',
        confidential: matter?.confidentiality === 'committee_only',
      };
    },
  };
}
