import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dayAfter, weekdayOf } from '../../src/domain/workdays.ts';
import { type House, openHouse, say } from './browser.ts';
import { noBrowser } from './no-browser.ts';

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

const person = (page: Page, name: string) => page.getByRole('radio', { name: new RegExp(`^${name}`) });
const become = (page: Page, name: string) => person(page, name).check();
const place = (page: Page, name: string) =>
  page.getByRole('navigation', { name: '会话' }).getByRole('button', { name });
const lastCard = (page: Page) => page.locator('.line.yishi .card').last();
const told = (page: Page, text: string) => page.locator('.line.yishi', { hasText: text });

/** Somebody else's doing, in another browser as it were. */
async function elsewhere(house: House, from: string, text: string): Promise<string> {
  const conversation = { id: from, kind: 'direct' };
  const response = await fetch(`${house.url}/api/chat`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ conversation, from, text }),
  });
  const { replies } = (await response.json()) as { replies: { text: string }[] };
  return replies[0]!.text;
}

async function raised(house: House, subject: string): Promise<string> {
  const said = await elsewhere(house, 'teacher', `/议题 ${subject}`);
  return /Y\d+/.exec(said)![0];
}

const FIELDS = {
  建议方案: '公开招标',
  资金来源: '食堂专户',
  采购方式: '公开招标',
  影响对象与人数: '全校学生',
  征求意见情况: '已问家委会',
  风险与防控: '有预案',
};

async function fillSheet(page: Page): Promise<void> {
  await lastCard(page).getByRole('button', { name: '填写申报单' }).click();
  for (const [label, value] of Object.entries(FIELDS)) await page.getByLabel(label).fill(value);
  await page.getByLabel('是否预算内').selectOption('预算内');
}

/** A card with every kind of field, and what the service was sent. */
const ALL_KINDS = {
  title: 'Y900 试一试',
  tone: 'asks',
  summary: '草稿。请填写',
  sections: [],
  footer: '编号 Y900',
  actions: [
    {
      id: '/补充 Y900',
      label: '填一填',
      style: 'primary',
      fields: [
        { name: 'why', label: '理由', type: 'text', required: true },
        { name: 'amount', label: '金额', type: 'number', required: true },
        { name: 'day', label: '日期', type: 'date', required: true },
        {
          name: 'way',
          label: '方式',
          type: 'select',
          required: true,
          options: [
            { value: 'open', label: '公开招标' },
            { value: 'quote', label: '询价' },
          ],
        },
        { name: 'note', label: '备注', type: 'text', required: false },
      ],
    },
    { id: '/提交 Y900', label: '提交', style: 'default' },
  ],
};

type Sent = { id?: string; text?: string; action?: { id: string; values?: Record<string, string> } };
type Answer = 'abort' | object;

/** The service's answers one after the other in place of the real ones; returns what was sent. */
async function answers(page: Page, list: readonly Answer[]): Promise<Sent[]> {
  const sent: Sent[] = [];
  await page.route('**/api/chat', async (route) => {
    const answer = list[sent.length]!;
    const body = route.request().postDataJSON() as Sent & { conversation: object };
    sent.push(body);
    if (answer === 'abort') return route.abort();
    await route.fulfill({ json: { replies: [{ to: body.conversation, text: '好的', ...answer }] } });
  });
  return sent;
}

async function fillAllKinds(page: Page): Promise<void> {
  await page.getByRole('button', { name: '填一填' }).click();
  await page.getByLabel('理由').fill('要换');
  await page.getByLabel('金额').fill('600000');
  await page.getByLabel('日期').fill('2026-12-02');
  await page.getByLabel('方式').selectOption('询价');
}
const VALUES = { why: '要换', amount: '600000', day: '2026-12-02', way: 'quote', note: '' };

describe.skipIf(noBrowser)(`the office in the web chat${noBrowser ? ` (skipped: ${noBrowser})` : ''}`, () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse();
  });
  afterAll(() => house?.close());

  it('marks who was told something, shows it once, and takes the mark away when it is read', async () => {
    const { page, complaints } = await house.visit();
    await say(page, '/议题 更换食堂承包商 预算60万');
    await fillSheet(page);
    await page.getByRole('button', { name: '确定' }).click();
    await page.locator('.line.yishi').nth(1).waitFor();
    await lastCard(page).getByRole('button', { name: '提交', exact: true }).click();
    await person(page, '方主任.*1 条新消息').waitFor();
    await become(page, '方主任');
    await told(page, '请您办').waitFor();
    expect(await page.getByRole('heading', { level: 2 }).innerText()).toBe('与议事私聊');
    expect(await person(page, '方主任.*新消息').count()).toBe(0);
    expect(
      await lastCard(page)
        .getByRole('button', { name: /部门审核/ })
        .isEnabled(),
    ).toBe(true);
    await page.waitForResponse('**/api/messages?from=office*');
    await page.reload();
    await page.waitForResponse('**/api/messages?from=office*');
    await told(page, '请您办').waitFor();
    expect(await told(page, '请您办').count()).toBe(1);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('hears of what others do elsewhere, and does not bring back what was cleared', async () => {
    const { page } = await house.visit();
    await become(page, '方主任');
    await place(page, '与议事私聊').click();
    const item = await raised(house, '更换校车公司 预算20万');
    for (const [name, value] of Object.entries({ ...FIELDS, 是否预算内: '预算内' }))
      await elsewhere(house, 'teacher', `/补充 ${item} ${name}：${value}`);
    const said = await elsewhere(house, 'teacher', `/提交 ${item}`);
    expect(said).toContain('已提交');
    await told(page, item).first().waitFor();
    expect(await told(page, item).count()).toBe(1);
    await page.getByRole('button', { name: '清空' }).click();
    await page.getByRole('button', { name: '确认清空' }).click();
    await page.waitForResponse('**/api/messages?from=office*');
    await page.waitForTimeout(200);
    expect(await told(page, item).count()).toBe(0);
    await page.context().close();
  });

  it('has one form with every kind of field, labelled, and sends nothing while a required one is empty', async () => {
    const { page, complaints } = await house.visit();
    const sent = await answers(page, [{ card: ALL_KINDS }, { card: { ...ALL_KINDS, summary: '已填' } }]);
    await say(page, '/议题 Y900');
    await page.getByRole('button', { name: '填一填' }).focus();
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.labels[0].textContent')).toContain('理由');
    const types = page.locator('form.fields').locator('input, select, textarea');
    expect(await types.evaluateAll((all) => all.map((e) => `${e.type}${e.required ? '*' : ''}`))).toEqual([
      'textarea*',
      'number*',
      'date*',
      'select-one*',
      'textarea',
    ]);
    expect(await page.locator('.field', { hasText: '理由' }).innerText()).toContain('＊');
    await page.keyboard.type('要换');
    await page.keyboard.press('Enter');
    expect(sent.length).toBe(1);
    await page.getByLabel('金额').fill('600000');
    await page.getByLabel('日期').fill('2026-12-02');
    await page.getByLabel('方式').selectOption('询价');
    await page.getByLabel('理由').press('Enter');
    await page.locator('.line.yishi').nth(1).waitFor();
    expect(sent[1]!.action).toEqual({ id: '/补充 Y900', values: VALUES });
    expect(await page.locator('.line.mine').last().innerText()).toContain('方式：询价');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('keeps what was written when sending fails, and repeats with the same id', async () => {
    const { page } = await house.visit();
    const down = ['abort', 'abort', 'abort'] as const;
    const sent = await answers(page, [{ card: ALL_KINDS }, ...down, { card: ALL_KINDS }]);
    await say(page, '/议题 Y900');
    await fillAllKinds(page);
    await page.getByRole('button', { name: '确定' }).click();
    await page.locator('form.fields').getByRole('alert').waitFor();
    expect(await page.getByRole('alert').innerText()).toContain('网络不通');
    expect(await page.getByLabel('理由').inputValue()).toBe('要换');
    await become(page, '唐老师');
    await become(page, '林老师');
    await page.getByRole('button', { name: '填一填' }).click();
    expect(await page.getByLabel('日期').inputValue()).toBe('2026-12-02');
    await page.getByRole('button', { name: '确定' }).click();
    await page.locator('.line.yishi').nth(1).waitFor();
    const presses = sent.filter((s) => s.action);
    expect(presses.length).toBe(4);
    expect(new Set(presses.map((s) => s.id)).size).toBe(1);
    expect(presses[3]!.action!.values).toEqual(VALUES);
    expect(sent[0]!.id).not.toBe(sent[1]!.id);
    expect(await page.locator('.failed').count()).toBe(0);
    await page.context().close();
  });

  it('shows a refusal beside the form, with what was written', async () => {
    const { page } = await house.visit();
    const no = { title: '还不能办', tone: 'warns', summary: '日期要在今天以后。', sections: [], actions: [] };
    await answers(page, [{ card: ALL_KINDS }, { text: '日期要在今天以后。', refused: 'past-day', card: no }]);
    await say(page, '/议题 Y900');
    await fillAllKinds(page);
    await page.getByRole('button', { name: '确定' }).click();
    const alert = page.locator('form.fields').getByRole('alert');
    await alert.waitFor();
    expect(await alert.innerText()).toBe('日期要在今天以后。');
    expect(await alert.evaluate((e) => e.matches(':focus'))).toBe(true);
    expect(await page.getByLabel('理由').inputValue()).toBe('要换');
    await page.waitForTimeout(200);
    expect(await alert.evaluate((e) => e.getBoundingClientRect().top > 68)).toBe(true);
    await page.context().close();
  });

  it('shows a used button as used, and the newest card of a record as the one to work on', async () => {
    const { page } = await house.visit();
    await answers(page, [{ card: ALL_KINDS }, { card: { ...ALL_KINDS, summary: '待审核。好' } }]);
    await say(page, '/议题 Y900');
    await page.getByRole('button', { name: '提交', exact: true }).click();
    await page.locator('.line.yishi').nth(1).waitFor();
    const [before, now] = [page.locator('.card').first(), page.locator('.card').last()];
    expect(await before.getByRole('button', { name: /提交.*（已提交）/ }).isDisabled()).toBe(true);
    expect(await before.getByRole('button', { name: '填一填' }).isDisabled()).toBe(true);
    expect(await before.innerText()).toContain('后面有新的卡片');
    expect(await now.getByRole('button', { name: '提交' }).isEnabled()).toBe(true);
    expect(await now.getByRole('button', { name: '填一填' }).isEnabled()).toBe(true);
    await page.context().close();
  });

  it('links papers under the reply, for the one who reads', async () => {
    const { page } = await house.visit();
    const paper = { name: '会议通知.docx', url: '/papers/notice/H1?from=teacher' };
    await answers(page, [{ files: [paper, { name: '别处', url: 'https://example.org/x' }] }]);
    await say(page, '/会议 H1');
    const link = page.getByRole('link', { name: '会议通知.docx' });
    expect([await link.getAttribute('href'), await link.getAttribute('download')]).toEqual([paper.url, paper.name]);
    expect(await page.locator('.files').innerText()).toContain('下载');
    expect(await page.getByRole('link', { name: '别处' }).count()).toBe(0);
    await become(page, '唐老师');
    expect(await link.getAttribute('href')).toBe('/papers/notice/H1?from=teacher2');
    await page.context().close();
  });

  it('sends a file in a direct chat', async () => {
    const { page } = await house.visit();
    expect(await page.getByLabel('发文件').count()).toBe(0);
    await become(page, '方主任');
    await place(page, '与议事私聊').click();
    const buffer = Buffer.from('食堂管理办法\n第一条 学校食堂由总务处管理，每学期检查两次。\n第二条 家长可以陪餐。');
    await page.getByLabel('发文件').setInputFiles({ name: '食堂管理办法.txt', mimeType: 'text/plain', buffer });
    await page.locator('.line.mine', { hasText: '发了文件：食堂管理办法.txt' }).waitFor();
    await told(page, '食堂管理办法').first().waitFor();
    expect(await page.evaluate('JSON.stringify({ ...sessionStorage })')).not.toContain('base64');
    await page.getByLabel('发文件').setInputFiles({ name: '空.txt', mimeType: 'text/plain', buffer: Buffer.alloc(0) });
    expect(await page.getByRole('alert').innerText()).toContain('空的');
    await page.context().close();
  });

  it('changes persons with the arrow keys, one stop for the Tab key', async () => {
    const { page } = await house.visit();
    await person(page, '林老师').focus();
    await page.keyboard.press('ArrowUp');
    expect(await person(page, '陶主任').isChecked()).toBe(true);
    await page.keyboard.press('ArrowUp');
    expect(await person(page, '方主任').isChecked()).toBe(true);
    expect(await person(page, '方主任').evaluate((e) => e.matches(':focus'))).toBe(true);
    expect(await place(page, '党委班子群').count()).toBe(1);
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toContain('全校工作群');
    await page.context().close();
  });

  it('changes persons on a phone in two touches and has the commands at hand', async () => {
    const { page } = await house.visit(PHONE);
    await page.getByRole('button', { name: /换身份或会话/ }).tap();
    const sheet = page.getByRole('dialog');
    expect(await sheet.getByRole('radio').count()).toBe(10);
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
    const low = await sheet.locator('.person').evaluateAll((all) => all.filter((e) => e.clientHeight < 42).length);
    expect(low).toBe(0);
    await sheet.locator('.person', { hasText: '周书记' }).tap();
    await sheet.waitFor({ state: 'detached' });
    expect(await page.getByRole('button', { name: /换身份或会话/ }).innerText()).toContain('周书记');
    await page.getByRole('group', { name: '常用' }).getByRole('button', { name: '/会议' }).tap();
    await page.locator('.line.yishi').waitFor();
    expect(await page.locator('.line.mine').innerText()).toContain('/会议');
    await page.context().close();
  });

  it('goes forward in time: shows when it is, what was sent to whom, and the digests where they went', async () => {
    const { page, complaints } = await house.visit();
    await raised(house, '更换校服供应商 预算30万');
    const clock = page.getByRole('region', { name: '演示时间' });
    const before = await clock.locator('time').getAttribute('datetime');
    await clock.getByRole('button', { name: '到下一个工作日' }).click();
    await clock.locator('.moved').waitFor();
    const now = await clock.locator('time').getAttribute('datetime');
    expect(now! > before!).toBe(true);
    expect(now).toContain('T08:00');
    expect([0, 6]).not.toContain(new Date(now!.slice(0, 10)).getUTCDay());
    expect(await clock.locator('.moved').innerText()).toMatch(/途中发出\d+份提醒/);
    await clock.getByRole('button', { name: /^林老师/ }).click();
    await told(page, '议事提醒').first().waitFor();
    expect(await told(page, '议事提醒').count()).toBe(1);
    expect(await page.locator('.day').last().innerText()).toContain('月');
    await clock.getByRole('button', { name: '别的时间' }).click();
    const field = clock.getByLabel('快进到（北京时间）');
    await field.evaluate((e) => e.removeAttribute('min'));
    await field.fill('2020-01-01T08:00');
    await clock.getByRole('button', { name: '快进', exact: true }).click();
    expect(await clock.getByRole('alert').innerText()).toContain('只能往前');
    expect(complaints.filter((c) => !c.includes('400'))).toEqual([]);
    await page.context().close();
  });

  it('knows the holidays: the next working day is not a weekday that is off', async () => {
    const { page } = await house.visit();
    const clock = page.getByRole('region', { name: '演示时间' });
    const today = (await clock.locator('time').getAttribute('datetime'))!.slice(0, 10);
    const days = Array.from({ length: 9 }, (_, n) => dayAfter(today, n + 1)).filter((d) => weekdayOf(d) % 6 > 0);
    const [off, expected] = [days[0]!, days[1]!];
    await page.route(`${house.url}/`, async (route) => {
      const response = await route.fetch();
      const body = (await response.text()).replace(/"exceptions":\[[^\]]*\]/, `"exceptions":["${off}"]`);
      await route.fulfill({ response, body });
    });
    await page.reload();
    await clock.getByRole('button', { name: '到下一个工作日' }).click();
    await clock.locator('.moved').waitFor();
    expect(await clock.locator('time').getAttribute('datetime')).toContain(`${expected}T08:00`);
    await page.context().close();
  });
});
