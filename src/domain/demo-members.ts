import type { Body, Member, Role } from './member.ts';

type Row = readonly [
  id: string,
  name: string,
  title: string,
  roles: readonly Role[],
  bodies: readonly Body[],
  department?: string,
];

/** The sample school's people: demo values, all of them. Party committee as the contract gives it. */
const ROWS: readonly Row[] = [
  ['secretary', '周书记', '党委书记', ['secretary'], ['party']],
  ['principal', '郑校长', '校长', ['principal'], ['party', 'principal']],
  ['deputy_secretary', '孙副书记', '专职副书记', ['deputy_secretary'], ['party']],
  ['vice_principal', '何副校长', '分管副校长', ['vice_principal'], ['party', 'principal']],
  ['discipline', '秦委员', '纪检委员', ['discipline'], ['party']],
  ['union', '沈主席', '工会主席', ['union'], ['principal'], '工会'],
  ['office', '方主任', '办公室主任', ['office', 'head'], ['principal'], '办公室'],
  ['dean', '陶主任', '教务主任', ['head'], ['principal'], '教务处'],
  ['teacher', '林老师', '教师', ['teacher'], [], '总务处'],
  ['teacher2', '唐老师', '教师', ['teacher'], [], '教务处'],
];

export const DEMO_MEMBERS: readonly Member[] = ROWS.map(([id, name, title, roles, bodies, department]) => ({
  id,
  name,
  title,
  roles,
  bodies,
  ...(department && { department }),
  accounts: [{ platform: 'web', app: 'demo', user: id, chat: id }],
}));
