import type { AgendaItem, Gate, GateRecord, Leg } from '../../domain/agenda-item.ts';
import type { Member, Role } from '../../domain/member.ts';
import { hasRole, type Roster } from '../../domain/member.ts';

/** Gates of our own beside the pre-steps of the rule table (procedure 3.1 to 3.4). */
const OWN = {
  dept: '部门审核',
  deputies: '分管领导审核',
  survey: '调研论证与比选方案',
  sp_talk: '书记校长沟通',
  members: '班子成员个别酝酿',
  chair: '确定上会',
} as const;

/** Who closes a step, by role; the sponsor, the department and the leader in charge are named apart. */
type Closer = Role | 'sponsor' | 'department' | 'deputy' | 'chair' | 'talkers' | 'whom';
const PREPARED: readonly Closer[] = ['sponsor', 'department', 'deputy', 'office'];
const CLOSERS: Readonly<Record<string, readonly Closer[]>> = {
  dept: ['department'],
  deputies: ['deputy'],
  legal: ['deputy', 'office'],
  discipline: ['discipline'],
  ethics: ['deputy_secretary', 'discipline'],
  archive_check: ['deputy_secretary', 'discipline'],
  ideology: ['deputy_secretary', 'deputy'],
  recommend: ['deputy_secretary', 'office'],
  inspect: ['deputy_secretary', 'office'],
  union_rep: ['union', 'office'],
  congress_hear: ['union', 'office'],
  congress_pass: ['union', 'office'],
  consult: ['office', 'secretary', 'principal'],
  sp_talk: ['talkers', 'office'],
  members: ['whom', 'secretary', 'office'],
  chair: ['chair'],
};

/** Steps law or Party rules ask for: nobody in the school can do without them. */
const NEVER_WAIVED: ReadonlySet<string> = new Set([
  'deputies',
  'sp_talk',
  'members',
  'chair',
  'congress_hear',
  'congress_pass',
  'access_check',
  'ethics',
  'recommend',
  'inspect',
]);
export const mayBeWaived = (code: string): boolean => !NEVER_WAIVED.has(code);

interface Wanted {
  readonly preSteps: readonly { readonly code: string; readonly text: string }[];
  readonly legs: readonly Leg[];
  readonly sponsor: string;
}

/** The gates of a new item: what its matter asks for, the reviews, and before each of our meetings the chair's word. */
export function gatesFor({ preSteps, legs, sponsor }: Wanted, roster: Roster): readonly Gate[] {
  const party = legs.findIndex((l) => l.body === 'party');
  const last = legs.length - 1;
  const open = (code: string, name: string, leg: number, more: Partial<Gate> = {}): Gate => ({
    code,
    name,
    leg,
    state: 'open',
    records: [],
    ...more,
  });
  const gates: Gate[] = [open('dept', OWN.dept, 0), open('deputies', OWN.deputies, 0)];
  if (!preSteps.some((s) => s.code === 'survey')) gates.push(open('survey', OWN.survey, 0));
  for (const { code, text } of preSteps) {
    if (code in OWN && code !== 'survey') continue;
    const congress = code === 'congress_hear' || code === 'congress_pass';
    // A congress that is a leg of its own is no step before it.
    if (congress && legs.some((l) => l.body === 'congress')) continue;
    gates.push(open(code, text, congress && party >= 0 ? last : 0));
  }
  legs.forEach((leg, n) => {
    const talked = n === party || (party < 0 && n === 0 && preSteps.some((s) => s.code === 'sp_talk'));
    if (talked) gates.push(talkGate(n));
    if (n === party) gates.push(open('members', OWN.members, n, { whom: toConsult(roster, sponsor) }));
    if (leg.body === 'party' || leg.body === 'principal') gates.push(open('chair', OWN.chair, n));
  });
  return gates;
}

export const talkGate = (leg: number): Gate => ({
  code: 'sp_talk',
  name: OWN.sp_talk,
  leg,
  state: 'open',
  records: [],
});

/** Open again, for a reason that stays on record; confirmations given before no longer count. */
export const reopened = (
  gate: Gate,
  by: string,
  at: number,
  why: string,
  state: 'open' | 'differs' = 'open',
): Gate => ({
  ...gate,
  state,
  records: [...gate.records, { by, at, outcome: why }],
});

/** What has been said since the gate was last opened. */
export const sinceReopened = (gate: Gate): readonly GateRecord[] =>
  gate.records.slice(gate.records.findLastIndex((r) => REOPENING.has(r.outcome)) + 1);
/** Members whose word stands: said since the item was last sent back, and no major difference. */
export function consulted(gate: Gate): ReadonlySet<string> {
  const since = gate.records.findLastIndex((r) => r.member === undefined && REOPENING.has(r.outcome)) + 1;
  return new Set(gate.records.slice(since).flatMap((r) => (r.member && r.outcome !== '有重大分歧' ? [r.member] : [])));
}

const REOPENING: ReadonlySet<string> = new Set(['有分歧暂缓', '请示上级', '有重大分歧', '会议暂缓', '退回']);

/** Who is consulted one by one: the members of the Party leadership; secretary and principal talk with each other. */
const toConsult = (roster: Roster, sponsor: string): readonly string[] =>
  roster
    .of('party')
    .filter((m) => m.id !== sponsor && !hasRole(m, 'secretary', 'principal'))
    .map((m) => m.id);

/**
 * Who must find no major disagreement: secretary and principal; where one person is both, that person with the deputy
 * secretary, the vice-principal in charge and the discipline member (procedure 9.2).
 */
export function talkersOf(item: Pick<AgendaItem, 'deputy'>, roster: Roster, dualRole: boolean): readonly Member[] {
  const secretary = roster.withRole('secretary').slice(0, 1);
  if (!dualRole) return [...secretary, ...roster.withRole('principal').slice(0, 1)];
  const deputy = item.deputy ? roster.get(item.deputy) : undefined;
  const others = [
    ...roster.withRole('deputy_secretary').slice(0, 1),
    ...(deputy ? [deputy] : roster.withRole('vice_principal').slice(0, 1)),
    ...roster.withRole('discipline').slice(0, 1),
  ];
  return [...new Map([...secretary, ...others].map((m) => [m.id, m])).values()];
}

/** The head of the item's department, or the office where there is none (a teacher's item goes through the department). */
export function departmentHead(department: string | undefined, roster: Roster): Member | undefined {
  const head = roster.withRole('head').find((m) => department !== undefined && m.department === department);
  return head ?? roster.withRole('office')[0];
}

/** The members who can close a gate. */
export function closersOf(item: AgendaItem, gate: Gate, roster: Roster, dualRole: boolean): readonly Member[] {
  const found = (CLOSERS[gate.code] ?? PREPARED).flatMap((closer): readonly (Member | undefined)[] => {
    switch (closer) {
      case 'sponsor':
        return [roster.get(item.sponsor)];
      case 'department':
        return [departmentHead(item.department, roster)];
      case 'deputy':
        return [item.deputy ? roster.get(item.deputy) : undefined];
      case 'talkers':
        return talkersOf(item, roster, dualRole);
      case 'whom':
        return (gate.whom ?? []).map((id) => roster.get(id));
      case 'chair': {
        const { body } = item.legs[gate.leg]!;
        return body === 'party' || body === 'principal' ? [roster.chairOf(body)] : [];
      }
      default:
        return roster.withRole(closer);
    }
  });
  return [...new Map(found.filter((m) => m !== undefined).map((m) => [m.id, m])).values()];
}
