import type { Card, Reply } from '../../../domain/message.ts';
import { RESOLUTION_STATES, type Resolution, type ResolutionState } from '../../../domain/resolution.ts';
import type { Table } from '../../../ports/tables.ts';
import { button, type Said } from '../../command.ts';
import { Refusal } from '../../refusal.ts';
import type { Scene } from '../../scene.ts';
import { lineOf } from '../card.ts';
import { mayByRole, maySee, rolesWho } from '../may.ts';
import { ownerName } from '../people.ts';
import { showResolutions } from '../show.ts';
import { isOverdue } from '../standing.ts';
import { importList, mustImport, rowsOf } from './import.ts';
import { tableIn } from './table-in.ts';
import { addTask, showTemplate, templateNamed, templates } from './templates.ts';
import { halfWidth } from '../words.ts';

const ROWS_SHOWN = 20;
const OWNERS_SHOWN = 15;

type Lists = ReadonlyMap<string, readonly Resolution[]>;

function listsOf(scene: Scene): Lists {
  const lists = new Map<string, Resolution[]>();
  for (const r of scene.all('resolution'))
    if (r.source.kind === 'list' && maySee(scene, scene.by, r))
      lists.set(r.source.list, [...(lists.get(r.source.list) ?? []), r]);
  return lists;
}

/**
 * `/清单`, `/清单 <名>`, `/清单 统计 [名]`, `/清单 R7`; `/清单 导入 <名>` and `/清单 导入其余 <名>` with the table the file was read
 * into (JSON of a `Table`, in `values.table`).
 */
export function showLists(scene: Scene, said: Said): Reply {
  const words = halfWidth(said.words);
  const load = /^导入(其余)?\s*(.*)$/s.exec(words);
  if (load) return loadTable(scene, load[2]!, load[1] !== undefined, said.values['table']);
  if (/^R\s?\d+$/i.test(words)) return showResolutions(scene, said);
  const add = /^添加\s*(\S.*)$/s.exec(words);
  if (add) return addTask(scene, add[1]!.trim(), said);
  const stats = /^统计\s*(.*)$/s.exec(words);
  const lists = listsOf(scene);
  if (stats) return statistics(scene, lists, stats[1]!.trim());
  const wanted = templateNamed(words);
  if (/^模板$/.test(words)) return templates();
  if (wanted && (words.startsWith('模板') || !lists.has(wanted)))
    return showTemplate(scene, wanted, rowsOf(scene, wanted));
  return words === '' || /^(?:全部|list)$/i.test(words) ? overview(lists) : rows(scene, ...chosen(lists, words));
}

function loadTable(scene: Scene, name: string, partial: boolean, json: string | undefined): Reply {
  mustImport(scene);
  const table: Table | undefined = tableIn(json);
  if (!table)
    throw new Refusal(
      'needs-file',
      '请把清单文件（.xlsx 或 .csv）私聊发给我，表头要有：编号、目标任务、推进措施、完成时限、责任主体。',
    );
  return importList(scene, table, name, { partial });
}

function chosen(lists: Lists, words: string): [string, readonly Resolution[]] {
  const plain = words.replace(/[《》]/g, '').trim();
  const exact = lists.get(plain);
  if (exact) return [plain, exact];
  const near = [...lists.keys()].filter((n) => n.includes(plain));
  if (near.length === 1) return [near[0]!, lists.get(near[0]!)!];
  throw new Refusal(
    'unknown-list',
    near.length > 1 ? `“${plain}”对得上几份清单，是哪一份？` : `没有叫“${plain}”的清单。`,
    (near.length > 1 ? near : [...lists.keys()]).slice(0, 6).map((n) => button(`/清单 ${n}`, n)),
  );
}

function overview(lists: Lists): Reply {
  if (lists.size === 0)
    return {
      text: '还没有导入清单。问题清单、任务清单存成 .xlsx 或 .csv，私聊发给我就能导入；表头要有：编号、目标任务、推进措施、完成时限、责任主体。发 /清单 模板 看起步清单（五项工程、一校一案等）。',
    };
  const lines = [...lists].map(([name, all]) => `《${name}》${rateWords(all)}`);
  const actions = [...[...lists.keys()].slice(0, 6).map((n) => button(`/清单 ${n}`, n)), button('/清单 统计', '统计')];
  const summary = `共 ${lists.size} 份清单。`;
  return {
    text: [summary, ...lines].join('\n'),
    card: { title: '清单', tone: 'neutral', summary, sections: [{ heading: '清单', lines }], actions },
  };
}

/** 销号率: closed of those that still count (ended ones do not). */
const rateOf = (all: readonly Resolution[]): { closed: number; of: number; percent: string } => {
  const counting = all.filter((r) => r.state !== 'ended');
  const closed = counting.filter((r) => r.state === 'closed').length;
  return {
    closed,
    of: counting.length,
    percent: counting.length === 0 ? '—' : `${Math.round((closed / counting.length) * 1000) / 10}%`,
  };
};

function rateWords(all: readonly Resolution[]): string {
  const { closed, of, percent } = rateOf(all);
  return `${of} 项，已销号 ${closed} 项，销号率 ${percent}`;
}

function rows(scene: Scene, name: string, all: readonly Resolution[]): Reply {
  const open = all.filter((r) => r.state !== 'closed' && r.state !== 'ended');
  const first = open.toSorted((a, b) => a.deadline.localeCompare(b.deadline));
  const lines = first.slice(0, ROWS_SHOWN).map((r) => `${r.number}｜${lineOf(scene, r)}`);
  if (first.length > ROWS_SHOWN)
    lines.push(`还有 ${first.length - ROWS_SHOWN} 项，请发 /清单 加编号（如 /清单 ${first[ROWS_SHOWN]!.id}）看某一项`);
  const overdue = all.filter((r) => isOverdue(scene, r)).length;
  const summary = `《${name}》${rateWords(all)}，逾期 ${overdue} 项。`;
  const actions = [
    ...first.slice(0, 6).map((r) => button(`/决议 ${r.id}`, `看 ${r.id}`)),
    button(`/清单 统计 ${name}`, '统计'),
  ];
  const card: Card = {
    title: `《${name}》`,
    tone: overdue > 0 ? 'warns' : open.length === 0 ? 'settled' : 'neutral',
    summary,
    sections: lines.length > 0 ? [{ heading: '在办，按时限', lines }] : [],
    actions,
  };
  return { text: [summary, ...lines].join('\n'), card };
}

function statistics(scene: Scene, lists: Lists, words: string): Reply {
  if (!mayByRole(scene.by, 'statistics'))
    throw new Refusal('not-yours', `清单统计由${rolesWho('statistics')}来看，您这里看不了；您自己的任务发 /待办。`);
  if (lists.size === 0) return overview(lists);
  const [title, all] = words === '' ? ['全部清单', [...lists.values()].flat()] : chosen(lists, words);
  const states = Object.entries(RESOLUTION_STATES) as [ResolutionState, string][];
  const byState = states.map(([s, label]) => `${label} ${all.filter((r) => r.state === s).length} 项`);
  const overdue = all.filter((r) => isOverdue(scene, r)).length;
  const owners = [...Map.groupBy(all, (r) => r.owner)].toSorted((a, b) => b[1].length - a[1].length);
  const byOwner = owners
    .slice(0, OWNERS_SHOWN)
    .map(
      ([o, own]) =>
        `${ownerName(scene, o)}：${rateWords(own)}，逾期 ${own.filter((r) => isOverdue(scene, r)).length} 项`,
    );
  if (owners.length > OWNERS_SHOWN) byOwner.push(`还有 ${owners.length - OWNERS_SHOWN} 个责任主体`);
  const summary = `${title}：${rateWords(all)}，逾期 ${overdue} 项。`;
  const sections = [
    { heading: '按状态', lines: byState },
    { heading: '按责任主体', lines: byOwner },
    ...(words === '' && lists.size > 1
      ? [{ heading: '按清单', lines: [...lists].map(([n, rs]) => `《${n}》${rateWords(rs)}`) }]
      : []),
  ];
  const text = [summary, ...sections.flatMap((s) => [`【${s.heading}】`, ...s.lines])].join('\n');
  return {
    text,
    card: {
      title: `统计：${title}`,
      tone: overdue > 0 ? 'warns' : 'neutral',
      summary,
      sections,
      actions: [button('/清单', '看清单')],
    },
  };
}
