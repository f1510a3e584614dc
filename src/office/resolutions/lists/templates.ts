import type { CardAction, Reply } from '../../../domain/message.ts';
import type { Resolution } from '../../../domain/resolution.ts';
import type { Table } from '../../../ports/tables.ts';
import { button, type Said } from '../../command.ts';
import type { Scene } from '../../scene.ts';
import { choice, date, text } from '../words.ts';
import { importList, rowsOf } from './import.ts';

/**
 * Lists to start from: headings only, what is done, by when and by whom is the school's to say. Sources: seed-003 一3 (五项工程,
 * 一校一案), seed-000 汇报一 (一条主线); the headings of 一校一案 follow procedure section 13.
 */
export const TEMPLATES: Readonly<Record<string, readonly string[]>> = {
  五项工程: ['学校章程', '职责', '议事规则', '班子分工', '组织设置'],
  一校一案: [
    '学校性质学段与党组织类型',
    '书记校长分设或一人兼任',
    '两会成员与议事规则',
    '本校议事清单与金额档',
    '书记校长经常性沟通',
    '教代会与民主监督',
    '决议督办与复议',
  ],
  一条主线自查: ['领导体制', '书记校长职责', '领导职数', '议事决策', '协调运行', '党务队伍'],
};

const HEAD = ['编号', '目标任务', '推进措施', '完成时限', '责任主体'];

/** The template a name asks for. */
export const templateNamed = (name: string): string | undefined =>
  Object.keys(TEMPLATES).find((t) => name.replace(/[《》\s]/g, '') === t || name.includes(t));

/** `/清单 模板`: what there is to start from. */
export function templates(): Reply {
  const lines = Object.entries(TEMPLATES).map(([name, headings]) => `${name}：${headings.join('、')}`);
  const summary = '起步清单，只有标题，内容由学校定：';
  return {
    text: [summary, ...lines].join('\n'),
    card: {
      title: '起步清单',
      tone: 'neutral',
      summary,
      sections: [{ heading: '有这几份', lines }],
      actions: Object.keys(TEMPLATES).map((name) => button(`/清单 模板 ${name}`, name)),
    },
  };
}

const formFor = (scene: Scene, goal: string) => [
  text('goal', `目标任务（${goal}）`),
  text('measures', '推进措施'),
  date('deadline', '完成时限'),
  choice(
    'owner',
    '责任主体',
    scene.roster.all.map((m) => m.name),
  ),
];

/** A template as it stands: which headings have become tasks, and a form for each that has not. */
export function showTemplate(scene: Scene, name: string, rows: ReadonlyMap<string, Resolution>): Reply {
  const headings = TEMPLATES[name]!;
  const lines = headings.map((h, n) => {
    const task = rows.get(String(n + 1));
    return `${n + 1}. ${h}：${task ? `已列 ${task.id}` : '还没有列任务'}`;
  });
  const open = headings.flatMap((h, n): CardAction[] =>
    rows.has(String(n + 1)) ? [] : [button(`/清单 添加 ${name} ${n + 1}`, `填 ${h}`, 'primary', formFor(scene, h))],
  );
  const summary = `${name}：${headings.length}项，已列${headings.length - open.length}项。标题供起步，内容由学校定，不是上级范本。`;
  return {
    text: [summary, ...lines, `也可以做成表格（表头：${HEAD.join('、')}）私聊发来导入。`].join('\n'),
    card: {
      title: `${name}起步清单`,
      tone: open.length > 0 ? 'asks' : 'settled',
      summary,
      sections: [{ heading: '各项', lines }],
      actions: [...open, ...(rows.size > 0 ? [button(`/清单 ${name}`, '看进度')] : [])].slice(0, 9),
    },
  };
}

/** `/清单 添加 五项工程 3` with a form: one task, through the same door and checks as an imported list. */
export function addTask(scene: Scene, words: string, { values }: Said): Reply {
  const given = /\s(\d{1,4})$/.exec(words)?.[1];
  const name = given === undefined ? words : words.slice(0, -given.length).trim();
  const row = given ?? String(rowsOf(scene, name).size + 1);
  const cells = [row, ...(['goal', 'measures', 'deadline', 'owner'] as const).map((k) => values[k]?.trim() ?? '')];
  const table: Table = { kind: 'table', file: `${name}.csv`, sheets: [{ name, rows: [HEAD, cells] }] };
  return importList(scene, table, name);
}
