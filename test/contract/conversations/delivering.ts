import { expect } from 'vitest';
import type { Conversation } from '../suite.ts';
import { ANSWERED, answers, ASKED, QUESTIONS } from './questions.ts';

/** What platforms do to messages on their way, both ways. */
export const DELIVERING: readonly Conversation[] = [
  {
    name: 'a message delivered three times is answered once',
    needs: ['hears'],
    async run(talk) {
      const before = talk.mark;
      const id = await talk.say('teacher', ASKED);
      for (let n = 0; n < 2; n++) await talk.say('teacher', ASKED, 'direct', { id });
      await talk.hears(before, () => answers(talk, before).length > 0);
      await talk.quiet();
      await talk.say('teacher', ASKED, 'direct', { id });
      await talk.quiet();
      expect(answers(talk, before)).toHaveLength(1);
    },
  },
  {
    name: 'messages out of their order are each answered once',
    needs: ['hears'],
    async run(talk) {
      talk.assistant.pause();
      const before = talk.mark;
      const said = QUESTIONS.toReversed().map(([text]) => text);
      await Promise.all(said.map((text) => talk.say('teacher', text)));
      talk.assistant.resume();
      for (const [, like] of QUESTIONS) await talk.hears(before, (all) => all.some((t) => like.test(t.text)));
      await talk.quiet();
      const all = talk.since(before).filter((t) => t.text.includes('结论') || t.text.includes('先确认'));
      expect(all).toHaveLength(QUESTIONS.length);
    },
  },
  {
    name: 'an edited message is not answered again',
    needs: ['hears', 'edit'],
    async run(talk) {
      const before = talk.mark;
      const id = await talk.say('teacher', ASKED);
      await talk.hears(before, () => answers(talk, before).length > 0);
      await talk.rig.trouble.edit!('teacher', id, `${ASKED}谢谢`);
      await talk.quiet();
      expect(answers(talk, before)).toHaveLength(1);
    },
  },
  {
    name: 'what was taken back before its answer is not answered, nor done',
    needs: ['hears', 'recall'],
    async run(talk) {
      talk.assistant.pause();
      const before = talk.mark;
      const id = await talk.say('teacher', '/议题 更换食堂承包商 预算60万');
      await talk.rig.trouble.recall!('teacher', id);
      talk.assistant.resume();
      await talk.quiet();
      expect(talk.since(before)).toEqual([]);
      const { text } = await talk.ask('teacher', '/议题 采购课桌椅 预算8万', /Y1/);
      expect(text).not.toContain('食堂');
    },
  },
  {
    name: 'its own message gets no answer',
    needs: ['hears', 'echo'],
    async run(talk) {
      const before = talk.mark;
      await talk.rig.trouble.echo!(ASKED, 'direct');
      await talk.rig.trouble.echo!(ASKED, 'group');
      await talk.quiet();
      expect(answers(talk, before)).toEqual([]);
    },
  },
  {
    name: 'a message without words is answered with the help in a direct chat, and left alone in the group',
    needs: ['hears', 'wordless'],
    async run(talk) {
      const before = talk.mark;
      await talk.rig.trouble.wordless!('teacher', 'direct');
      const told = await talk.hears(before, (all) => all.some((t) => /议事|议题/.test(t.text)));
      expect(told.every((t) => t.to === 'teacher')).toBe(true);
      if (talk.lacks('groups')) return;
      await talk.quiet();
      const after = talk.mark;
      await talk.rig.trouble.wordless!('teacher', 'group');
      await talk.quiet();
      expect(talk.since(after)).toEqual([]);
    },
  },
  {
    name: 'an event nobody has heard of changes nothing',
    needs: ['hears', 'unheardOf'],
    async run(talk) {
      const before = talk.mark;
      await talk.rig.trouble.unheardOf!();
      await talk.quiet();
      expect(talk.since(before)).toEqual([]);
      await talk.ask('teacher', ASKED, ANSWERED);
    },
  },
];
