import type { FourClear } from '../../domain/resolution.ts';
import { dayIn, dayText, isDay } from '../dates.ts';
import type { Scene } from '../scene.ts';

/** Names of the four clear things (procedure section 5), in the order of the register. */
export const FOUR: Readonly<Record<keyof FourClear, string>> = {
  goal: '目标任务',
  measures: '推进措施',
  deadline: '完成时限',
  owner: '责任主体',
};

/** Words that can be said of any task and measured of none. What is left without them must say something. */
const EMPTY =
  /尽快|尽早|及时|抓紧|抓好|抓实|落实(?:到位)?|落细|认真|切实|加强|强化|进一步|努力|争取|做好|搞好|完成|办好|办理|推进|推动|持续|不断|高度重视|有关|相关|工作|任务|措施|要求|按|积极|稳步|有序|确保|到位|和|并|的|地|好|完|把|将|要|请|抓|给|大力|全面|扎实|开展|执行|实施|处理|解决|提高|提升|改进|完善|待定|暂无|略|无|同上|另行(?:通知|安排)/g;

/** Two characters beyond the empty words are the least that can name something. */
const saysSomething = (text: string): boolean => text.replace(EMPTY, '').replace(/[^\p{L}\p{N}]/gu, '').length >= 2;

export interface Fault {
  readonly field: keyof FourClear;
  /** What is wrong and what to write instead, for people. */
  readonly says: string;
}

export interface ReadFour {
  readonly four?: FourClear;
  readonly faults: readonly Fault[];
}

const ASK = {
  goal: '请写成做完后看得出、量得出的，例如“8月底前完成1号楼防水维修并验收”',
  measures: '请写出分几步、怎么做，例如“7月招标、8月施工”',
} as const;

function textFault(field: 'goal' | 'measures', text: string): Fault | undefined {
  if (text === '') return { field, says: `${FOUR[field]}还没有写；${ASK[field]}` };
  return saysSomething(text) ? undefined : { field, says: `${FOUR[field]}“${text}”没法衡量；${ASK[field]}` };
}

/** A deadline: a day of the calendar, today or later. Reads what people write. */
export function readDeadline(text: string, today: string): { readonly day: string } | { readonly fault: Fault } {
  const fault = (says: string) => ({ fault: { field: 'deadline' as const, says } });
  if (text === '') return fault('完成时限还没有写；请写到哪一天，例如“12月20日”');
  const day = isDay(text) ? text : dayIn(text, today)?.day;
  if (day === undefined) return fault(`完成时限“${text}”不是日历上的一天；请写到哪一天，例如“12月20日”`);
  if (day < today) return fault(`完成时限${dayText(day)}已经过去；请写今天或以后的日期`);
  return { day };
}

/** A member's id, a department of the school, or, in imported lists, a name as it stands. */
export function readOwner(scene: Scene, text: string): string | undefined {
  const plain = text.trim();
  const member = scene.roster.get(plain) ?? scene.roster.named(plain);
  if (member) return member.id;
  return isDepartment(scene, plain) ? plain : undefined;
}

export const isDepartment = (scene: Scene, text: string): boolean =>
  scene.roster.all.some((m) => m.department === text || m.inChargeOf?.includes(text)) ||
  /^[\p{Script=Han}\d]{1,12}(?:处|室|部|科|组|中心|委员会|工会|党委|总支|支部|团委|年级|校区|食堂|图书馆|小组|专班)$/u.test(
    text,
  );

/** Reads the four clear things as given, each fault said in a sentence of its own. */
export function readFour(scene: Scene, given: Partial<FourClear>): ReadFour {
  const [goal, measures, deadline, owner] = (['goal', 'measures', 'deadline', 'owner'] as const).map((f) =>
    (given[f] ?? '').trim(),
  ) as [string, string, string, string];
  const faults: Fault[] = [];
  for (const fault of [textFault('goal', goal), textFault('measures', measures)]) if (fault) faults.push(fault);
  const due = readDeadline(deadline, scene.day);
  if ('fault' in due) faults.push(due.fault);
  const whose = readOwner(scene, owner);
  if (whose === undefined)
    faults.push({
      field: 'owner',
      says:
        owner === ''
          ? '责任主体还没有写；请写名册里的一个人或一个部门'
          : `责任主体“${owner}”在名册里没有找到；请写名册里的一个人（姓名或职务）或一个部门`,
    });
  return 'day' in due && whose !== undefined && faults.length === 0
    ? { four: { goal, measures, deadline: due.day, owner: whose }, faults }
    : { faults };
}
