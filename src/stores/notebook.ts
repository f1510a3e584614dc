import type { Database } from '../ports/database.ts';
import type { Notebook } from '../ports/notebook.ts';

const WRITE = `INSERT INTO note (id, body, expires_at) VALUES (?, ?, ?)
  ON CONFLICT (id) DO UPDATE SET body = excluded.body, expires_at = excluded.expires_at`;
const READ = 'SELECT body FROM note WHERE id = ? AND expires_at > ?';
/** Expired notes go as new ones come: nothing else has to think of them. */
const TIDY = 'DELETE FROM note WHERE expires_at < ?';
const TIDY_EVERY_MS = 600_000;

/** Notes in the table `note`; see migrations/. */
export function notebookOn(db: Database, clock: () => number = Date.now): Notebook {
  let tidied = 0;
  return {
    async write(key, note, until) {
      const now = clock();
      const due = now - tidied > TIDY_EVERY_MS;
      if (due) tidied = now;
      const put = { sql: WRITE, params: [key, JSON.stringify(note), until] };
      await db.batch(due ? [{ sql: TIDY, params: [now] }, put] : [put]);
    },
    async read(key, now) {
      const [row] = await db.all<{ body: string }>(READ, [key, now]);
      return row && (JSON.parse(row.body) as unknown);
    },
    async erase(key) {
      await db.batch([{ sql: 'DELETE FROM note WHERE id = ?', params: [key] }]);
    },
  };
}
