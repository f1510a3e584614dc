import { AppError } from '../domain/errors.ts';
import type { PaperRef } from '../domain/message.ts';
import { isPaperKind, paperName, type PaperKind } from '../domain/papers.ts';
import { layOut } from './layout.ts';
import { agenda } from './outline/agenda.ts';
import type { Outline } from './outline/blocks.ts';
import { followUp } from './outline/follow-up.ts';
import { itemForm } from './outline/item-form.ts';
import { minutes } from './outline/minutes.ts';
import { notice } from './outline/notice.ts';
import { reconsideration } from './outline/reconsideration.ts';
import { record } from './outline/record.ts';
import { notThere, type Sources } from './sources.ts';
import { isRestricted } from './words.ts';

/** A file to hand over. */
export interface Paper {
  readonly name: string;
  readonly bytes: Uint8Array;
}

type OneFile = Exclude<PaperKind, 'folder'>;
const OUTLINES: Readonly<Record<OneFile, (sources: Sources) => Outline>> = {
  'item-form': itemForm,
  notice,
  agenda,
  record,
  minutes,
  'follow-up': followUp,
  reconsideration,
};

/** A record is made at the meeting and minutes after it: before that there is nothing to make them of. */
function mustBeTime(kind: OneFile, { meeting }: Sources): void {
  if (kind === 'record' && (meeting?.state === 'called' || meeting?.state === 'cancelled'))
    throw new AppError('not-yet', 409, '会议还没有开，会议记录开会后才有。');
  if (kind === 'minutes' && meeting && meeting.state !== 'closed')
    throw new AppError('not-yet', 409, '会议还没有散会，会议纪要散会后才有。');
}

/** What a paper says, before it is set. Throws `not-found` (404) where a record is missing, `not-yet` (409) before its time. */
export function outlineFor(kind: string, sources: Sources): Outline {
  if (!isPaperKind(kind) || kind === 'folder') throw notThere(`paper of kind ${kind}`);
  mustBeTime(kind, sources);
  return OUTLINES[kind](sources);
}

/** The record's title, for the file's name; that of a restricted record is not put there. */
function titleOf(kind: OneFile, { item, meeting, resolution }: Sources): string {
  if (kind === 'item-form' || kind === 'reconsideration') return isRestricted(item) ? '' : (item?.title ?? '');
  if (kind === 'follow-up') return resolution?.confidentiality === 'committee_only' ? '' : (resolution?.title ?? '');
  return meeting?.number ?? '';
}

/** Makes a paper of its records. Whether the reader may have it is `mayHave`'s question. Faults as in `outlineFor`. */
export async function makePaper(ref: Pick<PaperRef, 'kind' | 'of'>, sources: Sources): Promise<Paper> {
  const outline = outlineFor(ref.kind, sources);
  const kind = ref.kind as OneFile;
  return { name: paperName(kind, ref.of, titleOf(kind, sources)), bytes: await layOut(outline, sources.school.name) };
}
