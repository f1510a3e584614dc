import type { Account, Member } from '../../domain/member.ts';
import type { PlatformName, Reply } from '../../domain/message.ts';

/** What people call the platforms. */
export const PLATFORM_WORDS: Readonly<Record<PlatformName, string>> = {
  web: '网页',
  feishu: '飞书',
  'wecom-app': '企业微信应用',
  'wecom-aibot': '企业微信智能机器人',
  'wecom-robot': '企业微信群机器人',
  wechaty: '微信',
};

/** An account as a word of a command: `feishu:cli_a1:ou_b2`, its parts escaped so that no blank or colon is left. */
export const accountWord = ({ platform, app, user }: Account): string =>
  [platform, app, user].map(encodeURIComponent).join(':');

export const sameAccount = (a: Account, b: Account): boolean =>
  a.platform === b.platform && a.user === b.user && (a.app === b.app || a.app === '' || b.app === '');

/**
 * Somebody the school has not bound: no roles, no bodies, so nothing is allowed that is not allowed to everyone. The id
 * holds the account; what is told to that id is sent there.
 */
export function unboundMember(account: Account): Member {
  const chat = account.chat === undefined ? '' : `:${encodeURIComponent(account.chat)}`;
  return {
    id: `unbound:${accountWord(account)}${chat}`,
    name: '未绑定的账号',
    title: '',
    roles: [],
    bodies: [],
    accounts: [account],
  };
}

/** The unbound person an id stands for; nothing for a member's id. */
export function unboundNamed(id: string): Member | undefined {
  const [mark, ...parts] = id.split(':');
  if (mark !== 'unbound' || parts.length < 3) return undefined;
  const [platform, app, user, chat] = parts.map(decodeURIComponent);
  return unboundMember({ platform: platform as PlatformName, app: app!, user: user!, ...(chat && { chat }) });
}

export const isUnbound = (member: Member): boolean => member.id.startsWith('unbound:');

/** Told to whoever writes from an account that is nobody's and wants more than a question about the rules. */
export const howToBind: Reply = {
  text: '我还不知道您是哪位，所以只能答规则方面的问题。请私聊我发“/绑定 您的姓名”，办公室核对后就能办事了。',
};
