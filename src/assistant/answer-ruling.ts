import type { Bilingual, Confidence } from '../domain/deciders.ts';
import type { Understood } from '../reading/reader.ts';
import { deciderFor } from '../rules/adapt.ts';
import { procedureOf } from '../rules/procedure-of.ts';
import type { Ruling } from '../rules/rule-on.ts';
import { HEADINGS } from '../wording/phrases.ts';
import {
  alternativeLines,
  asText,
  basisSection,
  cite,
  questionFor,
  settledSections,
  type WritingHelp,
} from '../wording/word-ruling.ts';
import type { Answer, AnswerSection, TraceLine } from './answer.ts';
import { type Asked, baseAnswer, type Desk, footerOf, helpFor, MOST_CITATIONS, named } from './desk.ts';

/** What was understood, under the parameter names of the rule table. */
const factsAsData = (known: Ruling['known'], usesLines: boolean): Record<string, unknown> => ({
  ...Object.fromEntries(
    Object.entries(known.choices).map(([fact, values]) => [fact, values.length === 1 ? values[0] : values]),
  ),
  ...(known.amount !== undefined && { amount: known.amount }),
  ...(usesLines && known.lines && { threshold: known.lines }),
});

const traceOf = (ruling: Ruling): TraceLine[] => [
  ...ruling.trace.map(({ route, truth }) => ({
    matter: ruling.matter.id,
    route: route.id,
    decider: route.decider,
    truth,
    because: JSON.stringify(route.when),
  })),
  {
    matter: ruling.matter.id,
    route: 'default',
    decider: ruling.matter.decider,
    truth: 'default' as const,
    because: ruling.matter.note.zh,
  },
];

const lower = (c: Confidence): Confidence => (c === 'high' ? 'medium' : 'low');

function certaintyOf(ruling: Ruling, sure: boolean, checked: boolean): Confidence {
  let c: Confidence = ruling.matter.confidence;
  if (ruling.kind !== 'settled' || ruling.premises.length > 0) c = c === 'high' ? 'medium' : c;
  if (!checked) c = c === 'high' ? 'medium' : c;
  return sure ? c : lower(c);
}

/** Words one ruling: settled, asking, or to be decided by a person. */
export function answerRuling(ruling: Ruling, sure: boolean, understood: Understood, asked: Asked, desk: Desk): Answer {
  const help = helpFor(ruling.known, understood, asked, desk, ruling.matter);
  const l = help.language;
  const routes = ruling.kind === 'settled' ? ruling.verdict.routes : ruling.matter.routes;
  const clauses = desk.clauses.cited(
    [...routes.flatMap((r) => r.cites), ...ruling.matter.cites],
    asked.day,
    MOST_CITATIONS,
  );
  const citations = clauses.map((c) => cite(c, l));
  const checked = clauses.some((c) => c.checked === 'original');
  const usesLines = ruling.matter.routes.some((r) => r.when.some((b) => 'amount' in b));
  const base = {
    ...baseAnswer(understood, desk),
    topic: 'matter' as const,
    matter: named(ruling.matter, understood),
    matters: [named(ruling.matter, understood)],
    facts: factsAsData(ruling.known, usesLines),
    citations,
    certainty: certaintyOf(ruling, sure, checked),
    confidentiality: ruling.matter.confidentiality,
    trace: traceOf(ruling),
    footer: footerOf(help, asked, usesLines),
  };
  if (ruling.kind === 'settled') {
    const way = procedureOf(desk.book, ruling.matter, ruling.verdict, help.variant);
    const sections = settledSections(
      ruling,
      way,
      citations,
      [...understood.corrections, ...demoLines(usesLines, help, asked)],
      help,
    );
    return {
      ...base,
      outcome: 'settled',
      decider: deciderFor(ruling.verdict.decider, help.variant),
      party_meeting_required: ruling.verdict.partyMeeting,
      steps: way.steps.map((s) => ({ body: s.body[l], action: s.action[l] })),
      preSteps: way.pre.map((p) => ({ code: p.code, text: p.text[l] })),
      voting: way.voting ? { text: way.voting[l] } : null,
      postSteps: way.post.map((p) => ({ code: p.code, text: p.text[l] })),
      premises: ruling.premises.map((p) => questionFor(p.fact, help, undefined, p.value)),
      answer: asText(sections),
      sections,
    };
  }
  if (ruling.kind === 'contested') return { ...base, outcome: 'contested', ...contested(ruling, citations, help) };
  return {
    ...base,
    outcome: 'needs_facts',
    party_meeting_required: ruling.partyMeeting,
    ...asking(ruling, understood.corrections, citations, help),
  };
}

function demoLines(usesLines: boolean, help: WritingHelp, asked: Asked): Bilingual[] {
  if (
    !usesLines ||
    !asked.school.demo ||
    help.school.amountLines !== asked.school.amountLines ||
    !help.school.amountLines
  )
    return [];
  const { A1, A2 } = help.school.amountLines;
  return [
    {
      zh: `金额按演示学校的两条线：A1 ${A1.toLocaleString('en-US')}元、A2 ${A2.toLocaleString('en-US')}元（演示值，请以本校规定为准）。`,
      en: `Amount lines of the demo school: A1 ${A1.toLocaleString('en-US')}, A2 ${A2.toLocaleString('en-US')} yuan (demo values; your school's own apply).`,
    },
  ];
}

function asking(
  ruling: Ruling & { kind: 'needs_facts' },
  corrections: readonly Bilingual[],
  citations: Answer['citations'],
  help: WritingHelp,
) {
  const l = help.language;
  const first = ruling.ask[0]!;
  const ways = alternativeLines(ruling, help);
  const values = ruling.alternatives.map((a) => a.value);
  const question = questionFor(first, help, values);
  const name = ruling.matter.name[l];
  const intro = l === 'zh' ? `${name}：还要先确认一点。${question.text}` : `${name}: one thing first. ${question.text}`;
  const sections: AnswerSection[] = [
    { heading: HEADINGS.ask[l], lines: [intro, ...ways.map((w) => `· ${w.line}`), ...corrections.map((c) => c[l])] },
    basisSection(citations, help),
    { heading: HEADINGS.open[l], lines: ruling.ask.slice(0, 3).map((f) => f.ask[l]) },
  ];
  return {
    questions: [question, ...ruling.ask.slice(1).map((f) => questionFor(f, help))],
    alternatives: ways.map((w) => ({ when: w.when, decider: deciderFor(w.verdict.decider, help.variant) })),
    answer: asText(sections.slice(0, 2)),
    sections,
  };
}

function contested(ruling: Ruling & { kind: 'contested' }, citations: Answer['citations'], help: WritingHelp) {
  const l = help.language;
  const intro =
    l === 'zh'
      ? `${ruling.matter.name.zh}：两条规则都管得着，走法不同，请办公室确认后再办，不要按其中一条先走。`
      : `${ruling.matter.name.en}: two rules apply and disagree; please have the office decide before you go on.`;
  const sections: AnswerSection[] = [
    {
      heading: HEADINGS.person[l],
      lines: [
        intro,
        ...ruling.routes.map((r) => `· ${help.book.ways[r.decider].name[l]}${l === 'zh' ? '：' : ': '}${r.note[l]}`),
      ],
    },
    basisSection(citations, help),
  ];
  return {
    alternatives: ruling.routes.map((r) => ({ when: r.note[l], decider: r.decider })),
    answer: asText(sections),
    sections,
  };
}
