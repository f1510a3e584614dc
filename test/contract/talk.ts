import { expect } from 'vitest';
import { until } from '../fakes/process.ts';
import type { Assistant } from './assistant.ts';
import type { Clock } from './clock.ts';
import type { Conversation as Chat } from '../../src/domain/message.ts';
import type { Button, Place, Rig, Said, Told } from './rig.ts';
import type { Need } from './suite.ts';

/** What a conversation has in its hands: people who say and press, and what they have been told since. */
export interface Talk {
  readonly rig: Rig;
  readonly assistant: Assistant;
  readonly clock: Clock;
  /** Says a thing and waits for what is told, until it fits; everything told since is returned, joined. */
  ask(member: string, text: string, like: RegExp, place?: Place): Promise<Heard>;
  /** Says a thing and waits for nothing. */
  say(member: string, text: string, place?: Place, how?: Said): Promise<string>;
  /** Takes one of the choices offered last to this member: a button where there are buttons, else its number. */
  choose(member: string, label: RegExp, like: RegExp, place?: Place): Promise<Heard>;
  /** The button this member saw last under that label. */
  button(label: RegExp, place?: Place, member?: string): Button;
  /** What has been told since `mark`. */
  since(mark: number): readonly Told[];
  readonly mark: number;
  /** Waits until what was told since the mark fits. */
  hears(mark: number, fits: (told: readonly Told[]) => boolean, ms?: number): Promise<readonly Told[]>;
  /** Nothing is under way any more: all that came is answered and sent, and nothing more shows itself. */
  quiet(): Promise<void>;
  lacks(need: Need): boolean;
  /** A chat that can be written to unasked. */
  toSomebody(): Chat;
  /** Lets minutes pass until everything that came is answered and sent, as it must be within a quarter of an hour. */
  settled(): Promise<void>;
  /** Lets minutes pass, one after another, with the assistant at work in each. */
  minutes(n: number): Promise<void>;
  /** The same by a few seconds at a time. */
  seconds(n: number): Promise<void>;
}

export interface Heard {
  /** All that was told since the question, in one. */
  readonly text: string;
  readonly told: readonly Told[];
}

const wordsOf = (told: readonly Told[]): string => told.map(({ text }) => text).join('\n');
const MOMENT_MS = 120;
const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

export function talkOn(rig: Rig, assistant: Assistant, clock: Clock, lacks: (need: Need) => boolean): Talk {
  const reaches = (member: string, place: Place) => (t: Told) =>
    t.place === place && (place === 'group' || t.to === member);

  const talk: Talk = {
    rig,
    assistant,
    clock,
    lacks,
    toSomebody() {
      const { user, chat } = rig.accountOf('teacher');
      return rig.capabilities.says.direct ? { kind: 'direct', id: chat ?? user } : { kind: 'group', id: 'group' };
    },
    get mark() {
      return rig.told().length;
    },
    since: (mark) => rig.told().slice(mark),
    say: (member, text, place = 'direct', how) => rig.say(member, text, place, how),
    async ask(member, text, like, place = 'direct') {
      const before = talk.mark;
      await talk.say(member, text, place);
      return answer(before, like, `${member}: ${text}`);
    },
    button(label, place = 'direct', member = 'teacher') {
      const offers = rig.told().filter(reaches(member, place)).toReversed();
      const found = offers.flatMap(({ buttons }) => buttons).find((b) => label.test(b.label));
      if (!found) throw new Error(`no button ${label} on\n${offers[0]?.text}\n${JSON.stringify(offers[0]?.buttons)}`);
      return found;
    },
    async choose(member, label, like, place = 'direct') {
      const before = talk.mark;
      const offers = rig.told().filter(reaches(member, place)).slice(-3);
      const button = offers.flatMap(({ buttons }) => buttons).findLast((b) => label.test(b.label));
      if (button) await rig.press(member, button, place);
      else {
        const offered = wordsOf(offers);
        const number = [...offered.matchAll(/回复 (\d+)：(.*)/g)].findLast(([, , words]) => label.test(words!))?.[1];
        expect(number, `no choice ${label} in ${offered}`).toBeDefined();
        await talk.say(member, number!, place);
      }
      return answer(before, like, `${member} chose ${label}`);
    },
    async hears(mark, fits, ms = 8000) {
      await until(() => talk.since(mark), fits, ms);
      return talk.since(mark);
    },
    async quiet() {
      await until(
        () => assistant.work.store.counts(),
        ({ waiting, unsent }) => waiting + unsent === 0,
        15_000,
      );
      for (let seen = -1; seen !== talk.mark;) {
        seen = talk.mark;
        await pause(MOMENT_MS);
      }
    },
    async settled() {
      const done = async () => {
        const { waiting, unsent } = await assistant.work.store.counts();
        return waiting + unsent === 0;
      };
      await pause(MOMENT_MS);
      for (let n = 0; n < 15 && !(await done()); n++) await talk.minutes(1);
      await talk.quiet();
    },
    async seconds(n) {
      for (let i = 0; i < n; i += 5) {
        await assistant.atRest();
        clock.forward(5000);
        await pause(60);
      }
    },
    async minutes(n) {
      for (let i = 0; i < n; i++) {
        await assistant.atRest();
        clock.forward(60_000);
        await pause(60);
      }
    },
  };

  async function answer(before: number, like: RegExp, what: string): Promise<Heard> {
    const told = await talk
      .hears(before, (all) => like.test(wordsOf(all)))
      .catch((error: unknown) => {
        const seen = wordsOf(talk.since(before)) || 'nothing';
        throw new Error(`${what}\nwanted ${like}\nheard ${seen}\n${JSON.stringify(assistant.logged.slice(-5))}`, {
          cause: error,
        });
      });
    await talk.quiet();
    const all = talk.since(before);
    return { text: wordsOf(all), told: all.length ? all : told };
  }
  return talk;
}
