import type { Reply } from '../../../domain/message.ts';
import type { Resolution } from '../../../domain/resolution.ts';
import type { Table } from '../../../ports/tables.ts';
import { button } from '../../command.ts';
import { dayText } from '../../dates.ts';
import { Refusal } from '../../refusal.ts';
import type { Scene } from '../../scene.ts';
import { FOUR } from '../four-clear.ts';
import { mayByRole, rolesWho } from '../may.ts';
import { actorsFor } from '../people.ts';
import { layoutIn, missingColumns } from './columns.ts';
import { type BadRow, type GoodRow, readRows } from './rows.ts';
import { taskOf, updatedTask } from './task.ts';

/** Rows of one import: the largest list we know of has 1900. */
const MOST_ROWS = 2500;
/** Bad rows named one by one; the rest is counted. */
const NAMED = 20;

/** Asked before a table is even looked at. */
export function mustImport(scene: Scene): void {
  if (!mayByRole(scene.by, 'import'))
    throw new Refusal('not-yours', `导入清单由${rolesWho('import')}来办，您这里办不了。`);
}

/**
 * Makes tasks of a list's rows, tracked like resolutions (form 8). Nothing is imported while a row is incomplete, unless
 * `partial` says to go on with the others. The same list again updates its tasks by number; it never moves a deadline back
 * in time for its owner (that is what 延期 is for) and leaves what is closed alone.
 */
export function importList(
  scene: Scene,
  table: Table,
  listName: string,
  options: { readonly partial?: boolean } = {},
): Reply {
  mustImport(scene);
  const name = nameOf(listName || table.file.replace(/\.[a-z]{1,5}$/i, ''));
  const layout = layoutIn(table);
  if (!layout)
    throw new Refusal(
      'no-header',
      `《${table.file}》里没有找到表头。表头要有：编号、${Object.values(FOUR).join('、')}。`,
    );
  const missing = missingColumns(layout);
  if (missing.length > 0)
    throw new Refusal(
      'no-column',
      `《${table.file}》第${layout.headerRow}行的表头缺：${missing.map((c) => FOUR[c as keyof typeof FOUR]).join('、')}。请补上这几列再发。`,
    );
  const known = rowsOf(scene, name);
  const { good, bad, counted } = readRows(scene, layout, (row) => known.get(row));
  if (good.length + bad.length === 0) throw new Refusal('no-rows', `《${table.file}》表头下面没有任务。`);
  if (good.length + bad.length > MOST_ROWS)
    throw new Refusal('too-many', `一次最多导入 ${MOST_ROWS} 行，请分成几份清单。`);
  if (bad.length > 0 && (!options.partial || good.length === 0)) throw incomplete(name, good, bad);
  return keep(scene, name, good, { known, counted, left: bad, otherSheets: table.sheets.length - 1 });
}

function nameOf(given: string): string {
  const name = given.replace(/[《》\s]+/g, ' ').trim();
  if (name === '' || name.length > 40)
    throw new Refusal('list-name', '清单要有名字，不超过40字，例如“2026年整改任务清单”。');
  return name;
}

export const rowsOf = (scene: Scene, list: string): ReadonlyMap<string, Resolution> =>
  new Map(
    scene
      .all('resolution')
      .flatMap((r) => (r.source.kind === 'list' && r.source.list === list ? [[r.source.row, r] as const] : [])),
  );

function incomplete(name: string, good: readonly GoodRow[], bad: readonly BadRow[]): Refusal {
  const lines = bad.slice(0, NAMED).map((b) => `· 第${b.at}行（编号 ${b.row || '无'}）：${b.says.join('；')}`);
  if (bad.length > NAMED) lines.push(`· 还有 ${bad.length - NAMED} 行不全，没有一一列出`);
  const ask = good.length > 0 ? `先导入其余 ${good.length} 行，还是改好再一起发？` : '请改好再发。';
  return new Refusal(
    'rows-incomplete',
    `《${name}》有 ${bad.length} 行不全，还没有导入：\n${lines.join('\n')}\n${ask}`,
    good.length > 0 ? [button(`/清单 导入其余 ${name}`, `先导入其余 ${good.length} 行`, 'primary')] : [],
  );
}

interface Around {
  readonly known: ReadonlyMap<string, Resolution>;
  readonly counted: boolean;
  readonly left: readonly BadRow[];
  readonly otherSheets: number;
}

function keep(scene: Scene, list: string, good: readonly GoodRow[], around: Around): Reply {
  const [added, updated, notes]: [Resolution[], Resolution[], string[]] = [[], [], []];
  for (const row of good) {
    const old = around.known.get(row.row);
    if (!old) added.push(scene.putResolution(taskOf(scene, list, row)));
    else {
      const { next, note } = updatedTask(scene, old, list, row);
      if (note) notes.push(note);
      if (next) updated.push(scene.putResolution(next));
    }
  }
  scene.did('import-list', `list:${list}`, {
    added: added.map((r) => r.id),
    updated: updated.map((r) => r.id),
    left: around.left.map((b) => b.at),
  });
  tellOwners(scene, list, added);
  return told(list, { added, updated, same: good.length - added.length - updated.length, notes }, around);
}

/** One message a person, not one a task. */
function tellOwners(scene: Scene, list: string, added: readonly Resolution[]): void {
  const by = new Map<string, Resolution[]>();
  for (const r of added)
    for (const m of actorsFor(scene, r.owner)) if (m.id !== scene.by.id) by.set(m.id, [...(by.get(m.id) ?? []), r]);
  for (const [member, tasks] of by) {
    const lines = tasks.slice(0, 10).map((r) => `${r.id} ${r.title}（${dayText(r.deadline)}）`);
    if (tasks.length > 10) lines.push(`还有 ${tasks.length - 10} 项`);
    const text = `《${list}》交给您 ${tasks.length} 项任务：\n${lines.join('\n')}\n发 /待办 可以逐项办理。`;
    const card = {
      title: `《${list}》`,
      tone: 'neutral' as const,
      summary: text,
      sections: [],
      actions: [button('/待办', '看待办', 'primary')],
    };
    scene.tell(member, { text, card });
  }
}

interface Came {
  readonly added: readonly Resolution[];
  readonly updated: readonly Resolution[];
  readonly same: number;
  readonly notes: readonly string[];
}

function told(list: string, { added, updated, same, notes }: Came, around: Around): Reply {
  const ids = added.length > 0 ? `（${added[0]!.id}${added.length > 1 ? `–${added.at(-1)!.id}` : ''}）` : '';
  const lines = [
    `《${list}》已导入：新增 ${added.length} 项${ids}，更新 ${updated.length} 项，没有变化 ${Math.max(0, same)} 项。`,
    ...(around.left.length > 0
      ? [
          `有 ${around.left.length} 行不全，没有导入：第 ${around.left
            .slice(0, NAMED)
            .map((b) => b.at)
            .join('、')} 行；补全后再发同一份清单即可。`,
        ]
      : []),
    ...(around.counted ? ['表里没有编号列，已按顺序编号；以后再导入请加上编号列，免得对错行。'] : []),
    ...(around.otherSheets > 0 ? [`只读了最像清单的一页，另有 ${around.otherSheets} 页没有导入。`] : []),
    ...notes.slice(0, NAMED),
  ];
  const text = lines.join('\n');
  const actions = [button(`/清单 ${list}`, '看清单', 'primary'), button(`/清单 统计 ${list}`, '看统计')];
  return {
    text,
    card: {
      title: `《${list}》已导入`,
      tone: around.left.length > 0 ? 'warns' : 'settled',
      summary: text,
      sections: [],
      actions,
    },
  };
}
