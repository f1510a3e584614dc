import { Hono } from 'hono';
import { AppError } from '../domain/errors.ts';
import type { Member } from '../domain/member.ts';
import type { SchoolProfile } from '../domain/school.ts';
import { makeCaseFolder } from '../papers/case-folder.ts';
import { isPaperKind, type PaperKind } from '../domain/papers.ts';
import { mayHave } from '../papers/may-have.ts';
import { makePaper, type Paper } from '../papers/paper.ts';
import { notThere, type CaseSources, type Sources } from '../papers/sources.ts';

/** The records for a paper; for a folder also its meetings and deeds. */
export type FoundSources = Omit<Sources, 'reader'> & Partial<Pick<CaseSources, 'meetings' | 'deeds'>>;

export interface PaperDeps {
  /** Only the demo school's papers go out over plain HTTP; platforms send files to people they have verified. */
  readonly demo: boolean;
  readonly school: () => SchoolProfile;
  readonly memberOf: (school: SchoolProfile, id: string) => Promise<Member | undefined>;
  /** `undefined` where there is no such record. What the member may see of it is decided here. */
  readonly sourcesOf: (
    school: SchoolProfile,
    member: Member,
    of: { readonly kind: PaperKind; readonly id: string },
  ) => Promise<FoundSources | undefined>;
}

const TYPES: Readonly<Record<string, string>> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  zip: 'application/zip',
};
const RECORD_ID = /^[YHJR]\d{1,9}$/;

/** A file name in a header, in Chinese for those who read RFC 5987 and plain for the rest. */
export function disposition(name: string, plain: string): string {
  const coded = encodeURIComponent(name.toWellFormed()).replace(
    /['()*!]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${coded}`;
}

function fileAnswer({ name, bytes }: Paper, plain: string): Response {
  const ending = name.slice(name.lastIndexOf('.') + 1);
  return new Response(bytes as Uint8Array<ArrayBuffer>, {
    headers: {
      'Content-Type': TYPES[ending]!,
      'Content-Disposition': disposition(name, `${plain}.${ending}`),
      'Content-Length': String(bytes.byteLength),
      'Cache-Control': 'private, no-store',
      'X-Content-Type-Options': 'nosniff',
    },
  });
}

/** `GET /papers/:kind/:of?from=memberId`: the paper, 403 with the reason, or 404 — the same whether it is not there or not to be known. */
export function paperRoutes(deps: PaperDeps): Hono {
  const app = new Hono();
  app.get('/papers/:kind/:of', async (c) => {
    try {
      return await answer(deps, c.req.param('kind'), c.req.param('of').toUpperCase(), c.req.query('from') ?? '');
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return c.json({ error: { code: error.code, message: error.message } }, error.status);
    }
  });
  return app;
}

async function answer(deps: PaperDeps, kind: string, id: string, from: string): Promise<Response> {
  if (!deps.demo) throw new AppError('not-found', 404, '没有这个地址。');
  const school = deps.school();
  const member = await deps.memberOf(school, from);
  if (!member) throw new AppError('unknown-member', 403, '演示学校里没有这个人。');
  if (!isPaperKind(kind) || !RECORD_ID.test(id)) throw notThere(`${kind} ${id}`);
  const found = await deps.sourcesOf(school, member, { kind, id });
  if (!found) throw notThere(`${kind} ${id}`);
  const may = mayHave(member, { kind }, found);
  if (may !== true) throw may.hidden ? notThere(`${kind} ${id}`) : new AppError('not-yours', 403, may.why);
  return fileAnswer(await made(kind, id, { ...found, reader: member }), `${kind}-${id}`);
}

function made(kind: PaperKind, id: string, sources: FoundSources & { reader: Member }): Promise<Paper> {
  if (kind !== 'folder') return makePaper({ kind, of: id }, sources);
  if (!sources.item) throw notThere(`folder ${id}`);
  return makeCaseFolder(sources.item, { ...sources, meetings: sources.meetings ?? [], deeds: sources.deeds ?? [] });
}
