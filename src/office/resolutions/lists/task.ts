import { isOpen, type Resolution } from '../../../domain/resolution.ts';
import { dayText } from '../../dates.ts';
import type { Scene } from '../../scene.ts';
import { checkerFor } from '../people.ts';
import type { GoodRow } from './rows.ts';

/** A new task of a list's row. */
export function taskOf(scene: Scene, list: string, row: GoodRow): Resolution {
  const checker = row.checker ?? checkerFor(scene, row.four.owner, undefined);
  return {
    id: `R${scene.next('R')}`,
    number: row.row,
    title: titleOf(row),
    text: row.four.goal,
    ...row.four,
    source: sourceOf(list, row),
    state: 'waiting',
    ...(row.coowner && { coowner: row.coowner }),
    ...(checker && { checker }),
    confidentiality: 'internal',
    progress: [],
    extensions: [],
    createdAt: scene.at,
  };
}

const titleOf = (row: GoodRow): string => [...row.four.goal.split(/[。；;\n]/)[0]!].slice(0, 30).join('');

const sourceOf = (list: string, { row, problem, from, nature }: GoodRow): Resolution['source'] => ({
  kind: 'list',
  list,
  row,
  ...(problem && { problem }),
  ...(from && { from }),
  ...(nature && { nature }),
});

/** What the list says now over what was kept: state, progress and extensions stay. */
export function updatedTask(
  scene: Scene,
  old: Resolution,
  list: string,
  row: GoodRow,
): { next?: Resolution; note?: string } {
  const changed = withoutEarlier(scene, old, {
    ...old,
    ...row.four,
    deadline: row.four.deadline > old.deadline ? old.deadline : row.four.deadline,
    title: titleOf(row),
    text: row.four.goal,
    source: sourceOf(list, row),
    ...(row.coowner && { coowner: row.coowner }),
    ...(row.checker && { checker: row.checker }),
  });
  const same = saysTheSame(old, changed);
  const note = deadlineNote(old, row);
  if (!same && (old.state === 'closed' || old.state === 'ended' || old.state === 'done'))
    return { note: `${old.id}（编号 ${old.number}）${OVER[old.state]}，没有改` };
  return { ...(!same && { next: changed }), ...(note && isOpen(old) && { note }) };
}

const OVER = { closed: '已销号', ended: '已终止', done: '已申请销号' } as const;

/** Compared field by field: a store may give the fields back in another order. */
function saysTheSame(a: Resolution, b: Resolution): boolean {
  const fields = ['goal', 'measures', 'deadline', 'owner', 'coowner', 'checker', 'title', 'text'] as const;
  const told = ({ source }: Resolution) => (source.kind === 'list' ? [source.problem, source.from, source.nature] : []);
  return fields.every((f) => a[f] === b[f]) && told(a).every((t, n) => t === told(b)[n]);
}

/** A day granted by 延期 is not taken back by an older copy of the list. */
function withoutEarlier(scene: Scene, old: Resolution, changed: Resolution): Resolution {
  const granted = old.extensions.some((e) => e.answer?.granted);
  const passed = changed.deadline < scene.day;
  return granted || passed ? { ...changed, deadline: old.deadline } : changed;
}

const deadlineNote = (old: Resolution, row: GoodRow): string | undefined =>
  row.four.deadline > old.deadline
    ? `${old.id}（编号 ${old.number}）时限仍是${dayText(old.deadline)}；要延到${dayText(row.four.deadline)}请走 /延期 ${old.id}`
    : undefined;
