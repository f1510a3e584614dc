import { expect } from 'vitest';
import { until } from '../../fakes/process.ts';
import type { Conversation } from '../suite.ts';
import { answers, ASKED, HOSTILE, QUESTIONS } from './questions.ts';

/** Platforms that are slow, refuse, fail or expire, and what is too long or too clever for them. */
export const FAILING: readonly Conversation[] = [
  {
    name: 'two questions in a row are answered in their order, and another chat does not wait for a slow one',
    needs: ['hang', 'hears'],
    async run(talk) {
      await talk.ask('principal', '帮助', /议题/);
      const [before, attempts] = [talk.mark, talk.rig.attempts()];
      talk.rig.trouble.hang!();
      await talk.say('teacher', QUESTIONS[0][0]);
      await until(
        () => talk.rig.attempts(),
        (n) => n > attempts,
      );
      await talk.say('teacher', QUESTIONS[1][0]);
      const begun = performance.now();
      await talk.say('principal', QUESTIONS[2][0]);
      await talk.hears(before, (all) => all.some((t) => t.to === 'principal' && QUESTIONS[2][1].test(t.text)));
      expect(performance.now() - begun).toBeLessThan(2000);
      const first = (t: { text: string }) => QUESTIONS[0][1].test(t.text);
      const second = (t: { text: string }) => QUESTIONS[1][1].test(t.text);
      const told = (await talk.hears(before, (all) => all.some(first) && all.some(second), 45_000)).filter(
        (t) => t.to === 'teacher',
      );
      expect(told.findIndex(first)).toBeLessThan(told.findIndex(second));
    },
    timeout: 60_000,
  },
  {
    name: 'refused for being too many, nothing is lost, nothing said twice, and it is not tried without pause',
    needs: ['limit', 'hears'],
    async run(talk) {
      await talk.ask('teacher', '帮助', /议题/);
      const before = talk.mark;
      const attempts = talk.rig.attempts();
      talk.rig.trouble.limit!(3);
      for (const [text] of QUESTIONS) await talk.say('teacher', text);
      await talk.settled();
      for (const [, like] of QUESTIONS)
        expect(talk.since(before).filter((t) => like.test(t.text)).length).toBeGreaterThan(0);
      expect(talk.rig.attempts() - attempts).toBeLessThan(QUESTIONS.length * 4 + 8);
    },
  },
  {
    name: 'tokens that expire at once are fetched again once, not by everybody',
    needs: ['expireTokens', 'hears'],
    async run(talk) {
      await talk.ask('teacher', '帮助', /议题/);
      talk.rig.trouble.expireTokens!();
      const [before, tokens] = [talk.mark, talk.rig.trouble.tokens!()];
      const people = ['teacher', 'teacher2', 'dean', 'office', 'principal'];
      await Promise.all(people.map((m) => talk.say(m, ASKED)));
      await talk.hears(before, () => new Set(answers(talk, before).map((t) => t.to)).size === people.length);
      await talk.quiet();
      expect(answers(talk, before)).toHaveLength(people.length);
      expect(talk.rig.trouble.tokens!() - tokens).toBeLessThanOrEqual(2);
    },
  },
  {
    name: 'an hour in which the platform does not work loses nothing, is no storm, and everybody is answered once',
    needs: ['outage', 'hears'],
    async run(talk) {
      await talk.ask('teacher', '帮助', /议题/);
      const before = talk.mark;
      const people = ['teacher', 'dean', 'office'] as const;
      talk.assistant.pause();
      for (const [n, member] of people.entries()) await talk.say(member, QUESTIONS[n]![0]);
      const attempts = talk.rig.attempts();
      const mend = talk.rig.trouble.outage!();
      talk.assistant.resume();
      await talk.minutes(61);
      expect(talk.rig.attempts() - attempts).toBeLessThan(people.length * 90);
      expect(talk.since(before)).toEqual([]);
      await mend();
      await talk.settled();
      expect(await talk.assistant.work.store.counts()).toMatchObject({ dead: 0, unsent: 0 });
      for (const [n, member] of people.entries()) {
        const told = talk.since(before).filter((t) => t.to === member && QUESTIONS[n]![1].test(t.text));
        const answer = told.filter((t) => /结论|先确认/.test(t.text));
        expect(answer, member).toHaveLength(1);
        expect(answer[0]!.text.match(/（迟到的回复）/g), member).toHaveLength(1);
      }
      await talk.ask('teacher', '帮助', /议题/);
    },
    timeout: 60_000,
  },
  {
    name: 'a long notice is told whole or with a note, in parts that fit, without cutting a source',
    needs: ['notice'],
    async run(talk) {
      const most = talk.rig.capabilities.maxTextBytes;
      const source = (n: number) => `依据${n}《关于建立中小学校党组织领导的校长负责制的意见（试行）》第${n}条〔完〕`;
      const lines = Array.from({ length: Math.min(120, Math.ceil((most * 1.6) / 110)) }, (_, n) => source(n + 1));
      const before = talk.mark;
      await talk.assistant.tell(talk.toSomebody(), { text: lines.join('\n') });
      await talk.settled();
      const told = talk.since(before);
      const text = told.map((t) => t.text).join('\n');
      for (const { bytes } of told) expect(bytes).toBeLessThanOrEqual(most);
      const whole = lines.filter((line) => text.includes(line)).length;
      if (talk.rig.capabilities.overlong === 'split') expect(whole).toBe(lines.length);
      else if (whole < lines.length) expect(text).toContain('只是一部分');
      expect(text.match(/依据\d+《/g)).toHaveLength(whole);
      if (told.length > 1)
        for (const [n, part] of told.entries()) expect(part.text).toContain(`（${n + 1}/${told.length}）`);
    },
  },
  {
    name: 'what people typed calls nobody and links nowhere',
    needs: ['notice'],
    async run(talk) {
      const before = talk.mark;
      const lines = [HOSTILE, ...Array.from({ length: 12 }, (_, n) => `<@member${n}> <at user_id="ou_${n}">某人</at>`)];
      const card = {
        title: '补充',
        tone: 'neutral' as const,
        summary: HOSTILE,
        sections: [{ heading: HOSTILE, lines }],
        actions: [],
      };
      await talk.assistant.tell(talk.toSomebody(), { text: HOSTILE });
      await talk.assistant.tell(talk.toSomebody(), { text: HOSTILE, card });
      await talk.hears(before, (all) => all.length >= 2);
      expect(talk.rig.live()).toEqual([]);
      expect(
        talk
          .since(before)
          .map((t) => t.text)
          .join(),
      ).toContain('某人');
    },
  },
];
