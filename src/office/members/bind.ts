import { type Account, type Claim, hasRole, type Member } from '../../domain/member.ts';
import type { Reply } from '../../domain/message.ts';
import { button, mustBe, type Said } from '../command.ts';
import { Refusal } from '../refusal.ts';
import type { Scene } from '../scene.ts';
import { accountWord, isUnbound, PLATFORM_WORDS, sameAccount, unboundMember } from './unbound.ts';

/** Claims kept of one member: whoever tries more goes to the office in person. */
const MOST_CLAIMS = 5;

const whereOf = ({ platform, user }: Account): string => `${PLATFORM_WORDS[platform]}账号 ${user}`;

/** `/绑定 张三`, from an account that is nobody's: the office is asked to confirm. Nothing is bound by asking. */
export function bindRequest(scene: Scene, said: Said): Reply {
  const { by, school } = scene;
  if (!isUnbound(by)) return { text: `您已经绑定为${by.name}（${by.title}），不用再绑定。` };
  if (school.demo) throw new Refusal('demo', '演示学校的成员是固定的，不绑定账号。正式使用请先建学校。');
  const name = (said.values['name'] ?? said.words).trim();
  if (name === '') throw new Refusal('no-name', '请写上您的姓名，例如：/绑定 张三');
  const account = by.accounts[0]!;
  const member = claimable(scene, name, account);
  const asked = scene.roster.withRole('office').filter((m) => m.accounts.length > 0);
  if (asked.length === 0) throw new Refusal('no-office', byOperator(member, account));
  putMember(scene, { ...member, claims: [...(member.claims ?? []), { account, at: scene.at }] });
  scene.did('claim-account', member.id, { platform: account.platform, user: account.user });
  for (const office of asked) scene.tell(office.id, askOffice(member, account));
  return { text: `已请办公室（${asked.map((m) => m.name).join('、')}）核对您是不是${member.name}，核对后会告诉您。` };
}

function claimable(scene: Scene, name: string, account: Account): Member {
  const fits = scene.roster.all.filter((m) => m.name === name || m.id === name);
  if (fits.length > 1)
    throw new Refusal('several', `名册里有 ${fits.length} 位${name}。请直接找办公室，由办公室绑定。`);
  const member = fits[0];
  if (!member)
    throw new Refusal('unknown-member', `名册里没有“${name}”。请写身份证件上的姓名；新来的老师请先请办公室登记。`);
  const claims = member.claims ?? [];
  const before = claims.find((c) => sameAccount(c.account, account));
  if (before?.refused) throw new Refusal('refused', '办公室没有认可这次绑定。如有误会，请当面找办公室。');
  if (before) throw new Refusal('asked', `已经请办公室核对过了，请等一等；着急可以直接找办公室。`);
  if (claims.length >= MOST_CLAIMS) throw new Refusal('too-many', `有好几个账号要绑定为${name}，请当面找办公室核对。`);
  return member;
}

const byOperator = (member: Member, account: Account): string =>
  `办公室还没有绑定账号，没有人能核对。请系统管理员运行：npm run school -- members bind ${member.id} ${account.platform} ${account.user}`;

function askOffice(member: Member, account: Account): Reply {
  const words = `${member.id} ${accountWord(account)}`;
  const summary = `${whereOf(account)}的使用者说自己是${member.name}（${member.title}）。请当面或打电话核实后再确认。`;
  const already = member.accounts.map((a) => `${member.name}已绑定：${whereOf(a)}`);
  const actions = [
    button(`/确认绑定 ${words}`, '是本人，绑定', 'primary'),
    button(`/拒绝绑定 ${words}`, '不是本人', 'danger'),
  ];
  const sections = already.length > 0 ? [{ heading: '请注意', lines: already }] : [];
  return { text: summary, card: { title: '请核对身份', tone: 'asks', summary, sections, actions } };
}

/** `/确认绑定 m3 feishu:cli_a1:ou_b2`, by the office. One account is one member's. */
export function confirmBinding(scene: Scene, said: Said): Reply {
  const { member, claim } = claimNamed(scene, said);
  const { account } = claim;
  const holder = scene.all('member').find((m) => m.id !== member.id && m.accounts.some((a) => sameAccount(a, account)));
  if (holder) throw new Refusal('bound-elsewhere', `这个账号已经绑定为${holder.name}，一个账号只能是一个人。`);
  const told = member.accounts.length > 0;
  putMember(scene, without(claim, { ...member, accounts: [...member.accounts, account] }));
  scene.did('bind-account', member.id, { platform: account.platform, user: account.user });
  scene.tell(unboundMember(account).id, {
    text: `办公室已核对，这个账号绑定为${member.name}（${member.title}）。发“/帮助”看能做什么。`,
  });
  // Whoever holds the older account hears of the new one: a wrong confirmation does not stay unnoticed.
  if (told) scene.tell(member.id, { text: `您的身份新绑定了${whereOf(account)}。如果不是您本人，请马上告诉办公室。` });
  return { text: `已绑定：${whereOf(account)}是${member.name}。` };
}

/** `/拒绝绑定 m3 feishu:cli_a1:ou_b2`, by the office: the claim stays as refused, and is not asked about again. */
export function refuseBinding(scene: Scene, said: Said): Reply {
  const { member, claim } = claimNamed(scene, said);
  const refused: Claim = { ...claim, refused: { by: scene.by.id, at: scene.at } };
  const others = (member.claims ?? []).filter((c) => c !== claim);
  putMember(scene, { ...member, claims: [...others, refused] });
  scene.did('refuse-account', member.id, { platform: claim.account.platform, user: claim.account.user });
  const text = `办公室没有认可这个账号绑定为${member.name}。如有误会，请当面找办公室。`;
  scene.tell(unboundMember(claim.account).id, { text });
  return { text: `没有绑定，已告诉对方。${whereOf(claim.account)}不会再来问。` };
}

function claimNamed(scene: Scene, said: Said): { member: Member; claim: Claim } {
  mustBe(hasRole(scene.by, 'office'), '核对账号', '办公室主任');
  const [id = '', word = ''] = said.words.trim().split(/\s+/);
  const named = scene.roster.named(id);
  const member = named && scene.get('member', named.id);
  const claim = member?.claims?.find((c) => accountWord(c.account) === word && !c.refused);
  if (!member || !claim) throw new Refusal('no-claim', '没有这条等核对的绑定，可能已经办过了。');
  return { member, claim };
}

function without(claim: Claim, { claims = [], ...member }: Member): Member {
  const left = claims.filter((c) => c !== claim);
  return { ...member, ...(left.length > 0 && { claims: left }) };
}

const putMember = (scene: Scene, record: Member): void => scene.put({ kind: 'member', record, open: true });
