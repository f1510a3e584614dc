import { type Confidentiality, DECIDERS } from '../domain/deciders.ts';
import { factsFromData } from '../reading/read-facts.ts';
import { EMERGENCY, type FoundMatter, type Understood } from '../reading/reader.ts';
import { ruleOnReading } from '../reading/rule-on-reading.ts';
import type { Matter } from '../rules/rulebook.ts';
import { HEADINGS } from '../wording/phrases.ts';
import { asText } from '../wording/word-ruling.ts';
import type { Answer, AnswerSection } from './answer.ts';
import { answerOutside, answerProcedure } from './answer-other.ts';
import { answerRuling } from './answer-ruling.ts';
import { type Asked, baseAnswer, type Desk, footerOf, helpFor, named } from './desk.ts';

/** Answers one question from the rules alone: pure, a millisecond, the same every time. */
export function answerQuestion(asked: Asked, desk: Desk): Answer {
  const given = asked.facts ?? {};
  const lines = factsFromData({ facts: [] } as unknown as Matter, given).lines ?? asked.school.amountLines;
  const understood = desk.reader.read(asked.question, lines);
  switch (understood.kind) {
    case 'matters':
      return answerWithCare(understood, asked, desk);
    case 'close':
      return answerNear(understood, asked, desk);
    case 'procedure':
      return answerProcedure(understood.procedure, understood, asked, desk);
    default:
      return answerOutside(understood, asked, desk);
  }
}

/** The answer on a matter already known, as a follow-up or a pressed button asks for it. */
export function answerOnMatter(matter: Matter, text: string, asked: Asked, desk: Desk): Answer {
  const facts = desk.reader.factsOf(matter, text, asked.school.amountLines);
  const understood: Understood = {
    kind: 'matters',
    language: desk.reader.languageOf(asked.question),
    text,
    corrections: [],
    found: [{ matter, facts }],
    sure: true,
    doubts: [],
  };
  return answerMatters(understood.found, true, understood, asked, desk);
}

/** An all-clear is not given while the words may as well mean a matter that needs the Party meeting: then it is asked which. */
function answerWithCare(understood: Understood & { kind: 'matters' }, asked: Asked, desk: Desk): Answer {
  const answer = answerMatters(understood.found, understood.sure, understood, asked, desk);
  const handled = answer.decider === 'individual' || answer.decider === 'superior';
  if (understood.acute && !handled) return answerOnMatter(desk.reader.matter(EMERGENCY)!, understood.text, asked, desk);
  if (answer.outcome !== 'settled' || answer.party_meeting_required !== false || understood.found.length > 1)
    return answer;
  const stricter = understood.doubts.filter(
    (d) => answerMatters([d], false, understood, asked, desk).party_meeting_required === true,
  );
  return stricter.length === 0
    ? answer
    : answerClose({ ...understood, kind: 'close', found: [...understood.found, ...stricter] }, asked, desk);
}

function answerMatters(
  found: readonly FoundMatter[],
  sure: boolean,
  understood: Understood,
  asked: Asked,
  desk: Desk,
): Answer {
  const answers = found.map(({ matter, facts }) => {
    const ruling = ruleOnReading(matter, facts, factsFromData(matter, asked.facts ?? {}), asked.school, asked.day);
    return { ...answerRuling(ruling, sure, understood, asked, desk), vague: [...facts.vague] };
  });
  return answers.length === 1 ? answers[0]! : together(answers, understood);
}

/** Several matters in one message: each with its own part, the strictest leads. */
function together(answers: readonly Answer[], understood: Understood): Answer {
  const lead = answers.toSorted(
    (a, b) =>
      DECIDERS.indexOf(a.decider ?? 'principal_then_party') - DECIDERS.indexOf(b.decider ?? 'principal_then_party'),
  )[0]!;
  const l = understood.language;
  const intro =
    l === 'zh' ? `这里有${answers.length}件事，分开说。` : `There are ${answers.length} matters here, one by one.`;
  const required = answers.some((a) => a.party_meeting_required === true) ? true : lead.party_meeting_required;
  const asks = answers.filter((a) => a.outcome === 'needs_facts');
  return {
    ...lead,
    confidentiality: strictest(answers),
    outcome: asks.length > 0 && lead.outcome !== 'settled' ? 'needs_facts' : lead.outcome,
    matters: answers.flatMap((a) => a.matters),
    party_meeting_required: required,
    questions: answers.flatMap((a) => a.questions),
    citations: answers.flatMap((a) => a.citations).filter((c, i, all) => all.findIndex((o) => o.id === c.id) === i),
    trace: answers.flatMap((a) => a.trace),
    answer: [intro, ...answers.map((a, i) => `${i + 1}）${a.answer}`)].join('\n\n'),
    sections: answers.flatMap((a) =>
      a.sections.map((s, i) => (i === 0 ? { ...s, heading: a.matter?.name ?? s.heading } : s)),
    ),
  };
}

/** Where several matters are spoken of, the most confidential says where (procedure 4.5). */
const strictest = (answers: readonly Answer[]): Confidentiality =>
  (['committee_only', 'internal'] as const).find((c) => answers.some((a) => a.confidentiality === c)) ?? 'public';

/** Which of two near matters is meant need not be asked when both end alike. */
function answerNear(understood: Understood & { kind: 'close' }, asked: Asked, desk: Desk): Answer {
  const each = understood.found.map((f) => answerMatters([f], false, understood, asked, desk));
  const [first] = each;
  const alike = each.every(
    (a) =>
      a.outcome === 'settled' &&
      a.decider === first!.decider &&
      a.party_meeting_required === first!.party_meeting_required,
  );
  return alike ? first! : answerClose(understood, asked, desk);
}

/** Two matters equally near: the person chooses; what each would ask is asked along with it. */
function answerClose(understood: Understood & { kind: 'close' }, asked: Asked, desk: Desk): Answer {
  const l = understood.language;
  const each = understood.found.map((f) => answerMatters([f], false, understood, asked, desk));
  const text =
    l === 'zh' ? '您说的是下面哪一件？走法不同，先确认一下。' : 'Which of these do you mean? The routes differ.';
  const options = understood.found.map(({ matter }) => ({ value: matter.id, label: matter.name[l] }));
  const parties = new Set(each.map((a) => a.party_meeting_required));
  const summary = each.map((a) => a.sections[0]?.lines[0] ?? a.matter!.name);
  const said = understood.corrections.map((c) => c[l]);
  const sections: AnswerSection[] = [
    { heading: HEADINGS.ask[l], lines: [text, ...summary.map((s) => `· ${s}`), ...said] },
  ];
  return {
    ...baseAnswer(understood, desk),
    outcome: 'needs_facts',
    topic: 'matter',
    confidentiality: strictest(each),
    matters: understood.found.map((f) => named(f.matter, understood)),
    party_meeting_required: parties.size === 1 ? [...parties][0]! : null,
    questions: [{ fact: 'matter', text, options }, ...each.flatMap((a) => a.questions)],
    alternatives: each.map((a) => ({ when: a.matter!.name, decider: a.decider })),
    citations: each.flatMap((a) => a.citations.slice(0, 2)),
    trace: each.flatMap((a) => a.trace),
    answer: asText(sections),
    sections,
    footer: footerOf(helpFor({ choices: {} }, understood, asked, desk), asked, false),
  };
}
