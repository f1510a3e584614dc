import { expect } from 'vitest';
import { until } from '../../fakes/process.ts';
import type { Conversation } from '../suite.ts';
import type { Talk } from '../talk.ts';
import { answers, ASKED, messages, QUESTIONS } from './questions.ts';

const PEOPLE = ['teacher', 'dean', 'office'] as const;

const askAll = async (talk: Talk) => {
  for (const [n, member] of PEOPLE.entries()) await talk.say(member, QUESTIONS[n]![0]);
};

/** Each of them has exactly one answer since the mark; returns them all. */
function oneEach(talk: Talk, before: number): readonly string[] {
  return PEOPLE.flatMap((member, n) => {
    const told = talk.since(before).filter((t) => t.to === member && QUESTIONS[n]![1].test(t.text));
    const texts = told.map((t) => t.text).filter((text) => /结论|先确认/.test(text));
    expect(texts, member).toHaveLength(1);
    return texts;
  });
}

/** What must hold whatever happens to us or to the platform meanwhile. */
export const ENDURING: readonly Conversation[] = [
  {
    name: 'one event delivered three times to two instances is answered once, and what it asks for is done once',
    needs: ['hears', 'twins'],
    async run(talk) {
      const { assistant } = talk;
      const before = talk.mark;
      for (const text of [ASKED, '/议题 更换食堂承包商 预算60万']) {
        assistant.pause();
        const id = await talk.say('teacher', text);
        await assistant.deliverToTwin();
        await talk.say('teacher', text, 'direct', { id });
        await assistant.deliverToFirst();
        await talk.say('teacher', text, 'direct', { id });
        assistant.resume();
        await talk.hears(before, (all) => all.length > 0);
        await talk.quiet();
      }
      expect(messages(answers(talk, before))).toBe(1);
      const items = talk.since(before).flatMap((t) => (/更换食堂/.test(t.text) ? [t.text] : []));
      expect(items.join()).toContain('Y1');
      expect(new Set(items).size).toBe(items.length);
      // The next number shows that there was no second item.
      await talk.ask('teacher', '/议题 采购课桌椅 预算8万', /Y2/);
    },
  },
  {
    name: 'refused for a whole minute: nothing lost, nothing said twice, no storm',
    needs: ['hears', 'limit'],
    async run(talk) {
      await talk.ask('teacher', '帮助', /议题/);
      const [before, attempts] = [talk.mark, talk.rig.attempts()];
      const end = talk.rig.trouble.limit!(Infinity);
      await askAll(talk);
      await talk.seconds(60);
      expect(talk.rig.attempts() - attempts).toBeGreaterThan(0);
      expect(talk.rig.attempts() - attempts).toBeLessThan(PEOPLE.length * 12);
      expect(talk.since(before)).toEqual([]);
      end();
      await talk.settled();
      oneEach(talk, before);
      expect(await talk.assistant.work.store.counts()).toEqual({ waiting: 0, unsent: 0, dead: 0 });
    },
  },
  {
    name: 'our own database away for ten seconds: everybody is answered when it is back, once, and nothing comes later',
    needs: ['hears', 'queue'],
    async run(talk) {
      await talk.ask('teacher', '帮助', /议题/);
      const before = talk.mark;
      talk.assistant.pause();
      await askAll(talk);
      await until(
        () => talk.assistant.work.store.counts(),
        ({ waiting }) => waiting === PEOPLE.length,
      );
      const mend = talk.assistant.backendDown();
      talk.assistant.resume();
      await talk.seconds(10);
      mend();
      await talk.settled();
      expect(oneEach(talk, before).join()).not.toContain('迟到');
      const after = talk.mark;
      await talk.minutes(10);
      expect(talk.since(after)).toEqual([]);
    },
  },
  {
    name: 'what comes while our database is away is answered when the platform delivers it again, once',
    needs: ['hears', 'queue'],
    async run(talk) {
      await talk.ask('teacher', '帮助', /议题/);
      const id = talk.rig.capabilities.platform === 'feishu' ? 'om_while_down' : '7999999999999';
      const mend = talk.assistant.backendDown();
      await talk.say('teacher', ASKED, 'direct', { id }).catch(() => {});
      await talk.seconds(10);
      mend();
      const before = talk.mark;
      await talk.say('teacher', ASKED, 'direct', { id });
      await talk.hears(before, () => answers(talk, before).length > 0);
      await talk.say('teacher', ASKED, 'direct', { id });
      await talk.quiet();
      expect(messages(answers(talk, before))).toBe(1);
    },
  },
  {
    name: 'deliveries that are refused or passed over are counted by their reason',
    needs: ['hears', 'webhook'],
    async run(talk) {
      const counted = async (kind: string) => {
        const lines = (await talk.assistant.metrics()).split('\n').filter((l) => l.includes(`kind="${kind}",why="`));
        return lines.map((line) => Number(line.split(' ').at(-1))).reduce((sum, n) => sum + n, 0);
      };
      expect(await counted('refused')).toBe(0);
      for (const times of [1, 2]) {
        await talk.rig.unsigned!();
        expect(await counted('refused')).toBe(times);
      }
      const passedOver = await counted('ignored');
      await talk.rig.trouble.unheardOf!();
      expect(await counted('ignored')).toBe(passedOver + 1);
    },
  },
];
