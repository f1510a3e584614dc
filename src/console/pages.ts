import { type Context, Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { dayAfter, weekdayOf, type Workdays } from '../domain/workdays.ts';
import type { Assets } from './build.ts';
import { chatPage, ICON, statusPage } from './page.ts';

const headers = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'self'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'"],
    connectSrc: ["'self'"],
    objectSrc: ["'none'"],
    formAction: ["'none'"],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
    requireTrustedTypesFor: ["'script'"],
  },
  xFrameOptions: 'DENY',
  referrerPolicy: 'no-referrer',
  strictTransportSecurity: false,
});

const FOR_GOOD = 'public, max-age=31536000, immutable';

/** Years a demo may reach into. */
const FIRST_YEAR = 2025;
const YEARS = 8;

/** Where the working calendar departs from Monday to Friday. */
function exceptionsIn({ knows, isWorkday }: Workdays): string[] {
  const found: string[] = [];
  for (let year = FIRST_YEAR; year < FIRST_YEAR + YEARS; year++)
    for (let day = `${year}-01-01`; knows(year) && day <= `${year}-12-31`; day = dayAfter(day, 1))
      if (isWorkday(day) === (weekdayOf(day) % 6 === 0)) found.push(day);
  return found;
}

/** The web chat of the demo school, or a short page that says the service runs. */
export function consolePages(assets: Assets, demo: boolean, workdays?: Workdays): Hono {
  const pages = new Hono();
  let exceptions: readonly string[] | undefined;
  const serve = (path: string, answer: (c: Context) => Response | Promise<Response>) =>
    pages.get(path, headers, answer);
  const file = (body: string, type: string, keep: string) => (c: Context) =>
    c.body(body, 200, { 'Content-Type': `${type}; charset=utf-8`, 'Cache-Control': keep });

  serve('/', (c) => {
    c.header('Cache-Control', 'no-cache');
    if (!demo) return c.html(statusPage(assets.hash));
    exceptions ??= workdays ? exceptionsIn(workdays) : [];
    return c.html(chatPage(assets.hash, exceptions));
  });
  serve('/favicon.svg', file(ICON, 'image/svg+xml', 'public, max-age=86400'));
  serve(`/assets/chat-${assets.hash}.css`, file(assets.style, 'text/css', FOR_GOOD));
  if (demo) serve(`/assets/chat-${assets.hash}.js`, file(assets.script, 'text/javascript', FOR_GOOD));
  return pages;
}
