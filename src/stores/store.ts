import type { InboundMessage, Outgoing } from '../domain/message.ts';
import type { Database, Statement } from '../ports/database.ts';
import type { Dialogue, Store } from '../ports/store.ts';

const KEEP = `INSERT INTO inbox (id, school, body, received_at) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`;
const CLAIM_MESSAGES = `UPDATE inbox SET lease_until = ?, attempts = attempts + 1 WHERE id IN
  (SELECT id FROM inbox WHERE state = 'waiting' AND lease_until < ? ORDER BY received_at LIMIT ?)
  AND state = 'waiting' AND lease_until < ? RETURNING school, body, received_at, attempts`;
const CLAIM_SENDS = `UPDATE outbox SET lease_until = ?, attempts = attempts + 1 WHERE send_key IN
  (SELECT send_key FROM outbox WHERE state = 'waiting' AND due_at <= ? AND lease_until < ? ORDER BY created_at, send_key LIMIT ?)
  AND state = 'waiting' AND lease_until < ? RETURNING school, body, attempts, created_at, send_key`;
const PUT_SEND = `INSERT INTO outbox (send_key, school, chat, body, created_at, due_at) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (send_key) DO NOTHING`;
const SAVE_DIALOGUE = `INSERT INTO dialogue (school, id, body, expires_at) VALUES (?, ?, ?, ?)
  ON CONFLICT (school, id) DO UPDATE SET body = excluded.body, expires_at = excluded.expires_at`;

/** The store over any database; see migrations/ for the tables. */
export function storeOn(db: Database): Store {
  const run = async (sql: string, ...params: Statement['params']) => void (await db.batch([{ sql, params }]));
  return {
    name: db.name,

    async keep(school, message) {
      const changed = await db.append({
        sql: KEEP,
        params: [message.id, school, JSON.stringify(message), message.receivedAt],
      });
      return changed > 0 ? 'new' : 'known';
    },

    async claimMessages(now, leaseMs, limit) {
      const rows = await db.all<{ school: string; body: string; received_at: number; attempts: number }>(
        CLAIM_MESSAGES,
        [now + leaseMs, now, limit, now],
      );
      return rows
        .sort((a, b) => a.received_at - b.received_at)
        .map((r) => ({ school: r.school, message: JSON.parse(r.body) as InboundMessage, attempts: r.attempts }));
    },

    async answered({ school, message }, replies, dialogue, now) {
      const sends = replies.map((o, i): Statement => ({
        sql: PUT_SEND,
        params: [o.key, school, `${o.platform}:${o.conversation.id}`, JSON.stringify(o), now + i, now],
      }));
      const talk: Statement[] = !dialogue
        ? []
        : dialogue.value === null
          ? [{ sql: 'DELETE FROM dialogue WHERE school = ? AND id = ?', params: [school, dialogue.id] }]
          : [{ sql: SAVE_DIALOGUE, params: [school, dialogue.id, JSON.stringify(dialogue.value), dialogue.expiresAt] }];
      await db.batch([
        ...sends,
        ...talk,
        { sql: `UPDATE inbox SET state = 'answered' WHERE id = ?`, params: [message.id] },
      ]);
    },

    async claimSends(now, leaseMs, limit) {
      type Row = { school: string; body: string; attempts: number; created_at: number; send_key: string };
      const rows = await db.all<Row>(CLAIM_SENDS, [now + leaseMs, now, now, limit, now]);
      return rows
        .sort((a, b) => a.created_at - b.created_at || (a.send_key < b.send_key ? -1 : 1))
        .map((r) => ({
          school: r.school,
          outgoing: JSON.parse(r.body) as Outgoing,
          attempts: r.attempts,
          createdAt: r.created_at,
        }));
    },

    sent: (key) => run(`UPDATE outbox SET state = 'sent' WHERE send_key = ?`, key),
    sendLater: (key, at, why) =>
      run(`UPDATE outbox SET due_at = ?, lease_until = 0, why = ? WHERE send_key = ?`, at, why, key),
    undeliverable: (key, why) => run(`UPDATE outbox SET state = 'dead', why = ? WHERE send_key = ?`, why, key),

    async dialogue(school, id, now) {
      const rows = await db.all<{ body: string }>(
        'SELECT body FROM dialogue WHERE school = ? AND id = ? AND expires_at > ?',
        [school, id, now],
      );
      return rows[0] ? (JSON.parse(rows[0].body) as Dialogue) : null;
    },
    saveDialogue: (school, id, value, expiresAt) => run(SAVE_DIALOGUE, school, id, JSON.stringify(value), expiresAt),

    takeOver: async () =>
      void (await db.batch([
        { sql: `UPDATE inbox SET lease_until = 0 WHERE state = 'waiting'`, params: [] },
        { sql: `UPDATE outbox SET lease_until = 0 WHERE state = 'waiting'`, params: [] },
      ])),

    async tidy(now, keepMs) {
      const before = now - keepMs;
      await db.batch([
        { sql: `DELETE FROM inbox WHERE state = 'answered' AND received_at < ?`, params: [before] },
        { sql: `DELETE FROM outbox WHERE state = 'sent' AND created_at < ?`, params: [before] },
        { sql: `DELETE FROM dialogue WHERE expires_at < ?`, params: [now] },
      ]);
    },

    async counts() {
      const [row] = await db.all<{ waiting: number; unsent: number; dead: number }>(
        `SELECT (SELECT count(*) FROM inbox WHERE state = 'waiting') AS waiting,
                (SELECT count(*) FROM outbox WHERE state = 'waiting') AS unsent,
                (SELECT count(*) FROM outbox WHERE state = 'dead') AS dead`,
      );
      return { waiting: row?.waiting ?? 0, unsent: row?.unsent ?? 0, dead: row?.dead ?? 0 };
    },

    ready: () =>
      db.all('SELECT 1 AS one').then(
        () => true,
        () => false,
      ),
    close: () => db.close(),
  };
}
