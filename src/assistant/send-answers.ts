import type { Outgoing } from '../domain/message.ts';
import type { Platform, Sent } from '../ports/platform.ts';
import type { Waiting } from '../ports/store.ts';
import { dayAt } from '../domain/china-time.ts';
import { withItsWords } from '../wording/beside-card.ts';
import type { Work } from './answer-messages.ts';
import { isGone, noteGone } from './gone.ts';
import { withPapers } from './hand-papers.ts';
import { markedLate } from './late.ts';
import { left, soonOr, type UnderWay } from './under-way.ts';

const LEASE_MS = 60_000;
const AT_ONCE = 20;
/**
 * As long as Feishu itself goes on delivering to us. Platforms honour a send key for an hour after it has arrived, and
 * tries follow each other within a minute, so a lost acknowledgement is met by the next of them.
 */
const LAST_TRY_MS = 6 * 3_600_000;

/** Full jitter: a random wait up to a ceiling that doubles, at most a minute. */
const backOff = (attempts: number, random: () => number): number =>
  Math.round(random() * Math.min(60_000, 1000 * 2 ** attempts)) + 200;

/** Sends what is due, chat by chat. Returns how much was taken up. */
export async function sendDue(work: Work, under?: UnderWay): Promise<number> {
  const sends = await work.store.claimSends(work.now(), LEASE_MS, AT_ONCE);
  const chats = Map.groupBy(sends, (s) => `${s.outgoing.platform}:${s.outgoing.conversation.id}`);
  const all = Promise.all([...chats.values()].map((list) => sendChat(list, work))).then(() => {});
  // Their leases keep what is on its way, and what follows it in the same chat, from being taken up again.
  if (!under) await all;
  else if (!(await soonOr(all))) left(all, under, work);
  return sends.length;
}

/** Sends what one chat is owed, in order; the first that must wait keeps the rest of its chat waiting. */
async function sendChat(list: readonly Waiting[], work: Work): Promise<void> {
  let blocked: { at: number; why: string } | null = null;
  for (const waiting of list) {
    const { outgoing, attempts, createdAt } = waiting;
    if (blocked) {
      await work.store.sendLater(outgoing.key, blocked.at, blocked.why);
      continue;
    }
    const now = work.now();
    const result = await sendOne(waiting, work);
    if (result.kind === 'sent') await work.store.sent(outgoing.key);
    else if (result.kind === 'undeliverable') await givenUp(outgoing, result, work);
    else if (now - createdAt > LAST_TRY_MS) await givenUp(outgoing, { kind: 'undeliverable', why: result.why }, work);
    else {
      blocked = { at: Math.max(result.after, now + backOff(attempts, work.random)), why: result.why };
      await work.store.sendLater(outgoing.key, blocked.at, blocked.why);
      work.log('send-later', { key: outgoing.key, why: result.why, attempts });
    }
  }
}

const GONE = '对方停用了机器人或已离开，等本人再说话';

async function sendOne({ school, outgoing, createdAt }: Waiting, work: Work): Promise<Sent> {
  const platform = work.platforms.get(outgoing.platform);
  if (!platform) return { kind: 'undeliverable', why: `no platform ${outgoing.platform}` };
  const now = work.now();
  try {
    if (await isGone(outgoing, work)) return { kind: 'undeliverable', why: GONE, gone: true };
    return await handOut(platform, outgoing, { school, createdAt, now }, work);
  } catch (error) {
    return { kind: 'try-later', after: now, why: String(error) };
  }
}

/** A dead letter; of somebody who is gone only the first is told to the operator. */
async function givenUp(
  outgoing: Outgoing,
  { why, gone }: Extract<Sent, { kind: 'undeliverable' }>,
  work: Work,
): Promise<void> {
  await work.store.undeliverable(outgoing.key, why);
  if (gone && !(await noteGone(outgoing, work))) return;
  work.log('send-dead', { key: outgoing.key, why, ...(gone && { gone: true }) });
}

/** Sends it with the papers its receiver may have now. */
async function handOut(
  platform: Platform,
  outgoing: Outgoing,
  { school, createdAt, now }: { readonly school: string; readonly createdAt: number; readonly now: number },
  work: Work,
): Promise<Sent> {
  const handed = await withPapers(outgoing, work.schools.on(school, dayAt(now)), platform, work);
  const said = { ...handed.outgoing, reply: withItsWords(handed.outgoing.reply) };
  return platform.send(markedLate(said, createdAt, now), now, handed.files);
}
