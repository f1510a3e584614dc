import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Duty } from '../../src/domain/duty.ts';
import type { InboundMessage, Outgoing } from '../../src/domain/message.ts';
import type { Database } from '../../src/ports/database.ts';
import type { Commit, Put, SchoolLedger } from '../../src/ports/ledger.ts';
import { shownCache } from '../../src/stores/ledger-cache.ts';
import { ledgersOn } from '../../src/stores/ledger.ts';
import { notebookOn } from '../../src/stores/notebook.ts';
import { storeOn } from '../../src/stores/store.ts';

let count = 0;
export const newSchool = () => `school-${++count}`;

export const duty = (id: string, title = '三会一课'): Duty => ({
  id,
  title,
  owner: 'office',
  every: 'month',
  leadDays: 3,
  done: [],
});
export const put = (record: Duty, open = true): Put => ({ kind: 'duty', record, open });

/** One deed on what is shown now, tried again when another came between; how often it was tried. */
export async function deedOn(
  ledger: SchoolLedger,
  puts: readonly Put[],
  by = 'office',
  over: Partial<Commit> = {},
): Promise<number> {
  for (let tries = 1; ; tries++) {
    const began = Date.now();
    const { head } = await ledger.show();
    const about = puts[0]?.record.id ?? 'nothing';
    const deeds = [{ by, act: 'change-duty', about, rulesVersion: 'r1' }];
    if ((await ledger.commit({ head, at: 1000 + tries, puts, deeds, sends: [], ...over })) === 'saved') return tries;
    // Those who were late do not all come back at once: they wait the longer, the longer a try takes here.
    await new Promise((done) => setTimeout(done, Math.random() * (Date.now() - began + 1) * 2 ** Math.min(tries, 6)));
  }
}

export function message(id: string): InboundMessage {
  const conversation = { kind: 'direct', id: 'chat' } as const;
  const said = { from: 'u', text: '/完成 P1', addressed: true, messageId: id, sentAt: 5, receivedAt: 5 };
  return { id: `web:demo:${id}`, platform: 'web', app: 'demo', conversation, ...said };
}
export const outgoing = (key: string): Outgoing => ({
  key,
  platform: 'web',
  app: 'demo',
  conversation: { kind: 'direct', id: 'chat' },
  reply: { text: '已记下' },
});

/** What every ledger promises, whatever database it stands on. */
export function ledgerContract(name: string, open: () => Promise<Database>): void {
  describe(`a ledger on ${name}`, () => {
    const fresh = async () => {
      const db = await open();
      const school = newSchool();
      return { db, school, ledger: ledgersOn(db).forSchool(school), store: storeOn(db) };
    };

    it('shows what was put, gives what is closed only when asked, and numbers deeds from one', async () => {
      const { ledger } = await fresh();
      expect(await ledger.show()).toMatchObject({ head: { seq: 0, hash: '' } });
      await deedOn(ledger, [put(duty('P1')), put(duty('P2')), put(duty('P10'))]);
      await deedOn(ledger, [put(duty('P2', '民主生活会'), false)]);
      const { head, records } = await ledger.show();
      expect(head.seq).toBe(2);
      expect([...records.duty.keys()]).toEqual(['P1', 'P10']);
      expect(await ledger.get('duty', 'P2')).toEqual(duty('P2', '民主生活会'));
      expect(await ledger.get('duty', 'P3')).toBeUndefined();
      expect(await ledger.past('duty', 9)).toEqual([duty('P2', '民主生活会')]);
      expect(await ledger.past('duty', 9, 2)).toEqual([]);
      expect((await ledger.list('duty', 2)).map((d) => d.id)).toEqual(['P10', 'P2']);
      expect((await ledger.list('duty', 2, 'P2')).map((d) => d.id)).toEqual(['P1']);
      expect(await ledger.verify()).toEqual({ deeds: 2, head });
    });

    it('logs who did what, when, to what and under which rules, several deeds to a commit', async () => {
      const { ledger } = await fresh();
      const { head } = await ledger.show();
      const deeds = [
        { by: 'office', act: 'a', about: 'P1', detail: { b: 1, a: ['食堂', null] } },
        { by: 'system', act: 'b', about: 'P2', rulesVersion: 'r9' },
      ];
      expect(await ledger.commit({ head, at: 77, puts: [put(duty('P1'))], deeds, sends: [] })).toBe('saved');
      const logged = await ledger.deeds({ limit: 9 });
      expect(logged).toMatchObject(deeds.map((d, i) => ({ ...d, seq: i + 1, at: 77 })));
      expect(logged.map((d) => Object.keys(d.wrote))).toEqual([[], ['duty/P1']]);
      expect(logged[1]!.before).toBe(logged[0]!.hash);
      expect((await ledger.deeds({ about: 'P2', limit: 9 })).map((d) => d.seq)).toEqual([2]);
      expect((await ledger.deeds({ after: 1, limit: 9 })).map((d) => d.seq)).toEqual([2]);
      expect((await ledger.deeds({ limit: 1 })).map((d) => d.seq)).toEqual([1]);
      expect((await ledger.verify()).fault).toBeUndefined();
    });

    it('is stale, and writes nothing, when another commit came between', async () => {
      const { ledger, school, store } = await fresh();
      const { head } = await ledger.show();
      await deedOn(ledger, [put(duty('P1'))]);
      const late = { head, at: 9, puts: [put(duty('P1', '后来的'))], deeds: [{ by: 'dean', act: 'x', about: 'P1' }] };
      expect(await ledger.commit({ ...late, sends: [outgoing(`${school}#late`)] })).toBe('stale');
      expect(await ledger.get('duty', 'P1')).toEqual(duty('P1'));
      const waiting = await store.claimSends(10_000, 1, 1000);
      expect(waiting.filter((w) => w.school === school)).toEqual([]);
    });

    it('does not go on from a deed that was changed or is gone', async () => {
      const { ledger, db, school } = await fresh();
      await deedOn(ledger, [put(duty('P1'))]);
      const { head } = await ledger.show();
      const next = { at: 9, puts: [], deeds: [{ by: 'dean', act: 'x', about: 'P1' }], sends: [] };
      expect(await ledger.commit({ ...next, head: { ...head, hash: 'f'.repeat(64) } })).toBe('stale');
      await db.batch([{ sql: 'DELETE FROM deed WHERE school = ?', params: [school] }]);
      expect(await ledger.commit({ ...next, head })).toBe('stale');
      expect((await ledger.show()).head.seq).toBe(0);
    });

    it('takes a real fault for what it is', async () => {
      const { ledger, db, school } = await fresh();
      const broken = ledgersOn({
        ...db,
        batch: (s) => db.batch([...s, { sql: 'INSERT INTO no_such_table VALUES (1)', params: [] }]),
      }).forSchool(school);
      await expect(deedOn(broken, [put(duty('P1'))])).rejects.toThrow(/no_such_table/);
      const { head } = await ledger.show();
      await expect(ledger.commit({ head, at: 1, puts: [put(duty('P1'))], deeds: [], sends: [] })).rejects.toThrow(
        /without a deed/,
      );
      await expect(deedOn(ledger, [put(duty('P1', '长'.repeat(700_000)))])).rejects.toThrow(/存不下/);
      expect(head.seq).toBe(0);
    });

    it('answers a message in the commit, and a second time writes nothing', async () => {
      const { ledger, store, school } = await fresh();
      const heard = message(`${school}-m`);
      await store.keep(school, heard);
      const kept = { school, message: heard, attempts: 1 };
      const talk = { id: 'talk', value: { question: '', facts: {}, about: 'P1' }, expiresAt: 90_000 };
      const answers = { kept, talk };
      await deedOn(ledger, [put(duty('P1'))], 'office', { answers, sends: [outgoing(`${school}#0`)] });
      expect(await store.dialogue(school, 'talk', 1)).toEqual(talk.value);
      expect(await deedOn(ledger, [put(duty('P2'))], 'office', { answers, sends: [outgoing(`${school}#1`)] })).toBe(1);
      expect((await ledger.show()).head.seq).toBe(1);
      expect(await ledger.get('duty', 'P2')).toBeUndefined();
      const said = (await store.claimSends(20_000, 1, 1000)).filter((w) => w.school === school);
      expect(said.map((w) => w.outgoing.key)).toEqual([`${school}#0`]);
      expect((await store.claimMessages(20_000, 1, 1000)).some((k) => k.message.id === heard.id)).toBe(false);
    });

    it('does not write for a message that was answered without the register', async () => {
      const { ledger, store, school } = await fresh();
      const heard = message(`${school}-m`);
      await store.keep(school, heard);
      const kept = { school, message: heard, attempts: 1 };
      await store.answered(kept, [], null, 1);
      await deedOn(ledger, [put(duty('P1'))], 'office', { answers: { kept, talk: null } });
      expect(await ledger.get('duty', 'P1')).toBeUndefined();
    });

    it('answers without a deed and leaves the log as it is', async () => {
      const { ledger, store, school } = await fresh();
      const heard = message(`${school}-m`);
      await store.keep(school, heard);
      const { head } = await ledger.show();
      const only = { head, puts: [], deeds: [], sends: [outgoing(`${school}#0`)] };
      const answers = { kept: { school, message: heard, attempts: 1 }, talk: null };
      await deedOn(ledger, [put(duty('P1'))]);
      expect(await ledger.commit({ ...only, at: 1, answers })).toBe('saved');
      expect((await store.claimSends(20_000, 1, 1000)).filter((w) => w.school === school)).toHaveLength(1);
      expect((await ledger.show()).head.seq).toBe(1);
    });

    it('keeps a request’s note in the commit, and a repeated request writes nothing', async () => {
      const { ledger, db, school } = await fresh();
      const note = { key: `${school}:request`, body: { replies: [1] }, until: 50_000 };
      await deedOn(ledger, [put(duty('P1'))], 'office', { note });
      expect(await notebookOn(db, () => 0).read(note.key, 1)).toEqual(note.body);
      await deedOn(ledger, [put(duty('P2'))], 'office', { note: { ...note, body: 2 } });
      expect(await ledger.get('duty', 'P2')).toBeUndefined();
      expect(await notebookOn(db, () => 0).read(note.key, 1)).toEqual(note.body);
      await deedOn(ledger, [put(duty('P3'))], 'office', { note: { ...note, until: 99_000 }, at: 50_000 });
      expect(await ledger.get('duty', 'P3')).toEqual(duty('P3'));
    });

    it('loses no deed and leaves no gap with fifty writing at once', async () => {
      const { ledger } = await fresh();
      await Promise.all(Array.from({ length: 50 }, (_, i) => deedOn(ledger, [put(duty(`P${i + 1}`))], `m${i}`)));
      const logged = await ledger.deeds({ limit: 99 });
      expect(logged.map((d) => d.seq)).toEqual(Array.from({ length: 50 }, (_, i) => i + 1));
      expect(new Set(logged.map((d) => d.by)).size).toBe(50);
      expect((await ledger.show()).records.duty.size).toBe(50);
      expect(await ledger.verify()).toMatchObject({ deeds: 50 });
      expect((await ledger.verify()).fault).toBeUndefined();
    }, 120_000);

    it('writes hundreds of records in one commit, and shows them all', async () => {
      const { ledger } = await fresh();
      const many = Array.from({ length: 1203 }, (_, i) => put(duty(`P${i + 1}`)));
      await deedOn(ledger, many);
      expect((await ledger.show()).records.duty.size).toBe(1203);
      await deedOn(
        ledger,
        many.slice(0, 700).map((p) => ({ ...p, open: false }) as Put),
      );
      const { records } = await ledger.show();
      expect([...records.duty.keys()].slice(0, 2)).toEqual(['P701', 'P702']);
      expect(records.duty.size).toBe(503);
      expect((await ledger.verify()).fault).toBeUndefined();
    });

    it('shows the same whether it reads everything or only what is new', async () => {
      const { db, school } = await fresh();
      const warm = ledgersOn(db).forSchool(school);
      const step = fc.record({
        id: fc.integer({ min: 1, max: 6 }),
        title: fc.string({ unit: 'grapheme' }),
        open: fc.boolean(),
      });
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 3 }), async (steps) => {
          for (const s of steps) await deedOn(warm, [put(duty(`P${s.id}`, s.title), s.open)]);
          const cold = await ledgersOn(db, shownCache()).forSchool(school).show();
          const seen = await warm.show();
          expect(seen.head).toEqual(cold.head);
          expect([...seen.records.duty]).toEqual([...cold.records.duty]);
        }),
        { numRuns: 12 },
      );
      expect((await warm.verify()).fault).toBeUndefined();
    });

    it('asks the database once when nothing is new', async () => {
      const { db, school, ledger } = await fresh();
      await deedOn(ledger, [put(duty('P1'))]);
      let asked = 0;
      const counting = ledgersOn({ ...db, all: (...a) => (asked++, db.all(...a)) }).forSchool(school);
      const first = await counting.show();
      asked = 0;
      expect(await counting.show()).toBe(first);
      expect(asked).toBe(1);
    });

    it('reads everything anew when the log was set back', async () => {
      const { db, school, ledger } = await fresh();
      await deedOn(ledger, [put(duty('P1'))]);
      await deedOn(ledger, [put(duty('P2'))]);
      expect((await ledger.show()).records.duty.size).toBe(2);
      // As an older backup put in its place, and another commit on it.
      await db.batch([
        { sql: 'DELETE FROM deed WHERE school = ? AND seq = 2', params: [school] },
        { sql: `DELETE FROM record WHERE school = ? AND id = 'P2'`, params: [school] },
      ]);
      const other = ledgersOn(db).forSchool(school);
      await deedOn(other, [put(duty('P3'))]);
      await deedOn(other, [put(duty('P4'))]);
      expect([...(await ledger.show()).records.duty.keys()]).toEqual(['P1', 'P3', 'P4']);
      expect((await ledger.verify()).fault).toBeUndefined();
    });

    it('gives nothing of one school to another, whatever the ids', async () => {
      const { db } = await fresh();
      const tag = newSchool();
      const names = [tag, `${tag}%`, `${tag}' OR '1'='1`, `${tag}\u0000`, tag.toUpperCase(), ` ${tag}`];
      const ledgers = ledgersOn(db);
      await fc.assert(
        fc.asyncProperty(fc.nat(names.length - 1), fc.integer({ min: 1, max: 4 }), async (n, id) => {
          const ledger = ledgers.forSchool(names[n]!);
          await deedOn(ledger, [put(duty(`P${id}`, `only ${n}`))], `member-of-${n}`);
        }),
        { numRuns: 25 },
      );
      for (const [n, name] of names.entries()) {
        const ledger = ledgers.forSchool(name);
        const { records, head } = await ledger.show();
        const titles = [...records.duty.values(), ...(await ledger.list('duty', 99))].map((d) => d.title);
        expect(new Set(titles).size).toBeLessThan(2);
        for (const title of titles) expect(title).toBe(`only ${n}`);
        const by = (await ledger.deeds({ limit: 99 })).map((d) => d.by);
        expect(by).toEqual(Array.from({ length: head.seq }, () => `member-of-${n}`));
        expect(await ledger.verify()).toEqual({ deeds: head.seq, head });
      }
      const listed = await ledgers.schools();
      for (const name of names) expect(listed.includes(name)).toBe((await ledgers.forSchool(name).show()).head.seq > 0);
    });
  });
}
