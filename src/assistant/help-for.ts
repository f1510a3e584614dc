import type { Member } from '../domain/member.ts';
import type { Reply } from '../domain/message.ts';
import { button } from '../office/command.ts';
import { COMMANDS } from '../office/commands.ts';
import type { Place } from '../office/scene.ts';
import { languageOf } from '../reading/normalise.ts';
import { helpReply } from '../wording/help.ts';

/** Most buttons under the help: more are not looked at. */
const MOST_BUTTONS = 6;

/** `/帮助` for the place and the role one is in: what this person can do here, each with an example. */
export function helpFor(by: Member, place: Place, text: string): Reply {
  const general = helpReply(text);
  if (languageOf(text) === 'en') return general;
  const mine = COMMANDS.filter((c) => c.forWhom(by));
  const where =
    place.kind === 'group'
      ? '群里请 @议事 或用 / 开头；涉及具体人的事我会转到私聊。'
      : '私聊里直接说；文件也请在这里发给我。';
  const lines = mine.map((c) => `/${c.name}　${c.help}`);
  return {
    text: [`${by.name}（${by.title}），您可以这样用：`, where, ...lines, '拿不准的规则问题，直接用平常的话问。'].join(
      '\n',
    ),
    card: {
      title: '议事：先问清，再上会',
      tone: 'neutral',
      summary: `${by.name}（${by.title}），${where}`,
      sections: [{ heading: '您能用的命令', lines }],
      actions: [
        ...['待办', '工作台', '议题', '会议', '决议']
          .filter((name) => mine.some((c) => c.name === name))
          .map((name) => button(`/${name}`, name)),
        ...(general.card?.actions ?? []),
      ].slice(0, MOST_BUTTONS),
    },
  };
}
