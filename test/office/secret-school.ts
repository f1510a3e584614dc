import type { AgendaItem } from '../../src/domain/agenda-item.ts';
import type { Meeting } from '../../src/domain/meeting.ts';
import type { Resolution } from '../../src/domain/resolution.ts';
import { gatesFor } from '../../src/office/items/gates.ts';
import type { Put } from '../../src/ports/ledger.ts';
import { aSchool } from './a-school.ts';
import { aMeeting, anItem, aResolution } from './some-records.ts';

/** A matter of cadres before the Party meeting: what only its members, the office, secretary and principal may know. */
export const SECRET = {
  title: '关于免去马某年级组长职务的请示',
  text: '免去马某年级组长职务',
  subject: '马某',
} as const;

/** What stage the confidential matter has come to. */
export const STAGES = [
  'draft',
  'preparing',
  'deferred',
  'ready',
  'listed',
  'discussing',
  'decided',
  'closing',
] as const;
export type Stage = (typeof STAGES)[number];

const LEGS = [{ body: 'party', act: 'decides' }] as const;
const OPEN: Readonly<Record<Stage, AgendaItem['state']>> = {
  draft: 'draft',
  preparing: 'preparing',
  deferred: 'deferred',
  ready: 'ready',
  listed: 'listed',
  discussing: 'listed',
  decided: 'decided',
  closing: 'decided',
};

/** Another confidential matter, in the place of the first: no cadres in it, another id, number and title. */
const OTHER = { id: 'Y15', number: 'D-2026-03-15', title: '关于某次校园欺凌处理的请示' } as const;

function secretItem(stage: Stage, roster: ReturnType<typeof aSchool>['roster']): AgendaItem {
  const gates = gatesFor({ preSteps: [], legs: LEGS, sponsor: 'deputy_secretary' }, roster);
  const closed = !['draft', 'preparing', 'deferred'].includes(stage);
  const listed = ['listed', 'discussing'].includes(stage);
  return anItem({
    id: 'Y1',
    title: SECRET.title,
    state: OPEN[stage],
    ...(closed && stage !== 'ready' && { number: 'D-2026-03-01' }),
    ...(stage === 'deferred' && { talkAgainOn: '2026-11-24' }),
    matter: { id: 'mid-level-cadres', name: '中层干部任免' },
    ruling: {
      ...anItem().ruling,
      decider: 'party_meeting',
      confidentiality: 'committee_only',
      cadre: true,
      large: false,
    },
    fields: { proposal: SECRET.text, decision_asked: `请审议是否同意${SECRET.text}` },
    legs: LEGS,
    leg: 0,
    gates: closed ? gates.map((g) => ({ ...g, state: 'passed' as const })) : gates,
    sponsor: 'deputy_secretary',
    deputy: 'vice_principal',
    origin: { kind: 'direct', id: 'deputy_secretary' },
    ...(listed && { meeting: 'H1' }),
    ...(OPEN[stage] === 'decided' && { resolutions: ['J1'] }),
  });
}

const secretResolution = (stage: Stage): Resolution =>
  aResolution({
    id: 'J1',
    number: 'D-2026-03-01-J1',
    title: SECRET.title,
    text: SECRET.text,
    goal: `${SECRET.subject}免职谈话并公布`,
    owner: 'deputy_secretary',
    checker: 'secretary',
    deadline: '2026-11-20',
    confidentiality: 'committee_only',
    ...(stage === 'closing' && {
      state: 'done' as const,
      closing: { evidence: `${SECRET.subject}谈话记录`, by: 'deputy_secretary', at: 0 },
    }),
  });

function meetingAt(stage: Stage, withSecret: boolean): Meeting {
  const over = stage === 'decided' || stage === 'closing';
  const secret = { item: 'Y1', number: 'D-2026-03-01', recused: [], opinions: [] } as const;
  const known = { item: 'Y2', number: 'D-2026-03-02', recused: [], opinions: [] } as const;
  const entry = { listed: { state: 'waiting' }, discussing: { state: 'discussing' } } as const;
  const decided = { state: 'decided', outcome: 'adopted', text: SECRET.text, resolution: 'J1' } as const;
  const has = over || stage === 'listed' || stage === 'discussing';
  const named = withSecret ? {} : { item: OTHER.id, number: OTHER.number };
  return aMeeting({
    state: stage === 'discussing' ? 'open' : over ? 'closed' : 'called',
    date: stage === 'discussing' || over ? '2026-11-23' : '2026-11-27',
    ...((stage === 'discussing' || over) && { openedAt: Date.parse('2026-11-23T08:00:00+08:00') }),
    ...(over && { closedAt: Date.parse('2026-11-23T08:40:00+08:00') }),
    present:
      stage === 'discussing' || over
        ? ['secretary', 'principal', 'deputy_secretary', 'vice_principal', 'discipline']
        : [],
    agenda: [
      ...(has ? [{ ...secret, ...named, ...(over ? decided : entry[stage as 'listed']) }] : []),
      { ...known, state: 'waiting', ...(over && { left: '时间不够' }) },
    ],
  });
}

const other = (stage: Stage, item: AgendaItem): Put[] => [
  {
    kind: 'item',
    record: { ...item, ...OTHER, ruling: { ...item.ruling, cadre: false }, fields: {}, resolutions: [] },
    open: stage !== 'decided' && stage !== 'closing',
  },
];

/**
 * The same school with and without the confidential matter: whoever has no part in it must not be able to tell which. In
 * its place stands another one: an agenda says that there is something confidential (procedure 4.5), and no more.
 */
export function aSchoolWithSecret(stage: Stage, withSecret = true) {
  const school = aSchool();
  const over = stage === 'decided' || stage === 'closing';
  const secret: Put[] = [
    { kind: 'item', record: secretItem(stage, school.roster), open: !over },
    ...(over ? [{ kind: 'resolution' as const, record: secretResolution(stage), open: true }] : []),
  ];
  const listed = { state: 'listed', meeting: 'H1', number: 'D-2026-03-02', legs: LEGS, leg: 0 } as const;
  school.settle([
    {
      kind: 'item',
      record: anItem({ id: 'Y2', ...(over ? { state: 'ready', legs: LEGS, leg: 0 } : listed) }),
      open: true,
    },
    { kind: 'item', record: anItem({ id: 'Y3', title: '关于采购课桌椅的请示', sponsor: 'teacher2' }), open: true },
    {
      kind: 'resolution',
      record: aResolution({
        id: 'J2',
        number: 'X-2026-01-01-J1',
        source: { kind: 'meeting', meeting: 'H9', item: 'Y9', body: 'principal' },
      }),
      open: true,
    },
    { kind: 'meeting', record: meetingAt(stage, withSecret), open: true },
    ...(['Y', 'J', 'H'] as const).map((id): Put => ({ kind: 'counter', record: { id, last: 20 }, open: true })),
    ...(withSecret ? secret : other(stage, secretItem(stage, school.roster))),
  ]);
  return school;
}
