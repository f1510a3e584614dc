import type { Language } from '../domain/deciders.ts';
import type { SchoolProfile } from '../domain/school.ts';
import { parseQuantity } from '../reading/numbers.ts';

/** Half and two thirds of those due to attend, both taken inclusively and rounded up (procedure 4.1). */
export const half = (due: number): number => Math.ceil(due / 2);
export const twoThirds = (due: number): number => Math.ceil((due * 2) / 3);
/** More than half of those due to attend must be in favour. */
export const majority = (due: number): number => Math.floor(due / 2) + 1;

const PEOPLE =
  /(?:班子|党委|支委|委员|成员|一共|总共|就|有)[^\d零一二两三四五六七八九十]{0,4}([\d零一二两三四五六七八九十]+) ?(?:个|名|位)?(?:人|委员|成员)/;

/** The school's own numbers, or those the question itself names: 班子一共三个人. */
export function quorumLines(school: SchoolProfile, question: string, l: Language): string[] {
  const told = PEOPLE.exec(question);
  const due = told ? parseQuantity(told[1]!)?.value : undefined;
  if (due && due >= 2 && due <= 50)
    return [
      l === 'zh'
        ? `按您说的应到${due}人算：一般事项至少${half(due)}人到会，干部任免等重要事项至少${twoThirds(due)}人到会，赞成至少${majority(due)}人为通过。`
        : `For ${due} due to attend: at least ${half(due)} present, ${twoThirds(due)} for cadre and other important matters, ${majority(due)} in favour to pass.`,
    ];
  const who = school.demo ? (l === 'zh' ? `${school.name}（演示）` : `${school.name} (demo)`) : school.name;
  const unset =
    l === 'zh'
      ? '本校两会成员数未设定，不能算出具体人数。'
      : 'The school has not set the numbers of members, so no head count is given.';
  if (!school.partyMembers && !school.adminMembers) return [unset];
  const party = school.partyMembers;
  const admin = school.adminMembers;
  return [
    ...(party
      ? [
          l === 'zh'
            ? `${who}党组织班子${party}人：一般事项至少${half(party)}人到会，干部任免等重要事项至少${twoThirds(party)}人到会，赞成至少${majority(party)}人为通过。`
            : `${who}, Party leadership of ${party}: at least ${half(party)} present, ${twoThirds(party)} on cadre and other important matters, ${majority(party)} in favour to pass.`,
        ]
      : []),
    ...(admin
      ? [
          l === 'zh'
            ? `行政班子${admin}人：校长办公会议至少${half(admin)}人到会。`
            : `Administrative leadership of ${admin}: at least ${half(admin)} present.`,
        ]
      : []),
    ...(school.congressDelegates
      ? [
          l === 'zh'
            ? `教代会代表${school.congressDelegates}人：至少${twoThirds(school.congressDelegates)}人出席，赞成至少${half(school.congressDelegates)}人为通过。`
            : `Staff congress of ${school.congressDelegates}: at least ${twoThirds(school.congressDelegates)} present, ${half(school.congressDelegates)} in favour to pass.`,
        ]
      : []),
  ];
}
