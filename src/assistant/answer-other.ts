import type { Language } from '../domain/deciders.ts';
import type { Understood } from '../reading/reader.ts';
import type { Procedure } from '../rules/rulebook.ts';
import { HEADINGS, PARAMETERS } from '../wording/phrases.ts';
import { quorumLines } from '../wording/quorum.ts';
import { asText, basisSection, cite } from '../wording/word-ruling.ts';
import type { Answer, AnswerSection } from './answer.ts';
import { type Asked, baseAnswer, type Desk, footerOf, helpFor, MOST_CITATIONS, named } from './desk.ts';

/** A question about how meetings work. */
export function answerProcedure(p: Procedure, understood: Understood, asked: Asked, desk: Desk): Answer {
  const help = helpFor({ choices: {} }, understood, asked, desk);
  const l = help.language;
  const citations = desk.clauses.cited(p.cites, asked.day, MOST_CITATIONS).map((c) => cite(c, l));
  const unset = p.params.filter((name) => !(name in asked.school.params)).map((name) => PARAMETERS[name]?.[l] ?? name);
  const note = unset.length
    ? [
        l === 'zh'
          ? `本校未设定：${unset.join('、')}；以本校议事规则为准。`
          : `Not set by the school: ${unset.join(', ')}; its own rules govern.`,
      ]
    : [];
  const computed = p.compute === 'quorum' ? quorumLines(asked.school, understood.text, l) : [];
  const sections: AnswerSection[] = [
    {
      heading: HEADINGS.conclusion[l],
      lines: [...p.answer[l].trim().split('\n'), ...computed, ...note, ...understood.corrections.map((c) => c[l])],
    },
    basisSection(citations, help),
  ];
  return {
    ...baseAnswer(understood, desk),
    outcome: 'settled',
    topic: 'procedure',
    citations,
    certainty: p.confidence,
    confidentiality: p.confidentiality,
    trace: [{ matter: p.id, route: 'procedure', decider: 'individual', truth: 'default', because: p.name.zh }],
    answer: asText(sections),
    sections,
    footer: footerOf(help, asked, false),
  };
}

const SAYS_SOMETHING = /[\u3400-\u9fffa-z\d]/;

/** A greeting or thanks, and nothing else, is answered in kind. */
function kindWord(question: string, language: Language): string {
  const thanks = /谢|辛苦|thank/i.test(question);
  if (language === 'en')
    return `${thanks ? 'You are welcome.' : 'Hello.'} Tell me what is to be decided, for whom and for how much, and I will say who decides it.`;
  return `${thanks ? '不客气。' : '您好，我在。'}学校里有事要定，直接说是什么事、涉及谁、多少钱，我告诉您走哪个会、先做什么。`;
}

/** Nothing of ours, or a subject the rules do not hold: said so, with the nearest matters. */
export function answerOutside(
  understood: Understood & { kind: 'unruled' | 'outside' },
  asked: Asked,
  desk: Desk,
): Answer {
  const l = understood.language;
  const near = understood.near.map((m) => named(m, understood));
  const nearLine = near.length
    ? [
        l === 'zh'
          ? `最接近的事项：${near.map((n) => n.name).join('、')}。`
          : `Nearest matters: ${near.map((n) => n.name).join('; ')}.`,
      ]
    : [];
  const lead =
    understood.kind === 'outside' && !SAYS_SOMETHING.test(understood.text)
      ? kindWord(asked.question, l)
      : understood.kind === 'unruled'
        ? l === 'zh'
          ? `${understood.name.zh}，规则表里没有写到，我不猜。请问学校办公室；办公室认定需要上会的，按议题申报单提出。`
          : `The rules do not cover ${understood.name.en}, and I will not guess. Please ask the school office.`
        : l === 'zh'
          ? '这件事规则表里没有写到，或者我没有听懂，所以不下结论。您可以换个说法：要做什么事、涉及谁、多少钱；拿不准的请问学校办公室。'
          : 'The rules do not cover this, or I did not understand, so I will not rule on it. Try again with what is to be done, for whom and for how much, or ask the school office.';
  const sections: AnswerSection[] = [{ heading: HEADINGS.unruled[l], lines: [lead, ...nearLine] }];
  return {
    ...baseAnswer(understood, desk),
    questions: near.length
      ? [
          {
            fact: 'matter',
            text: l === 'zh' ? '是不是想问：' : 'Did you mean:',
            options: near.map((n) => ({ value: n.id, label: n.name })),
          },
        ]
      : [],
    answer: asText(sections),
    sections,
    footer: footerOf(helpFor({ choices: {} }, understood, asked, desk), asked, false),
  };
}
