import type { SchoolData } from '../page.ts';

/** The demo school as the page hands it over. */
export const SCHOOL = JSON.parse(document.getElementById('school')!.textContent!) as SchoolData;

export type Member = SchoolData['members'][number];

/** The assistant speaks under this id; no member has it. */
export const YISHI = 'yishi';

export const memberOf = (id: string): Member => SCHOOL.members.find((m) => m.id === id) ?? SCHOOL.members[0]!;

/** A conversation as the list shows it. */
export interface Room {
  readonly kind: 'group' | 'direct';
  readonly id: string;
  readonly name: string;
  readonly about: string;
}

export const keyOf = (room: { readonly kind: string; readonly id: string }): string => `${room.kind}:${room.id}`;

const GROUP_ORDER = ['g-staff', 'g-committee'];

/** The conversations a member is in: their groups, then the private chat with the assistant. */
export function roomsOf(me: string): Room[] {
  const groups = SCHOOL.groups
    .filter((g) => g.members.includes(me))
    .map((g): Room => ({ kind: 'group', id: g.id, name: g.name, about: `${g.members.length} 人` }))
    .sort((a, b) => GROUP_ORDER.indexOf(a.id) - GROUP_ORDER.indexOf(b.id));
  return [...groups, { kind: 'direct', id: me, name: '与议事私聊', about: '只有您看得到' }];
}

const MENTION = /[@＠]\s*(?:议事|yishi)/i;
const COMMAND = /^[\s\u3000]*[/／!！]/;

/** Whether a group message would be heard: the same reading as the service's. */
export const isAddressed = (text: string): boolean => MENTION.test(text) || COMMAND.test(text);

/** A text cut into mentions and the rest, for showing. */
export const byMention = (text: string): string[] => text.split(/([@＠]\s*(?:议事|yishi))/i);
