import { Hono } from 'hono';
import { AppError } from '../domain/errors.ts';
import {
  askingOf,
  type Asking,
  auditFor,
  historyOf,
  listFor,
  notFound,
  oneFor,
  type Registers,
  remindersFor,
} from './register-views.ts';

const PATHS = { 'agenda-items': 'item', meetings: 'meeting', resolutions: 'resolution' } as const;
const LIMIT = { ordinary: 50, most: 200 } as const;

/** `GET /api/agenda-items`, `/meetings`, `/resolutions`, `/reminders`, `/audit`; see the contract of the HTTP API. */
export function registerRoutes(deps: Registers | (() => Registers | Promise<Registers>)): Hono {
  const app = new Hono();
  const open = async (from: string | undefined): Promise<[Asking, Registers]> => {
    const registers = typeof deps === 'function' ? await deps() : deps;
    return [await askingOf(registers, from), registers];
  };
  for (const [path, kind] of Object.entries(PATHS)) {
    app.get(`/api/${path}`, async (c) => {
      const [asking] = await open(c.req.query('from'));
      return c.json(await listFor(asking, kind, limitOf(c.req.query('limit')), c.req.query('after')));
    });
    app.get(`/api/${path}/:id`, async (c) => {
      const [asking] = await open(c.req.query('from'));
      return c.json(await oneFor(asking, kind, c.req.param('id')));
    });
  }
  app.get('/api/reminders', async (c) => c.json({ items: await remindersFor(...(await open(c.req.query('from')))) }));
  app.get('/api/reminders/:id', async (c) => {
    const [asking, registers] = await open(c.req.query('from'));
    const one = (await remindersFor(asking, registers)).find((r) => r.id === c.req.param('id'));
    if (!one) throw notFound();
    return c.json({ ...one, history: await historyOf(asking, one.about) });
  });
  app.get('/api/audit', async (c) => {
    const [asking] = await open(c.req.query('from'));
    return c.json(await auditFor(asking, limitOf(c.req.query('limit')), afterOf(c.req.query('after'))));
  });
  app.get('/api/audit/:id', async (c) => {
    const [asking] = await open(c.req.query('from'));
    const seq = afterOf(c.req.param('id'));
    const { items } = await auditFor(asking, 1, seq - 1);
    if (items[0]?.seq !== seq) throw notFound();
    return c.json(items[0]);
  });
  return app;
}

const limitOf = (text: string | undefined): number => {
  const limit = text === undefined ? LIMIT.ordinary : Number(text);
  if (!Number.isInteger(limit) || limit < 1) throw new AppError('invalid-field', 400, 'limit 要写成正整数。');
  return Math.min(limit, LIMIT.most);
};
const afterOf = (text: string | undefined): number => {
  const after = Number(text ?? 0);
  if (!Number.isSafeInteger(after) || after < 0) throw new AppError('invalid-field', 400, '编号要写成整数。');
  return after;
};
