import { expect } from 'vitest';
import type { Conversation } from '../suite.ts';
import { ANSWERED, ASKED } from './questions.ts';

/** Whom and when the assistant leaves alone. */
export const SPARING: readonly Conversation[] = [
  {
    name: 'somebody who blocks the bot or leaves is written to no more, until speaking again; the operator is told once',
    needs: ['hears', 'leaves', 'notice'],
    async run(talk) {
      await talk.ask('teacher', '帮助', /议题/);
      const { user } = talk.rig.accountOf('teacher');
      const tell = (text: string) => talk.assistant.tell(talk.toSomebody(), { text }, user);
      const comeBack = talk.rig.trouble.leaves!('teacher');
      const attempts = talk.rig.attempts();
      await tell('第一条');
      await talk.settled();
      const tried = talk.rig.attempts();
      expect(tried - attempts).toBe(1);
      for (const text of ['第二条', '第三条', '第四条']) await tell(text);
      await talk.minutes(5);
      expect(talk.rig.attempts()).toBe(tried);
      expect(talk.assistant.logged.filter(([event]) => event === 'send-dead')).toHaveLength(1);
      comeBack();
      await talk.ask('teacher', ASKED, ANSWERED);
      const before = talk.mark;
      await tell('第五条');
      await talk.hears(before, (all) => all.some((t) => t.text.includes('第五条')));
      expect(talk.since(before).some((t) => /第[一二三四]条/.test(t.text))).toBe(false);
    },
  },
  {
    name: 'late on a holiday a reminder waits for the first working day; what is urgent is told at once, and once',
    needs: ['hears', 'unasked', 'own-school'],
    async run(talk) {
      talk.clock.forward(Date.parse('2026-10-01T23:30:00+08:00') - Date.now());
      await talk.ask('office', '/议题 更换食堂承包商 预算60万', /Y1/);
      const before = talk.mark;
      await talk.assistant.remind();
      await talk.quiet();
      expect(talk.since(before)).toEqual([]);
      await talk.ask(
        'office',
        '/紧急 抢险 什么事：锅炉房水管爆裂 时间：今晚11点 决定：立即停水抢修 依据：应急预案第三条 花费：无',
        /已登记紧急处置/,
      );
      const urgent = () =>
        talk.since(before).flatMap((t) => (t.to === 'principal' && /锅炉房/.test(t.text) ? [t.text] : []));
      const told = urgent();
      expect(told.length).toBeGreaterThan(0);
      expect(new Set(told).size).toBe(told.length);
      await talk.assistant.remind();
      await talk.minutes(3);
      expect(urgent()).toEqual(told);
      const after = talk.mark;
      talk.clock.forward(Date.parse('2026-10-08T08:05:00+08:00') - Date.now());
      await talk.assistant.remind();
      await talk.hears(after, (all) => all.some((t) => t.to === 'office' && /Y1|食堂/.test(t.text)));
    },
  },
];
