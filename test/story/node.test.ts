import { describe, expect, it } from 'vitest';
import { startService } from '../fakes/service.ts';
import { canteenStory } from './canteen.ts';
import { schoolBehind } from './door.ts';

describe('from a sentence in the group to a closed resolution', () => {
  it('the canteen’s contractor: a failed quorum, a recusal, a deferral, an extension, a reconsideration', async () => {
    let now = Date.parse('2026-11-21T15:00:00+08:00');
    const { app, work } = startService(
      { clock: { move: async (to) => void (now = Math.max(now, to)) } },
      { now: () => now, log: (event, fields) => event.includes('failed') && console.error(event, fields) },
    );
    const door = {
      fetch: async (path: string, body?: unknown) =>
        app.request(
          path,
          body === undefined
            ? {}
            : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
        ),
    };
    const school = schoolBehind(door);
    const { second } = await canteenStory(school);
    expect(await work.office.ledgers.forSchool('demo').verify()).not.toHaveProperty('fault');
    // One digest a person and day.
    const told = school.sent.map((s) => `${s.to} ${s.text.slice(0, 40)}`);
    expect(new Set(told).size).toBe(told.length);
    expect(second).toMatch(/^J\d+$/);
  }, 60_000);
});
