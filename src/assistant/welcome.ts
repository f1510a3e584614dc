import type { Member } from '../domain/member.ts';
import type { Reply } from '../domain/message.ts';
import { howToBind, isUnbound } from '../office/members/unbound.ts';
import type { Place } from '../office/scene.ts';
import { helpReply } from '../wording/help.ts';

/** Said once where the assistant comes in: who it is, what it can do, examples to press, and how to be known to it. */
export function welcomeFor(by: Member, place: Place): Reply {
  const hello = helpReply('');
  const lines =
    place.kind === 'group'
      ? ['在群里只讲程序；涉及具体人的事，请私聊我。']
      : isUnbound(by)
        ? [howToBind.text]
        : [`您是${by.name}（${by.title}）。发“帮助”看您能用的命令，发“待办”看等您办的事。`];
  return {
    text: [hello.text, ...lines].join('\n'),
    ...(hello.card && {
      card: { ...hello.card, sections: [...hello.card.sections, { heading: '开始用', lines }] },
    }),
  };
}
