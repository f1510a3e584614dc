import { chinaClock, dayAt } from '../domain/china-time.ts';
import { Hono } from 'hono';
import { z } from 'zod/mini';
import type { Work } from '../assistant/answer-messages.ts';
import { demoGroup, demoMember, DEMO_GROUPS } from '../assistant/demo.ts';
import { sendReminders } from '../assistant/send-reminders.ts';
import { AppError } from '../domain/errors.ts';
import { momentsBetween } from '../office/reminders/due.ts';
import { withLinks } from './chat.ts';
import { readBody, readJson } from './doors.ts';

const LIMIT = 4096;
/** Two years: a demo that jumps further has slipped. */
const FURTHEST_MS = 2 * 366 * 86_400_000;
const PAGE = 100;
/** A request repeated after a restart names a moment that has just passed. */
const REPEATED_MS = 60_000;

const clockSchema = z.strictObject({ now: z.string().check(z.maxLength(40)) });

/** What only the demo school has: its clock, and what was said to its people when they were not looking. */
export function demoRoutes(work: Work, move: (to: number) => Promise<void>, school: string): Hono {
  const app = new Hono();

  app.post('/api/demo/clock', async (c) => {
    const { now: text } = readJson(await readBody(c.req, LIMIT), clockSchema);
    const to = Date.parse(text);
    const from = work.now();
    if (Number.isNaN(to))
      throw new AppError('invalid-field', 400, '字段 now 要写成时刻，例如 2026-12-02T08:30:00+08:00。');
    if (to < from - REPEATED_MS) throw new AppError('clock-back', 400, '演示的时钟只能往前拨。');
    if (to - from > FURTHEST_MS) throw new AppError('clock-far', 400, '一次最多往前拨两年。');
    const sent: { to: string; text: string }[] = [];
    const profile = work.schools.on(school, dayAt(from))!;
    const reminding = { ...work.office, schools: work.schools, log: work.log };
    for (const moment of momentsBetween(from, to, profile, work.office.workdays)) {
      // The round first: if the process dies between the two, the same request finds it made and moves on.
      sent.push(...(await sendReminders(reminding, school, moment)).sent);
      await move(moment);
    }
    await move(to);
    return c.json({ now: chinaTime(work.now()), sent });
  });

  app.get('/api/demo/clock', (c) => c.json({ now: chinaTime(work.now()) }));

  /** `?from=memberId&after=ms`: what was said to this member directly and in the member's groups, oldest first. */
  app.get('/api/messages', async (c) => {
    const from = c.req.query('from') ?? '';
    if (!demoMember(from)) throw new AppError('unknown-member', 403, '演示学校里没有这个人。');
    const after = Number(c.req.query('after') ?? 0) || 0;
    const groups = DEMO_GROUPS.filter((g) => demoGroup(g.id)!.members.includes(from)).map((g) => g.id);
    const said = await work.store.said(
      school,
      [from, ...groups].map((id) => `web:${id}`),
      after,
      PAGE,
    );
    const items = said.map(({ outgoing, createdAt }) => {
      const { kind, id } = outgoing.conversation;
      return { at: createdAt, ...withLinks({ to: { kind, id }, ...outgoing.reply }, from) };
    });
    return c.json({ items });
  });
  return app;
}

/** ISO 8601 in China's offset. */
const chinaTime = (at: number): string => `${chinaClock(at).slice(0, 19)}+08:00`;
