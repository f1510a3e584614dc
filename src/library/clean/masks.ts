import type { Edit } from './draft.ts';

/**
 * Characters that reading sites mask to get past filters: 党*织, 思想*治, 党W*记, D建, 组Z生活H. A mask is restored only
 * when the words of the field leave one reading: of all words that fit over it, those with the most visible characters
 * must agree. The second list holds the ordinary words that look the same with a hole in them; they are there to disagree.
 */
const WORDS = `党组织 党组织书记 党组织委员会 党组织领导 党组织会议 基层党组织 上级党组织 各级党组织 党的组织 组织 组织部 组织部门 组织路线 组织力 组织功能 组织生活 组织生活会 组织建设 组织体系 组织关系
群团组织 社会组织 组织领导 组织保障 组织委员 组织原则 组织纪律
政治 思想政治 思想政治工作 思想政治教育 政治功能 政治过硬 政治引领 政治核心 政治建设 政治方向 政治立场 政治纪律 政治规矩 政治生活 政治能力 政治素质 政治标准 政治理论 政治学习 政治属性 政治责任 政治意识 政治认同 政治吸纳 讲政治
党中央 中央 中共中央 党中央要求 中央精神 中央政策 中央文件 中央八项规定 中央办公厅 中共中央办公厅 中央委员会
党委 党委书记 党委会 党委会议 党委委员 党委办公室 党委副书记 党委领导 校党委 市委 区委 县委 省委 教委 区教委 市教委 家委会 家委 支委 支委会 支部委员 支部委员会 常委 纪委 纪委书记 纪委监委 委员 委员会 党总支 总支委员
书记 副书记 总书记 支部书记 总支书记 书记和校长 习近平 习近平总书记 党建 党建工作 党建引领 党建品牌 党员 党章 党史 党史学习 党性 党课 党费 党风 党风廉政建设 党纪 党规 党内 党校 党务 党组 党龄 党群 党旗 党徽
民主 民主生活会 民主评议 民主评议党员 民主集中制 民主集中 民主管理 民主监督 民主决策 民主测评 民主推荐 民主党派 民主协商
班子 班子成员 领导班子 党政班子 班子会 发展大局 工作大局 大局意识 大局 新格局 发展格局 学习格局 工作格局 育人格局 治理格局 思政格局 格局
社会主义 社会主义核心价值观 中国特色社会主义 社会主义办学方向 社会主义建设者 共产党 中国共产党 共产党员 共产主义 马克思主义 中华人民共和国 国务院 国家 政府 人民政府 人民 改革 改革开放 主席 国家主席 主义
教代会 教职工代表大会 校务会 校长办公会 工会 团委 共青团 少先队 意识形态 三重一大 三会一课 主题党日 从严治党 全面从严治党 巡视 巡察 监察 干部 干部任免 监督`;
const LOOKALIKES = `编织 纺织 促织 针织 法治 整治 防治 治理 自治 德治 综治 人治 统治 根治 诊治 救治 未央 班主任 班级 班会 班长 班委 班集体 班额 大会 大家 大队 大力 大学 大赛 大量 大型 大小 大多 大班
格式 格外 格调 格言 资格 严格 合格 规格 风格 人格 性格 价格 表格 及格 品格 方面 层面 局面 全面 全面性 全国性 全局性 全球性 全体 全员 全校 文员 务员 教务 教师 教育 教学 教材 教研 教具 教室 家长会 家访 家庭 家校
校园 校长 校服 校规 校外 校内 校区 校舍 校史 校友 市场 市区 市长 市级 区域 区级 区长 县级 县域 县长 省级 支持 支出 支付 支部 支教 支撑 常态 常规 常务 纪律 纪念 纪要 记录 记者 日记 登记 笔记 传记 标记 历史 校史
民办 民族 民间 居民 公民 农民 主任 主题 主要 主体 自主 业主 生活费 生活区 建设 建立 建议 创建 构建 共建 修建 新建 封建 史料 国史 会议 会员 会计 开会 例会 晚会 家长 成立 委托 委派 委屈 记忆 书法 书本 书籍 图书 副校长 总务 总体 总结 总支
干事 干预 干净 监护 监控 监理 监管 监测 意见 意义 意愿 国际 国防 国旗 人员 人才 人事 人口 改进 改善 改造 政策 政务 政协 政审 财政 行政 思政 德政 廉政 施政 党政 中学 中考 中心 中小学 中层 中午 巡查 巡逻`;

const initials: Readonly<Record<string, string>> = {
  党: 'D',
  委: 'W',
  组: 'Z',
  织: 'Z',
  政: 'Z',
  治: 'Z',
  会: 'H',
  民: 'M',
  主: 'Z',
  建: 'J',
  史: 'S',
  书: 'S',
  记: 'J',
  中: 'Z',
  央: 'Y',
  员: 'Y',
  局: 'J',
  共: 'G',
  产: 'C',
  近: 'J',
  平: 'P',
  部: 'B',
  支: 'Z',
  总: 'Z',
  纪: 'J',
  国: 'G',
  章: 'Z',
  课: 'K',
  教: 'J',
  团: 'T',
  工: 'G',
  代: 'D',
  生: 'S',
  活: 'H',
  改: 'G',
  革: 'G',
  群: 'Q',
  班: 'B',
  子: 'Z',
  格: 'G',
  家: 'J',
};
const words = (list: string) => list.split(/\s+/).filter(Boolean);
const VOCABULARY = [...new Set([...words(WORDS), ...words(LOOKALIKES)])];

/**
 * A hole is one star, or one capital that belongs to no foreign word. X is never one: it stands for a name left out
 * （XX区委）. Only characters that filters are known to catch have their capital here: 党W is 党委, not 党务.
 */
const HOLE = /[*＊A-Z]/;
const RUN = /(?<![A-Za-z0-9*＊_])(?:[*＊]|[A-Z]){1,4}(?![A-Za-z0-9*＊_])/g;

/** The capital may be the first letter of the character's sound; a star may be anything. */
const fits = (hole: string, character: string) => hole === '*' || hole === '＊' || initials[character] === hole;

/** Words by each character and its place in them, so that a visible neighbour leads to the few that can fit. */
const BY_CHARACTER = new Map<string, { word: string; at: number }[]>();
for (const word of VOCABULARY)
  [...word].forEach((c, at) => {
    const list = BY_CHARACTER.get(c);
    if (list) list.push({ word, at });
    else BY_CHARACTER.set(c, [{ word, at }]);
  });

interface Placement {
  readonly start: number;
  readonly word: string;
  /** Twice the characters of the word that stand there unmasked, and one for standing on both sides of the hole. */
  readonly seen: number;
}

/** Words over the hole `[from, to)`. Each covers a neighbour of the hole, so only words with that neighbour are tried. */
function placements(text: string, from: number, to: number): Placement[] {
  const found = new Map<string, Placement>();
  for (const i of [from - 1, to]) {
    for (const { word, at } of BY_CHARACTER.get(text[i] ?? '') ?? []) {
      const start = i - at;
      if (start < 0 || start >= to || start + word.length <= from || found.has(`${start} ${word}`)) continue;
      let [left, right] = [0, 0];
      const whole = [...word].every((c, k) => {
        const there = text[start + k] ?? '';
        if (there === c && start + k < from) left++;
        else if (there === c) right++;
        return there === c || (HOLE.test(there) && fits(there, c));
      });
      if (whole && left + right > 0)
        found.set(`${start} ${word}`, { start, word, seen: 2 * (left + right) + (left > 0 && right > 0 ? 1 : 0) });
    }
  }
  return [...found.values()];
}

/** The one character that the best-placed words put at `at`, or `null`. */
function reading(at: number, all: readonly Placement[]): string | null {
  const over = all.filter((p) => p.start <= at && at < p.start + p.word.length);
  const best = Math.max(0, ...over.map((p) => p.seen));
  const readings = new Set(over.filter((p) => p.seen === best).map((p) => p.word[at - p.start]!));
  return readings.size === 1 ? [...readings][0]! : null;
}

/** Stars that set off emphasis or a list are no masks: at the head of a line, before a blank, or in pairs around words. */
function isOrnament(text: string, from: number, to: number): boolean {
  if (!/^[*＊]+$/.test(text.slice(from, to))) return false;
  return from === 0 || text[from - 1] === '\n' || /[ \t\u3000]/.test(text[from - 1]!) || to - from > 2;
}

export function restoreMasks(text: string): Edit[] {
  const edits: Edit[] = [];
  const runs = [...text.matchAll(RUN)];
  // A text that is half stars was not masked word by word, and there is no sense in it to restore.
  if (runs.length > Math.max(50, Math.min(20_000, text.length * 0.08))) return [];
  for (const run of runs) {
    const [from, to] = [run.index, run.index + run[0].length];
    if (isOrnament(text, from, to)) continue;
    const all = placements(text, from, to);
    const read = Array.from(run[0], (hole, i) => (fitsAny(hole) ? reading(from + i, all) : null));
    // Letters are restored all or not at all: half a word in capitals was no mask.
    if (/[A-Z]/.test(run[0]) && read.includes(null)) continue;
    read.forEach(
      (character, i) =>
        character && edits.push({ start: from + i, end: from + i + 1, text: character, kind: 'restored' }),
    );
  }
  return edits;
}

const CAPITALS = new Set(Object.values(initials));
const fitsAny = (hole: string) => hole === '*' || hole === '＊' || CAPITALS.has(hole);

/** Stars between characters that nothing restores: shown as they stand, and marked as unread. */
export const unreadMasks = (text: string): { start: number; end: number }[] =>
  [
    ...text.matchAll(
      /(?<=[\u3400-\u9fff])[*＊]{1,4}(?=[\u3400-\u9fff，。、；])|(?<=[，。；：\n])[*＊](?=[\u3400-\u9fff])/g,
    ),
  ].map((m) => ({ start: m.index, end: m.index + m[0].length }));
