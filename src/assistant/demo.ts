/** The sample school's people and groups, for the web chat and `npm run talk`. Real schools bind platform accounts. */
export interface DemoMember {
  readonly id: string;
  readonly name: string;
  readonly title: string;
}

export const DEMO_MEMBERS: readonly DemoMember[] = [
  { id: 'secretary', name: '周书记', title: '党委书记' },
  { id: 'principal', name: '郑校长', title: '校长' },
  { id: 'deputy_secretary', name: '孙副书记', title: '专职副书记' },
  { id: 'vice_principal', name: '何副校长', title: '分管副校长' },
  { id: 'discipline', name: '秦委员', title: '纪检委员' },
  { id: 'union', name: '沈主席', title: '工会主席' },
  { id: 'office', name: '方主任', title: '办公室主任' },
  { id: 'dean', name: '陶主任', title: '教务主任' },
  { id: 'teacher', name: '林老师', title: '教师' },
  { id: 'teacher2', name: '唐老师', title: '教师' },
];

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

export const demoMember = (id: string): DemoMember | undefined => DEMO_MEMBERS.find((m) => m.id === id);
export const demoGroup = (id: string): DemoGroup | undefined => DEMO_GROUPS.find((g) => g.id === id);
