import { describe, expect, it } from 'vitest';
import type { InboundMessage, Outgoing } from '../../src/domain/message.ts';
import type { Database } from '../../src/ports/database.ts';
import { archiveOn } from '../../src/stores/archive.ts';
import { ledgersOn } from '../../src/stores/ledger.ts';
import { storeOn } from '../../src/stores/store.ts';
import { demoSchool } from '../fakes/service.ts';

let count = 0;
const message = (over: Partial<InboundMessage> = {}): InboundMessage => {
  const n = ++count;
  return {
    id: `feishu:app:om_${n}`,
    platform: 'feishu',
    app: 'app',
    conversation: { kind: 'group', id: 'oc_1' },
    from: 'ou_1',
    text: '买电脑',
    addressed: true,
    messageId: `om_${n}`,
    sentAt: 1000 + n,
    receivedAt: 1000 + n,
    ...over,
  };
};
const reply = (m: InboundMessage, step = 0): Outgoing => ({
  key: `${m.id}#${step}`,
  platform: m.platform,
  app: m.app,
  conversation: m.conversation,
  replyTo: m.messageId,
  reply: { text: '答' },
});

/** What every store promises, whatever database it stands on. */
export function storeContract(name: string, open: () => Promise<Database>): void {
  describe(`a store on ${name}`, () => {
    const fresh = async () => {
      const db = await open();
      return { db, store: storeOn(db) };
    };

    it('keeps a message once, however often it is delivered, also at the same moment', async () => {
      const { store } = await fresh();
      const m = message();
      const kept = await Promise.all([store.keep('s', m), store.keep('s', m), store.keep('s', m)]);
      expect(kept.filter((k) => k === 'new')).toHaveLength(1);
      expect(await store.keep('s', m)).toBe('known');
    });

    it('gives a message to one worker at a time, again when its lease has run out', async () => {
      const { store } = await fresh();
      const m = message();
      await store.keep('s', m);
      const mine = (list: readonly { message: InboundMessage }[]) => list.filter((k) => k.message.id === m.id).length;
      expect(mine(await store.claimMessages(10_000, 1000, 100))).toBe(1);
      expect(mine(await store.claimMessages(10_500, 1000, 100))).toBe(0);
      const again = await store.claimMessages(11_500, 1000, 100);
      expect(again.find((k) => k.message.id === m.id)?.attempts).toBe(2);
    });

    it('frees what a killed process held', async () => {
      const { store } = await fresh();
      const m = message();
      await store.keep('s', m);
      await store.claimMessages(20_000, 60_000, 100);
      await store.takeOver();
      expect((await store.claimMessages(20_001, 60_000, 100)).some((k) => k.message.id === m.id)).toBe(true);
    });

    it('leaves to the process that holds the login what is its own, and the rest to the others', async () => {
      const { db, store } = await fresh();
      const [alone, others] = [storeOn(db, { only: 'wechaty' }), storeOn(db, { but: 'wechaty' })];
      const [mine, theirs] = [message({ platform: 'wechaty', app: 'p' }), message()].map((m) => ({
        ...m,
        id: `${m.platform}:${m.messageId}`,
      }));
      for (const m of [mine!, theirs!]) await store.keep('s', m);
      const taken = async (of: typeof store) =>
        (await of.claimMessages(Date.now(), 60_000, 100)).map((k) => k.message.id);
      expect(await taken(alone)).toEqual([mine!.id]);
      await others.takeOver();
      expect(await taken(others)).toContain(theirs!.id);
      expect(await taken(others)).toEqual([]);
      for (const m of [mine!, theirs!])
        await store.answered({ school: 's', message: m, attempts: 1 }, [reply(m, 7)], null, 50_000);
      const sent = async (of: typeof store) =>
        (await of.claimSends(Date.now(), 60_000, 100)).map((w) => w.outgoing.key).filter((k) => k.endsWith('#7'));
      expect(await sent(others)).toEqual([`${theirs!.id}#7`]);
      expect(await sent(alone)).toEqual([`${mine!.id}#7`]);
      await others.takeOver();
      expect(await sent(alone)).toEqual([]);
      await alone.takeOver();
      expect(await sent(alone)).toEqual([`${mine!.id}#7`]);
    });

    it('commits answers, dialogue and the message as one, and the same answer only once', async () => {
      const { store } = await fresh();
      const m = message();
      await store.keep('s', m);
      const kept = { school: 's', message: m, attempts: 1 };
      const dialogue = { id: 'talk', value: { question: '买电脑', facts: { amount: 8 } }, expiresAt: 90_000 };
      await store.answered(kept, [reply(m)], dialogue, 30_000);
      await store.answered(kept, [reply(m)], dialogue, 30_000);
      const sends = await store.claimSends(31_000, 1000, 100);
      expect(sends.filter((w) => w.outgoing.key === `${m.id}#0`)).toHaveLength(1);
      expect(await store.dialogue('s', 'talk', 31_000)).toEqual(dialogue.value);
      expect(await store.dialogue('s', 'talk', 90_001)).toBeNull();
      expect((await store.claimMessages(31_000, 1000, 100)).some((k) => k.message.id === m.id)).toBe(false);
    });

    it('forgets what was taken back, before it came, before its answer and before that went out', async () => {
      const { db, store } = await fresh();
      const [early, waiting, taken, answered, done] = [message(), message(), message(), message(), message()];
      await store.recall('s', early.id, 'none', 1);
      expect(await store.keep('s', early)).toBe('known');
      for (const m of [waiting, taken, answered, done]) await store.keep('s', m);
      await store.recall('s', waiting.id, 'none', 2);
      const claimed = await store.claimMessages(20_000, 1000, 100);
      const claimedIds = claimed.map((k) => k.message.id);
      expect(claimedIds).not.toContain(early.id);
      expect(claimedIds).not.toContain(waiting.id);
      const keptAs = (m: InboundMessage) => ({ school: 's', message: m, attempts: 1 });
      await store.recall('s', taken.id, reply(taken).key, 3);
      expect(await store.isRecalled(taken.id)).toBe(true);
      await store.answered(keptAs(taken), [reply(taken)], null, 20_000);
      await store.answered(keptAs(answered), [reply(answered)], null, 20_000);
      await store.recall('s', answered.id, reply(answered).key, 21_000);
      expect(await store.isRecalled(answered.id)).toBe(false);
      const said = { ...reply(done), reply: { text: '已登记。', follows: 'Y1' } };
      await store.answered(keptAs(done), [said], null, 20_000);
      await store.recall('s', done.id, said.key, 21_000);
      const keys = (await store.claimSends(30_000, 1000, 100)).map((w) => w.outgoing.key);
      expect(keys).toContain(said.key);
      expect(keys).not.toContain(reply(taken).key);
      expect(keys).not.toContain(reply(answered).key);
      const bodies = await db.all<{ body: string }>('SELECT body FROM inbox WHERE id IN (?, ?)', [
        waiting.id,
        taken.id,
      ]);
      expect(bodies.map((b) => b.body)).toEqual(['{}', '{}']);
    });

    it('does nothing for a message that was taken back while it was being done', async () => {
      const { db, store } = await fresh();
      const m = message();
      await store.keep('s', m);
      await store.recall('s', m.id, 'none', 2);
      const ledger = ledgersOn(db).forSchool(`s-${m.id}`);
      const { head } = await ledger.show();
      const kept = { school: 's', message: m, attempts: 1 };
      const commit = { head, at: 3, puts: [], deeds: [{ by: 'x', act: 'y', about: 'z' }], sends: [reply(m)] };
      expect(await ledger.commit({ ...commit, answers: { kept, talk: null } })).toBe('saved');
      expect(await ledger.deeds({ limit: 10 })).toEqual([]);
      expect((await store.claimSends(30_000, 1000, 100)).map((w) => w.outgoing.key)).not.toContain(reply(m).key);
    });

    it('shows one school’s dialogue to no other', async () => {
      const { store } = await fresh();
      await store.saveDialogue('one', 'same-id', { question: '机密', facts: {} }, 99_999);
      expect(await store.dialogue('two', 'same-id', 1)).toBeNull();
    });

    it('holds a send back until it is due, and a dead one for good', async () => {
      const { store } = await fresh();
      const m = message();
      await store.keep('s', m);
      await store.answered({ school: 's', message: m, attempts: 1 }, [reply(m, 1), reply(m, 2)], null, 40_000);
      const mine = async (now: number) =>
        (await store.claimSends(now, 10, 100)).map((w) => w.outgoing.key).filter((k) => k.startsWith(m.id));
      expect(await mine(40_000)).toEqual([`${m.id}#1`, `${m.id}#2`]);
      await store.sendLater(`${m.id}#1`, 50_000, 'busy');
      await store.undeliverable(`${m.id}#2`, 'gone');
      expect(await mine(45_000)).toEqual([]);
      expect(await mine(50_000)).toEqual([`${m.id}#1`]);
      await store.sent(`${m.id}#1`);
      expect(await mine(60_000)).toEqual([]);
      expect((await store.counts()).dead).toBeGreaterThan(0);
    });

    it('forgets texts when they are no longer needed, and keeps what still waits', async () => {
      const { store } = await fresh();
      const [old, waiting] = [message({ receivedAt: 1 }), message({ receivedAt: 1 })];
      await store.keep('s', old);
      await store.keep('s', waiting);
      await store.answered({ school: 's', message: old, attempts: 1 }, [], null, 2);
      await store.tidy(1_000_000, 1000);
      expect(await store.keep('s', old)).toBe('new');
      expect(await store.keep('s', waiting)).toBe('known');
    });

    it('keeps rules, answers and profiles for replay', async () => {
      const archive = archiveOn((await fresh()).db);
      await archive.keepRules('v1', '{"a":1}', 1);
      await archive.keepRules('v1', '{"a":2}', 2);
      expect(await archive.rules('v1')).toBe('{"a":1}');
      expect(await archive.rules('none')).toBeNull();
      const given = {
        id: `a${++count}`,
        school: demoSchool,
        day: '2026-11-20',
        rulesVersion: 'v1',
        matter: 'm',
        facts: { amount: 3 },
        vague: [],
        premises: {},
        outcome: 'settled',
        decider: 'individual',
      };
      await archive.keepAnswer(given, 5);
      expect(await archive.answer(given.id)).toEqual(given);
      await archive.keepProfile({ ...demoSchool, id: `p${count}` }, '2026-01-01');
      expect((await archive.profiles()).find((p) => p.profile.id === `p${count}`)?.since).toBe('2026-01-01');
    });

    it('undoes a batch whole when one statement fails', async () => {
      const { db, store } = await fresh();
      const insert = `INSERT INTO dialogue (school, id, body, expires_at) VALUES ('b', 'x', '{}', 99999999)`;
      await expect(
        db.batch([
          { sql: insert, params: [] },
          { sql: insert, params: [] },
        ]),
      ).rejects.toThrow();
      expect(await store.dialogue('b', 'x', 1)).toBeNull();
    });
  });
}
