import type { Bilingual } from '../domain/deciders.ts';
import { NEEDS_PARTY_MEETING } from '../domain/deciders.ts';
import { BOARD_STEPS, type Variant } from './adapt.ts';
import type { Coded, Matter, Rulebook, Step } from './rulebook.ts';
import type { Verdict } from './rule-on.ts';

/** What a verdict asks of the school: steps in order, before, at and after the meeting. */
export interface Way {
  readonly name: Bilingual;
  readonly steps: readonly Step[];
  readonly pre: readonly Coded[];
  readonly voting: Bilingual | null;
  readonly post: readonly Coded[];
}

/** Codes that belong to a Party meeting, or to any meeting, and fall away where there is none. */
const FOR_PARTY = new Set(['sp_talk', 'brewing', 'cadre_brewing']);
const FOR_MEETINGS = new Set(['minutes', 'supervise', 'deputies', 'dept']);
const STANDARD_VOTING: Readonly<Record<string, string>> = {
  party_meeting: 'party',
  principal_then_party: 'party',
  party_after_staff_congress: 'congress',
  principal_meeting: 'principal',
};
const TALK_WITH_OTHERS: Bilingual = {
  zh: '书记校长由一人兼任：会前与专职副书记、分管副校长和纪检委员充分沟通，没有重大分歧',
  en: 'Secretary and principal are one person: the talk beforehand is with the deputy secretary, the vice-principal in charge and the discipline member',
};

const sub = (text: Bilingual, by: readonly (readonly [Bilingual, Bilingual])[]): Bilingual =>
  by.reduce((t, [from, to]) => ({ zh: t.zh.replaceAll(from.zh, to.zh), en: t.en.replaceAll(from.en, to.en) }), text);

/** The way of a verdict: the matter's own steps on its default route, the standard ones of the decider elsewhere. */
export function procedureOf(book: Rulebook, matter: Matter, verdict: Verdict, variant: Variant): Way {
  const standard = book.ways[verdict.emergency ? 'emergency' : verdict.decider];
  const isDefault = verdict.decider === matter.decider && !verdict.emergency;
  const own = verdict.routes.find((r) => r.path)?.path ?? (isDefault ? matter.path : undefined);
  const board = variant.board && NEEDS_PARTY_MEETING.has(verdict.decider);
  const fill = [
    [{ zh: '{office}', en: '{office}' }, matter.office],
    [{ zh: '{deputy}', en: '{deputy}' }, matter.deputy],
    ...variant.names,
  ] as const;
  const coded = (list: readonly Coded[]) =>
    list.map((c) => ({
      ...c,
      text: c.code === 'sp_talk' && variant.dualRole ? TALK_WITH_OTHERS : sub(c.text, variant.names),
    }));
  return {
    name: sub(
      board
        ? {
            zh: '党组织研究提出意见，由董（理）事会决定',
            en: 'The board decides after the Party organisation has given its opinion',
          }
        : standard.name,
      variant.names,
    ),
    steps: (board ? BOARD_STEPS : (own ?? standard.steps)).map((s) => ({
      ...s,
      body: sub(s.body, fill),
      action: sub(s.action, fill),
    })),
    pre: coded(preSteps(book, matter, verdict)),
    voting: votingOf(book, matter, verdict),
    post: coded(postSteps(matter, verdict)),
  };
}

function preSteps(book: Rulebook, matter: Matter, verdict: Verdict): Coded[] {
  if (verdict.decider === 'prohibited' || verdict.emergency) return [];
  const party = NEEDS_PARTY_MEETING.has(verdict.decider);
  const meets = party || verdict.decider === 'principal_meeting';
  const own = verdict.routes.flatMap((r) => r.pre ?? []);
  const kept = [...matter.pre, ...own].filter(
    (c) => (party || !FOR_PARTY.has(c.code)) && (meets || !FOR_MEETINGS.has(c.code)),
  );
  const talks = kept.some((c) => FOR_PARTY.has(c.code));
  return party && !talks ? [...kept, { code: 'sp_talk', text: book.pre['sp_talk']! }] : kept;
}

function postSteps(matter: Matter, verdict: Verdict): Coded[] {
  if (verdict.decider === 'prohibited') return [];
  const own = verdict.routes.flatMap((r) => r.post ?? []);
  if (verdict.emergency) return own;
  const meets = NEEDS_PARTY_MEETING.has(verdict.decider) || verdict.decider === 'principal_meeting';
  return [...matter.post, ...own].filter((c) => meets || !FOR_MEETINGS.has(c.code));
}

/** The vote belongs to the meeting: a route that leads to another one takes that meeting's standard rule. */
function votingOf(book: Rulebook, matter: Matter, verdict: Verdict): Bilingual | null {
  if (verdict.emergency || verdict.decider === 'prohibited' || verdict.decider === 'individual') return null;
  const own = verdict.decider === matter.decider ? matter.voting : undefined;
  const key = own === undefined || own === null ? STANDARD_VOTING[verdict.decider] : own;
  return key ? (book.voting[key] ?? null) : null;
}
