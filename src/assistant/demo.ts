import { DEMO_MEMBERS } from '../domain/demo-members.ts';
import type { Member } from '../domain/member.ts';

/** The sample school's groups, for the web chat and `npm run talk`. Real schools bind platform accounts. */
export interface DemoGroup {
  readonly id: string;
  readonly name: string;
  readonly members: readonly string[];
}

export const DEMO_GROUPS: readonly DemoGroup[] = [
  {
    id: 'g-committee',
    name: '党委班子群',
    members: ['secretary', 'deputy_secretary', 'principal', 'vice_principal', 'discipline', 'office'],
  },
  { id: 'g-staff', name: '全校工作群', members: DEMO_MEMBERS.map((m) => m.id) },
];

export const demoMember = (id: string): Member | undefined => DEMO_MEMBERS.find((m) => m.id === id);
export const demoGroup = (id: string): DemoGroup | undefined => DEMO_GROUPS.find((g) => g.id === id);
