import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { consoleAssets } from '../../src/console/assets.ts';
import { consolePages } from '../../src/console/pages.ts';
import { ROOT } from '../../src/entry/knowledge/compiled.ts';
import { join } from 'node:path';
import { documentReader } from '../../src/documents/read.ts';
import { notebookOn } from '../../src/stores/notebook.ts';
import { libraryOn } from '../../src/stores/library.ts';
import { sqliteDatabase } from '../../src/stores/sqlite.ts';
import { keepersFrom } from '../../src/entry/keepers.ts';
import { demoClock } from '../../src/entry/demo-clock.ts';
import { terminalWork } from '../../src/entry/terminal-work.ts';
import { createApp } from '../../src/http/app.ts';
import { unlimited } from '../../src/http/limiter.ts';
import { CHROMIUM } from './no-browser.ts';

/** The demo service in this process and a browser in front of it. */
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface Visit {
  readonly page: Page;
  /** Requests to anywhere but the service, and what the page complained of. */
  readonly complaints: readonly string[];
}

export interface House {
  visit(options?: BrowserContextOptions): Promise<Visit>;
  readonly url: string;
  close(): Promise<void>;
}

export async function openHouse(): Promise<House> {
  const db = sqliteDatabase(':memory:', join(ROOT, 'migrations'));
  const library = libraryOn(db);
  const notebook = notebookOn(db);
  const clock = await demoClock(notebook);
  const { now } = clock;
  const intake = { library, reader: documentReader, rolesOf: keepersFrom({}, true), now };
  const work = { ...(await terminalWork()), intake, notebook, now };
  const pages = consolePages(await consoleAssets(ROOT), true, work.office.workdays);
  const app = createApp({
    work,
    clock,
    version: 'test',
    school: 'demo',
    demo: true,
    webhooks: [],
    limiter: unlimited,
    wake: () => {},
    console: pages,
  });
  const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 });
  await new Promise((ready) => server.once('listening', ready));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: QUIET });
  return {
    url,
    visit: (options) => visit(browser, url, options),
    async close() {
      await browser.close();
      server.close();
      await work.store.close();
    },
  };
}

async function visit(browser: Browser, url: string, options?: BrowserContextOptions): Promise<Visit> {
  const context = await browser.newContext({ locale: 'zh-CN', reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(8000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('request', (request) => request.url().startsWith(url) || complaints.push(`asked ${request.url()}`));
  await page.goto(url);
  await page.locator('#say').waitFor();
  return { page, complaints };
}

/** Writes and sends with the keyboard, and waits for the assistant's next message. */
export async function say(page: Page, text: string): Promise<void> {
  const answered = await page.locator('.line.yishi').count();
  await page.locator('#say').fill(text);
  await page.keyboard.press('Enter');
  await page.locator('.line.yishi').nth(answered).waitFor();
}
