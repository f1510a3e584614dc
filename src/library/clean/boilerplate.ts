import type { Edit } from './draft.ts';
import { linesOf } from './page-noise.ts';

/**
 * What a site puts around a document. Only whole lines of a known kind go, and from the first line of a closing list
 * (tags, recommendations) everything behind it, as long as nothing there reads like a document: a rule that loses a
 * sentence of a school's own text is worse than a button left in.
 */
const LINES: readonly RegExp[] = [
  /^(?:电子文档交易市场|文本预览|下载提示|常见问题|全文阅读|在线阅读|正文|相关附件下载|分享|收藏|点赞|评论|举报|打印|关闭|返回|首页|登录|注册|搜索|目录导航)$/,
  /^(?:安卓|苹果|android|ios|手机)\s*(?:app|版本?|版|客户端)?(?:\s*[|｜]\s*(?:安卓|苹果|android|ios|手机)\s*(?:app|版本?|客户端)?)*$/i,
  /^(?:共\s*)?\d{1,4}\s*页$/,
  /^(?:卖家|上传人?|上传者|上传时间|文档(?:编号|格式|大小|热度|积分)|页数|下载(?:次数|量|积分)?|浏览(?:次数|量)?|阅读(?:次数|量|数)?|点击(?:次数|数|量)?|字体|字号|当前位置|您(?:现在)?的位置|您当前的位置)\s*(?:\[[^\]]{0,10}\])?\s*[:：].{0,80}$/,
  /^(?:[/／]?\s*\d*\s*)?(?:(?:举报|版权申诉|马上下载|立即下载|免费下载|下载文档|下载本文|收藏本文|加入收藏|添加收藏|分享到[:：]?|打印本页|打印|关闭窗口|关闭|返回顶部|字号[:：]?|【?[大中小]】?|微信|微博|QQ空间|朋友圈|复制链接)[\s|｜/、]*){1,14}$/i,
  /^(?:上一篇|下一篇|上一页|下一页|上一条|下一条|返回列表|推荐访问|点击阅读更多|展开(?:全文|更多)|继续阅读|阅读原文|点击查看|查看更多)(?:[:：\s].{0,160}|内容)?$/,
  /^(?:下面|以下)?(?:是|为)?小编.{0,4}(?:大家|您|你)?(?:整理|收集|分享|带来).{0,90}(?:参考|帮助|欢迎阅读|希望).{0,20}$/,
  /^.{0,16}(?:扫描|扫一扫|扫码|长按|识别).{0,10}(?:二维码|微信|公众号).{0,20}$/,
  /^.{0,12}二维码.{0,12}(?:访问|关注|推送|分享|浏览|阅读).{0,12}$/,
  /^.{0,80}(?:©|&copy;|copyright|all rights reserved).{0,80}$/i,
  /^.{0,60}(?:ICP[备证]|公网安备|网站标识码|增值电信|经营许可证|网警备案).{0,80}$/i,
  /^《?.{0,80}》?由会员.{0,30}(?:分享|上传|提供).{0,80}$/,
  /^(?:更多|想了解更多|了解更多).{0,60}(?:请|欢迎|敬请)?(?:关注|点击|搜索|访问|查看).{0,30}$/,
  /^(?:声明|免责声明|版权声明|特别声明)[:：].{0,20}(?:本站|网络|转载|侵权|版权|作者).{0,160}$/,
  /^本(?:文|文档|资料|内容|作品).{0,12}(?:由|来自|来源于|转载自).{0,30}(?:网友|会员|网络|整理|上传|分享).{0,60}$/,
  /^(?:关于(?:我们|本站|.{1,8}网)|联系我们|网站地图|版权申诉|免责声明|诚邀英才|友情链接|使用条款|隐私政策|手机版|设为首页)(?:[\s|｜\-–—·]+\S{2,12}){1,10}$/,
];

/** A sentence among others that gives a reader of the web something to do. */
const SENTENCES =
  /(?<=^|[\n。！？])(?:(?:请|欢迎)?(?:扫描|扫一扫)(?:下方|上方|左侧|右侧)?二维码(?:推送至手机)?(?:访问|关注|阅读|分享)[^。\n]{0,20}。|更多[^。\n]{0,40}请在[^。\n]{0,20}(?:网|文库)[^。\n]{0,6}(?:搜索|查看)。)/g;

const CLOSING =
  /^(?:最新|热门|相关|推荐|猜你喜欢|大家都在看|您可能感兴趣)(?:标签|文档|文章|推荐|阅读|资料|内容|搜索|专题|新闻|的(?:文档|文章))?[:：]?$|^(?:猜你喜欢|大家都在看|热门标签)/;

const unbulleted = (line: string) => line.trim().replace(/^[•·●]\s*/, '');
const isAround = (line: string) => line.length < 400 && LINES.some((p) => p.test(unbulleted(line)));

export function boilerplate(text: string): Edit[] {
  const lines = linesOf(text);
  const remove = (from: number, to: number): Edit => {
    const start = from > 0 ? lines[from - 1]!.start + lines[from - 1]!.text.length : 0;
    return { start, end: lines[to]!.start + lines[to]!.text.length, text: '', kind: 'boilerplate' };
  };
  const closing = lines.findIndex(
    (l, i) => i > 0 && CLOSING.test(unbulleted(l.text)) && isTail(lines.slice(i + 1).map((x) => x.text)),
  );
  const body = closing < 0 ? lines : lines.slice(0, closing);
  const edits = body.flatMap((line, i) => (isAround(line.text) ? [remove(i, i)] : []));
  if (closing > 0) edits.push(remove(closing, lines.length - 1));
  for (const m of text.matchAll(SENTENCES))
    edits.push({ start: m.index, end: m.index + m[0].length, text: '', kind: 'boilerplate' });
  const last = /(?<=[。！？”）])\s*(?:上一篇|下一篇)\s*[:：][^\n]{0,600}$/.exec(text);
  if (last) edits.push({ start: last.index, end: text.length, text: '', kind: 'boilerplate' });
  return edits;
}

/** Behind a closing list stand no sentences and no articles. */
const isTail = (lines: readonly string[]): boolean =>
  lines.length < 60 &&
  !lines.some((l) => /^\s*(?:第[一二三四五六七八九十百\d]+[章条]|[一二三四五六七八九十]{1,2}、|附件)/.test(l)) &&
  lines.join('').split('。').length <= 3;

/** What two forms of one title share: no marks, no year, no ornament. */
const bare = (title: string) =>
  title.replace(/[^\p{L}\p{N}]|(?:19|20)\d\d年?|W|\*/gu, '').replace(/^(?:学习|转发|关于)+/, '');

function alike(a: string, b: string): boolean {
  const [x, y] = [bare(a), bare(b)];
  if (x.length < 6 || y.length < 6) return false;
  if (x.includes(y) || y.includes(x)) return Math.min(x.length, y.length) > Math.max(x.length, y.length) * 0.4;
  const pairs = (s: string) => new Set(Array.from({ length: s.length - 1 }, (_, i) => s.slice(i, i + 2)));
  const [p, q] = [pairs(x), pairs(y)];
  return (2 * [...p].filter((g) => q.has(g)).length) / (p.size + q.size) > 0.85;
}

/** The title said again among the first lines, or again at the beginning of the first paragraph. */
export function repeatedTitles(text: string): Edit[] {
  const lines = linesOf(text).slice(0, 8);
  const title = lines[0];
  if (!title || title.text.length > 90 || /[。；]/.test(title.text) || bare(title.text).length < 6) return [];
  const edits: Edit[] = [];
  for (const [i, line] of lines.entries()) {
    if (i === 0) continue;
    if (line.text.length <= 100 && !/[。；]/.test(line.text) && alike(title.text, line.text)) {
      const before = lines[i - 1]!;
      edits.push({
        start: before.start + before.text.length,
        end: line.start + line.text.length,
        text: '',
        kind: 'repeated-title',
      });
      continue;
    }
    // “标题 标题的后半 近年来，……”: parted by blanks from the paragraph it runs into.
    let rest =
      line.text.length > title.text.length + 20 && line.text.startsWith(title.text.trim())
        ? title.text.trim().length
        : 0;
    for (let m; (m = /^\s*(\S{6,80})[ \t\u3000]+(?=\S)/.exec(line.text.slice(rest))) && alike(title.text, m[1]!);)
      rest += m[0].length;
    if (rest > 0) edits.push({ start: line.start, end: line.start + rest, text: '', kind: 'repeated-title' });
  }
  return edits;
}

/** What a title ends with. */
const TITLE_END =
  /(?:总结|汇报|报告|发言|讲话|体会|文章|材料|方案|计划|办法|制度|规则|意见|通知|细则|规定|条例|章程|要点)$/;

/**
 * A text run together into one line: the title at its beginning, said again where the document proper starts, and the
 * titles of the pieces it announces, get lines of their own.
 */
export function titlesOnLines(text: string): Edit[] {
  const first = linesOf(text)[0];
  if (!first) return [];
  const breakAt = (at: number): Edit => ({ start: at, end: at, text: '\n', kind: 'title-line' });
  if (first.text.length <= 150) return partTitles(text, first.text, breakAt);
  const opening = first.text.slice(0, 300);
  for (let length = 70; length >= 12; length--) {
    const head = opening.slice(0, length);
    const again = opening.indexOf(head, length);
    if (again > 0 && again <= 200 && !/[。，；]/.test(head) && TITLE_END.test(head))
      return [breakAt(first.start + again), breakAt(first.start + again + length)];
  }
  return [];
}

/** “……表态发言与……工作汇报【两篇文】”: each part, where it follows a full stop, begins a piece. */
function partTitles(text: string, title: string, breakAt: (at: number) => Edit): Edit[] {
  if (!/【?[两三四五六]篇/.test(title)) return [];
  return title.split(/[与和及、【】]/).flatMap((part) => {
    const body = part.replace(/^(?:19|20)\d\d年/, '');
    const tail = body.length >= 12 ? text.indexOf(body, title.length) : -1;
    if (tail < 0) return [];
    const start = tail - (/(?:19|20)\d\d年$/.exec(text.slice(Math.max(0, tail - 5), tail))?.[0].length ?? 0);
    const stands = /[。！？]$/.test(text.slice(0, start));
    return stands ? [breakAt(start), breakAt(tail + body.length)] : [];
  });
}
