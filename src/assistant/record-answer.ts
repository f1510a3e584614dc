import type { Archive, GivenAnswer } from '../ports/archive.ts';
import type { Turn, Turned } from './converse.ts';

/** Short enough to be read out over the telephone. */
const newId = (): string => {
  const bytes = crypto.getRandomValues(new Uint8Array(5));
  return `a${[...bytes].map((b) => b.toString(16).padStart(2, '0')).join('')}`;
};

/** Keeps what a ruling was given on, so that it can be replayed, and gives it a number. Words of the question are not kept. */
export async function recorded(
  turn: Turn,
  turned: Turned,
  { archive, now }: { archive: Archive; now: () => number },
): Promise<Turned> {
  const { answer } = turned;
  if (!answer || answer.matters.length !== 1 || !answer.matter) return turned;
  const id = newId();
  const given: GivenAnswer = {
    id,
    school: turn.school,
    day: turn.day,
    rulesVersion: answer.rulesVersion,
    matter: answer.matter.id,
    facts: answer.facts,
    vague: answer.vague,
    premises: Object.fromEntries(
      answer.premises.flatMap((p) => (p.assumed === undefined ? [] : [[p.fact, p.assumed]])),
    ),
    outcome: answer.outcome,
    decider: answer.decider,
  };
  await archive.keepAnswer(given, now());
  const footer = `${answer.footer}${answer.language === 'zh' ? `；编号 ${id}` : `; no. ${id}`}`;
  const { card } = turned.reply;
  return {
    ...turned,
    answer: { ...answer, id, footer },
    reply: { ...turned.reply, ...(card && { card: { ...card, footer } }) },
  };
}
