import { dayAt } from '../domain/china-time.ts';
import type { Outgoing, PaperRef, Reply } from '../domain/message.ts';
import { AppError } from '../domain/errors.ts';
import type { Member } from '../domain/member.ts';
import type { SchoolProfile } from '../domain/school.ts';
import { rosterOf } from '../office/members/roster.ts';
import { makeCaseFolder } from '../papers/case-folder.ts';
import { mayHave } from '../papers/may-have.ts';
import { makePaper } from '../papers/paper.ts';
import type { HandedFile, Platform } from '../ports/platform.ts';
import type { Work } from './answer-messages.ts';
import { paperSources } from './paper-sources.ts';

/** A message as it goes out, with the papers that its receiver may have today. */
export interface Handed {
  readonly outgoing: Outgoing;
  readonly files: readonly HandedFile[];
}

type Made = { readonly file: HandedFile } | { readonly why: string };

/**
 * The papers of a message, made now and for this receiver: rights are those of the moment of sending. Groups get none,
 * as not everybody there may have them. What is not handed over is said in a line of the message.
 */
export async function withPapers(
  outgoing: Outgoing,
  school: SchoolProfile | undefined,
  platform: Platform,
  work: Pick<Work, 'office' | 'log' | 'now'>,
): Promise<Handed> {
  const papers = outgoing.reply.papers ?? [];
  if (papers.length === 0 || platform.name === 'web') return { outgoing, files: [] };
  if (!platform.handsOver)
    return lacking(outgoing, [`这里发不了文件，请向办公室要：${papers.map((p) => p.name).join('、')}`]);
  if (outgoing.conversation.kind === 'group') return lacking(outgoing, ['文件不在群里发，请私聊我取。']);
  const member = school && (await receiverOf(outgoing, school, work));
  if (!school || !member) return lacking(outgoing, ['文件只发给已绑定的账号，请先发“/绑定 您的姓名”。']);
  const made = await Promise.all(papers.map((ref) => paperFor(ref, school, member, work)));
  const whys = [...new Set(made.flatMap((m) => ('why' in m ? [m.why] : [])))];
  const files = made.flatMap((m) => ('file' in m ? [m.file] : []));
  return whys.length === 0 ? { outgoing, files } : { ...lacking(outgoing, whys), files };
}

const lacking = (outgoing: Outgoing, lines: readonly string[]): Handed => ({
  outgoing: { ...outgoing, reply: withLines(outgoing.reply, lines) },
  files: [],
});

const withLines = (reply: Reply, lines: readonly string[]): Reply => ({
  ...reply,
  text: [reply.text, ...lines].join('\n'),
  ...(reply.card && { card: { ...reply.card, sections: [...reply.card.sections, { heading: '文件', lines }] } }),
});

/** The member an answer is meant for; nothing where the account is nobody's any more. */
async function receiverOf(
  { platform, app, to, conversation }: Outgoing,
  school: SchoolProfile,
  { office }: Pick<Work, 'office'>,
): Promise<Member | undefined> {
  const shown = await office.ledgers.forSchool(school.id).show();
  return rosterOf(shown, school).byAccount(platform, app, to ?? conversation.id);
}

async function paperFor(
  ref: PaperRef,
  school: SchoolProfile,
  member: Member,
  { office, log, now }: Pick<Work, 'office' | 'log' | 'now'>,
): Promise<Made> {
  const found = await paperSources(office.ledgers.forSchool(school.id), school, dayAt(now()), {
    kind: ref.kind,
    id: ref.of,
  });
  if (!found) return { why: '没有找到要的文件。' };
  const may = mayHave(member, ref, found);
  if (may !== true) return { why: may.hidden ? '没有找到要的文件。' : may.why };
  try {
    const sources = { ...found, reader: member };
    if (ref.kind !== 'folder') return { file: await makePaper(ref, sources) };
    return found.item ? { file: await makeCaseFolder(found.item, sources) } : { why: '没有找到要的文件。' };
  } catch (error) {
    if (error instanceof AppError) return { why: error.message };
    log('paper-failed', { kind: ref.kind, of: ref.of, error: String(error) });
    return { why: '文件没有做成，请稍后再要一次，或者请办公室帮忙。' };
  }
}
