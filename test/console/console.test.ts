import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse, say } from './browser.ts';
import { noBrowser } from './no-browser.ts';

const GUARD = '食堂阿姨走了想再招一个，要上会吗？';
const COMPUTERS = '买电脑要上会吗';
const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

const card = (page: Page) => page.locator('.line.yishi .card').last();
const mine = (page: Page) => page.locator('.line.mine').last();
const focused = (page: Page) =>
  page.evaluate('document.activeElement.id || document.activeElement.className') as Promise<string>;
const sidewaysScroll = (page: Page) =>
  page.evaluate('document.documentElement.scrollWidth - innerWidth') as Promise<number>;

describe.skipIf(noBrowser)(`the web chat in a browser${noBrowser ? ` (skipped: ${noBrowser})` : ''}`, () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse();
  });
  afterAll(() => house?.close());

  it('answers a typed question with a card: the ruling and the way open, the basis folded', async () => {
    const { page, complaints } = await house.visit();
    await say(page, GUARD);
    await expect(mine(page).innerText()).resolves.toContain(`@议事 ${GUARD}`);
    const answer = card(page);
    expect(await answer.locator('.tone').innerText()).toContain('已有结论');
    expect(await answer.locator('.conclusion').innerText()).toContain('校长办公会议');
    expect(await answer.locator('.path li').count()).toBeGreaterThan(2);
    const basis = answer.locator('details', { hasText: '依据' });
    expect(await basis.locator('ul').first().isVisible()).toBe(false);
    await basis.locator('summary').click();
    expect(await basis.innerText()).toContain('《');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('takes a pressed button as my choice, disables it and moves the focus to the new answer', async () => {
    const { page } = await house.visit();
    await say(page, GUARD);
    const button = card(page)
      .getByRole('button', { name: /^其实是/ })
      .first();
    const label = (await button.innerText()).replace('其实是：', '');
    await button.click();
    await page.locator('.line.yishi').nth(1).waitFor();
    expect(await mine(page).innerText()).toContain(`选择：${label}`);
    const first = page.locator('.card').first().locator('.actions button');
    expect(await first.count()).toBe(await first.and(page.locator(':disabled')).count());
    expect(await page.locator('.line.yishi .line-body').last().getAttribute('id')).toBe(await focused(page));
    await page.context().close();
  });

  it('asks for the amount in a small form', async () => {
    const { page } = await house.visit();
    await say(page, COMPUTERS);
    expect(await card(page).locator('.tone').innerText()).toContain('还差一点');
    await card(page).getByRole('button', { name: '填金额' }).click();
    await page.keyboard.type('80000');
    await page.keyboard.press('Enter');
    await page.locator('.line.yishi').nth(1).waitFor();
    expect(await mine(page).innerText()).toContain('80000');
    expect(await card(page).locator('.conclusion').innerText()).toContain('党组织会议');
    await page.context().close();
  });

  it('can be used with the keyboard alone', async () => {
    const { page } = await house.visit();
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('skip');
    await page.keyboard.press('Enter');
    expect(await focused(page)).toBe('say');
    await page.keyboard.type('买电脑');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('要上会吗');
    await page.keyboard.press('Enter');
    await page.locator('.line.yishi').waitFor();
    expect(await focused(page)).toBe('say');
    for (let i = 0; i < 12 && !(await focused(page)).includes('choice'); i++) await page.keyboard.press('Shift+Tab');
    expect(await focused(page)).toContain('choice');
    await page.keyboard.press('Space');
    await page.locator('.line.yishi').nth(1).waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.tagName')).toBe('SUMMARY');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.parentElement.open')).toBe(true);
    await page.context().close();
  });

  it('does not send on the Enter that ends an input method’s word', async () => {
    const { page } = await house.visit();
    await page.locator('#say').fill('shitang');
    await page.locator('#say').dispatchEvent('keydown', { key: 'Enter', isComposing: true });
    expect(await page.locator('.line').count()).toBe(0);
    await page.context().close();
  });

  it('stays silent in a group when it is not named', async () => {
    const { page } = await house.visit();
    await page.getByLabel(/自动 @议事/).uncheck();
    await page.locator('#say').fill('明天下午开会');
    const answered = page.waitForResponse('**/api/chat');
    await page.keyboard.press('Enter');
    await answered;
    await page.waitForTimeout(100);
    expect(await page.locator('.line').count()).toBe(1);
    expect(await page.locator('.failed').count()).toBe(0);
    await page.context().close();
  });

  it('shows people only the groups they are in, and others’ messages on the left', async () => {
    const { page } = await house.visit();
    const rooms = page.getByRole('navigation', { name: '会话' });
    expect(await rooms.innerText()).not.toContain('党委班子群');
    await say(page, GUARD);
    await page.getByRole('radio', { name: /方主任/ }).check();
    expect(await rooms.innerText()).toContain('党委班子群');
    expect(await page.locator('.line.theirs').first().innerText()).toContain('林老师');
    expect(await card(page).locator('.actions').count()).toBe(0);
    await rooms.getByRole('button', { name: '与议事私聊' }).click();
    expect(await page.locator('.line').count()).toBe(0);
    await page.context().close();
  });

  it('keeps the conversation over a reload until it is cleared', async () => {
    const { page } = await house.visit();
    await say(page, GUARD);
    await page.reload();
    await card(page).waitFor();
    await page.getByRole('button', { name: '清空' }).click();
    await page.getByRole('button', { name: '确认清空' }).click();
    expect(await page.locator('.line').count()).toBe(0);
    await page.context().close();
  });

  it('says what went wrong and sends again', async () => {
    const { page } = await house.visit();
    await page.route('**/api/chat', (route) => route.abort());
    await page.locator('#say').fill(COMPUTERS);
    await page.keyboard.press('Enter');
    expect(await page.locator('.failed').innerText()).toContain('网络不通');
    await page.unroute('**/api/chat');
    const busy = {
      status: 429,
      headers: { 'Retry-After': '2' },
      json: { error: { code: 'too-many', message: '问得太快了。' } },
    };
    await page.route('**/api/chat', (route) => route.fulfill(busy));
    await page.getByRole('button', { name: '再发一次' }).click();
    await page.getByText('问得太快了。（约 2 秒后）', { exact: true }).first().waitFor();
    await page.unroute('**/api/chat');
    await page.getByRole('button', { name: '再发一次' }).click();
    await card(page).waitFor();
    expect(await page.locator('.failed').count()).toBe(0);
    await page.context().close();
  });

  it('shows markup as the text it is', async () => {
    const { page, complaints } = await house.visit();
    await say(page, '<img src=x onerror=alert(1)><b>招保安</b>');
    expect(await mine(page).innerText()).toContain('<img src=x onerror=alert(1)>');
    expect(await page.locator('.said img[src="x"]').count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('fits a phone: nothing scrolls sideways and every target is 44 pixels high', async () => {
    const { page } = await house.visit(PHONE);
    expect(await sidewaysScroll(page)).toBe(0);
    await say(page, COMPUTERS);
    await card(page).locator('summary').first().click();
    expect(await sidewaysScroll(page)).toBe(0);
    await page.getByRole('button', { name: /换身份或会话/ }).click();
    await page.getByRole('dialog', { name: '换身份或会话' }).waitFor();
    expect(await sidewaysScroll(page)).toBe(0);
    const low = await page.evaluate(`[...document.querySelectorAll('button, summary, select, textarea')]
      .filter((e) => e.offsetParent && e.getBoundingClientRect().height < 44).map((e) => e.outerHTML)`);
    expect(low).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: '与议事私聊' }).click();
    expect(await page.getByRole('heading', { level: 2 }).innerText()).toBe('与议事私聊');
    await page.context().close();
  });

  it('names and labels everything that can be operated', async () => {
    const { page } = await house.visit();
    await say(page, COMPUTERS);
    await card(page).getByRole('button', { name: '填金额' }).click();
    expect(await page.title()).toContain('议事');
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');
    for (const role of ['main', 'banner', 'navigation', 'complementary', 'status'] as const)
      expect([role, await page.getByRole(role).count()]).toEqual([role, 1]);
    expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
    expect(await page.getByRole('status').innerText()).toContain('还差一点');
    expect(await page.locator('img:not([alt])').count()).toBe(0);
    const faults = await page.evaluate(`(() => {
      const ids = [...document.querySelectorAll('[id]')].map((e) => e.id);
      const unnamed = [...document.querySelectorAll('button, a, summary')].filter((e) => !e.textContent.trim());
      const unlabelled = [...document.querySelectorAll('input, select, textarea')].filter((e) => e.labels.length === 0);
      return [ids.filter((id, i) => ids.indexOf(id) !== i), unnamed.length, unlabelled.length];
    })()`);
    expect(faults).toEqual([[], 0, 0]);
    await page.context().close();
  });
});
