import type { Bilingual, Language } from '../domain/deciders.ts';
import type { SchoolProfile } from '../domain/school.ts';
import type { AnswerSection, CitedClause, Question } from '../assistant/answer.ts';
import { deciderFor, type Variant } from '../rules/adapt.ts';
import type { Way } from '../rules/procedure-of.ts';
import type { Clause, Fact, Rulebook, Value } from '../rules/rulebook.ts';
import type { Premise, Ruling, Verdict } from '../rules/rule-on.ts';
import { CHECKED, HEADINGS, LEVELS, partyLine, tierLabel, valueLabel } from './phrases.ts';

export interface WritingHelp {
  readonly book: Rulebook;
  readonly school: SchoolProfile;
  readonly variant: Variant;
  readonly language: Language;
}

const join = (parts: readonly (string | null | undefined | false)[], by = ''): string => parts.filter(Boolean).join(by);

export function cite(clause: Clause, language: Language): CitedClause {
  return {
    id: clause.id,
    title: clause.title,
    section: clause.section,
    level: clause.level,
    checked: clause.checked,
    says: clause.text[language],
    ...(clause.url && { url: clause.url }),
  };
}

/** 《标题》第X条（据摘录）：说什么 */
export function citationLine(c: CitedClause, language: Language): string {
  const marks = join(
    [LEVELS[c.level as Clause['level']][language], CHECKED[c.checked as Clause['checked']][language]],
    language === 'zh' ? '，' : ', ',
  );
  return language === 'zh'
    ? `《${c.title}》${c.section}（${marks}）：${c.says}`
    : `《${c.title}》${c.section} (${marks}): ${c.says}`;
}

export function questionFor(fact: Fact, help: WritingHelp, values?: readonly Value[], assumed?: Value): Question {
  const lines = help.school.amountLines;
  const choices = fact.kind === 'amount' || fact.id === 'threshold' ? (values ?? []) : fact.options.map((o) => o.value);
  const own = fact.id === 'school_type' && help.school.schoolTypes.length > 1;
  const shown = own
    ? choices.filter((v) => (help.school.schoolTypes as readonly string[]).includes(String(v)))
    : choices;
  return {
    fact: fact.id,
    text: fact.ask[help.language],
    options: [...new Set(shown)].map((value) => ({ value, label: valueLabel(fact, value, lines, help.language) })),
    ...(assumed !== undefined && { assumed }),
  };
}

/** “按……理解”: what was taken for granted, so that a wrong guess shows at once. */
export function premiseLine(p: Premise, help: WritingHelp): string {
  const label =
    p.fact.kind === 'amount'
      ? tierLabel(String(p.value), help.school.amountLines, help.language)
      : valueLabel(p.fact, p.value, help.school.amountLines, help.language);
  return help.language === 'zh' ? `${p.fact.ask.zh}——先按“${label}”答` : `${p.fact.ask.en} Taken as: ${label}`;
}

function conclusion(ruling: Ruling & { kind: 'settled' }, way: Way, help: WritingHelp): string[] {
  const { language: l, variant } = help;
  const { verdict, matter } = ruling;
  const decider = deciderFor(verdict.decider, variant);
  const notes = verdict.routes.map((r) => r.note[l]);
  const special = verdict.routes.length > 0 && verdict.decider !== matter.decider;
  return [
    join([
      `${matter.name[l]}${l === 'zh' ? '：' : ': '}${way.name[l]}${l === 'zh' ? '。' : '. '}`,
      partyLine(verdict.partyMeeting, decider, variant.board, l),
    ]),
    ...(verdict.ownEntry
      ? [l === 'zh' ? `按本校清单：${verdict.ownEntry}。` : `Under the school's own list: ${verdict.ownEntry}.`]
      : []),
    ...notes,
    ...(special ? [] : [matter.note[l]]),
  ];
}

function meetingLines(way: Way, verdict: Verdict, l: Language): string[] {
  if (!way.voting) return [];
  const emergency = verdict.emergency;
  return emergency ? [] : [way.voting[l]];
}

const numbered = (items: readonly string[]): string[] => items.map((t, i) => `${i + 1}. ${t}`);

/** The card's parts, in the order a person reads them; empty ones are left out. */
export function settledSections(
  ruling: Ruling & { kind: 'settled' },
  way: Way,
  clauses: readonly CitedClause[],
  extra: readonly Bilingual[],
  help: WritingHelp,
): AnswerSection[] {
  const l = help.language;
  const steps = way.steps.map((s) => `${s.body[l]}${l === 'zh' ? '：' : ': '}${s.action[l]}`);
  const open = ruling.premises.map((p) => premiseLine(p, help));
  return [
    { heading: HEADINGS.conclusion[l], lines: [...conclusion(ruling, way, help), ...extra.map((e) => e[l])] },
    { heading: HEADINGS.steps[l], lines: numbered(steps) },
    { heading: HEADINGS.before[l], lines: way.pre.map((p) => p.text[l]) },
    { heading: HEADINGS.meeting[l], lines: meetingLines(way, ruling.verdict, l) },
    { heading: HEADINGS.after[l], lines: way.post.map((p) => p.text[l]) },
    basisSection(clauses, help),
    { heading: HEADINGS.open[l], lines: open },
  ].filter((s) => s.lines.length > 0);
}

export function basisSection(clauses: readonly CitedClause[], help: WritingHelp): AnswerSection {
  const l = help.language;
  const own = help.school.list.length
    ? []
    : [
        l === 'zh'
          ? '本校议事清单：本校未设定，按通行做法答；本校清单有规定的，以清单为准。'
          : 'School list: not set; this is the common practice, and the school’s own list governs where it has one.',
      ];
  const unchecked = clauses.length > 0 && clauses.every((c) => c.checked === 'recalled');
  const provisional = unchecked
    ? [
        l === 'zh'
          ? '以上依据还没有对过原文，先作参考，正式行文前请办公室核对。'
          : 'None of these texts has been checked against its original yet: take this as provisional.',
      ]
    : [];
  return {
    heading: HEADINGS.basis[l],
    lines: [...clauses.map((c) => citationLine(c, l)), ...provisional, ...(clauses.length ? own : [])],
    links: clauses.filter((c) => c.url).map((c) => ({ text: `《${c.title}》${c.section}`, url: c.url! })),
  };
}

export const asText = (sections: readonly AnswerSection[]): string =>
  sections.map((s, i) => (i === 0 ? s.lines.join('\n') : `【${s.heading}】\n${s.lines.join('\n')}`)).join('\n\n');

/** The routes that are possible while a fact is missing, by its values. */
export function alternativeLines(
  ruling: Ruling & { kind: 'needs_facts' },
  help: WritingHelp,
): { when: string; verdict: Verdict; line: string }[] {
  const { language: l, school, variant, book } = help;
  return ruling.alternatives.map(({ fact, value, verdict }) => {
    const when = valueLabel(fact, value, ruling.known.lines ?? school.amountLines, l);
    const name = book.ways[verdict.emergency ? 'emergency' : verdict.decider].name[l];
    const adapted = deciderFor(verdict.decider, variant);
    const said =
      adapted === verdict.decider ? name : l === 'zh' ? '党组织提出意见，董（理）事会决定' : 'the board decides';
    return { when, verdict, line: l === 'zh' ? `${when}：${said}` : `${when}: ${said}` };
  });
}
