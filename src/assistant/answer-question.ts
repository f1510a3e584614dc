import type { Bilingual, Confidence } from '../domain/deciders.ts';
import type { SchoolProfile } from '../domain/school.ts';
import type { Clauses } from '../library/clauses.ts';
import { factsFromData } from '../reading/read-facts.ts';
import type { FoundMatter, Reader, Understood } from '../reading/reader.ts';
import { ruleOnReading } from '../reading/rule-on-reading.ts';
import { deciderFor, variantFor } from '../rules/adapt.ts';
import type { Known } from '../rules/condition.ts';
import { procedureOf } from '../rules/procedure-of.ts';
import type { Ruling } from '../rules/rule-on.ts';
import type { Matter, Procedure, Rulebook } from '../rules/rulebook.ts';
import { quorumLines } from '../wording/quorum.ts';
import {
  alternativeLines, asText, basisSection, cite, questionFor, settledSections, type WritingHelp,
} from '../wording/word-ruling.ts';
import { HEADINGS } from '../wording/phrases.ts';
import type { Answer, AnswerSection, NamedMatter, TraceLine } from './answer.ts';

/** What answering needs; all of it is in memory. */
export interface Desk {
  readonly book: Rulebook;
  readonly reader: Reader;
  readonly clauses: Clauses;
}

export interface Asked {
  readonly question: string;
  /** Facts given as data: they go before what is read. */
  readonly facts?: Readonly<Record<string, unknown>>;
  readonly school: SchoolProfile;
  /** The school's calendar day. */
  readonly day: string;
}

const MOST_CITATIONS = 6;
const STRICTEST = ['prohibited', 'superior', 'other_body', 'staff_congress', 'party_after_staff_congress', 'principal_then_party', 'party_meeting', 'principal_meeting', 'individual'];

/** Answers one question from the rules alone: pure, a millisecond, the same every time. */
export function answerQuestion(asked: Asked, desk: Desk): Answer {
  const given = asked.facts ?? {};
  const lines = factsFromData({ facts: [] } as unknown as Matter, given).lines ?? asked.school.amountLines;
  const understood = desk.reader.read(asked.question, lines);
  switch (understood.kind) {
    case 'matters':
      return answerWithCare(understood, asked, desk);
    case 'close':
      return answerClose(understood, asked, desk);
    case 'procedure':
      return answerProcedure(understood.procedure, understood, asked, desk);
    default:
      return answerOutside(understood, asked, desk);
  }
}

/** The answer on a matter already known, as a follow-up or a pressed button asks for it. */
export function answerOnMatter(matter: Matter, text: string, asked: Asked, desk: Desk): Answer {
  const facts = desk.reader.factsOf(matter, text, asked.school.amountLines);
  const understood: Understood = { kind: 'matters', language: desk.reader.languageOf(asked.question), text, corrections: [], found: [{ matter, facts }], sure: true, doubts: [] };
  return answerMatters(understood.found, true, understood, asked, desk);
}

/** An all-clear is not given while the words may as well mean a matter that needs the Party meeting: then it is asked which. */
function answerWithCare(understood: Understood & { kind: 'matters' }, asked: Asked, desk: Desk): Answer {
  const answer = answerMatters(understood.found, understood.sure, understood, asked, desk);
  if (answer.outcome !== 'settled' || answer.party_meeting_required !== false || understood.found.length > 1) return answer;
  const stricter = understood.doubts.filter((d) => answerMatters([d], false, understood, asked, desk).party_meeting_required === true);
  return stricter.length === 0 ? answer : answerClose({ ...understood, kind: 'close', found: [...understood.found, ...stricter] }, asked, desk);
}

function helpFor(known: Known, understood: Understood, asked: Asked, desk: Desk): WritingHelp {
  const school = known.lines ? { ...asked.school, amountLines: known.lines } : asked.school;
  return { book: desk.book, school, variant: variantFor(asked.school, known), language: understood.language };
}

function answerMatters(found: readonly FoundMatter[], sure: boolean, understood: Understood, asked: Asked, desk: Desk): Answer {
  const answers = found.map(({ matter, facts }) => {
    const ruling = ruleOnReading(matter, facts, factsFromData(matter, asked.facts ?? {}), asked.school, asked.day);
    return { ...answerRuling(ruling, sure, understood, asked, desk), vague: [...facts.vague] };
  });
  return answers.length === 1 ? answers[0]! : together(answers, understood);
}

/** Several matters in one message: each with its own part, the strictest leads. */
function together(answers: readonly Answer[], understood: Understood): Answer {
  const lead = answers.toSorted((a, b) => STRICTEST.indexOf(a.decider ?? 'principal_then_party') - STRICTEST.indexOf(b.decider ?? 'principal_then_party'))[0]!;
  const l = understood.language;
  const intro = l === 'zh' ? `这里有${answers.length}件事，分开说。` : `There are ${answers.length} matters here, one by one.`;
  const required = answers.some((a) => a.party_meeting_required === true) ? true : lead.party_meeting_required;
  const asks = answers.filter((a) => a.outcome === 'needs_facts');
  return {
    ...lead,
    outcome: asks.length > 0 && lead.outcome !== 'settled' ? 'needs_facts' : lead.outcome,
    matters: answers.flatMap((a) => a.matters),
    party_meeting_required: required,
    questions: answers.flatMap((a) => a.questions),
    citations: answers.flatMap((a) => a.citations).filter((c, i, all) => all.findIndex((o) => o.id === c.id) === i),
    trace: answers.flatMap((a) => a.trace),
    answer: [intro, ...answers.map((a, i) => `${i + 1}）${a.answer}`)].join('\n\n'),
    sections: answers.flatMap((a) => a.sections.map((s, i) => (i === 0 ? { ...s, heading: a.matter?.name ?? s.heading } : s))),
  };
}

const named = (m: Matter, understood: Understood): NamedMatter => ({ id: m.id, name: m.name[understood.language] });

const factsAsData = (known: Known): Record<string, unknown> => ({
  ...Object.fromEntries(Object.entries(known.choices).map(([fact, values]) => [fact, values.length === 1 ? values[0] : values])),
  ...(known.amount !== undefined && { amount: known.amount }),
  ...(known.lines && { threshold: known.lines }),
});

const traceOf = (ruling: Ruling): TraceLine[] => [
  ...ruling.trace.map(({ route, truth }) => ({
    matter: ruling.matter.id,
    route: route.id,
    decider: route.decider,
    truth,
    because: JSON.stringify(route.when),
  })),
  { matter: ruling.matter.id, route: 'default', decider: ruling.matter.decider, truth: 'default' as const, because: ruling.matter.note.zh },
];

const lower = (c: Confidence): Confidence => (c === 'high' ? 'medium' : 'low');

function certaintyOf(ruling: Ruling, sure: boolean, checked: boolean): Confidence {
  let c: Confidence = ruling.matter.confidence;
  if (ruling.kind !== 'settled' || ruling.premises.length > 0) c = c === 'high' ? 'medium' : c;
  if (!checked) c = c === 'high' ? 'medium' : c;
  return sure ? c : lower(c);
}

function footerOf(help: WritingHelp, asked: Asked, usesLines: boolean): string {
  const l = help.language;
  const demo = asked.school.demo && usesLines && help.school.amountLines === asked.school.amountLines;
  const version = l === 'zh' ? `规则版本 ${help.book.version}，${asked.day}` : `Rules ${help.book.version}, ${asked.day}`;
  const lines = l === 'zh' ? '金额线 A1、A2 是演示值' : 'amount lines A1 and A2 are demo values';
  return demo ? `${version}；${lines}` : version;
}

function baseAnswer(understood: Understood, desk: Desk): Omit<Answer, 'answer' | 'sections' | 'footer'> {
  return {
    outcome: 'unruled', topic: 'none', matter: null, matters: [], decider: null, party_meeting_required: null,
    facts: {}, steps: [], preSteps: [], voting: null, postSteps: [], questions: [], alternatives: [], premises: [],
    citations: [], certainty: 'low', confidentiality: 'public', rulesVersion: desk.book.version, trace: [],
    language: understood.language, vague: [],
  };
}

function answerRuling(ruling: Ruling, sure: boolean, understood: Understood, asked: Asked, desk: Desk): Answer {
  const help = helpFor(ruling.known, understood, asked, desk);
  const l = help.language;
  const routes = ruling.kind === 'settled' ? ruling.verdict.routes : ruling.matter.routes;
  const clauses = desk.clauses.cited([...routes.flatMap((r) => r.cites), ...ruling.matter.cites], asked.day, MOST_CITATIONS);
  const citations = clauses.map((c) => cite(c, l));
  const checked = clauses.some((c) => c.checked === 'original');
  const usesLines = ruling.matter.routes.some((r) => r.when.some((b) => 'amount' in b));
  const base = {
    ...baseAnswer(understood, desk),
    topic: 'matter' as const,
    matter: named(ruling.matter, understood),
    matters: [named(ruling.matter, understood)],
    facts: factsAsData(ruling.known),
    citations,
    certainty: certaintyOf(ruling, sure, checked),
    confidentiality: ruling.matter.confidentiality,
    trace: traceOf(ruling),
    footer: footerOf(help, asked, usesLines),
  };
  if (ruling.kind === 'settled') {
    const way = procedureOf(desk.book, ruling.matter, ruling.verdict, help.variant);
    const sections = settledSections(ruling, way, citations, [...understood.corrections, ...demoLines(usesLines, help, asked)], help);
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
  return { ...base, outcome: 'needs_facts', party_meeting_required: ruling.partyMeeting, ...asking(ruling, understood.corrections, citations, help) };
}

function demoLines(usesLines: boolean, help: WritingHelp, asked: Asked): Bilingual[] {
  if (!usesLines || !asked.school.demo || help.school.amountLines !== asked.school.amountLines || !help.school.amountLines) return [];
  const { A1, A2 } = help.school.amountLines;
  return [{
    zh: `金额按演示学校的两条线：A1 ${A1.toLocaleString('en-US')}元、A2 ${A2.toLocaleString('en-US')}元（演示值，请以本校规定为准）。`,
    en: `Amount lines of the demo school: A1 ${A1.toLocaleString('en-US')}, A2 ${A2.toLocaleString('en-US')} yuan (demo values; your school's own apply).`,
  }];
}

function asking(ruling: Ruling & { kind: 'needs_facts' }, corrections: readonly Bilingual[], citations: Answer['citations'], help: WritingHelp) {
  const l = help.language;
  const first = ruling.ask[0]!;
  const ways = alternativeLines(ruling, help);
  const values = ruling.alternatives.map((a) => a.value);
  const question = questionFor(first, help, values);
  const name = ruling.matter.name[l];
  const intro = l === 'zh' ? `${name}：还要先确认一点。${question.text}` : `${name}: one thing first. ${question.text}`;
  const sections: AnswerSection[] = [
    { heading: HEADINGS.conclusion[l], lines: [intro, ...ways.map((w) => `· ${w.line}`), ...corrections.map((c) => c[l])] },
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
  const intro = l === 'zh'
    ? `${ruling.matter.name.zh}：两条规则都管得着，走法不同，请办公室确认后再办，不要按其中一条先走。`
    : `${ruling.matter.name.en}: two rules apply and disagree; please have the office decide before you go on.`;
  const sections: AnswerSection[] = [
    { heading: HEADINGS.conclusion[l], lines: [intro, ...ruling.routes.map((r) => `· ${help.book.ways[r.decider].name[l]}${l === 'zh' ? '：' : ': '}${r.note[l]}`)] },
    basisSection(citations, help),
  ];
  return { alternatives: ruling.routes.map((r) => ({ when: r.note[l], decider: r.decider })), answer: asText(sections), sections };
}

/** Two matters equally near: the person chooses; what each would ask is asked along with it. */
function answerClose(understood: Understood & { kind: 'close' }, asked: Asked, desk: Desk): Answer {
  const l = understood.language;
  const each = understood.found.map((f) => answerMatters([f], false, understood, asked, desk));
  const text = l === 'zh' ? '您说的是下面哪一件？走法不同，先确认一下。' : 'Which of these do you mean? The routes differ.';
  const options = understood.found.map(({ matter }) => ({ value: matter.id, label: matter.name[l] }));
  const parties = new Set(each.map((a) => a.party_meeting_required));
  const summary = each.map((a) => a.sections[0]?.lines[0] ?? a.matter!.name);
  const sections: AnswerSection[] = [{ heading: HEADINGS.conclusion[l], lines: [text, ...summary.map((s) => `· ${s}`)] }];
  return {
    ...baseAnswer(understood, desk),
    outcome: 'needs_facts',
    topic: 'matter',
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

function answerProcedure(p: Procedure, understood: Understood, asked: Asked, desk: Desk): Answer {
  const help = helpFor({ choices: {} }, understood, asked, desk);
  const l = help.language;
  const citations = desk.clauses.cited(p.cites, asked.day, MOST_CITATIONS).map((c) => cite(c, l));
  const unset = p.params.filter((name) => !(name in asked.school.params));
  const note = unset.length
    ? [l === 'zh' ? `本校未设定：${unset.join('、')}；以本校议事规则为准。` : `Not set by the school: ${unset.join(', ')}; its own rules govern.`]
    : [];
  const computed = p.compute === 'quorum' ? quorumLines(asked.school, understood.text, l) : [];
  const sections: AnswerSection[] = [
    { heading: HEADINGS.conclusion[l], lines: [...p.answer[l].trim().split('\n'), ...computed, ...note, ...understood.corrections.map((c) => c[l])] },
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

function answerOutside(understood: Understood & { kind: 'unruled' | 'outside' }, asked: Asked, desk: Desk): Answer {
  const l = understood.language;
  const near = understood.near.map((m) => named(m, understood));
  const nearLine = near.length
    ? [l === 'zh' ? `最接近的事项：${near.map((n) => n.name).join('、')}。` : `Nearest matters: ${near.map((n) => n.name).join('; ')}.`]
    : [];
  const lead = understood.kind === 'unruled'
    ? l === 'zh'
      ? `${understood.name.zh}，规则表里没有写到，我不猜。请问学校办公室；办公室认定需要上会的，按议题申报单提出。`
      : `The rules do not cover ${understood.name.en}, and I will not guess. Please ask the school office.`
    : l === 'zh'
      ? '这件事规则表里没有写到，或者我没有听懂，所以不下结论。您可以换个说法：要做什么事、涉及谁、多少钱；拿不准的请问学校办公室。'
      : 'The rules do not cover this, or I did not understand, so I will not rule on it. Try again with what is to be done, for whom and for how much, or ask the school office.';
  const sections: AnswerSection[] = [{ heading: HEADINGS.conclusion[l], lines: [lead, ...nearLine] }];
  return {
    ...baseAnswer(understood, desk),
    questions: near.length ? [{ fact: 'matter', text: l === 'zh' ? '是不是想问：' : 'Did you mean:', options: near.map((n) => ({ value: n.id, label: n.name })) }] : [],
    answer: asText(sections),
    sections,
    footer: footerOf(helpFor({ choices: {} }, understood, asked, desk), asked, false),
  };
}
