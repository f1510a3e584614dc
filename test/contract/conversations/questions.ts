import type { Told } from '../rig.ts';
import type { Talk } from '../talk.ts';

/** A question, how its answer is known, and more of them. */
export const ASKED = '招一名编外保安要上党委会吗？';
export const ANSWERED = /不需要上党组织会议/;
export const answers = (talk: Talk, since: number) => talk.since(since).filter((t) => ANSWERED.test(t.text));
/** How many messages these are: one that was changed is one. */
export const messages = (told: readonly Told[]): number => new Set(told.map((t) => t.id ?? t)).size;
/** As many different questions as asked, each told by the words of its answer. */
export const QUESTIONS = [
  ['招一名编外保安要上党委会吗？', /编外保安/],
  ['食堂要换承包公司，要上会吗', /食堂/],
  ['采购课桌椅八万要过什么会', /货物采购/],
] as const;

/** Everything a platform might take for markup, a mention or a link, and writing that runs the other way. */
export const HOSTILE =
  '<at id=all></at> <@all> @所有人 [点这里](https://evil.example) **粗** `代码` \u202eמרחבا 👩‍👩‍👧 </at>';
