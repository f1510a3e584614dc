import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';

/** A fresh demo school and a browser in front of it, for `scripts/screenshots.ts`. */
const PORT = 8839;
const URL = `http://127.0.0.1:${PORT}`;
const ROOT = join(import.meta.dirname, '..');
const DAY_MS = 86_400_000;
const data = mkdtempSync(join(tmpdir(), 'yishi-shots-'));
const env = { ...process.env, PORT: String(PORT), YISHI_DATA: data, YISHI_SCHOOL: 'demo' };
const service = spawn(process.execPath, ['--no-warnings', join(ROOT, 'src/entry/node.ts')], { env, stdio: 'inherit' });
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic'],
});

export async function post<T>(path: string, body: object): Promise<T> {
  const headers = { 'Content-Type': 'application/json' };
  return (await fetch(URL + path, { method: 'POST', headers, body: JSON.stringify(body) })).json() as Promise<T>;
}

/** What others do meanwhile, one line after the other: `member: command`. */
export async function meanwhile(lines: string): Promise<void> {
  for (const line of lines.trim().split('\n')) {
    const [from, text] = line.trim().split(/: (.*)/) as [string, string];
    const conversation = { id: from, kind: 'direct' };
    const { replies } = await post<{ replies: { text: string }[] }>('/api/chat', { conversation, from, text });
    console.log(`${line.trim()} → ${replies[0]?.text.split('\n')[0]}`);
  }
}

export const say = async (page: Page, text: string) => {
  const before = await page.locator('.line.yishi').count();
  await page.locator('#say').fill(text);
  await page.keyboard.press('Enter');
  await page.locator('.line.yishi').nth(before).waitFor();
  await page.waitForTimeout(300);
};
export const become = async (page: Page, name: string, place?: string) => {
  await page.getByRole('radio', { name: new RegExp(`^${name}`) }).check();
  if (place) await page.getByRole('navigation', { name: '会话' }).getByRole('button', { name: place }).click();
  await page.waitForTimeout(300);
};
export const press = async (page: Page, label: string) => {
  await page.locator('.line.yishi .card').last().getByRole('button', { name: label }).first().click();
  await page.waitForTimeout(500);
};
export const keep = async (page: Page, name: string) => {
  await page.mouse.move(0, 0);
  await page.screenshot({ path: join(ROOT, `docs/images/${name}.png`) });
};
export const open = async (width: number, height: number, scale = 1) => {
  const phone = width < 500 && { hasTouch: true, isMobile: true };
  const context = await browser.newContext({
    locale: 'zh-CN',
    reducedMotion: 'reduce',
    viewport: { width, height },
    deviceScaleFactor: scale,
    ...phone,
  });
  const page = await context.newPage();
  await page.goto(URL);
  await page.locator('#say').waitFor();
  return page;
};
let day = new Date();
export const dayText = (ahead = 0) => new Date(day.getTime() + ahead * DAY_MS).toISOString().slice(0, 10);
export const until = (time: string) => post('/api/demo/clock', { now: `${dayText()}T${time}:00+08:00` });
/** So many days on, or to the Monday after. */
export const later = (days: number | 'Monday') => {
  const ahead = days === 'Monday' ? (8 - day.getUTCDay()) % 7 || 7 : days;
  day = new Date(day.getTime() + ahead * DAY_MS);
};
export async function ready(): Promise<void> {
  while (!(await fetch(`${URL}/healthz`).catch(() => undefined))) await new Promise((r) => setTimeout(r, 200));
}
export async function close(): Promise<void> {
  await browser.close();
  service.kill();
}
