import type { AgendaItem } from '../../src/domain/agenda-item.ts';
import { DEMO_MEMBERS } from '../../src/domain/demo-members.ts';
import type { Meeting } from '../../src/domain/meeting.ts';
import { Roster } from '../../src/domain/member.ts';
import type { Resolution } from '../../src/domain/resolution.ts';
import type { SchoolProfile } from '../../src/domain/school.ts';
import type { LoggedDeed } from '../../src/ports/ledger.ts';
import type { Sources } from '../../src/papers/sources.ts';

const at = (moment: string) => Date.parse(`${moment}:00+08:00`);

export const roster = new Roster(DEMO_MEMBERS);
export const member = (id: string) => roster.get(id)!;

export const school: SchoolProfile = {
  id: 'demo',
  name: '议事示范学校',
  demo: true,
  since: '2026-01-01',
  orgType: '党委',
  schoolTypes: ['义务教育'],
  amountLines: { A1: 10000, A2: 50000 },
  partyMembers: 5,
  adminMembers: 5,
  list: [],
  params: {},
};

/** The canteen contractor, 600,000 yuan, on its way through both meetings. */
export const canteen: AgendaItem = {
  id: 'Y12',
  number: 'D-2026-03-02',
  title: '关于更换食堂承包商的请示',
  state: 'decided',
  matter: { id: 'canteen-contractor', name: '食堂承包经营单位的确定与更换' },
  ruling: {
    decider: 'principal_then_party',
    rulesVersion: '2026.11',
    confidentiality: 'internal',
    cadre: false,
    large: true,
    category: '重大项目安排、大额资金使用',
    facts: { amount: 600000 },
    basis: [
      '《关于建立中小学校党组织领导的校长负责制的意见（试行）》（五）：讨论决定学校重大问题',
      '《学校食品安全与营养健康管理规定》第二十一条：采用承包或者委托经营的应当公开选择',
    ],
    steps: [],
    postSteps: [],
  },
  fields: {
    need_type: '讨论决定',
    sponsor_dept: '总务处',
    handler: '林老师',
    phone: '8012',
    background:
      '现承包合同2026年12月31日到期。本学期师生满意度两次低于60%，食品安全检查提出整改意见3条，均已整改。依据《学校食品安全与营养健康管理规定》和本校食堂管理办法，需重新公开选择承包单位。',
    proposal: '方案一：公开招标，合同期2年，设每学期考核和退出条款。方案二：与现承包商续签1年。建议采用方案一。',
    decision_asked: '按方案一公开招标确定食堂承包商，预算60万元',
    amount: '600000',
    tax: '含税',
    fund_source: '伙食专户',
    in_budget: '是',
    procurement_mode: '公开招标，依据本省现行集中采购目录及限额标准',
    affected: '全体在校就餐学生1280人、教职工96人，涉及切身利益',
    opinions: '家委会问卷收回1102份，支持更换的占81%；教代会听取意见，采纳“增设价格公示”1条。',
    risk: '交接期供餐中断：安排两周过渡，由现承包商供餐至2027年1月10日。',
    recusal: '',
    attend: '总务处负责人，10分钟',
    urgency: '常规',
  },
  legs: [
    { body: 'principal', act: 'studies', done: { at: at('2026-11-18T16:20'), meeting: 'H2', note: '研究提出' } },
    { body: 'party', act: 'decides', done: { at: at('2026-11-25T17:05'), meeting: 'H3', note: '通过' } },
  ],
  leg: 1,
  gates: [
    {
      code: 'dept',
      name: '承办部门研究、会签',
      leg: 0,
      state: 'passed',
      records: [{ by: 'teacher', at: at('2026-11-10T10:00'), outcome: '同意', note: '总务处集体研究' }],
    },
    {
      code: 'survey',
      name: '调研论证与方案比选',
      leg: 0,
      state: 'passed',
      records: [{ by: 'teacher', at: at('2026-11-11T10:00'), outcome: '完成', evidence: '调研报告.docx' }],
    },
    { code: 'budget', name: '核对预算指标与资金来源', leg: 0, state: 'open', records: [] },
    {
      code: 'congress_hear',
      name: '教代会听取意见',
      leg: 0,
      state: 'passed',
      records: [{ by: 'union', at: at('2026-11-13T15:00'), outcome: '完成', evidence: '教代会记录' }],
    },
    {
      code: 'deputies',
      name: '分管领导审核',
      leg: 0,
      state: 'passed',
      records: [{ by: 'vice_principal', at: at('2026-11-14T09:00'), outcome: '同意', note: '材料齐全，同意上会' }],
    },
    {
      code: 'sp_talk',
      name: '书记校长会前沟通',
      leg: 1,
      state: 'passed',
      records: [
        { by: 'secretary', at: at('2026-11-20T08:30'), outcome: '有分歧暂缓', note: '对合同期限有不同看法' },
        { by: 'secretary', at: at('2026-11-23T08:30'), outcome: '无重大分歧' },
      ],
    },
    {
      code: 'members',
      name: '个别酝酿',
      leg: 1,
      state: 'passed',
      whom: ['discipline'],
      records: [
        { by: 'office', at: at('2026-11-23T10:00'), outcome: '同意', member: 'discipline', note: '建议全程监督开标' },
      ],
    },
    {
      code: 'chair',
      name: '书记确定上会',
      leg: 1,
      state: 'passed',
      records: [{ by: 'secretary', at: at('2026-11-23T11:00'), outcome: '同意' }],
    },
  ],
  sponsor: 'teacher',
  department: '总务处',
  deputy: 'vice_principal',
  origin: { kind: 'group', id: 'g-staff' },
  supplements: [{ by: 'dean', at: at('2026-11-12T09:00'), text: '毕业年级晚自习加餐一并考虑。' }],
  recusals: [{ member: 'vice_principal', why: '亲属在投标单位任职' }],
  attachments: [
    { name: '食堂满意度调查报告.docx', by: 'teacher', at: at('2026-11-11T10:00') },
    { name: '招标需求书.docx', by: 'teacher', at: at('2026-11-12T10:00') },
  ],
  resolutions: ['J5'],
  raisedAt: at('2026-11-09T09:15'),
};

/** Only for those who deal with it: goes to the Party meeting alone. */
export const cadre: AgendaItem = {
  ...canteen,
  id: 'Y13',
  number: 'D-2026-03-03',
  title: '关于总务处副主任人选的请示',
  matter: { id: 'middle-cadre', name: '中层干部任免' },
  ruling: {
    ...canteen.ruling,
    decider: 'party_meeting',
    confidentiality: 'committee_only',
    cadre: true,
    category: '重要人事任免',
  },
  fields: { need_type: '讨论决定', decision_asked: '任命总务处副主任' },
  legs: [{ body: 'party', act: 'decides', done: { at: at('2026-11-25T17:20'), meeting: 'H3', note: '暂缓' } }],
  leg: 0,
  gates: [],
  sponsor: 'deputy_secretary',
  department: '办公室',
  deputy: 'deputy_secretary',
  supplements: [],
  recusals: [],
  attachments: [],
  resolutions: [],
};

/** Asks for the deadline of J5 to be changed. */
export const again: AgendaItem = {
  ...canteen,
  id: 'Y20',
  title: '关于调整食堂承包商更换时限的复议申请',
  state: 'preparing',
  fields: {
    reason_type: '条件变化',
    facts: '公开招标两次流标，2026年12月22日公告显示仅1家单位报名。',
    impact: '不变更则2027年1月10日后无供餐单位；已发生的招标代理费用按合同结算。',
    proposal: '调整：现承包商过渡供餐至2027年3月31日，同步重新招标。',
    decision_asked: '调整更换食堂承包商的完成时限',
  },
  legs: [{ body: 'party', act: 'decides' }],
  leg: 0,
  gates: [
    {
      code: 'sp_talk',
      name: '书记校长会前沟通',
      leg: 0,
      state: 'passed',
      records: [{ by: 'secretary', at: at('2026-12-24T08:30'), outcome: '无重大分歧' }],
    },
  ],
  recusals: [],
  supplements: [],
  attachments: [{ name: '流标公告.pdf', by: 'teacher', at: at('2026-12-23T09:00') }],
  resolutions: [],
  reconsiders: 'J5',
  raisedAt: at('2026-12-23T09:00'),
};

export const principalMeeting: Meeting = {
  id: 'H2',
  number: '校办会〔2026〕第8次',
  body: 'principal',
  year: 2026,
  ordinal: 8,
  state: 'closed',
  date: '2026-11-18',
  time: '15:00',
  place: '行政楼会议室',
  chair: 'principal',
  recorder: 'office',
  agenda: [
    {
      item: 'Y12',
      number: 'X-2026-08-01',
      state: 'decided',
      recused: ['vice_principal'],
      opinions: [
        { member: 'union', stance: '同意', words: '价格要公示。' },
        { member: 'principal', stance: '同意' },
      ],
      vote: { method: '口头', for: 4, against: 0, abstain: 0, defer: 0 },
      outcome: 'adopted',
      text: '会议决定：采用公开招标方式，合同期2年，预算60万元',
    },
  ],
  noticedAt: at('2026-11-16T09:00'),
  readBy: [],
  leave: [],
  present: ['principal', 'vice_principal', 'union', 'office', 'dean'],
  observers: ['deputy_secretary'],
  openedAt: at('2026-11-18T15:00'),
  closedAt: at('2026-11-18T16:30'),
  minutes: { signedBy: 'principal', at: at('2026-11-19T10:00') },
};

export const partyMeeting: Meeting = {
  id: 'H3',
  number: '党会〔2026〕第3次',
  body: 'party',
  year: 2026,
  ordinal: 3,
  state: 'closed',
  date: '2026-11-25',
  time: '15:30',
  place: '党员活动室',
  chair: 'secretary',
  recorder: 'office',
  agenda: [
    {
      item: 'Y12',
      number: 'D-2026-03-02',
      state: 'decided',
      recused: ['vice_principal'],
      opinions: [
        { member: 'principal', stance: '同意', words: '现承包商服务期内两次被提出整改，宜重新公开选择。' },
        { member: 'discipline', stance: '同意', words: '开标评标请纪检全程监督。' },
        { member: 'secretary', stance: '同意' },
      ],
      vote: { method: '记名', for: 3, against: 0, abstain: 0, defer: 0 },
      outcome: 'adopted',
      text: '同意按公开招标方式更换食堂承包商，合同期2年，预算60万元，开标评标由纪检委员全程监督',
      resolution: 'J5',
    },
    {
      item: 'Y13',
      number: 'D-2026-03-03',
      state: 'decided',
      recused: [],
      opinions: [
        { member: 'principal', stance: '缓议', words: '考察材料尚缺。' },
        { member: 'secretary', stance: '缓议' },
      ],
      outcome: 'deferred',
      text: '补充考察材料后再议',
    },
  ],
  noticedAt: at('2026-11-23T14:00'),
  readBy: ['principal'],
  leave: [{ member: 'deputy_secretary', why: '外出培训', opinion: '同意公开招标。' }],
  present: ['secretary', 'principal', 'vice_principal', 'discipline'],
  observers: ['union'],
  openedAt: at('2026-11-25T15:32'),
  closedAt: at('2026-11-25T17:30'),
  minutes: { signedBy: 'secretary', at: at('2026-11-26T09:00') },
};

export const contractor: Resolution = {
  id: 'J5',
  number: 'D-2026-03-02-J1',
  title: '更换食堂承包商',
  text: '同意按公开招标方式更换食堂承包商，合同期2年，预算60万元，开标评标由纪检委员全程监督',
  source: { kind: 'meeting', meeting: 'H3', item: 'Y12', body: 'party' },
  goal: '2027年1月10日前新承包商进场供餐，平稳交接',
  measures: '12月发布招标公告；12月下旬开标评标；签约后安排两周过渡',
  deadline: '2027-01-10',
  owner: 'teacher',
  coowner: 'union',
  checker: 'vice_principal',
  state: 'running',
  confidentiality: 'internal',
  progress: [{ by: 'teacher', at: at('2026-12-03T16:00'), text: '招标公告已发布，报名3家', evidence: '公告截图.png' }],
  extensions: [
    {
      by: 'teacher',
      at: at('2026-12-20T09:00'),
      why: '第一次开标流标',
      until: '2027-01-25',
      answer: { by: 'secretary', at: at('2026-12-21T09:00'), granted: true },
    },
  ],
  publicity: { from: '2026-12-28', until: '2027-01-04' },
  createdAt: at('2026-11-25T17:30'),
};

export const deeds: readonly LoggedDeed[] = [
  {
    seq: 1,
    at: at('2026-11-09T09:15'),
    by: 'teacher',
    act: 'raise-item',
    about: 'Y12',
    rulesVersion: '2026.11',
    detail: { title: '更换食堂承包商' },
    wrote: {},
    before: '',
    hash: 'a1'.repeat(32),
  },
  {
    seq: 2,
    at: at('2026-11-20T08:30'),
    by: 'secretary',
    act: 'talk',
    about: 'Y12',
    detail: { note: '对合同期限有不同看法' },
    wrote: {},
    before: 'a1'.repeat(32),
    hash: 'b2'.repeat(32),
  },
];

const items = new Map([canteen, cadre, again].map((i) => [i.id, i]));
const resolutions = new Map([[contractor.id, contractor]]);

/** The records as the register would hand them out; `reader` is the office unless the test says otherwise. */
export const sources = (more: Partial<Sources> = {}): Sources => ({
  items,
  resolutions,
  roster,
  school,
  day: '2026-12-24',
  reader: member('office'),
  ...more,
});
