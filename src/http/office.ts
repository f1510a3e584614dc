import { dayAt } from '../domain/china-time.ts';
import { Hono } from 'hono';
import type { Work } from '../assistant/answer-messages.ts';
import { demoMember } from '../assistant/demo.ts';
import { paperSources } from '../assistant/paper-sources.ts';
import { remindersFor } from '../office/reminders/reminders.ts';
import { viewOfShown } from '../office/reminders/view.ts';
import { paperRoutes } from './papers.ts';
import { registerRoutes } from './registers.ts';

/**
 * The registers and papers over HTTP, in demo mode: there `from` names who asks. A real school's members see them where
 * their platform has verified them.
 */
export function officeRoutes(work: Work, school: string): Hono {
  const profile = () => work.schools.on(school, dayAt(work.now()))!;
  const ledger = () => work.office.ledgers.forSchool(school);
  const app = new Hono();
  app.route(
    '/',
    registerRoutes(() => ({
      ledger: ledger(),
      school: profile(),
      member: (from, roster) => roster.get(from),
      reminders: async (member, shown, roster) =>
        remindersFor(
          member.id,
          viewOfShown(shown, { school: profile(), roster, workdays: work.office.workdays }),
          dayAt(work.now()),
        ),
    })),
  );
  app.route(
    '/',
    paperRoutes({
      demo: true,
      school: profile,
      memberOf: async (_, id) => demoMember(id),
      sourcesOf: (schoolProfile, _, of) => paperSources(ledger(), schoolProfile, dayAt(work.now()), of),
    }),
  );
  return app;
}
