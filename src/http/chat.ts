import type { Work } from '../assistant/answer-messages.ts';
import { DIALOGUE_MS } from '../assistant/converse.ts';
import { demoGroup, demoMember } from '../assistant/demo.ts';
import { receiveForLibrary } from '../assistant/receive-for-library.ts';
import type { Arriving } from '../assistant/take-document.ts';
import type { OfficeTurned } from '../assistant/office-turn.ts';
import { takeTurn } from '../assistant/take-turn.ts';
import { AppError } from '../domain/errors.ts';
import type { Reply } from '../domain/message.ts';
import type { SchoolProfile } from '../domain/school.ts';
import type { Telling } from '../office/scene.ts';
import type { Dialogue } from '../ports/store.ts';
import { bytesOf } from './doors.ts';

/** `POST /api/chat`: the demo school's people in the web chat. Shapes are promised in the contract. */
export interface ChatBody {
  /** Given by a client that may have to repeat itself: the same id gets the same answer and is done once. */
  readonly id?: string | undefined;
  readonly conversation: { readonly id: string; readonly kind: 'group' | 'direct' };
  readonly from: string;
  readonly text?: string | undefined;
  /** The text of the message replied to. */
  readonly quote?: string | undefined;
  readonly action?: { readonly id: string; readonly values?: Readonly<Record<string, string>> | undefined } | undefined;
  readonly file?: { readonly name: string; readonly base64: string } | undefined;
}

export interface ChatReply extends Reply {
  readonly to: { readonly kind: 'group' | 'direct'; readonly id: string };
  readonly files?: readonly { readonly name: string; readonly url: string }[];
  /** Why nothing was done, as a code that never changes its meaning. */
  readonly refused?: string;
}

const NAMED = /[@＠]\s*(?:议事|yishi)[\s,，:：]*/gi;
/** How long a repeated request still gets the answer it had. */
const REPEAT_MS = 24 * 3_600_000;

export async function chatOnce(work: Work, school: SchoolProfile, body: ChatBody): Promise<readonly ChatReply[]> {
  mustBeThere(body);
  const said = body.text ?? '';
  if (!isAddressed(body, said)) return [];
  const now = work.now();
  const key = `chat:${school.id}:${body.from}:${body.id ?? crypto.randomUUID()}`;
  const before = body.id === undefined ? undefined : await work.notebook.read(key, now);
  if (before) return before as readonly ChatReply[];
  const to = { kind: body.conversation.kind, id: body.conversation.id };
  const action = body.action && { id: body.action.id, values: body.action.values ?? {} };
  const from = { platform: 'web', app: 'demo', id: body.from } as const;
  const file = body.file && arrivedWith(body.file);
  const received = await receiveForLibrary({ from, chat: to.kind, file, action }, school.id, work.intake);
  if (received) return [withLinks({ to, ...received }, body.from)];

  const id = `web:${to.kind}:${to.id}:${body.from}`;
  const dialogue = await work.store.dialogue(school.id, id, now);
  const text = said.replace(NAMED, ' ').trim();
  const heard = {
    text,
    action,
    file,
    quoted: body.quote,
    school,
    by: demoMember(body.from)!,
    place: to,
    dialogue,
    at: now,
  };
  const replies = ({ reply, tellings = [], refused }: Partial<OfficeTurned> & { reply: Reply }) => [
    withLinks({ to, ...reply, ...(refused && { refused }) }, body.from),
    ...tellings.map((t) => toldTo(t)),
  ];
  const taken = await takeTurn(heard, key, work, async (turned) => ({
    replies: [],
    ...(body.id !== undefined && { note: { key, body: replies(turned), until: now + REPEAT_MS } }),
  }));
  const next = taken.committed
    ? { ...(dialogue ?? { question: '', facts: {} }), ...(taken.about && { about: taken.about }) }
    : taken.dialogue;
  await remember(work, school.id, id, next, now);
  const all = replies(taken);
  if (!taken.committed && body.id !== undefined) await work.notebook.write(key, all, now + REPEAT_MS);
  return all;
}

const remember = (work: Work, school: string, id: string, next: Dialogue | null, now: number): Promise<void> =>
  work.store.saveDialogue(school, id, next ?? { question: '', facts: {} }, next ? now + DIALOGUE_MS : now);

function mustBeThere({ from, conversation }: ChatBody): void {
  if (!demoMember(from)) throw new AppError('unknown-member', 403, '演示学校里没有这个人。');
  if (conversation.kind !== 'group') return;
  const group = demoGroup(conversation.id);
  if (!group) throw new AppError('unknown-group', 404, '演示学校里没有这个群。');
  if (!group.members.includes(from)) throw new AppError('not-in-group', 403, '您不在这个群里。');
}

/** Groups: only what names the assistant, a command, a button or a file. */
const isAddressed = (body: ChatBody, said: string): boolean =>
  body.conversation.kind === 'direct' ||
  body.file !== undefined ||
  body.action !== undefined ||
  said.search(NAMED) >= 0 ||
  /^[\s\u3000]*[/／!！]/.test(said);

const toldTo = ({ to, reply }: Telling): ChatReply =>
  'member' in to
    ? withLinks({ to: { kind: 'direct', id: to.member }, ...reply }, to.member)
    : withLinks({ to: { kind: 'group', id: to.group }, ...reply }, '');

/** Papers as links that this reader may open. */
export function withLinks(reply: ChatReply, reader: string): ChatReply {
  if (!reply.papers?.length) return reply;
  const files = reply.papers.map((p) => ({
    name: p.name,
    url: `/papers/${p.kind}/${p.of}?from=${encodeURIComponent(reader)}`,
  }));
  return { ...reply, files };
}

/** A file that came with the request: there is nothing left to fetch. */
const arrivedWith = ({ name, base64 }: NonNullable<ChatBody['file']>): Arriving => ({
  name,
  size: Math.floor((base64.length * 3) / 4),
  fetch: async () => ({ kind: 'file', bytes: bytesOf(base64) }),
});
