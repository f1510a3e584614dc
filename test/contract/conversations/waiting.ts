import { expect } from 'vitest';
import { until } from '../../fakes/process.ts';
import type { Place } from '../rig.ts';
import type { Conversation } from '../suite.ts';
import type { Talk } from '../talk.ts';
import { answers, ASKED, messages } from './questions.ts';

const placesOf = (talk: Talk): readonly Place[] => (talk.lacks('groups') ? ['direct'] : ['direct', 'group']);

/** Help for this person, there, within a second (conventions §11, 13). */
async function helpAtOnce(talk: Talk, place: Place): Promise<void> {
  const before = talk.mark;
  const begun = performance.now();
  await talk.say('teacher2', '帮助', place);
  await talk.hears(before, (all) =>
    all.some((t) => t.place === place && /议题/.test(t.text) && (place === 'group' || t.to === 'teacher2')),
  );
  expect(performance.now() - begun, place).toBeLessThan(1000);
}

/** Asks, and waits until the asker is shown that it is being worked on. */
async function askedSlowly(talk: Talk, place: Place): Promise<number> {
  const shown = talk.rig.waits!().length;
  const begun = performance.now();
  await talk.say('teacher', ASKED, place);
  await until(
    () => talk.rig.waits!().length,
    (n) => n > shown,
  );
  return performance.now() - begun;
}

/** What takes longer than people wait: a model, a restart. */
export const WAITING: readonly Conversation[] = [
  {
    name: 'an answer that takes longer is announced within two seconds, to nobody else, and then takes that place',
    needs: ['hears', 'working'],
    async run(talk) {
      await talk.ask('teacher', '帮助', /议题/);
      talk.assistant.thinks(2500);
      for (const place of placesOf(talk)) {
        const before = talk.mark;
        expect(await askedSlowly(talk, place), place).toBeLessThan(2000);
        await talk.hears(before, () => answers(talk, before).length > 0);
        await talk.quiet();
        expect(messages(answers(talk, before))).toBe(1);
        const elsewhere = talk.since(before).filter((t) => t.place !== place || (t.to ?? 'teacher') !== 'teacher');
        expect(elsewhere).toEqual([]);
      }
      await until(talk.rig.standing!, (n) => n === 0);
      expect(talk.rig.live()).toEqual([]);
    },
  },
  {
    name: 'killed while it says that it is working, the next start gives the answer and leaves no cursor behind',
    needs: ['hears', 'working'],
    async run(talk) {
      await talk.ask('teacher', '帮助', /议题/);
      talk.assistant.thinks(60_000);
      const before = talk.mark;
      await askedSlowly(talk, 'direct');
      // What stands there is noted as soon as the platform has said its id.
      await new Promise((done) => setTimeout(done, 300));
      talk.assistant.thinks(0);
      await talk.assistant.restart();
      await talk.hears(before, () => answers(talk, before).length > 0);
      await talk.quiet();
      await until(talk.rig.standing!, (n) => n === 0);
      expect(messages(answers(talk, before))).toBe(1);
    },
  },
  {
    name: 'help comes within a second while a model hangs for others, in the same group too',
    needs: ['hears'],
    async run(talk) {
      await talk.ask('teacher2', '帮助', /议题/);
      talk.assistant.thinks(60_000);
      for (const place of placesOf(talk)) {
        void talk.say('principal', ASKED, place).catch(() => {});
        void talk.say('dean', ASKED).catch(() => {});
        await new Promise((done) => setTimeout(done, 100));
        await helpAtOnce(talk, place);
      }
    },
  },
  {
    name: 'help comes within a second while the platform does not answer for another chat',
    needs: ['hears', 'hang'],
    async run(talk) {
      await talk.ask('teacher2', '帮助', /议题/);
      for (const [n, place] of placesOf(talk).entries()) {
        const attempts = talk.rig.attempts();
        talk.rig.trouble.hang!();
        await talk.say(['principal', 'dean'][n]!, ASKED);
        await until(
          () => talk.rig.attempts(),
          (n) => n > attempts,
        );
        await helpAtOnce(talk, place);
      }
    },
  },
];
