import type { Page } from 'playwright-core';
import { become, close, dayText, keep, later, meanwhile, open, press, ready, say, until } from './demo-page.ts';

/** `npm run screenshots`: walks the canteen matter through the web chat of a fresh demo school and keeps docs/images. */
async function questions(): Promise<void> {
  const page = await open(1280, 1000);
  await become(page, '方主任', '全校工作群');
  await say(page, '食堂阿姨走了想再招一个，要上会吗？');
  await keep(page, 'chat-desktop');
  await become(page, '方主任', '与议事私聊');
  await page.setViewportSize({ width: 1280, height: 820 });
  await say(page, '买一批电脑');
  await keep(page, 'chat-asks');
  const phone = await open(390, 844, 1.5);
  await say(phone, '买一批电脑');
  await say(phone, '8万');
  await keep(phone, 'chat-phone');
}

const FORM = {
  建议方案: '公开招标选择新的食堂承包单位，合同期三年',
  资金来源: '学校伙食费专户',
  采购方式: '公开招标',
  影响对象与人数: '全校学生1200人、教职工90人',
  征求意见情况: '家长委员会11人中9人赞成更换',
  风险与防控: '食品安全与衔接断供风险；交接期双方留人',
};
const STEPS = ['parents', 'expert', 'risk', 'survey'].map((s) => `office: /前置 Y1 ${s} 材料袋第3册`).join('\n');
const stances = (meeting: string, members: string) =>
  members.replace(/\w+/g, (m) => `${m}: /表态 ${meeting} Y1 同意\n`).replace(/^ +/gm, '');

async function item(page: Page): Promise<void> {
  await become(page, '林老师', '全校工作群');
  await say(page, '/议题 更换食堂承包商 预算60万');
  await press(page, '填写申报单');
  for (const [label, value] of Object.entries(FORM)) await page.getByLabel(label).fill(value);
  await page.getByLabel('是否预算内').selectOption('预算内');
  await page.setViewportSize({ width: 1280, height: 1160 });
  await keep(page, 'office-item');
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.getByRole('button', { name: '确定' }).click();
  await page.waitForTimeout(500);
  await meanwhile('teacher: /提交 Y1\noffice: /审核 Y1 同意\nvice_principal: /审核 Y1 同意 方案可行');
}

async function gates(page: Page): Promise<void> {
  await become(page, '方主任', '与议事私聊');
  await say(page, '/议题 Y1');
  await press(page, '办结前置步骤');
  await keep(page, 'office-gates');
  await meanwhile(`${STEPS}\ndiscipline: /前置 Y1 discipline 廉洁意见书\nprincipal: /确定 Y1`);
}

/** Calls a meeting a week from now, and takes the matter up in it. */
async function taken(body: string, chair: string, present: string): Promise<void> {
  later(7);
  const id = body === '校长办公会议' ? 'H1' : 'H2';
  await meanwhile(`office: /会议 ${body} ${dayText()} 14:00 二楼会议室
    office: /议程 ${id} Y1\noffice: /会议 ${id} 通知`);
  await until('14:00');
  await meanwhile(`${chair}: /到会 ${id} ${present}\n${chair}: /开会 ${id}\n${chair}: /议 ${id} Y1`);
}

async function meetings(page: Page): Promise<void> {
  await taken('校长办公会议', 'principal', '郑校长 何副校长 方主任 陶主任');
  await meanwhile(stances('H1', 'vice_principal office dean principal'));
  await meanwhile('principal: /结果 H1 Y1 通过\nprincipal: /散会 H1\nprincipal: /纪要 H1 签发');
  await meanwhile('principal: /沟通 Y1 无重大分歧\nsecretary: /沟通 Y1 无重大分歧');
  const members = 'deputy_secretary vice_principal discipline';
  await meanwhile(`${members.replace(/\w+ ?/g, (m) => `${m.trim()}: /酝酿 Y1 同意\n`)}secretary: /确定 Y1`);
  await taken('党组织会议', 'secretary', '周书记 郑校长 孙副书记 何副校长 秦委员');
  await meanwhile(stances('H2', `principal ${members} secretary`));
  await page.reload();
  await become(page, '周书记', '与议事私聊');
  await say(page, '/会议 H2');
  await press(page, '登记表决');
  await page.getByLabel('表决方式').selectOption('记名');
  for (const [kind, count] of Object.entries({ 同意: '5', 不同意: '0', 弃权: '0', 缓议: '0' }))
    await page.getByLabel(kind, { exact: true }).fill(count);
  await keep(page, 'office-meeting');
}

async function followed(page: Page): Promise<void> {
  const four = `目标：新单位进场供餐；措施：公告、评审、公示、签约、交接；时限：${dayText(9)}；责任：林老师`;
  await meanwhile(`secretary: /表决 H2 Y1 记名 同意5 不同意0 弃权0 缓议0\nsecretary: /结果 H2 Y1 通过 ${four}
    secretary: /散会 H2\nsecretary: /纪要 H2 签发\nteacher: /进展 J1 招标公告已发布，佐证：公告截图`);
  await page.reload();
  await become(page, '林老师', '与议事私聊');
  await page.getByRole('button', { name: '+7天' }).click();
  await page.locator('.moved').waitFor();
  await page.getByRole('button', { name: '有新消息' }).click();
  await keep(page, 'office-digest');
  const phone = await open(390, 844, 1.5);
  await phone.getByRole('button', { name: /换身份/ }).click();
  await phone.getByRole('dialog').getByRole('button', { name: '与议事私聊' }).click();
  await say(phone, '/决议 J1');
  await keep(phone, 'office-phone');
  await meanwhile(`teacher: /进展 J1 新单位已进场供餐\nteacher: /销号 J1 合同与验收单\nvice_principal: /复核 J1 同意
    office: /复核 J1 同意\nprincipal: /评价 J1 师生满意度由61%升到88%`);
  await say(page, '/决议 J1');
  await keep(page, 'office-resolution');
}

try {
  await ready();
  await questions();
  later('Monday');
  await until('09:00');
  const page = await open(1280, 900);
  await item(page);
  await gates(page);
  await meetings(page);
  await followed(page);
} finally {
  await close();
}
