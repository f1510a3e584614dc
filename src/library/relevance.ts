/** How well a passage meets a question, beyond its rank: whether it speaks of what was asked, and which sentence does. */

const ASKING =
  /(?:请问|一下|怎么办|怎么样|怎样|怎么|如何|什么时候|什么|多少|多久|几天|几个|哪些|哪个|是不是|能不能|可不可以|要不要|有没有|需要|应该|必须|规定|要求|学校|我们|咱们|本校|上级|中央|文件|里面|里|吗|呢|的|了|要|占|得|是|有|在|对|和|与|及|或|由|被|把|会|能|可以|不|没)/g;

/** Overlapping pairs of what a question is about, without the words that only ask. */
function pairsOf(question: string): string[] {
  const runs = question.replace(ASKING, ' ').match(/[\u3400-\u9fff]+|[a-z0-9]+/g) ?? [];
  return [
    ...new Set(
      runs.flatMap((run) =>
        /^[a-z0-9]/.test(run) || run.length === 1
          ? [run]
          : Array.from({ length: run.length - 1 }, (_, i) => run.slice(i, i + 2)),
      ),
    ),
  ];
}

/** The share of the question's content that stands in the text, from 0 to 1. */
export function coverage(question: string, text: string): number {
  const pairs = pairsOf(question);
  return pairs.length === 0 ? 0 : pairs.filter((p) => text.includes(p)).length / pairs.length;
}

/** The sentences that answer best, in the order of the text, at most `limit`; each stands in the text word for word. */
export function bestSentences(question: string, text: string, limit: number): string[] {
  const sentences =
    text
      .match(/[^。；！？\n]+[。；！？]?/g)
      ?.map((s) => s.trim())
      .filter(Boolean) ?? [];
  if (sentences.length <= limit) return sentences;
  const pairs = pairsOf(question);
  const asksHowMuch = /多少|几|比例|多久|期限/.test(question);
  const worth = (s: string) =>
    pairs.filter((p) => s.includes(p)).length +
    (asksHowMuch && /[\d一二三四五六七八九十]+(?:分之|%|％|天|日|个|人|元|年|月|成)|半数/.test(s) ? 1.5 : 0);
  const best = new Set(sentences.toSorted((a, b) => worth(b) - worth(a)).slice(0, limit));
  return sentences.filter((s) => best.has(s));
}

/** Those sentences as one quotation; what is left out between them is shown by an ellipsis. */
export function excerpt(question: string, text: string, limit: number): string {
  let end = -1;
  return bestSentences(question, text, limit).reduce((said, sentence) => {
    const at = text.indexOf(sentence, Math.max(end, 0));
    const skips = end >= 0 && text.slice(end, at).trim() !== '';
    end = at + sentence.length;
    return `${said}${skips ? '……' : ''}${sentence}`;
  }, '');
}
