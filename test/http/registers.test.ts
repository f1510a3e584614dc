import { join } from 'node:path';
import fc from 'fast-check';
import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import type { AgendaItem, ItemState } from '../../src/domain/agenda-item.ts';
import { AppError } from '../../src/domain/errors.ts';
import type { Meeting } from '../../src/domain/meeting.ts';
import type { Resolution } from '../../src/domain/resolution.ts';
import { ROOT } from '../../src/entry/knowledge/compiled.ts';
import { registerRoutes } from '../../src/http/registers.ts';
import type { Reminder } from '../../src/office/reminders/reminder.ts';
import type { Deed, Put } from '../../src/ports/ledger.ts';
import { ledgersOn } from '../../src/stores/ledger.ts';
import { sqliteDatabase } from '../../src/stores/sqlite.ts';
import { demoSchool } from '../fakes/service.ts';

/** In everything that must not be told. */
const SECRET = '机密';

interface ItemOf {
  readonly secret?: boolean;
  readonly body?: 'party' | 'principal';
  readonly sponsor?: string;
  readonly deputy?: string;
  readonly state?: ItemState;
  readonly recused?: string;
}
function item(
  n: number,
  { secret = false, body = 'party', sponsor = 'dean', deputy, state = 'listed', recused }: ItemOf = {},
): AgendaItem {
  const hidden = secret ? SECRET : '普通';
  return {
    id: `Y${n}`,
    title: `${hidden}议题${n}`,
    state,
    matter: { id: 'm', name: `${hidden}事项` },
    ruling: {
      decider: 'party_meeting',
      rulesVersion: 'r',
      confidentiality: secret ? 'committee_only' : 'internal',
      cadre: secret,
      large: false,
      category: 'c',
      facts: { who: hidden },
      basis: [],
      steps: [],
      postSteps: [],
    },
    fields: { background: `${SECRET}申报单` },
    legs: [{ body, act: 'decides', done: { at: 1, note: `${SECRET}经过` } }],
    leg: 0,
    gates: [
      {
        code: 'sp_talk',
        name: '书记校长沟通',
        leg: 0,
        state: 'differs',
        records: [{ by: 'secretary', at: 1, outcome: '有分歧暂缓', note: `${SECRET}分歧` }],
      },
      { code: 'members', name: '个别酝酿', leg: 0, state: 'open', records: [], whom: [`${SECRET}人选`] },
      {
        code: 'legal',
        name: '合法性审查',
        leg: 0,
        state: 'passed',
        records: [{ by: 'office', at: 1, outcome: '完成', note: `${SECRET}意见书` }],
      },
    ],
    sponsor,
    ...(deputy && { deputy }),
    origin: { kind: 'direct', id: sponsor },
    supplements: [{ by: sponsor, at: 1, text: `${SECRET}补充` }],
    recusals: recused ? [{ member: recused, why: `${SECRET}亲属` }] : [],
    attachments: [],
    talkAgainOn: '2026-12-01',
    meeting: 'H1',
    resolutions: [],
    raisedAt: 1,
  };
}

function meeting(
  n: number,
  items: readonly AgendaItem[],
  body: 'party' | 'principal' = 'party',
  recused: string[] = [],
): Meeting {
  return {
    id: `H${n}`,
    number: `党会〔2026〕第${n}次`,
    body,
    year: 2026,
    ordinal: n,
    state: 'closed',
    date: '2026-11-23',
    time: '09:00',
    place: '会议室',
    chair: body === 'party' ? 'secretary' : 'principal',
    recorder: 'office',
    agenda: items.map((i) => ({
      item: i.id,
      number: `D-${n}-${i.id}`,
      state: 'decided' as const,
      recused,
      opinions: [{ member: 'discipline', stance: '不同意' as const, words: `${SECRET}发言` }],
      vote: { method: '举手' as const, for: 3, against: 1, abstain: 0, defer: 0 },
      outcome: 'adopted' as const,
      text: `${i.ruling.confidentiality === 'committee_only' ? SECRET : '普通'}决定`,
    })),
    readBy: [],
    leave: [{ member: 'discipline', why: `${SECRET}病假`, opinion: `${SECRET}书面意见` }],
    present: [],
    observers: ['union'],
  };
}

function resolution(n: number, of: AgendaItem | undefined, secret: boolean, owner = 'dean'): Resolution {
  const hidden = secret ? SECRET : '普通';
  const source = of
    ? ({ kind: 'meeting', meeting: 'H1', item: of.id, body: of.legs[0]!.body as 'party' } as const)
    : ({ kind: 'list', list: '清单', row: '1' } as const);
  return {
    id: `J${n}`,
    number: `D-${n}`,
    title: `${hidden}决议${n}`,
    text: hidden,
    goal: hidden,
    measures: hidden,
    deadline: '2026-12-01',
    owner,
    source,
    state: 'running',
    confidentiality: secret ? 'committee_only' : 'internal',
    progress: [{ by: owner, at: 1, text: hidden, evidence: `${SECRET}凭证` }],
    extensions: [{ by: owner, at: 1, why: `${SECRET}理由`, until: '2026-12-09' }],
    reconsideredBy: `${SECRET}复议`,
    createdAt: 1,
  };
}

const aPut = (record: AgendaItem | Meeting | Resolution): Put => {
  const kind = { Y: 'item', H: 'meeting', J: 'resolution' }[record.id[0]!]!;
  return { kind, record, open: Number(record.id.slice(1)) % 2 === 0 } as Put;
};

/** The routes over a register that holds these records, each with a deed whose details are secret. */
async function aRegister(records: readonly (AgendaItem | Meeting | Resolution)[], reminders: readonly Reminder[] = []) {
  const ledger = ledgersOn(sqliteDatabase(':memory:', join(ROOT, 'migrations'))).forSchool('demo');
  for (const record of records) {
    const { head } = await ledger.show();
    const deeds: Deed[] = [{ by: 'office', act: 'edit-item', about: record.id, detail: { text: `${SECRET}细节` } }];
    expect(await ledger.commit({ head, at: 1000, puts: [aPut(record)], deeds, sends: [] })).toBe('saved');
  }
  const app = new Hono();
  app.onError((error, c) =>
    error instanceof AppError
      ? c.json({ error: { code: error.code, message: error.message } }, error.status)
      : c.text(String(error), 500),
  );
  const routes = registerRoutes({
    ledger,
    school: demoSchool,
    member: (from, roster) => roster.get(from),
    reminders: async () => reminders,
  });
  app.route('/', routes);
  const get = async (path: string, from: string) => {
    const response = await app.request(`${path}${path.includes('?') ? '&' : '?'}from=${from}`);
    const text = await response.text();
    return {
      status: response.status,
      text,
      body: JSON.parse(text) as { items: Record<string, never>[]; next?: string | number } & Record<string, never>,
    };
  };
  return { ledger, get, app };
}
type Register = Awaited<ReturnType<typeof aRegister>>;

/** Everything somebody can fetch: every list in pages of two, every id there may be. */
async function everything({ get }: Register, from: string): Promise<string[]> {
  const heard: string[] = [];
  for (const path of ['agenda-items', 'meetings', 'resolutions'])
    for (let after = ''; ;) {
      const { text, body } = await get(`/api/${path}?limit=2${after}`, from);
      heard.push(text);
      if (body.next === undefined) break;
      after = `&after=${body.next}`;
    }
  for (const [path, letter] of [
    ['agenda-items', 'Y'],
    ['meetings', 'H'],
    ['resolutions', 'J'],
  ] as const)
    for (let n = 1; n <= 13; n++) heard.push((await get(`/api/${path}/${letter}${n}`, from)).text);
  for (const path of ['reminders', 'audit', 'audit/1']) heard.push((await get(`/api/${path}`, from)).text);
  return heard;
}

describe('a teacher', () => {
  const spec = fc.record({
    secret: fc.boolean(),
    body: fc.constantFrom('party' as const, 'principal' as const),
    sponsor: fc.constantFrom('dean', 'office', 'vice_principal', 'teacher2'),
    state: fc.constantFrom<ItemState>('draft', 'deferred', 'listed', 'decided', 'withdrawn'),
    decided: fc.boolean(),
    met: fc.boolean(),
  });

  it('learns nothing of what is confidential: all that can be fetched is the same whether it exists or not', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(spec, { minLength: 1, maxLength: 12 }), async (specs) => {
        const items = specs.map((s, i) => item(i + 1, s));
        const results = items.flatMap((it, i) => (specs[i]!.decided ? [resolution(i + 1, it, specs[i]!.secret)] : []));
        const met = [
          meeting(
            1,
            items.filter((_, i) => specs[i]!.met),
          ),
          meeting(2, items, 'principal'),
        ];
        const open = (r: AgendaItem | Resolution) => !specs[Number(r.id.slice(1)) - 1]!.secret;
        const [all, known] = [
          await aRegister([...items, ...results, ...met]),
          await aRegister([...items.filter(open), ...results.filter(open), ...met]),
        ];
        const told = await everything(all, 'teacher');
        expect(told).toEqual(await everything(known, 'teacher'));
        expect(told.join()).not.toContain(SECRET);
      }),
      { numRuns: 15 },
    );
  });

  it('sees an own item with its form, and not what the talks were about', async () => {
    const { get } = await aRegister([item(1, { sponsor: 'teacher' }), item(2)]);
    const own = await get('/api/agenda-items/Y1', 'teacher');
    expect(own.text).toContain('申报单');
    expect(own.text).not.toMatch(/分歧"|机密分歧|机密人选|talkAgainOn/);
    const other = await get('/api/agenda-items/Y2', 'teacher');
    expect(other.body).toMatchObject({ id: 'Y2', title: '普通议题2', state: 'listed' });
    expect(other.text).not.toContain(SECRET);
  });

  it('is told of a confidential item what is told of an unknown one', async () => {
    const { get } = await aRegister([item(1, { secret: true }), resolution(1, undefined, true)]);
    const [known, unknown] = [
      await get('/api/agenda-items/Y1', 'teacher'),
      await get('/api/agenda-items/Y9', 'teacher'),
    ];
    expect([known.status, known.text]).toEqual([404, unknown.text]);
    expect((await get('/api/resolutions/J1', 'teacher')).status).toBe(404);
    expect((await get('/api/agenda-items', 'teacher')).body).toEqual({ items: [] });
  });
});

describe('a confidential item', () => {
  const secret = item(1, { secret: true, sponsor: 'vice_principal', deputy: 'deputy_secretary' });
  it('is there for the members of the body, the sponsor, the leader in charge and the office, and for nobody else', async () => {
    const { get } = await aRegister([secret, resolution(2, secret, true, 'teacher2')]);
    for (const who of ['secretary', 'principal', 'deputy_secretary', 'vice_principal', 'discipline', 'office'])
      expect((await get('/api/agenda-items/Y1', who)).status, who).toBe(200);
    for (const who of ['union', 'dean', 'teacher', 'teacher2'])
      expect((await get('/api/agenda-items/Y1', who)).status, who).toBe(404);
    // Whoever has to do it knows of the resolution; how it came about stays in the meeting.
    const owner = await get('/api/resolutions/J2', 'teacher2');
    expect(owner.body).toMatchObject({
      id: 'J2',
      goal: SECRET,
      deadline: '2026-12-01',
      owner: 'teacher2',
      state: 'running',
    });
    expect(owner.text).not.toContain('机密细节');
    expect((await get('/api/resolutions/J2', 'teacher')).status).toBe(404);
  });

  it('keeps opinions, votes and talks from a member who stood back', async () => {
    const mine = item(1, { secret: true, recused: 'vice_principal' });
    const { get } = await aRegister([mine, meeting(1, [mine], 'party', ['vice_principal'])]);
    for (const path of ['/api/agenda-items/Y1', '/api/meetings/H1']) {
      expect((await get(path, 'discipline')).text).toMatch(/机密(?:发言|分歧)/);
      expect((await get(path, 'vice_principal')).text).not.toMatch(/机密(?:发言|分歧|亲属)|举手/);
    }
  });
});

describe('a meeting', () => {
  it('shows opinions and votes to its members and the office, results to those who attend, nothing to others', async () => {
    const [open, hidden, gone] = [item(1), item(2, { secret: true }), item(3)];
    const { get } = await aRegister([open, hidden, meeting(1, [open, hidden, gone])]);
    for (const who of ['secretary', 'discipline', 'office'])
      expect((await get('/api/meetings/H1', who)).text).toMatch(/机密发言.*机密书面意见/);
    const union = await get('/api/meetings/H1', 'union');
    expect(union.body).toMatchObject({ title: '党会〔2026〕第1次', agenda: [{ item: 'Y1', text: '普通决定' }] });
    expect(union.body).toHaveProperty('agenda.length', 1);
    expect(union.text).not.toMatch(/机密|举手/);
    expect((await get('/api/meetings/H1', 'dean')).body).toHaveProperty('agenda.length', 2);
    expect((await get('/api/meetings/H1', 'teacher')).status).toBe(404);
  });
});

describe('the audit log', () => {
  it('is for office, discipline, secretary and principal', async () => {
    const { get } = await aRegister([item(1)]);
    for (const who of ['office', 'discipline', 'secretary', 'principal'])
      expect((await get('/api/audit', who)).status).toBe(200);
    for (const who of ['deputy_secretary', 'vice_principal', 'union', 'dean', 'teacher'])
      expect((await get('/api/audit', who)).status).toBe(403);
  });

  it('keeps the place of what somebody may not see, and tells nothing else of it', async () => {
    // A principal without a seat in the Party organisation's leadership, and an item of it raised by somebody else.
    const { get } = await aRegister([
      item(1),
      { ...resolution(2, undefined, true), source: { kind: 'meeting', meeting: 'H1', item: 'Y9', body: 'principal' } },
    ]);
    const office = await get('/api/audit', 'office');
    expect(office.body.items).toHaveLength(2);
    expect(office.text).toContain('机密细节');
    const secretary = await get('/api/audit', 'secretary');
    expect(secretary.body.items.map((d) => [d['seq'], d['confidential'] ?? false])).toEqual([
      [1, false],
      [2, true],
    ]);
    expect(JSON.stringify(secretary.body.items[1])).not.toMatch(/机密|J2|office/);
    expect((await get('/api/audit/2', 'office')).body).toMatchObject({ seq: 2, about: 'J2', byName: '方主任' });
    expect((await get('/api/audit/3', 'office')).status).toBe(404);
  });

  it('is read in pages, each deed once', async () => {
    const { get } = await aRegister([1, 2, 3, 4, 5].map((n) => item(n)));
    const seen: number[] = [];
    for (let after: string | number = 0; after !== undefined;) {
      const { body } = await get(`/api/audit?limit=2&after=${after}`, 'office');
      seen.push(...body.items.map((d) => Number(d['seq'])));
      after = body.next as never;
    }
    expect(seen).toEqual([1, 2, 3, 4, 5]);
  });
});

describe('the lists', () => {
  it('are in pages, newest first, with history on the page of one', async () => {
    const { get } = await aRegister([1, 2, 9, 10, 11].map((n) => item(n)));
    const first = await get('/api/agenda-items?limit=3', 'secretary');
    expect(first.body.items.map((i) => i['id'])).toEqual(['Y11', 'Y10', 'Y9']);
    const rest = await get(`/api/agenda-items?limit=3&after=${first.body.next}`, 'secretary');
    expect(rest.body.items.map((i) => i['id'])).toEqual(['Y2', 'Y1']);
    expect(rest.body).not.toHaveProperty('next');
    expect((await get('/api/agenda-items/Y9', 'secretary')).body).toMatchObject({
      history: [{ by: 'office', byName: '方主任', act: 'edit-item', detail: { text: '机密细节' } }],
    });
    expect((await get('/api/agenda-items/Y9', 'union')).text).not.toMatch(/机密|方主任/);
  });

  it('fill their pages whatever lies between that is not shown', async () => {
    const { ledger, get } = await aRegister([item(1), item(2), item(3)]);
    const { head } = await ledger.show();
    const puts = Array.from({ length: 450 }, (_, i) => aPut(item(i + 4, { secret: true })));
    await ledger.commit({ head, at: 1, puts, deeds: [{ by: 'office', act: 'import-list', about: 'x' }], sends: [] });
    const { body } = await get('/api/agenda-items?limit=2', 'teacher');
    expect(body).toMatchObject({ items: [{ id: 'Y3' }, { id: 'Y2' }], next: 'Y2' });
    expect((await get('/api/agenda-items?limit=2&after=Y2', 'teacher')).body).toMatchObject({ items: [{ id: 'Y1' }] });
  });

  it('refuse who is nobody, and numbers that are none', async () => {
    const { get, app } = await aRegister([]);
    expect((await get('/api/meetings', 'nobody')).status).toBe(403);
    expect((await app.request('/api/meetings')).status).toBe(403);
    for (const query of ['limit=0', 'limit=x', 'limit=1.5'])
      expect((await get(`/api/resolutions?${query}`, 'office')).status).toBe(400);
    expect((await get('/api/audit?after=x', 'office')).status).toBe(400);
  });

  it('show everyone the own reminders only', async () => {
    const reminder = (member: string, text: string): Reminder => ({
      member,
      about: 'J1',
      part: 'due',
      section: 'soon',
      text,
      action: { id: '/进展 J1', label: '报进展', style: 'primary' },
      confidential: false,
    });
    const { get } = await aRegister(
      [resolution(1, undefined, false)],
      [reminder('dean', '决议三天后到期'), reminder('office', SECRET)],
    );
    const { body, text } = await get('/api/reminders', 'dean');
    expect(body).toMatchObject({ items: [{ id: 'J1:due', state: 'soon', title: '决议三天后到期', about: 'J1' }] });
    expect(text).not.toContain(SECRET);
    expect((await get('/api/reminders/J1:due', 'dean')).body).toMatchObject({
      id: 'J1:due',
      history: [{ act: 'edit-item' }],
    });
    expect((await get('/api/reminders/J2:due', 'dean')).status).toBe(404);
  });
});
