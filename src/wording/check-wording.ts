import type { Answer } from '../assistant/answer.ts';

/** Bodies a wording may speak of; naming one that the ruling does not name changes the ruling. */
const BODIES = [
  '党组织会议',
  '党委会',
  '支委会',
  '校长办公会',
  '校务会',
  '教代会',
  '教职工大会',
  '家委会',
  '董事会',
  '理事会',
  '党员大会',
  '上级',
  '教育局',
] as const;
const SAME: Readonly<Record<string, readonly string[]>> = {
  党委会: ['党组织会议'],
  支委会: ['支部委员会'],
  校长办公会: ['校长办公会议'],
  校务会: ['校务会议', '校长办公会议'],
  教职工大会: ['教代会'],
  董事会: ['董（理）事会'],
  理事会: ['董（理）事会'],
};
const NO_PARTY =
  /(?:不需要|不用|无需|不必|不须)[^，。；]{0,6}(?:党组织会|党委会|支委会|上会)|not need[^.]{0,20}party meeting/i;
const PARTY = /(?:需要?|须|应当?|必须|要)[^，。；不]{0,6}(?:党组织会|党委会|支委会)|needs?[^.]{0,12}party meeting/i;

const numbersIn = (text: string): string[] =>
  text.match(/\d[\d,.]*\d|\d|[一二三四五六七八九十百千万]+分之[一二三四五六七八九十]+/g) ?? [];
const articlesIn = (text: string): string[] => text.match(/第[一二三四五六七八九十百零\d、至]+[条款项]/g) ?? [];

/**
 * Whether a model's wording says no more and no less than the ruling: it cites only the ruling's clauses, names no body,
 * number or article that the ruling does not, and agrees on whether a Party meeting is needed.
 */
export function checkWording(
  wording: { readonly text: string; readonly cites: readonly string[] },
  answer: Answer,
): boolean {
  const { text, cites } = wording;
  const ruling = answer.answer;
  const known = new Set(answer.citations.map((c) => c.id));
  const within = (items: readonly string[]) => items.every((item) => ruling.includes(item));
  if (!cites.every((id) => known.has(id))) return false;
  if (!within(numbersIn(text)) || !within(articlesIn(text))) return false;
  if (!BODIES.every((b) => !text.includes(b) || [b, ...(SAME[b] ?? [])].some((name) => ruling.includes(name))))
    return false;
  if (answer.party_meeting_required === true) return !NO_PARTY.test(text) && PARTY.test(text);
  if (answer.party_meeting_required === false) return !PARTY.test(text.replace(new RegExp(NO_PARTY.source, 'gi'), ''));
  return !NO_PARTY.test(text);
}
