import * as z from 'zod/mini';
import type { Finding } from '../../src/ports/platform.ts';
import type { FeishuClient } from './client.ts';
import type { FeishuSettings } from './settings.ts';

/**
 * What the app has to be granted and subscribed to, said once: the doctor looks for it and docs/feishu.md lists it.
 * `also` are names that stand for the same.
 */
interface Permission {
  readonly scope: string;
  readonly also?: readonly string[];
  readonly what: string;
  readonly needed: boolean;
}

export const PERMISSIONS: readonly Permission[] = [
  {
    scope: 'im:message.p2p_msg:readonly',
    also: ['im:message.p2p_msg', 'im:message'],
    what: '读单聊消息',
    needed: true,
  },
  {
    scope: 'im:message.group_at_msg:readonly',
    also: ['im:message.group_at_msg', 'im:message'],
    what: '读群里 @ 机器人的消息（不读其余群消息）',
    needed: true,
  },
  { scope: 'im:message:send_as_bot', also: ['im:message'], what: '回复、提醒', needed: true },
  {
    scope: 'im:message:update',
    also: ['im:message'],
    what: '把卡片改成最新状态；不开就另发新卡片',
    needed: false,
  },
  {
    scope: 'im:message:readonly',
    also: ['im:message'],
    what: '取单聊里发来的文件、看被引用的消息',
    needed: false,
  },
  { scope: 'im:resource', also: ['im:resource:upload'], what: '发纪要、申报单等文件', needed: false },
  {
    scope: 'im:chat.members:bot_access',
    also: ['im:chat', 'im:chat:readonly'],
    what: '进群时打招呼',
    needed: false,
  },
  {
    scope: 'cardkit:card:write',
    what: '接了大模型时，先答“请稍候”再逐字显示；不接模型不用开',
    needed: false,
  },
  {
    scope: 'contact:contact.base:readonly',
    what: '用 npm run feishu -- members 按姓名对名册；手工绑定不用开',
    needed: false,
  },
];

/** What is subscribed to under 事件配置; `card.action.trigger` stands on a page of its own, 回调配置. */
export const EVENTS: readonly { readonly type: string; readonly what: string; readonly needed: boolean }[] = [
  { type: 'im.message.receive_v1', what: '收消息', needed: true },
  { type: 'im.message.recalled_v1', what: '消息撤回后不再作答', needed: false },
  { type: 'im.chat.member.bot.added_v1', what: '进群时打招呼', needed: false },
  { type: 'im.chat.access_event.bot_p2p_chat_entered_v1', what: '第一次打开单聊时打招呼', needed: false },
  { type: 'application.bot.menu_v6', what: '机器人菜单', needed: false },
];

const grantedShape = z.object({
  scopes: z.array(z.object({ scope_name: z.string(), grant_status: z.number() })),
});
const GRANTED = 1;

/** open.feishu.cn › 查询租户授权状态 */
export async function scopeFindings(client: FeishuClient): Promise<Finding[]> {
  const answer = await client.ask('/application/v6/scopes');
  const read = answer.ok ? z.safeParse(grantedShape, answer.body['data']).data : undefined;
  if (!read)
    return [
      {
        level: 'hint',
        found: '查不到应用有哪些权限',
        todo: `开放平台 › 权限管理，核对：${PERMISSIONS.map((p) => p.scope).join('、')}`,
      },
    ];
  const granted = new Set(read.scopes.filter((s) => s.grant_status === GRANTED).map((s) => s.scope_name));
  const missing = PERMISSIONS.filter(({ scope, also = [] }) => ![scope, ...also].some((name) => granted.has(name)));
  if (missing.length === 0) return [{ level: 'good', found: '权限都开通了' }];
  return missing.map(({ scope, what, needed }) => ({
    level: needed ? 'bad' : 'warning',
    found: `没有权限 ${scope}（${what}）`,
    todo: `开放平台 › 权限管理，开通 ${scope}，再发布版本`,
  }));
}

const versionsShape = z.object({
  items: z.array(z.object({ event_infos: z.array(z.object({ event_type: z.string() })) })),
});

/** open.feishu.cn › 获取应用版本列表: the events of the version published last, where the app may ask for it. */
export async function subscriptionFindings(client: FeishuClient, { appId }: FeishuSettings): Promise<Finding[]> {
  const path = `/application/v6/applications/${encodeURIComponent(appId)}/app_versions?lang=zh_cn&page_size=1&order=1`;
  const answer = await client.ask(path);
  const [version] = (answer.ok && z.safeParse(versionsShape, answer.body['data']).data?.items) || [];
  const cards = '「回调配置」里添加 card.action.trigger';
  if (!version)
    return [
      {
        level: 'hint',
        found: '订阅了哪些事件，这个应用无权查询',
        todo: `开放平台 › 事件与回调：「事件配置」里添加 ${EVENTS.map((e) => e.type).join('、')}；${cards}；然后发布版本`,
      },
    ];
  const subscribed = new Set(version.event_infos.map((e) => e.event_type));
  const missing = EVENTS.filter(({ type }) => !subscribed.has(type));
  return [
    ...missing.map(({ type, what, needed }): Finding => ({
      level: needed ? 'bad' : 'warning',
      found: `没有订阅事件 ${type}（${what}）`,
      todo: `开放平台 › 事件与回调 › 事件配置，添加 ${type}，再发布版本`,
    })),
    ...(missing.length === 0 ? [{ level: 'good', found: '事件都订阅了' } as const] : []),
    { level: 'hint', found: '卡片按钮的回调没有接口可查', todo: `开放平台 › 事件与回调：${cards}` },
  ];
}
