import type { Reply } from '../domain/message.ts';
import type { Turned } from './converse.ts';

const REMINDER = {
  zh: '群里只讲程序：请不要在这里说到具体的人，个案请私聊我。',
  en: 'In a group I only speak of the procedure: please name nobody here, and write to me directly about a case.',
};

/** What is said to a group: a matter kept to the committee comes with the reminder that cases are for direct chats. */
export function inGroup({ answer, reply }: Turned): Reply {
  if (answer?.confidentiality !== 'committee_only') return reply;
  const reminder = REMINDER[answer.language];
  const heading = answer.language === 'zh' ? '提醒' : 'Please note';
  return {
    ...reply,
    text: `${reminder}\n${reply.text}`,
    ...(reply.card && { card: { ...reply.card, sections: [...reply.card.sections, { heading, lines: [reminder] }] } }),
  };
}
