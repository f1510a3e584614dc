import { expect } from 'vitest';
import { dayAfter, mondayAfter, type School } from './door.ts';

const FORM = {
  proposal: '公开招标选择新的食堂承包单位，合同期三年',
  affected: '全校学生1200人、教职工90人，涉及切身利益',
  risk: '食品安全与衔接断供风险；查验许可证，交接期双方留人',
  fund_source: '学校伙食费专户',
  in_budget: '预算内',
  procurement_mode: '公开招标',
  opinions: '家长委员会11人中9人赞成更换',
};
const idIn = (text: string, letter: string): string => new RegExp(`${letter}\\d+`).exec(text)![0];

/** Everything between a submitted item and its next meeting that the office and the leaders do. */
async function prepare(school: School, item: string): Promise<void> {
  const gates = async () =>
    (
      (await school.get(`/api/agenda-items/${item}?from=office`))['gates'] as {
        code: string;
        leg: number;
        state: string;
      }[]
    ).filter((g) => g.state === 'open');
  const { leg } = (await school.get(`/api/agenda-items/${item}?from=office`)) as { leg: number };
  for (const { code } of (await gates()).filter((g) => g.leg <= leg)) {
    if (['dept', 'deputies', 'sp_talk', 'members', 'chair'].includes(code)) continue;
    await school.say(code === 'discipline' ? 'discipline' : 'office', `/前置 ${item} ${code} 材料袋第3册`, /已办结/);
  }
}

async function reviews(school: School, item: string): Promise<void> {
  await school.say('office', `/审核 ${item} 同意`, /部门审核：同意/);
  await school.say('vice_principal', `/审核 ${item} 同意 方案可行`, /分管领导审核：同意/);
}

async function talks(school: School, item: string): Promise<void> {
  await school.say('principal', `/沟通 ${item} 无重大分歧`, /已记下您的确认|沟通完成/);
  await school.say('secretary', `/沟通 ${item} 无重大分歧`, /会前沟通完成/);
}

async function consultations(school: School, item: string): Promise<void> {
  for (const m of ['deputy_secretary', 'vice_principal', 'discipline'])
    await school.say(m, `/酝酿 ${item} 同意`, /已记下/);
}

/** Calls a meeting some days ahead with the item on its agenda and moves the clock to it. */
async function calls(school: School, name: string, chair: string, item: string, day: string): Promise<string> {
  const called = await school.say('office', `/会议 ${name} ${day} 14:00 二楼会议室`, /H\d+|第\d+次/);
  const meeting = idIn(`${called.text} ${JSON.stringify(called.card)}`, 'H');
  await school.say('office', `/议程 ${meeting} ${item}`, /已列入/);
  await school.say('office', `/会议 ${meeting} 通知`, /通知/);
  await school.say(chair, `/会议 ${meeting} 已读`, /已/);
  await school.until(day, '14:00');
  return meeting;
}

async function stances(school: School, meeting: string, item: string, members: readonly string[]): Promise<void> {
  await school.say(members.at(-1)!, `/议 ${meeting} ${item}`, /./);
  for (const m of members) await school.say(m, `/表态 ${meeting} ${item} 同意`, /同意/);
}

/** The principal's office meeting works the proposal out. */
async function principalMeeting(school: School, item: string, day: string): Promise<void> {
  const meeting = await calls(school, '校长办公会议', 'principal', item, day);
  await school.say('principal', `/到会 ${meeting} 郑校长 何副校长 方主任 陶主任`, /4人|到会/);
  await school.say('principal', `/开会 ${meeting}`, /开/);
  await stances(school, meeting, item, ['vice_principal', 'office', 'dean', 'principal']);
  await school.say('principal', `/结果 ${meeting} ${item} 通过`, /研究提出/);
  await school.say('principal', `/散会 ${meeting}`, /散会/);
  await school.say('principal', `/纪要 ${meeting} 签发`, /签发/);
}

const FOUR = (deadline: string) => ({
  goal: '完成食堂承包单位公开招标并签订合同，新单位进场供餐',
  measures: '发布公告、评审、公示五个工作日、签约、交接',
  deadline,
  owner: 'teacher',
});

/** The Party meeting decides; returns the resolution's id. */
async function partyMeeting(school: School, item: string, day: string, deadline: string): Promise<string> {
  const meeting = await calls(school, '党组织会议', 'secretary', item, day);
  await school.say('secretary', `/到会 ${meeting} 周书记 郑校长 孙副书记 何副校长 秦委员`, /5人|到会/);
  await school.say('secretary', `/开会 ${meeting}`, /开/);
  await stances(school, meeting, item, ['principal', 'deputy_secretary', 'vice_principal', 'discipline', 'secretary']);
  await school.say('secretary', `/表决 ${meeting} ${item} 记名 同意5 不同意0 弃权0 缓议0`, /5/);
  const refused = await school.say('secretary', `/结果 ${meeting} ${item} 通过`, /目标|四明确|时限/);
  const action = refused.card?.actions.find((a) => a.fields?.some((f) => f.name === 'goal'));
  expect(action, '四明确要能在一张表单里填').toBeDefined();
  const decided = await school.press('secretary', action!.label, /J\d+|决议/, FOUR(deadline));
  expect(decided.text).toMatch(/J\d+/);
  const resolution = ((await school.get(`/api/agenda-items/${item}?from=office`))['resolutions'] as string[]).at(-1)!;
  await school.say('secretary', `/散会 ${meeting}`, /散会/);
  await school.say('secretary', `/纪要 ${meeting} 签发`, /签发/);
  return resolution;
}

/** One matter from a sentence in the group to a closed resolution, with everything that can come between. */
export async function canteenStory(
  school: School,
): Promise<{ item: string; again: string; first: string; second: string }> {
  let day = mondayAfter((await school.now()).slice(0, 10));
  await school.until(day);

  // Raised in the group; others add to it; the form is one screen.
  const drafted = await school.say('teacher', '/议题 更换食堂承包商 预算60万', /已起草议题/, 'g-staff');
  const item = idIn(drafted.text, 'Y');
  expect(drafted.text).toContain('请审议是否同意更换食堂承包商');
  await school.say('teacher2', `/补充 ${item} 家长反映菜品单一`, /已记到/, 'g-staff');
  await school.say('teacher', `/议题 ${item}`, new RegExp(item));
  await school.say('teacher', `/提交 ${item}`, /还不能提交/);
  await school.press('teacher', '填写申报单', /已填齐/, FORM);
  await school.press('teacher', '提交', /已提交/);
  await reviews(school, item);
  await school.say('principal', `/确定 ${item}`, /还不能上会/);
  await prepare(school, item);
  await school.say('principal', `/确定 ${item}`, /已确定/);

  // Too few come: the item goes back. The next time one member stands back and the rest suffice.
  day = dayAfter(day, 7);
  const failed = await calls(school, '校长办公会议', 'principal', item, day);
  await school.say('principal', `/到会 ${failed} 郑校长 方主任`, /./);
  await school.say('principal', `/开会 ${failed}`, /没有开成/);
  expect(await school.get(`/api/agenda-items/${item}?from=office`)).toMatchObject({ state: 'ready' });
  day = dayAfter(day, 7);
  const meeting = await calls(school, '校长办公会议', 'principal', item, day);
  await school.say('dean', `/回避 ${meeting} ${item} 亲属是投标单位负责人`, /回避/);
  await school.say('principal', `/到会 ${meeting} 郑校长 何副校长 方主任 陶主任`, /./);
  await school.say('principal', `/开会 ${meeting}`, /./);
  await school.say('principal', `/议 ${meeting} ${item}`, /./);
  await school.say('dean', `/表态 ${meeting} ${item} 同意`, /回避/);
  await school.say('principal', `/表态 ${meeting} ${item} 同意`, /末位|最后|还有/);
  for (const m of ['vice_principal', 'office', 'principal'])
    await school.say(m, `/表态 ${meeting} ${item} 同意`, /同意/);
  await school.say('principal', `/结果 ${meeting} ${item} 通过`, /研究提出/);
  await school.say('principal', `/散会 ${meeting}`, /散会/);
  await school.say('principal', `/纪要 ${meeting} 签发`, /签发/);

  // Secretary and principal differ: the item waits, is spoken of on the day, and goes on when they agree.
  await school.say('secretary', `/沟通 ${item} 有分歧暂缓 ${dayAfter(day, 7)}`, /暂缓上会/);
  expect(await school.get(`/api/agenda-items/${item}?from=office`)).toMatchObject({ state: 'deferred' });
  await school.say('secretary', `/确定 ${item}`, /暂缓/);
  day = dayAfter(day, 7);
  await school.until(day);
  expect((await school.told('secretary', day)).map((m) => m.text).join()).toContain(item);
  await talks(school, item);
  await consultations(school, item);
  await school.say('secretary', `/确定 ${item}`, /已确定/);
  day = dayAfter(day, 7);
  const first = await partyMeeting(school, item, day, dayAfter(day, 25));

  // Carried out; an extension; then the facts change, and only a new decision changes the old one.
  await school.say('teacher', `/进展 ${first} 招标公告已发布，佐证：公告截图`, /./);
  day = dayAfter(day, 20);
  await school.until(day);
  expect((await school.told('teacher', dayAfter(day, -3))).map((m) => m.text).join()).toContain(first);
  await school.say('teacher', `/延期 ${first} ${dayAfter(day, 30)} 首次招标流标，需重新公告`, /./);
  await school.say('secretary', `/延期 ${first} 同意`, /./);
  expect(await school.get(`/api/resolutions/${first}?from=office`)).toMatchObject({ deadline: dayAfter(day, 30) });
  const again = await reconsidered(school, first);
  expect(await school.get(`/api/resolutions/${first}?from=office`)).not.toHaveProperty('supersededBy');
  await reviews(school, again);
  await prepare(school, again);
  await school.say('principal', `/确定 ${again}`, /已确定/);
  day = dayAfter(day, 7);
  await principalMeeting(school, again, day);
  await talks(school, again);
  await consultations(school, again);
  await school.say('secretary', `/确定 ${again}`, /已确定/);
  day = dayAfter(day, 7);
  const second = await partyMeeting(school, again, day, dayAfter(day, 20));
  expect(await school.get(`/api/resolutions/${first}?from=office`)).toMatchObject({
    state: 'ended',
    supersededBy: second,
  });

  // Done, reviewed, checked, closed, evaluated.
  await school.say('teacher', `/进展 ${second} 新单位已进场供餐`, /./);
  await school.say('teacher', `/销号 ${second} 合同与验收单`, /./);
  await school.say('office', `/复核 ${second} 同意`, /./);
  expect(await school.get(`/api/resolutions/${second}?from=office`)).toMatchObject({ state: 'done' });
  await school.say('vice_principal', `/复核 ${second} 同意`, /./);
  await school.say('office', `/复核 ${second} 同意`, /销号/);
  expect(await school.get(`/api/resolutions/${second}?from=office`)).toMatchObject({ state: 'closed' });
  await school.say('principal', `/评价 ${second} 师生满意度由61%升到88%`, /./);
  return { item, again, first, second };
}

/** Applies for reconsideration and has it accepted; returns the new item. */
async function reconsidered(school: School, resolution: string): Promise<string> {
  const shown = await school.say('teacher', `/复议 ${resolution}`, /./);
  const action = shown.card?.actions.find((a) => a.fields?.length);
  expect(action, `复议要有申请表：${shown.text}`).toBeDefined();
  await school.press('teacher', action!.label, /申请|受理/, {
    reason: '条件变化',
    facts: '两次招标均流标，市场报价高于预算两成',
    impact: '不变更将无法按期供餐；已支出公告费300元',
    proposal: '调整',
  });
  await school.say('secretary', `/复议 ${resolution} 受理`, /Y\d+/);
  return (await school.get(`/api/resolutions/${resolution}?from=office`))['reconsideredBy'] as string;
}
