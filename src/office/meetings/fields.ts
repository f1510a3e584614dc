import type { CardField } from '../../domain/message.ts';
import type { Scene } from '../scene.ts';

/** The fields of this room's forms. */

export const field = (name: string, label: string, type: CardField['type'], required = true): CardField => ({
  name,
  label,
  type,
  required,
});
export const choice = (
  name: string,
  label: string,
  options: readonly (readonly [value: string, label: string])[],
  required = true,
): CardField => ({
  ...field(name, label, 'select', required),
  options: options.map(([value, text]) => ({ value, label: text })),
});

/** Date, time and place of a meeting. */
export const WHEN_FIELDS: readonly CardField[] = [
  field('date', '日期', 'date'),
  field('time', '时间（如 14:00）', 'text'),
  field('place', '地点', 'text'),
];

const FOUR: ReadonlySet<string> = new Set(['goal', 'measures', 'deadline', 'owner']);

/** The four clear things, which must all be filled in, beside what was decided. */
export const fourFields = (scene: Scene): readonly CardField[] =>
  outcomeFields(scene, true)
    .slice(1)
    .map((f) => (FOUR.has(f.name) ? { ...f, required: true } : f));

/** The outcome, its text and, where a body decides, the four clear things. */
export function outcomeFields(scene: Scene, decides: boolean): readonly CardField[] {
  const head = [
    choice('outcome', '结果', [
      ['通过', '通过'],
      ['修改后通过', '修改后通过'],
      ['不通过', '不通过'],
      ['暂缓', '暂缓'],
    ]),
    field('text', '决定内容', 'text', false),
  ];
  if (!decides) return head;
  const people = scene.roster.all.map((m) => [m.id, m.name] as const);
  return [
    ...head,
    field('goal', '目标任务', 'text', false),
    field('measures', '推进措施', 'text', false),
    field('deadline', '完成时限', 'date', false),
    choice('owner', '责任主体', people, false),
    choice('coowner', '协办', people, false),
  ];
}
