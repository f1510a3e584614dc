/** Openings that only say that something should go to a meeting. */
const OPENING =
  /^(?:请|麻烦|帮我|帮忙|我想|我们想|想|要|准备|打算)*(?:起草|提交|提|报|上报|列|申报)?(?:一个|个|一下)?议题[:：，,\s]*/;
const CLOSING =
  /(?:的事情?|这件事|这事)?\s*(?:提交?(?:到|上)?会(?:议?(?:讨论|研究|上))?|提上会|上会(?:讨论|研究)?|列入议题|提到会上)[。！!]*$/;
const AROUND = /^(?:把|将|关于|就)\s*/;
/** A question whether it goes to a meeting, and what says only where the money comes from. */
const MEETS = '上?(?:会|开会|党委会|党组织会议|支委会|校长办公会议?)(?:投票|表决|讨论|研究|决定|批准|通过)?';
const ASKING = new RegExp(
  `[，,\\s]*(?:(?:要不要|需不需要|用不用|是不是要)${MEETS}[吗呢?？]*|(?:需要|要|得|该|用)?${MEETS}[吗嘛么?？]+)$`,
);
const BUDGETED = /[，,\s]+(?:已|都)?(?:在)?(?:年度)?预算(?:之)?[内外](?:的|支出)?[。]?$/;
const MONEY =
  /[，,\s]*(?:预算|金额|经费|大概|大约|约|共|总价|费用)?(?:为|是|大概|大约|约)?\s*\d[\d,，.]*\s*(?:万元|万|千元|元|块钱|块|w|W)(?:左右|以内)?/g;

/** Characters a subject is looked for in. */
const MOST_READ = 400;

/**
 * What the item is about, in the person's own words without what surrounds them: `更换食堂承包商`. A sum that is not the item's
 * amount (`每生每学期600元`) belongs to the matter and stays.
 */
export function subjectOf(words: string, amountKnown = true): string {
  // Bounded, and blanks run together: the patterns below try every blank of a row against every other.
  const plain = [...words.replace(/\s+/g, ' ')]
    .slice(0, MOST_READ)
    .join('')
    .replace(/[@＠]\s*\S+\s*/g, '')
    .replace(OPENING, '')
    .replace(AROUND, '')
    .replace(amountKnown ? MONEY : /$/, '')
    .replace(BUDGETED, '')
    .replace(CLOSING, '')
    .replace(ASKING, '')
    .replace(/的事情?$/, '')
    .replace(/[\s，,。；;！!？?]+$/, '')
    .trim();
  return [...plain].slice(0, 40).join('') || [...words.trim()].slice(0, 40).join('');
}

/** The subject of a title somebody wrote: `关于选用校服的请示` is about `选用校服`. */
export const subjectIn = (title: string): string =>
  [
    ...title
      .trim()
      .replace(/^关于/, '')
      .replace(/的请示$/, ''),
  ]
    .slice(0, 40)
    .join('');

/** An amount named in English, as people then write it: `budget 600,000`, `budget of RMB 80000`. */
export const englishBudget = (words: string): string | undefined =>
  /\b(?:budget|amount|cost|price)(?:\s+(?:of|is|about))?\s*:?\s*(?:rmb|cny|¥|￥)?\s*(\d[\d,]*(?:\.\d+)?)/i
    .exec(words)?.[1]
    ?.replaceAll(',', '');

/** Something is to be done: without one of these a subject only names a thing (校服). */
const DOES =
  /换|买|购|建|修|招|聘|调|改|办|开|设|定|订|选|租|签|续|采|装|发|评|任|免|处|给|收|停|增|减|组织|举行|成立|参加|推荐|拆|报|分配|表彰|奖|罚|撤|并|引进|外包|承包|实施|启动|推|加|用|拨|付|借|捐|赠|派|送|考|审|做|搞|拟|申请|检查|培训/;
const names = (subject: string): boolean => !DOES.test(subject);

/** `关于更换食堂承包商的请示` (form 0.1); a thing that is only named is `关于校服有关事项的请示`. */
export const titleOf = (subject: string): string => {
  if (/(?:请示|报告|方案|通知|办法|规划|计划)$/.test(subject)) return `关于${subject.replace(/^关于/, '')}`;
  return `关于${subject}${names(subject) ? '有关事项' : ''}的请示`;
};

/** The one question the meeting is asked, in the form's wording: `请审议是否同意更换食堂承包商（金额60万元）`. */
export const questionOf = (subject: string, amount: string | undefined): string => {
  const plan = names(subject) || /(?:方案|办法|规划|计划)$/.test(subject);
  const what = plan ? `${subject}${names(subject) ? '有关事项的建议方案' : ''}` : subject;
  return `请审议是否同意${what}${amount ? `（金额${moneyOf(Number(amount))}）` : ''}`;
};

/** `60万元`, `8500元`: as people write it. */
export function moneyOf(yuan: number): string {
  if (!Number.isFinite(yuan)) return '';
  return yuan >= 10_000 && yuan % 100 === 0 ? `${yuan / 10_000}万元` : `${yuan.toLocaleString('en-US')}元`;
}
