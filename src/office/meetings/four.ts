import type { FourClear } from '../../domain/resolution.ts';
import type { Said } from '../command.ts';
import { dayIn } from '../dates.ts';
import type { Scene } from '../scene.ts';

/** What stands beside an outcome: the decision's text, the four clear things, when to talk again. */
export interface Four {
  readonly text: string;
  readonly four: Partial<FourClear>;
  readonly coowner: string | undefined;
  readonly talkAgainOn: string | undefined;
}

const LABELS: Readonly<Record<string, 'goal' | 'measures' | 'deadline' | 'owner' | 'coowner' | 'text'>> = {
  目标: 'goal',
  目标任务: 'goal',
  措施: 'measures',
  推进措施: 'measures',
  时限: 'deadline',
  期限: 'deadline',
  完成时限: 'deadline',
  责任: 'owner',
  责任人: 'owner',
  责任主体: 'owner',
  协办: 'coowner',
  配合: 'coowner',
  内容: 'text',
  决定: 'text',
  决定内容: 'text',
};
const LABEL = new RegExp(
  `(?:^|[\\s,，;；。])(${Object.keys(LABELS)
    .toSorted((a, b) => b.length - a.length)
    .join('|')})\\s*[:：]`,
  'g',
);

/** `目标：8月底前完成；措施：先招标；时限：8月25日；责任：何副校长`, and before the first label the decision itself. Form values win. */
export function fourIn(scene: Scene, said: Said, words: string): Four {
  const stated: Partial<Record<'goal' | 'measures' | 'deadline' | 'owner' | 'coowner' | 'text', string>> = {};
  const marks = [...words.matchAll(LABEL)];
  marks.forEach((mark, n) => {
    const from = mark.index + mark[0].length;
    stated[LABELS[mark[1]!]!] = words.slice(from, marks[n + 1]?.index).replace(/^[\s]+|[\s;；,，]+$/g, '');
  });
  const head = words
    .slice(0, marks[0]?.index)
    .replace(/[\s;；,，]+$/, '')
    .trim();
  const pick = (key: keyof typeof stated): string | undefined => said.values[key]?.trim() || stated[key] || undefined;
  const four = Object.fromEntries(
    (['goal', 'measures', 'deadline', 'owner'] as const).flatMap((k) => (pick(k) ? [[k, pick(k)!]] : [])),
  );
  const again = dayIn(said.values['date'] || head, scene.day)?.day;
  return {
    text: pick('text') ?? head,
    four,
    coowner: pick('coowner'),
    talkAgainOn: again !== undefined && again >= scene.day ? again : undefined,
  };
}
