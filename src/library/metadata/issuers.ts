import type { Level } from '../../rules/rulebook.ts';

/** Who issues under which letters: the beginnings of document numbers that are the same all over the country. */
const NUMBERS: readonly (readonly [RegExp, string])[] = [
  [/^(?:中办发|中办|厅字)/, '中共中央办公厅'],
  [/^(?:中发|中委)/, '中共中央'],
  [/^国办(?:发|函)/, '国务院办公厅'],
  [/^国(?:发|函)/, '国务院'],
  [/^(?:教基厅|教办厅|教厅|教师厅|教人厅|教财厅|教政法厅|教督厅)/, '教育部办公厅'],
  [/^(?:教基|教师|教人|教财|教政法|教党|教发|教思政|教体艺|教督|教材)(?:函|司|一|二)?〔/, '教育部'],
  [/^财(?:库|综|教|行|会|资)/, '财政部'],
  [/^人社部?发/, '人力资源和社会保障部'],
  [/^(?:中组发|组通字|组电)/, '中共中央组织部'],
  [/^发改(?:价格|社会)/, '国家发展和改革委员会'],
];

export const issuerOfNumber = (number: string): string | null => NUMBERS.find(([p]) => p.test(number))?.[1] ?? null;

const LEVELS: readonly (readonly [Level, RegExp])[] = [
  [
    'school',
    /学校|中学|小学|幼儿园|附中|附小|一中|二中|三中|中专|职高|职业高中|实验校|教代会|校长办公会|党支部|校党委/,
  ],
  ['central', /^(?:中共中央|中央|国务院|全国人大|全国人民代表大会|中华人民共和国(?:主席|国务院)|中国共产党)/],
  [
    'ministry',
    /^(?:中华人民共和国)?(?:教育部|财政部|人力资源社会保障部|人力资源和社会保障部|国家\S{2,12}(?:局|委员会|总局)|公安部|民政部|司法部|市场监管总局|审计署)/,
  ],
  ['province', /(?:省|自治区|北京市|上海市|天津市|重庆市)(?!.*(?:县|区教|区委|区人民|自治州|[^\s]{2,6}市))/],
  ['district', /(?:县|区|旗)(?:委|教|人民|政府|体|纪|财|人社|发改|$)|(?:县|区|旗)(?!.*市)/],
  ['city', /市|自治州|地区|州/],
  ['province', /省|自治区/],
];

/** At what level the issuer stands; without an issuer the document is taken to be the school's own. */
export function issuerLevel(issuer: string, title: string): { value: Level; sure: 'stated' | 'likely' | 'guessed' } {
  if (issuer === '' && /^中华人民共和国\S{2,20}法$/.test(title)) return { value: 'central', sure: 'likely' };
  // A committee or an office of the city is not the city's schools: the last place named decides.
  const found = LEVELS.find(([, pattern]) => pattern.test(issuer));
  return found ? { value: found[0], sure: 'likely' } : { value: 'school', sure: 'guessed' };
}
