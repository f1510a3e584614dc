import { hasRole, type Member, ROLES } from '../../domain/member.ts';
import type { Reply } from '../../domain/message.ts';
import { button, type Said } from '../command.ts';
import { departmentHead } from '../items/gates.ts';
import type { Scene } from '../scene.ts';

/** Those who lead: of both bodies, the office and the heads. */
const leads = (m: Member): boolean => m.bodies.length > 0 || hasRole(m, 'office', 'head', 'discipline', 'union');

const departmentsOf = (scene: Scene): readonly string[] => [
  ...new Set(scene.roster.all.flatMap((m) => [...(m.inChargeOf ?? []), ...(m.department ? [m.department] : [])])),
];

/** Whether the roster says who is in charge of a department, rather than falling back on a vice-principal. */
const isShared = (scene: Scene, department: string): boolean =>
  scene.roster.all.some((m) => m.inChargeOf?.includes(department));

function departmentLine(scene: Scene, department: string): string {
  const leader = scene.roster.leaderOf(department);
  const heads = scene.roster.all.filter((m) => m.department === department && hasRole(m, 'head', 'union', 'office'));
  const head =
    heads.map((m) => m.name).join('、') ||
    `没有写（议题由${departmentHead(department, scene.roster)?.name ?? '办公室'}代审）`;
  const note = isShared(scene, department) ? '' : '（名册没写分管，先按副校长、校长算）';
  return `${department}：负责人${head}，分管${leader?.name ?? '未定'}${note}`;
}

function memberLine(m: Member): string {
  const roles = m.roles.map((r) => ROLES[r]).filter((r) => r !== m.title);
  const charge = m.inChargeOf?.length ? `，分管${m.inChargeOf.join('、')}` : '';
  return `${m.name}：${m.title}${roles.length ? `（${roles.join('、')}）` : ''}${m.department ? `，${m.department}` : ''}${charge}`;
}

/** `/分工`: who is in charge of what, from the roster; `/分工 总务处`, `/分工 何副校长` one of them. Source: seed-systems 0-11. */
export function division(scene: Scene, { words }: Said): Reply {
  if (scene.place.kind === 'group') scene.about = undefined;
  const asked = words.trim();
  const departments = departmentsOf(scene);
  const department = asked === '' ? undefined : departments.find((d) => asked.includes(d) || d.includes(asked));
  const person = asked === '' ? undefined : scene.roster.named(asked);
  if (department) return { text: departmentLine(scene, department) };
  if (person) return { text: memberLine(person) };
  const people = scene.roster.all.filter(leads).map(memberLine);
  const lines = departments.map((d) => departmentLine(scene, d));
  const note = [
    ...(asked === '' ? [] : [`名册里没有“${asked.slice(0, 20)}”，下面是全部分工。`]),
    ...(scene.school.demo ? ['演示学校的名册是演示值。'] : []),
  ].join('');
  return {
    text: [`分工表（按名册）：${note}`, ...people, ...lines].join('\n'),
    card: {
      title: '分工表',
      tone: 'neutral',
      summary: note,
      sections: [
        { heading: '班子和部门负责人', lines: people },
        { heading: '部门和分管领导', lines: lines.length > 0 ? lines : ['名册里没有写部门。'] },
      ],
      actions: departments.slice(0, 6).map((d) => button(`/分工 ${d}`, d)),
      footer: '集体决定，分工落实。分工变了请办公室更新名册。',
    },
  };
}
