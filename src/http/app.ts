import { dayAt } from '../domain/china-time.ts';
import { Hono, type HonoRequest } from 'hono';
import { baseAnswer } from '../assistant/desk.ts';
import { helpersOf, type Work } from '../assistant/answer-messages.ts';
import { DIALOGUE_MS } from '../assistant/converse.ts';
import { recallAll } from '../assistant/recall.ts';
import { recorded } from '../assistant/record-answer.ts';
import { respond } from '../assistant/respond.ts';
import type { Answer } from '../assistant/answer.ts';
import { AppError } from '../domain/errors.ts';
import type { SchoolProfile } from '../domain/school.ts';
import type { Webhook, WebhookAnswer } from '../ports/platform.ts';
import { chatOnce } from './chat.ts';
import { demoRoutes } from './demo.ts';
import { askSchema, chatSchema, readBody, readJson, tooLarge } from './doors.ts';
import { officeRoutes } from './office.ts';
import { deliveryCounts, metricsText } from './metrics.ts';
import { type Limiter } from './limiter.ts';

const API_LIMIT = 64 * 1024;
const WEBHOOK_LIMIT = 256 * 1024;
/** A file of 20 MB in base64, with room for the rest. */
const FILE_LIMIT = 28 * 1024 * 1024;

export interface Service {
  readonly work: Work;
  readonly version: string;
  /** The school answered for when none is named. */
  readonly school: string;
  readonly demo: boolean;
  readonly webhooks: readonly { readonly path: string; readonly hook: Webhook }[];
  /** The demo's clock, in demo mode. */
  readonly clock?: { readonly move: (to: number) => Promise<void> };
  readonly limiter: Limiter;
  /** Wakes the background work after something was kept. */
  readonly wake: () => void;
  /** Pages and assets of the web chat. */
  readonly console: Hono;
}

const refusalBody = (code: string, message: string) => ({ error: { code, message } });

export function createApp(service: Service): Hono {
  const { work } = service;
  const { store, desk } = work;
  const app = new Hono();
  const deliveries = deliveryCounts();

  app.onError((error, c) => {
    if (error instanceof AppError) return c.json(refusalBody(error.code, error.message), error.status);
    const reference = crypto.randomUUID().slice(0, 8);
    work.log('request-failed', { reference, path: c.req.path, error: String(error) });
    return c.json(
      refusalBody('internal', `服务出了问题，没有处理成功，已经记下（编号 ${reference}）；请稍后再试。`),
      500,
    );
  });
  app.notFound((c) => c.json(refusalBody('not-found', '没有这个地址。'), 404));

  app.get('/healthz', (c) =>
    c.json({ status: 'ok', version: service.version, rulesVersion: desk.book.version, store: store.name }),
  );
  app.get('/readyz', async (c) => {
    const failing = (await store.ready()) ? [] : ['store'];
    return c.json({ status: failing.length ? 'failing' : 'ready', failing }, failing.length ? 503 : 200);
  });
  app.get('/metrics', async (c) => c.text(metricsText(await store.counts(), desk.book, deliveries.all())));

  const schoolFor = (id: string | undefined): SchoolProfile => {
    const school = work.schools.on(id ?? service.school, dayAt(work.now()));
    if (!school) throw new AppError('unknown-school', 404, '没有登记这所学校。');
    return school;
  };

  app.use('/api/*', async (c, next) => {
    const wait = service.limiter.take(c.req.header('x-forwarded-for') ?? 'local', work.now());
    if (wait > 0) {
      c.header('Retry-After', String(Math.ceil(wait / 1000)));
      return c.json(refusalBody('too-many', '问得太快了，请稍等再试。'), 429);
    }
    await next();
  });

  app.post('/api/ask', async (c) => {
    const body = readJson(await readBody(c.req, API_LIMIT), askSchema);
    if (body.question.trim() === '') throw new AppError('empty-question', 400, '请写下要问的事。');
    const school = schoolFor(body.school);
    return c.json(await askOnce(service, school, body.question, body.facts, body.conversation));
  });

  app.post('/api/chat', async (c) => {
    if (!service.demo) throw new AppError('not-found', 404, '没有这个地址。');
    const bytes = await readBody(c.req, FILE_LIMIT);
    const body = readJson(bytes, chatSchema);
    if (!body.file && bytes.byteLength > API_LIMIT) throw tooLarge(API_LIMIT);
    const replies = await chatOnce(work, schoolFor(undefined), body);
    if (replies.length > 1) service.wake();
    return c.json({ replies });
  });

  for (const { path, hook } of service.webhooks)
    app.on(['GET', 'POST'], path, async (c) => {
      try {
        const { status, body: said } = await taken(path, hook, c.req);
        return typeof said === 'string' ? c.text(said, status) : c.json(said as object, status);
      } catch (error) {
        deliveries.count(path, 'refused', error instanceof AppError ? error.code : 'failed');
        throw error;
      }
    });

  /** One delivery: kept or passed over, counted, and what is said to it. */
  async function taken(path: string, hook: Webhook, request: HonoRequest): Promise<WebhookAnswer> {
    const body = await readBody(request, WEBHOOK_LIMIT);
    const method = request.method === 'POST' ? 'POST' : 'GET';
    const reading = await hook.read(
      { method, query: { get: (name) => request.query(name) }, headers: { get: (name) => request.header(name) }, body },
      work.now(),
    );
    if (reading.kind === 'messages') {
      const kept = await Promise.all(reading.messages.map((m) => store.keep(service.school, m)));
      if (kept.includes('new')) service.wake();
      for (const how of kept) deliveries.count(path, 'messages', how);
      return reading.answer;
    }
    if (reading.kind === 'recalled') await recallAll(reading.ids, service.school, work);
    deliveries.count(path, reading.kind, 'why' in reading ? reading.why : '');
    if ('why' in reading) work.log(`webhook-${reading.kind}`, { path, why: reading.why });
    return reading.answer;
  }

  if (service.demo) app.route('/', officeRoutes(work, service.school));
  if (service.clock) app.route('/', demoRoutes(work, service.clock.move, service.school));
  app.route('/', service.console);
  return app;
}

/** One question over HTTP or in the terminal; with a conversation, in the light of what was said there. */
export async function askOnce(
  { work }: Pick<Service, 'work'>,
  school: SchoolProfile,
  question: string,
  facts?: Readonly<Record<string, unknown>>,
  conversation?: string,
): Promise<Answer> {
  const now = work.now();
  const id = conversation === undefined ? null : `api:${conversation}`;
  const dialogue = id ? await work.store.dialogue(school.id, id, now) : null;
  const turn = { text: question, school, day: dayAt(now), dialogue, ...(facts && { facts }) };
  const turned = await recorded(turn, await respond(turn, work.desk, helpersOf(work, turn)), work);
  if (id && turned.dialogue) await work.store.saveDialogue(school.id, id, turned.dialogue, now + DIALOGUE_MS);
  if (!turned.answer) return { ...notAQuestion(work), answer: turned.reply.text };
  return { ...turned.answer, answer: turned.reply.text };
}

/** Commands get the same shape as answers, so that a program need not tell them apart. */
const notAQuestion = (work: Work): Omit<Answer, 'answer'> => ({
  ...baseAnswer({ language: 'zh' }, work.desk),
  sections: [],
  footer: '',
});
