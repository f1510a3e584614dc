import type { OfficeWorld } from '../assistant/office-turn.ts';
import { type CalendarYear, workdaysOf } from '../domain/workdays.ts';
import type { Platform } from '../ports/platform.ts';
import type { Database } from '../ports/database.ts';
import { readTaskTable } from '../documents/tables/read.ts';
import type { ShownCache } from '../stores/ledger-cache.ts';
import { ledgersOn } from '../stores/ledger.ts';

/** The registers in a database and the working calendar as compiled. */
export const officeOn = (
  db: Database,
  { workdays }: { readonly workdays: readonly CalendarYear[] },
  cache?: ShownCache,
): OfficeWorld => ({
  ledgers: ledgersOn(db, cache),
  workdays: workdaysOf(workdays),
  readTable: readTaskTable,
});

/** The web chat fetches what was said to it from the store (`GET /api/messages`): sent is what lies there. */
export const webPlatform: Platform = { name: 'web', send: async () => ({ kind: 'sent' }) };
