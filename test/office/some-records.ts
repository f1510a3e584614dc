import type { AgendaItem } from '../../src/domain/agenda-item.ts';
import type { Meeting } from '../../src/domain/meeting.ts';
import type { Resolution } from '../../src/domain/resolution.ts';
import type { Put } from '../../src/ports/ledger.ts';

/** Records as other rooms make them, for tests that start in the middle. */
const RAISED = Date.parse('2026-11-02T10:00:00+08:00');

export const aResolution = (more: Partial<Resolution> = {}): Resolution => ({
  id: 'J1',
  number: 'D-2026-03-01-J1',
  title: '更换食堂承包商',
  text: '同意更换',
  goal: '12月完成招标',
  measures: '挂网、评标、签约',
  deadline: '2026-12-20',
  owner: 'teacher',
  source: { kind: 'meeting', meeting: 'H1', item: 'Y1', body: 'party' },
  state: 'running',
  checker: 'vice_principal',
  confidentiality: 'public',
  progress: [],
  extensions: [],
  createdAt: RAISED,
  ...more,
});

export const anItem = (more: Partial<AgendaItem> = {}): AgendaItem => ({
  id: 'Y1',
  title: '请审议是否同意更换食堂承包商',
  state: 'preparing',
  matter: { id: 'canteen-operation-mode', name: '食堂经营方式' },
  ruling: {
    decider: 'principal_then_party',
    rulesVersion: 'x',
    confidentiality: 'public',
    cadre: false,
    large: true,
    category: '大额资金',
    facts: {},
    basis: [],
    steps: [],
    postSteps: [],
  },
  fields: {},
  legs: [
    { body: 'principal', act: 'studies' },
    { body: 'party', act: 'decides' },
  ],
  leg: 1,
  gates: [],
  sponsor: 'teacher',
  department: '总务处',
  deputy: 'vice_principal',
  origin: { kind: 'direct', id: 'teacher' },
  supplements: [],
  recusals: [],
  attachments: [],
  resolutions: [],
  raisedAt: RAISED,
  ...more,
});

export const aMeeting = (more: Partial<Meeting> = {}): Meeting => ({
  id: 'H1',
  number: '党会〔2026〕第3次',
  body: 'party',
  year: 2026,
  ordinal: 3,
  state: 'called',
  date: '2026-11-27',
  time: '14:00',
  place: '三楼会议室',
  chair: 'secretary',
  recorder: 'office',
  agenda: [],
  noticedAt: RAISED,
  readBy: [],
  leave: [],
  present: [],
  observers: [],
  ...more,
});

export const put = {
  resolution: (more?: Partial<Resolution>): Put => ({ kind: 'resolution', record: aResolution(more), open: true }),
  item: (more?: Partial<AgendaItem>): Put => ({ kind: 'item', record: anItem(more), open: true }),
  meeting: (more?: Partial<Meeting>): Put => ({ kind: 'meeting', record: aMeeting(more), open: true }),
};
