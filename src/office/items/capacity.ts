import { type AgendaItem, moneyOrPeople } from '../../domain/agenda-item.ts';
import { BODIES, hasRole } from '../../domain/member.ts';
import { meetingName } from '../../domain/minutes-text.ts';
import type { Scene } from '../scene.ts';

/**
 * In a school with one person as secretary and principal: in which of the two capacities that person acts on an item now,
 * and who watches instead (procedure 9.2, seed-systems 1-13). Nothing in other schools, or before other bodies.
 */
export function capacityLines(scene: Scene, item: AgendaItem): readonly string[] {
  const leg = item.legs[item.leg];
  if (!scene.school.dualRole || !leg || item.state === 'withdrawn' || item.state === 'decided') return [];
  if (leg.body !== 'party' && leg.body !== 'principal') return [];
  const both = scene.roster.all.find((m) => hasRole(m, 'secretary') && hasRole(m, 'principal'));
  const watcher = scene.roster.withRole('discipline')[0];
  const name = leg.body in BODIES ? meetingName(leg.body, scene.school) : '';
  return [
    ...(both ? [`${both.name}此刻是${leg.body === 'party' ? '书记' : '校长'}身份（${name}）`] : []),
    ...(moneyOrPeople(item)
      ? [`一人兼任：记名或无记名表决，${watcher ? `纪检委员${watcher.name}` : '纪检委员'}在会议记录上签字`]
      : []),
  ];
}
