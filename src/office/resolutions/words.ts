import type { CardField } from '../../domain/message.ts';
import type { Said } from '../command.ts';

/** A form's field as this room writes it. */
export const text = (name: string, label: string, required = true): CardField => ({
  name,
  label,
  type: 'text',
  required,
});
export const date = (name: string, label: string): CardField => ({ name, label, type: 'date', required: true });
export const choice = (name: string, label: string, options: readonly string[]): CardField => ({
  name,
  label,
  type: 'select',
  options: options.map((o) => ({ value: o, label: o })),
  required: true,
});

export const value = (said: Said, name: string): string => (said.values[name] ?? '').trim();

/** A word at the start, alone or followed by a separator: `同意`, `退回 缺验收单`, `受阻：等批复`; not `同意见` nor `已完成招标`. */
export function leading(words: string, options: readonly string[]): { word: string | undefined; rest: string } {
  for (const word of options.toSorted((a, b) => b.length - a.length)) {
    const after = words.slice(word.length);
    if (!words.startsWith(word) || !/^(?:$|[\s,，、:：;；。!！])/.test(after)) continue;
    return { word, rest: after.replace(/^[\s,，、:：;；。!！]+/, '').trim() };
  }
  return { word: undefined, rest: words };
}

const EVIDENCE = /(?:^|[\s,，、。;；])(?:佐证|证据|证明材料|附件|见附件)\s*[:：]?\s*(\S.*)$/;
const LINK = /https?:\/\/[^\s，。；、）)]{3,500}/;

/** Evidence named in words: after 佐证, 附件 …, or a link. */
export function evidenceIn(words: string): { evidence: string | undefined; rest: string } {
  const said = EVIDENCE.exec(words);
  if (said) return { evidence: said[1]!.trim(), rest: words.slice(0, said.index).trim() };
  const link = LINK.exec(words);
  return { evidence: link?.[0], rest: words };
}

/** Words that prove nothing: `已完成`, `好了`, `见附件`. */
export const provesNothing = (evidence: string): boolean =>
  evidence
    .replace(
      /已经|已|全部|都|完成|办结|办好|办完|做好|做完|好了|完毕|落实|到位|见|附件|佐证|材料|证据|如下|无|没有|暂|待补|后补|同上|的|了|完/g,
      '',
    )
    .replace(/[^\p{L}\p{N}]/gu, '').length < 2;

/** A reason: at least four characters of something. */
export const isReason = (words: string): boolean => words.replace(/[^\p{L}\p{N}]/gu, '').length >= 4;

/** Full-width digits and letters as half-width ones, the rest of people's words as they wrote them. */
export const halfWidth = (words: string): string =>
  words
    .replace(/[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .trim();
