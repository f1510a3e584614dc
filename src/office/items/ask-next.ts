import { type AgendaItem, type Gate, openGates } from '../../domain/agenda-item.ts';
import type { Member } from '../../domain/member.ts';
import type { Scene } from '../scene.ts';
import { closersOf, consulted } from './gates.ts';
import { itemCard } from './item-card.ts';
import { isOutside, legName } from './legs.ts';

/** Steps that particular people take: they are told when it is their turn. The others are the department's to gather. */
const TOLD: ReadonlySet<string> = new Set([
  'sp_talk',
  'members',
  'discipline',
  'union_rep',
  'congress_hear',
  'congress_pass',
  'ethics',
  'ideology',
]);

/** The gates whose turn it is: the department's review, then the leader's, then all that can go side by side, the chair's word last. */
function inTurn(item: AgendaItem): readonly Gate[] {
  const open = openGates(item);
  if (item.state !== 'preparing') return [];
  const first = open.find((g) => g.code === 'dept') ?? open.find((g) => g.code === 'deputies');
  if (first) return [first];
  return open.length === 1 ? open : open.filter((g) => TOLD.has(g.code));
}

/** Tells those whose turn has come, each once, with the buttons. */
export function askNext(scene: Scene, before: AgendaItem | undefined, item: AgendaItem): void {
  if (item.state === 'ready' && isOutside(item)) return askOutside(scene, item);
  const had = new Set(before ? inTurn(before).map((g) => `${g.code} ${g.leg}`) : []);
  const asked = new Map<Member, string[]>();
  for (const gate of inTurn(item)) {
    if (had.has(`${gate.code} ${gate.leg}`) || (!TOLD.has(gate.code) && !FIRST.has(gate.code))) continue;
    for (const m of personsFor(scene, item, gate)) asked.set(m, [...(asked.get(m) ?? []), gate.name]);
  }
  for (const [m, names] of asked)
    if (m !== scene.by)
      scene.tell(
        m.id,
        { text: `议题 ${item.id}“${item.title}”请您办：${names.join('、')}。`, card: itemCard(scene, item, m) },
        item.id,
      );
}
/** Those who note what the congress, the superior or another body has decided are told that it is waited for. */
function askOutside(scene: Scene, item: AgendaItem): void {
  const union = item.legs[item.leg]!.body === 'congress' ? scene.roster.withRole('union') : [];
  for (const m of new Set([...scene.roster.withRole('office'), ...union]))
    if (m !== scene.by)
      scene.tell(
        m.id,
        { text: `议题 ${item.id}“${item.title}”：${waitingLine(scene, item)}`, card: itemCard(scene, item, m) },
        item.id,
      );
}
const FIRST: ReadonlySet<string> = new Set(['dept', 'deputies', 'chair']);

/** Who takes the step; the office, which may record it for them, is not asked to. */
const personsFor = (scene: Scene, item: AgendaItem, gate: Gate): readonly Member[] => {
  const closers = closersOf(item, gate, scene.roster, scene.school.dualRole === true);
  if (gate.code === 'members') return closers.filter((m) => gate.whom?.includes(m.id));
  const others = closers.filter((m) => !m.roles.includes('office'));
  return gate.code === 'dept' || others.length === 0 ? closers : others;
};

export function waitingLine(scene: Scene, item: AgendaItem): string {
  const open = openGates(item);
  if (open.length === 0 && isOutside(item))
    return `正等${legName(item.legs[item.leg]!)}的结果，有了结果请办公室登记：/批复 ${item.id} 通过 票数或文号。`;
  if (open.length === 0) return '前置步骤已全部办结，可以列入议程。';
  const first = open[0]!;
  const said = first.code === 'members' ? consulted(first) : new Set<string>();
  const who = closersOf(item, first, scene.roster, scene.school.dualRole === true)
    .filter((m) => !said.has(m.id))
    .slice(0, 3)
    .map((m) => m.name)
    .join('、');
  return `上会前还有${open.length}步，先办：${first.name}（${who}）。`;
}
