import { Buffer } from 'node:buffer';
import type { Database, Statement } from '../ports/database.ts';
import type { SavedIndexes } from '../ports/saved-index.ts';

/** Characters of base64 in a piece, a multiple of four, so that each piece can be read alone. D1 holds 2 MB a row. */
const PIECE = 1_200_000;
const GRACE_MS = 3_600_000;

const PUT_HEAD =
  'INSERT INTO search_index (owner, head) VALUES (?, ?) ON CONFLICT (owner) DO UPDATE SET head = excluded.head';
const PUT_PIECE = `INSERT INTO search_segment (owner, name, piece, body, saved_at) VALUES (?, ?, ?, ?, ?)
  ON CONFLICT (owner, name, piece) DO UPDATE SET body = excluded.body, saved_at = excluded.saved_at`;
const PIECES = 'SELECT piece FROM search_segment WHERE owner = ? AND name = ? ORDER BY piece';
const ONE_PIECE = 'SELECT body FROM search_segment WHERE owner = ? AND name = ? AND piece = ?';

/** Saved indexes over any database; see migrations/0005_index.sql. */
export function savedIndexesOn(db: Database): SavedIndexes {
  const sweep = (owner: string, names: readonly string[], before: number): Statement => ({
    sql: `DELETE FROM search_segment WHERE owner = ? AND saved_at < ?${names.map(() => ' AND name <> ?').join('')}`,
    params: [owner, before, ...names],
  });
  return {
    head: async (owner) =>
      (await db.all<{ head: string }>('SELECT head FROM search_index WHERE owner = ?', [owner]))[0]?.head ?? null,

    async segment(owner, name) {
      const pieces = await db.all<{ piece: number }>(PIECES, [owner, name]);
      const parts: Buffer[] = [];
      // One at a time: a Worker has little memory, and a segment may be ten megabytes.
      for (const { piece } of pieces) {
        const [row] = await db.all<{ body: string }>(ONE_PIECE, [owner, name, piece]);
        if (row) parts.push(Buffer.from(row.body, 'base64'));
      }
      if (parts.length === 0 || parts.length !== pieces.length) return null;
      return joined(parts);
    },

    async save(owner, head, added, names, now) {
      for (const [name, bytes] of added)
        for (const [piece, body] of piecesOf(bytes).entries())
          await db.batch([{ sql: PUT_PIECE, params: [owner, name, piece, body, now] }]);
      await db.batch([{ sql: PUT_HEAD, params: [owner, head] }, sweep(owner, names, now - GRACE_MS)]);
    },
  };
}

function piecesOf(bytes: Uint8Array): string[] {
  const room = (PIECE / 4) * 3;
  return Array.from({ length: Math.ceil(bytes.length / room) }, (_, i) => {
    const part = bytes.subarray(i * room, (i + 1) * room);
    return Buffer.from(part.buffer, part.byteOffset, part.byteLength).toString('base64');
  });
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((n, p) => n + p.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
