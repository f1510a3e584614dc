import { afterEach, beforeEach, describe, it } from 'vitest';
import { type Assistant, startAssistant } from './assistant.ts';
import { type Clock, startClock } from './clock.ts';
import { ASKING } from './conversations/asking.ts';
import { DELIVERING } from './conversations/delivering.ts';
import { ENDURING } from './conversations/enduring.ts';
import { FAILING } from './conversations/failing.ts';
import { PRESSING } from './conversations/pressing.ts';
import { SPARING } from './conversations/sparing.ts';
import { WAITING } from './conversations/waiting.ts';
import { WORKING } from './conversations/working.ts';
import type { Declared, Rig, StartRig, Trouble } from './rig.ts';
import { type Talk, talkOn } from './talk.ts';

const ALL = () => [...ASKING, ...WORKING, ...PRESSING, ...DELIVERING, ...FAILING, ...WAITING, ...ENDURING, ...SPARING];

/** What a conversation needs of a platform. */
export type Need =
  | 'hears'
  | 'groups'
  | 'press'
  | 'forms'
  | 'unasked'
  | 'notice'
  | 'two-people'
  | 'own-school'
  | 'twins'
  | 'working'
  | 'toast'
  | 'webhook'
  | 'queue'
  | keyof Trouble;

export interface Conversation {
  readonly name: string;
  readonly needs: readonly Need[];
  run(talk: Talk): Promise<void>;
  readonly timeout?: number;
}

/** Why a rig cannot hold a conversation, by what it declares; nothing where it can. */
export function lacking({ capabilities: c, cannot, demo }: Declared, need: Need): string | undefined {
  switch (need) {
    case 'hears':
      return c.hears.direct ? undefined : '听不到人说话';
    case 'groups':
      return c.hears.groups === 'when-named' ? undefined : '听不到群里的话';
    case 'press':
      return c.buttons > 0 ? undefined : '没有按钮';
    case 'forms':
      return c.forms ? undefined : '没有表单';
    case 'own-school':
      return demo ? '演示学校的成员是固定的' : undefined;
    case 'recall':
      return c.recalls ? cannot.recall : (cannot.recall ?? '平台不告诉消息被撤回');
    case 'notice':
      return cannot.notice ?? lacking({ capabilities: c, cannot }, 'unasked');
    case 'unasked':
      return cannot.unasked ?? (c.says.unasked === 'nobody' ? '不能主动发消息' : undefined);
    default:
      return cannot[need];
  }
}

/** The same conversations on every platform; what one cannot have is skipped, and the title says why. */
export function holdsTheConversations(name: string, declared: Declared, start: StartRig, not?: string): void {
  describe.skipIf(not)(`${name}${not ? ` (skipped: ${not})` : ''}`, () => {
    let rig: Rig;
    let assistant: Assistant;
    let clock: Clock;
    let talk: Talk;
    beforeEach(async () => {
      clock = startClock();
      rig = await start();
      assistant = await startAssistant(rig);
      talk = talkOn(rig, assistant, clock, (need) => lacking(declared, need) !== undefined);
    });
    afterEach(async () => {
      await assistant.stop();
      await rig.close();
      clock.restore();
    });
    for (const conversation of ALL()) {
      const why = conversation.needs.map((need) => lacking(declared, need)).find((w) => w !== undefined);
      it.skipIf(why)(
        `${conversation.name}${why ? `（${why}）` : ''}`,
        () => conversation.run(talk),
        conversation.timeout ?? 30_000,
      );
    }
  });
}
