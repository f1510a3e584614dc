import type { Bilingual, Language } from '../domain/deciders.ts';
import type { AmountLines } from '../domain/school.ts';
import type { Matter, Procedure, Rulebook } from '../rules/rulebook.ts';
import { type Cue, matchCue, parseCue } from './cue.ts';
import { Homophones, pairsOf, type Syllables } from './homophones.ts';
import type { Model } from './learn.ts';
import { type Candidate, Matcher } from './match.ts';
import { languageOf, normalise } from './normalise.ts';
import { readAmounts, readLines } from './numbers.ts';
import { type FactReading, readFacts } from './read-facts.ts';

/** A matter found in a question, and what the question says of its facts. */
export interface FoundMatter {
  readonly matter: Matter;
  readonly facts: FactReading;
}

export type Understood = {
  readonly language: Language;
  /** The question in normal form, without chatter and without attempts to give the program orders. */
  readonly text: string;
  /** Corrections of misnamed meetings. */
  readonly corrections: readonly Bilingual[];
} &
  /** `doubts`: other matters it may be about, to be asked for before an all-clear is given. */
  (
    | {
        readonly kind: 'matters';
        readonly found: readonly FoundMatter[];
        readonly sure: boolean;
        readonly doubts: readonly FoundMatter[];
        readonly acute?: boolean;
      }
    /** Two matters are about equally near: the person chooses. */
    | { readonly kind: 'close'; readonly found: readonly FoundMatter[] }
    | { readonly kind: 'procedure'; readonly procedure: Procedure }
    /** A subject of schools that the table does not hold. */
    | { readonly kind: 'unruled'; readonly name: Bilingual; readonly near: readonly Matter[] }
    /** Nothing of ours: small talk, other subjects, or not understood; with the nearest matters when there are any. */
    | { readonly kind: 'outside'; readonly near: readonly Matter[] }
  );

/**
 * How likely the first topic must be to be taken, and to be taken as certain; how near a second one makes it a choice.
 * A cue of the author counts as evidence of its own, so less likeness is asked of a topic that has one.
 */
const TAKEN = 0.18;
const TAKEN_WITH_CUE = 0.15;
/** Without any cue the likeness itself must be this much. */
const LIKE_ALONE = 0.1;
const SURE = 0.72;
/** From here on a clause speaks of a matter of its own. */
const OWN_CLAUSE = 0.9;
const OWN_CLAUSE_LIKE = 0.25;
const RIVAL = 0.8;
/** From here on another matter is a doubt worth asking about before an all-clear. */
const DOUBT = 0.12;
/** From here on a clause counts as small talk. */
const SMALL_TALK = 0.55;
/** Matters whose route goes by the amount alone when nothing else is known; the first stands for all spending. */
const SPENDING = ['large-expenditure', 'procurement-goods', 'minor-repair', 'routine-expense'];
/** The matter under which what is happening now is handled first. */
export const EMERGENCY = 'major-emergency';

/** An amount alone names no subject. */
const BARE_AMOUNT = /[\d.,零一二两三四五六七八九十百千万亿几多半wk元块钱左右大概约]+/g;
const SUBJECT = /[\u3400-\u9fff]{2}|[a-z]{3}/;

interface CuedEntry<T> {
  readonly cue: Cue;
  readonly entry: T;
}

/** The built-in reader: from a colloquial sentence to matter and facts, without a model. */
export class Reader {
  readonly #book: Rulebook;
  readonly #matcher: Matcher;
  readonly #homophones: Homophones;
  readonly #chatter: readonly RegExp[];
  readonly #injection: readonly RegExp[];
  readonly #acute: readonly Cue[];
  readonly #notAcute: readonly Cue[];
  readonly #unruled: readonly CuedEntry<Rulebook['vocabulary']['unruled'][number]>[];
  readonly #wrong: readonly CuedEntry<Rulebook['vocabulary']['wrong_terms'][number]>[];
  readonly #matters: ReadonlyMap<string, Matter>;

  constructor(book: Rulebook, model: Model, syllables: Syllables) {
    this.#book = book;
    this.#matcher = new Matcher(book, model);
    const cues = book.matters.flatMap((m) => [...m.cues, ...m.facts.flatMap((f) => f.options.flatMap((o) => o.cues))]);
    const written = pairsOf(cues);
    this.#homophones = new Homophones(syllables, {
      rarity: (pair) => this.#matcher.rarity(pair),
      written: (pair) => written.has(pair),
    });
    const patterns = (list: readonly string[]) => list.map((p) => new RegExp(p, 'g'));
    this.#chatter = patterns(book.vocabulary.chatter);
    this.#injection = patterns(book.vocabulary.injection);
    this.#acute = book.vocabulary.acute.map(parseCue);
    this.#notAcute = book.vocabulary.not_acute.map(parseCue);
    this.#unruled = book.vocabulary.unruled.map((entry) => ({ cue: parseCue(entry.cue), entry }));
    this.#wrong = book.vocabulary.wrong_terms.map((entry) => ({ cue: parseCue(entry.cue), entry }));
    this.#matters = new Map(book.matters.map((m) => [m.id, m]));
  }

  languageOf(text: string): Language {
    return languageOf(text);
  }

  matter(id: string): Matter | undefined {
    return this.#matters.get(id);
  }

  /** Scores of everything that fits at all: for `rules explain` and for calibration. */
  candidates(question: string): Candidate[] {
    return this.#matcher.candidates(this.#clean(question));
  }

  #clean(question: string): string {
    const strip = (text: string, patterns: readonly RegExp[]) => patterns.reduce((t, p) => t.replace(p, ' '), text);
    return this.#homophones.mend(normalise(strip(strip(normalise(question), this.#injection), this.#chatter)));
  }

  factsOf(matter: Matter, text: string, lines: AmountLines | undefined): FactReading {
    const { vague, unsure } = this.#book.vocabulary;
    const normal = normalise(text);
    return readFacts(
      matter,
      normal,
      { vague, unsure, ...(lines && { lines }) },
      this.#matcher.stated(matter.id, normal),
    );
  }

  /** @param lines the school's amount lines, to tell whether a vague amount may lie on either side of one. */
  read(question: string, lines?: AmountLines): Understood {
    const language = languageOf(question);
    const text = this.#clean(question);
    const corrections = this.#wrong.filter((w) => matchCue(w.cue, text)).map((w) => w.entry.say);
    const base = { language, text, corrections };
    if (!SUBJECT.test(text.replace(BARE_AMOUNT, ''))) return { ...base, kind: 'outside', near: [] };
    const candidates = this.#candidates(text);
    const acute = this.#acuteMatter(text, candidates);
    if (acute)
      return {
        ...base,
        kind: 'matters',
        found: [{ matter: acute, facts: this.factsOf(acute, text, lines) }],
        sure: true,
        doubts: [],
        acute: true,
      };
    const top = candidates[0]!;
    const unruled = this.#unruled.find((u) => matchCue(u.cue, text))?.entry;
    if (unruled && !(top.kind !== 'outside' && top.share >= SURE && top.cue > 0))
      return { ...base, kind: 'unruled', name: unruled.name, near: this.#byId(unruled.near) };
    const matters = candidates.filter((c) => c.kind === 'matter');
    const spending = !taken(top) || top.kind === 'outside' ? this.#spending(text, candidates) : undefined;
    if (spending)
      return {
        ...base,
        kind: 'matters',
        found: [{ matter: spending, facts: this.factsOf(spending, text, lines) }],
        sure: false,
        doubts: [],
      };
    if (top.kind === 'outside' || !taken(top))
      return {
        ...base,
        kind: 'outside',
        near: this.#byId(matters.filter((c) => c.share > TAKEN / 3).map((c) => c.id)).slice(0, 3),
      };
    if (top.kind === 'procedure')
      return { ...base, kind: 'procedure', procedure: this.#book.procedures.find((p) => p.id === top.id)! };
    const found = (ids: readonly string[]) =>
      this.#byId(ids).map((matter) => ({ matter, facts: this.factsOf(matter, text, lines) }));
    const several = this.#severalMatters(text, top.id);
    if (several.length > 1) return { ...base, kind: 'matters', found: found(several), sure: true, doubts: [] };
    const rivals = matters.filter((c) => c.share >= top.share * RIVAL).slice(0, 3);
    if (rivals.length > 1 && top.share < SURE) return { ...base, kind: 'close', found: found(rivals.map((c) => c.id)) };
    const doubts = matters
      .filter((c) => c.id !== top.id && (c.share >= DOUBT || (c.like >= DOUBT && c.like >= top.like * 0.6)))
      .slice(0, 2);
    return {
      ...base,
      kind: 'matters',
      found: found([top.id]),
      sure: top.share >= SURE,
      doubts: found(doubts.map((c) => c.id)),
    };
  }

  /** Somebody is in danger: of the matters that act at once, the one most like it; else the handling of emergencies. */
  #acuteMatter(text: string, candidates: readonly Candidate[]): Matter | undefined {
    const says = (cues: readonly Cue[]) => cues.some((cue) => matchCue(cue, text));
    if (!says(this.#acute) || says(this.#notAcute)) return undefined;
    const [top] = candidates;
    if (top?.kind === 'procedure' && top.share >= SURE && top.cue > 0) return undefined;
    const first = candidates.find(
      (c) => this.#matters.get(c.id)?.routes.some((r) => r.emergency) && (c.cue > 0 || c.share > TAKEN / 2),
    );
    return this.#matters.get(first?.id ?? EMERGENCY);
  }

  /** Money is to be spent on something that was not made out: the tiers are the same for all spending. */
  #spending(text: string, candidates: readonly Candidate[]): Matter | undefined {
    if (candidates[0]!.kind === 'outside' && candidates[0]!.share > SMALL_TALK) return undefined;
    if (readAmounts(readLines(text).rest).length === 0) return undefined;
    const likely = candidates.find((c) => SPENDING.includes(c.id));
    return this.#matters.get(likely?.id ?? SPENDING[0]!);
  }

  /** What it may be about, small talk left out; what only the rest of a question suggests, and not the whole of it, is not taken. */
  #candidates(text: string): readonly Candidate[] {
    const said = this.#withoutSmallTalk(text);
    const rest = this.#matcher.candidates(said);
    const top = rest[0]!;
    if (said === text || top.cue > 0) return rest;
    const whole = this.#matcher.candidates(text);
    const borne = whole[0]!.kind === 'outside' || whole.some((c) => c.id === top.id && c.share >= TAKEN / 2);
    return borne ? rest : whole;
  }

  /** Leaves out clauses that are small talk beside others that are not: their words say nothing of the subject. */
  #withoutSmallTalk(text: string): string {
    const clauses = text.split(/(?<=[,.;!?~])|(?<= )(?=[\u3400-\u9fff])/).filter((c) => c.trim() !== '');
    if (clauses.length < 2) return text;
    const kept = clauses.filter((c) => {
      const [top] = this.#matcher.candidates(c);
      return !(top!.kind === 'outside' && top!.share > SMALL_TALK);
    });
    return kept.length > 0 ? kept.join('') : text;
  }

  #byId(ids: readonly string[]): Matter[] {
    return ids.map((id) => this.#matters.get(id)).filter((m) => m !== undefined);
  }

  /** Two matters in one message: clauses that each match a matter of their own by its cues. */
  #severalMatters(text: string, whole: string): string[] {
    const clauses = text
      .split(/[,.;!?]|顺便|顺带|另外|还有|同时|以及|再有|一块儿|一并| and also | also /)
      .filter((c) => c.length > 2);
    if (clauses.length < 2) return [whole];
    const own = clauses
      .map((c) => this.#matcher.candidates(c)[0]!)
      .filter((c) => c.kind === 'matter' && c.cue > 0 && c.share >= OWN_CLAUSE && c.like >= OWN_CLAUSE_LIKE)
      .map((c) => c.id);
    return own.length > 0 ? [...new Set([...own, whole])].slice(0, 3) : [whole];
  }
}

const taken = (c: Candidate): boolean =>
  c.cue > 0 ? c.share >= TAKEN_WITH_CUE : c.share >= TAKEN && c.like >= LIKE_ALONE;
