import type { Account, Member, Roster } from '../domain/member.ts';
import type { Conversation, Outgoing, PlatformName, Reply } from '../domain/message.ts';
import type { SchoolProfile } from '../domain/school.ts';
import { PLATFORM_WORDS, unboundNamed } from './members/unbound.ts';
import { keyFrom } from './send-key.ts';
import type { Telling } from './scene.ts';

export interface Delivery {
  readonly school: SchoolProfile;
  readonly at: number;
  /** What is being said, e.g. `round:2026-11-23` or the id of the message that led to it: the same for every try. */
  readonly key: string;
  /** Whether a record may be spoken of only among those who deal with it. */
  readonly isConfidential?: (about: string) => boolean;
}

interface Target {
  readonly platform: PlatformName;
  readonly app: string;
  readonly conversation: Conversation;
  /** The one person written to. */
  readonly to?: string;
}

/** A platform's group in `digest_group` and the like: `feishu:cli_a1:oc_b2`; a bare id is a group of the web chat or of the school's own platform. */
const GROUP = new RegExp(`^(${Object.keys(PLATFORM_WORDS).join('|')}):([^:]*):(.+)$`);

/** The same school, deed, recipient and turn give the same key. */
const keyOf = (...parts: readonly (string | number)[]): Promise<string> => keyFrom(parts.join('\n'));

const directTo = ({ platform, app, user, chat }: Account): Target => ({
  platform,
  app,
  // The web chat's direct conversation is the member; elsewhere the chat, where one is known.
  conversation: { kind: 'direct', id: platform === 'web' ? user : (chat ?? user) },
  to: user,
});

/** A card about a record follows it. */
const following = ({ reply, about }: Telling): Reply =>
  reply.card && about !== undefined && !reply.follows ? { ...reply, follows: about } : reply;

/** The account a person is written to: the one bound first. */
const targetOf = (member: Member | undefined): Target | undefined =>
  member?.accounts[0] && directTo(member.accounts[0]);

function groupTarget(group: string, { school }: Delivery, roster: Roster): Target | undefined {
  const [, platform, app, id] = GROUP.exec(group) ?? [];
  if (platform) return { platform: platform as PlatformName, app: app!, conversation: { kind: 'group', id: id! } };
  const first = roster.all.flatMap((m) => m.accounts).find((a) => school.demo || a.platform !== 'web');
  return first && { platform: first.platform, app: first.app, conversation: { kind: 'group', id: group } };
}

/**
 * Tellings as messages on their way, one account a person. What is meant for somebody without an account goes to the
 * office with a line that says so; of a confidential matter the office hears only that there is something. Where the
 * office has no account either, it is nobody's: left out.
 */
export async function outgoingsOf(
  tellings: readonly Telling[],
  roster: Roster,
  delivery: Delivery,
): Promise<readonly Outgoing[]> {
  const turns = new Map<string, number>();
  const sends: Outgoing[] = [];
  for (const telling of tellings) {
    const to = 'member' in telling.to ? `member:${telling.to.member}` : `group:${telling.to.group}`;
    const turn = turns.get(to) ?? 0;
    turns.set(to, turn + 1);
    const aimed = aim(telling, roster, delivery);
    if (aimed) sends.push({ key: await keyOf(delivery.school.id, delivery.key, to, turn), ...aimed });
  }
  return sends;
}

function aim(telling: Telling, roster: Roster, delivery: Delivery): (Target & { reply: Reply }) | undefined {
  const { to } = telling;
  if ('group' in to) {
    const target = groupTarget(to.group, delivery, roster);
    return target && { ...target, reply: following(telling) };
  }
  const own = targetOf(roster.get(to.member) ?? unboundNamed(to.member));
  if (own) return { ...own, reply: following(telling) };
  const office = roster
    .withRole('office')
    .map(targetOf)
    .find((t) => t !== undefined);
  return office && { ...office, reply: passedOn(telling, roster.nameOf(to.member), delivery) };
}

function passedOn({ reply, about }: Telling, name: string, { isConfidential }: Delivery): Reply {
  if (about !== undefined && isConfidential?.(about))
    return { text: `${name}没有绑定账号，有一件不便转告的事要告诉本人。请帮其绑定账号。` };
  return { text: `${name}没有绑定账号，收不到下面这条消息，请转告：\n${reply.text}` };
}
