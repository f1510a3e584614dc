import type { Reply } from '../domain/message.ts';
import { languageOf } from '../reading/normalise.ts';

export const SUGGESTIONS = [
  '食堂阿姨走了想再招一个，要上会吗？',
  '提拔一个教研组长要党委会投票吗',
  '买一批电脑 8 万',
  '书记和校长意见不一致怎么办',
] as const;

/** Who this is, what it can do, examples to press, and where a person helps. */
export function helpReply(text: string): Reply {
  const en = languageOf(text) === 'en';
  const lines = en
    ? [
        'I am Yishi. Ask me who decides something in the school, in your own words; I answer with the clauses, or ask the one question that settles it.',
        'In a group, name me (@议事); in a direct chat just write.',
        'Example: does hiring a security guard need a committee vote?',
        'When in doubt, ask the school office.',
      ]
    : [
        '我是议事。学校里一件事该由谁定、先做什么、上哪个会，用平常的话问我，我按规则答，并给出依据；缺一个关键情况时只问一个问题。',
        '群里请 @议事 或用 / 开头；私聊直接说。',
        '命令：/帮助　/取消',
        '拿不准的，请问学校办公室。',
      ];
  return {
    text: lines.join('\n'),
    card: {
      title: en ? 'Yishi' : '议事：先问清，再上会',
      tone: 'neutral',
      summary: lines[0]!,
      sections: [{ heading: en ? 'What I do' : '我能做什么', lines }],
      actions: SUGGESTIONS.map((s) => ({ id: `ask:${s}`, label: s, style: 'default' as const })),
    },
  };
}
