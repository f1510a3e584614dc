import { describe, expect, it } from 'vitest';
import type { Meeting } from '../../src/domain/meeting.ts';
import { mayHave, mayKnow } from '../../src/papers/may-have.ts';
import type { Sources } from '../../src/papers/sources.ts';
import { again, cadre, canteen, contractor, member, partyMeeting, roster, sources } from './a-case.ts';

const EVERYONE = roster.all.map((m) => m.id);
const whoMay = (kind: string, more: Partial<Sources>) =>
  EVERYONE.filter((id) => mayHave(member(id), { kind }, sources(more)) === true);
const PARTY = ['secretary', 'principal', 'deputy_secretary', 'vice_principal', 'discipline'];
const { meeting: _m, ...unlisted } = { ...canteen, legs: canteen.legs.map(({ done: _d, ...l }) => l) };

describe('who may have', () => {
  it('an item form before a meeting: sponsor, department, leader in charge, secretary, principal, office', () => {
    const item = { ...unlisted, recusals: [] };
    expect(whoMay('item-form', { item })).toEqual(['secretary', 'principal', 'vice_principal', 'office', 'teacher']);
    expect(whoMay('item-form', { item: { ...item, sponsor: 'dean', department: '教务处' } })).toContain('teacher2');
  });
  it('an item form once it is listed: the members of the meeting too', () => {
    const may = whoMay('item-form', { item: { ...canteen, meeting: 'H3' } });
    expect(may).toContain('discipline');
    expect(may).not.toContain('teacher2');
  });
  it('a restricted item form: the deciding body, the sponsor and the office, not the department', () => {
    expect(whoMay('item-form', { item: cadre })).toEqual([...PARTY, 'office']);
    const recused = { ...cadre, recusals: [{ member: 'discipline', why: '亲属' }] };
    expect(whoMay('item-form', { item: recused })).not.toContain('discipline');
    expect(whoMay('item-form', { item: { ...cadre, department: '教务处', sponsor: 'teacher' } })).toEqual([
      ...PARTY,
      'office',
      'teacher',
    ]);
  });
  it('notice and agenda: members, observers and the office', () => {
    expect(whoMay('notice', { meeting: partyMeeting })).toEqual([...PARTY, 'union', 'office']);
    expect(whoMay('agenda', { meeting: { ...partyMeeting, observers: [] } })).toEqual([...PARTY, 'office']);
  });
  it('a record: members of the body and the recorder, nobody else', () => {
    expect(whoMay('record', { meeting: partyMeeting })).toEqual([...PARTY, 'office']);
    expect(whoMay('record', { meeting: { ...partyMeeting, recorder: 'deputy_secretary' } })).toEqual(PARTY);
  });
  it('minutes: who attended and who carries it out; before they are signed only who makes and signs them', () => {
    expect(whoMay('minutes', { meeting: partyMeeting })).toEqual([...PARTY, 'union', 'office', 'teacher']);
    const { minutes: _s, ...unsigned }: Meeting = partyMeeting;
    expect(whoMay('minutes', { meeting: unsigned })).toEqual(['secretary', 'office']);
  });
  it('a follow-up: who carries it out, who checks, discipline, leaders and the office', () => {
    expect(whoMay('follow-up', { resolution: contractor })).toEqual([...PARTY, 'union', 'office', 'teacher']);
    const restricted = { ...contractor, coowner: 'deputy_secretary', confidentiality: 'committee_only' as const };
    const may = whoMay('follow-up', { resolution: restricted });
    expect(may).toEqual(['secretary', 'principal', 'deputy_secretary', 'discipline', 'office', 'teacher']);
  });
  it('a reconsideration: who asks, the members who decide, the office', () => {
    expect(whoMay('reconsideration', { item: again })).toEqual([...PARTY, 'office', 'teacher']);
  });
});

describe('a refusal', () => {
  it('says why where the paper may be known of, and is hidden where it may not', () => {
    expect(mayHave(member('teacher2'), { kind: 'item-form' }, sources({ item: canteen }))).toEqual({
      why: expect.stringContaining('由提出人、承办部门'),
      hidden: false,
    });
    expect(mayHave(member('teacher2'), { kind: 'item-form' }, sources({ item: cadre }))).toMatchObject({
      hidden: true,
    });
    expect(mayHave(member('secretary'), { kind: 'item-form' }, sources())).toMatchObject({ hidden: true });
    expect(mayHave(member('secretary'), { kind: 'toString' }, sources({ item: canteen }))).toMatchObject({
      hidden: true,
    });
  });
  it('a restricted item is known to its bodies, sponsor, leaders and office, and not to who stands back', () => {
    expect(EVERYONE.filter((id) => mayKnow(member(id), cadre))).toEqual([...PARTY, 'office']);
    const recused = { ...cadre, recusals: [{ member: 'discipline', why: '亲属' }] };
    expect(mayKnow(member('discipline'), recused)).toBe(false);
  });
});
