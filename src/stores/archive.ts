import type { SchoolProfile } from '../domain/school.ts';
import type { Archive, GivenAnswer } from '../ports/archive.ts';
import type { Database } from '../ports/database.ts';

/** The archive over any database; see migrations/0003_rules.sql. */
export function archiveOn(db: Database): Archive {
  const bodyOf = async (sql: string, param: string): Promise<string | null> =>
    (await db.all<{ body: string }>(sql, [param]))[0]?.body ?? null;
  return {
    async keepRules(version, body, now) {
      await db.append({
        sql: 'INSERT INTO rulebook (version, since, body) VALUES (?, ?, ?) ON CONFLICT (version) DO NOTHING',
        params: [version, now, body],
      });
    },
    rules: (version) => bodyOf('SELECT body FROM rulebook WHERE version = ?', version),
    async keepAnswer(answer, now) {
      await db.append({
        sql: 'INSERT INTO answer (id, school, given_at, rules_version, body) VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING',
        params: [answer.id, answer.school.id, now, answer.rulesVersion, JSON.stringify(answer)],
      });
    },
    async answer(id) {
      const body = await bodyOf('SELECT body FROM answer WHERE id = ?', id);
      return body ? (JSON.parse(body) as GivenAnswer) : null;
    },
    async keepProfile(profile, since) {
      await db.batch([
        {
          sql: 'INSERT INTO school_profile (school, since, body) VALUES (?, ?, ?) ON CONFLICT (school, since) DO UPDATE SET body = excluded.body',
          params: [profile.id, since, JSON.stringify(profile)],
        },
      ]);
    },
    async profiles() {
      const rows = await db.all<{ since: string; body: string }>(
        'SELECT since, body FROM school_profile ORDER BY school, since',
      );
      return rows.map((r) => ({ since: r.since, profile: JSON.parse(r.body) as SchoolProfile }));
    },
    async tidyAnswers(before) {
      await db.batch([{ sql: 'DELETE FROM answer WHERE given_at < ?', params: [before] }]);
    },
  };
}
