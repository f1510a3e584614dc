import type { InboundMessage, Outgoing, PlatformName } from '../domain/message.ts';
import type { Database, Statement } from '../ports/database.ts';
import type { Dialogue, Store, TalkNote } from '../ports/store.ts';

const KEEP = `INSERT INTO inbox (id, school, body, received_at) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`;
const claimMessages = (mine: string) => `UPDATE inbox SET lease_until = ?, attempts = attempts + 1 WHERE id IN
  (SELECT id FROM inbox WHERE state = 'waiting' AND lease_until < ? ${mine} ORDER BY received_at LIMIT ?)
  AND state = 'waiting' AND lease_until < ? RETURNING school, body, received_at, attempts`;
/** Something said to the same chat before that is on its way or has to wait: nothing overtakes it. */
const EARLIER = `(SELECT 1 FROM outbox AS earlier WHERE earlier.chat = outbox.chat AND earlier.state = 'waiting'
   AND (earlier.created_at < outbox.created_at OR (earlier.created_at = outbox.created_at AND earlier.send_key < outbox.send_key))
   AND (earlier.due_at > ? OR earlier.lease_until >= ?))`;
const claimSends = (mine: string) => `UPDATE outbox SET lease_until = ?, attempts = attempts + 1 WHERE send_key IN
  (SELECT send_key FROM outbox WHERE state = 'waiting' AND due_at <= ? AND lease_until < ? ${mine} AND NOT EXISTS ${EARLIER}
   ORDER BY created_at, send_key LIMIT ?)
  AND state = 'waiting' AND lease_until < ? RETURNING school, body, attempts, created_at, send_key`;
const PUT_SEND = `INSERT INTO outbox (send_key, school, chat, body, created_at, due_at) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (send_key) DO NOTHING`;
/** The text goes with it. One that was answered stays as it is, so that a repeat is still known. */
const RECALL = `INSERT INTO inbox (id, school, body, state, received_at) VALUES (?, ?, '{}', 'recalled', ?)
  ON CONFLICT (id) DO UPDATE SET body = '{}', state = CASE WHEN inbox.state = 'waiting' THEN 'recalled' ELSE inbox.state END`;
const DROP_ANSWER = `DELETE FROM outbox WHERE send_key = ? AND state = 'waiting' AND lease_until < ? AND body NOT LIKE '%"follows":%'`;
const DROP_RECALLED = `DELETE FROM outbox WHERE send_key = ? AND EXISTS (SELECT 1 FROM inbox WHERE id = ? AND state = 'recalled')`;
const SAVE_DIALOGUE = `INSERT INTO dialogue (school, id, body, expires_at) VALUES (?, ?, ?, ?)
  ON CONFLICT (school, id) DO UPDATE SET body = excluded.body, expires_at = excluded.expires_at`;

/**
 * What a process takes up where several share a database: messages and answers of one platform, whose login only it
 * holds, or of all but that one. Without a share: everything.
 */
export type Share = { readonly only: PlatformName } | { readonly but: PlatformName };

/** Ids of messages and chats begin with their platform's name. */
const ofShare = (share: Share | undefined, column: 'id' | 'chat'): string =>
  !share ? '' : 'only' in share ? `AND ${column} LIKE '${share.only}:%'` : `AND ${column} NOT LIKE '${share.but}:%'`;

/** Puts answers into the outbox, in their order; one that is there already stays as it is. */
export const putSends = (school: string, replies: readonly Outgoing[], now: number): Statement[] =>
  replies.map((o, i) => ({
    sql: PUT_SEND,
    params: [o.key, school, `${o.platform}:${o.conversation.id}`, JSON.stringify(o), now + i, now],
  }));

/** Keeps what a conversation is now about, or forgets it; nothing when the answer leaves that alone. */
export function keepTalk(school: string, talk: TalkNote | null): Statement[] {
  if (!talk) return [];
  if (talk.value === null)
    return [{ sql: 'DELETE FROM dialogue WHERE school = ? AND id = ?', params: [school, talk.id] }];
  return [{ sql: SAVE_DIALOGUE, params: [school, talk.id, JSON.stringify(talk.value), talk.expiresAt] }];
}

/** The store over any database; see migrations/ for the tables. */
export function storeOn(db: Database, share?: Share): Store {
  const [messages, sends] = [ofShare(share, 'id'), ofShare(share, 'chat')];
  const [CLAIM_MESSAGES, CLAIM_SENDS] = [claimMessages(messages), claimSends(sends)];
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

    async recall(school, id, answerKey, now) {
      await db.batch([
        { sql: RECALL, params: [id, school, now] },
        { sql: DROP_ANSWER, params: [answerKey, now] },
      ]);
    },

    async isRecalled(id) {
      const rows = await db.all(`SELECT 1 AS one FROM inbox WHERE id = ? AND state = 'recalled'`, [id]);
      return rows.length > 0;
    },

    async answered({ school, message }, replies, dialogue, now) {
      await db.batch([
        ...putSends(school, replies, now),
        ...keepTalk(school, dialogue),
        // Taken back while it was being answered: nothing is said.
        ...replies.map(({ key }) => ({ sql: DROP_RECALLED, params: [key, message.id] })),
        { sql: `UPDATE inbox SET state = 'answered' WHERE id = ? AND state <> 'recalled'`, params: [message.id] },
      ]);
    },

    async said(school, chats, after, limit) {
      const rows = await db.all<{ body: string; created_at: number }>(
        `SELECT body, created_at FROM outbox WHERE school = ? AND chat IN (${chats.map(() => '?').join(', ')})
         AND created_at > ? ORDER BY created_at, send_key LIMIT ?`,
        [school, ...chats, after, limit],
      );
      return rows.map((r) => ({ outgoing: JSON.parse(r.body) as Outgoing, createdAt: r.created_at }));
    },

    async claimSends(now, leaseMs, limit) {
      type Row = { school: string; body: string; attempts: number; created_at: number; send_key: string };
      const rows = await db.all<Row>(CLAIM_SENDS, [now + leaseMs, now, now, now, now, limit, now]);
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
        { sql: `UPDATE inbox SET lease_until = 0 WHERE state = 'waiting' ${messages}`, params: [] },
        { sql: `UPDATE outbox SET lease_until = 0 WHERE state = 'waiting' ${sends}`, params: [] },
      ])),

    async tidy(now, keepMs) {
      const before = now - keepMs;
      await db.batch([
        { sql: `DELETE FROM inbox WHERE state <> 'waiting' AND received_at < ?`, params: [before] },
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
