import { type Context, Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
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

/** The web chat of the demo school, or a short page that says the service runs. */
export function consolePages(assets: Assets, demo: boolean): Hono {
  const pages = new Hono();
  const serve = (path: string, answer: (c: Context) => Response | Promise<Response>) =>
    pages.get(path, headers, answer);
  const file = (body: string, type: string, keep: string) => (c: Context) =>
    c.body(body, 200, { 'Content-Type': `${type}; charset=utf-8`, 'Cache-Control': keep });

  serve('/', (c) => {
    c.header('Cache-Control', 'no-cache');
    return c.html(demo ? chatPage(assets.hash) : statusPage(assets.hash));
  });
  serve('/favicon.svg', file(ICON, 'image/svg+xml', 'public, max-age=86400'));
  serve(`/assets/chat-${assets.hash}.css`, file(assets.style, 'text/css', FOR_GOOD));
  if (demo) serve(`/assets/chat-${assets.hash}.js`, file(assets.script, 'text/javascript', FOR_GOOD));
  return pages;
}
