import { zipSync } from 'fflate';
import type { AgendaItem } from '../domain/agenda-item.ts';
import { auditExtract, asTextFile } from './audit-extract.ts';
import { fileName, type PaperKind, PAPERS, paperName } from '../domain/papers.ts';
import { mayHave } from './may-have.ts';
import { makePaper, type Paper } from './paper.ts';
import type { CaseSources, Sources } from './sources.ts';
import { isRestricted, zhDay } from './words.ts';

/** A paper that belongs in the folder, with the records it is made of. */
interface Sheet {
  readonly kind: Exclude<PaperKind, 'folder'>;
  readonly of: string;
  readonly from: Sources;
}

/** Everything there is on the item, in the order it came about: form, meetings, follow-ups, reconsideration. */
function sheetsOf(item: AgendaItem, sources: CaseSources): readonly Sheet[] {
  const from: Sources = { ...sources, item };
  const first: Sheet = {
    kind: item.reconsiders ? 'reconsideration' : 'item-form',
    of: item.id,
    from: reconsidered(item, from),
  };
  const form: readonly Sheet[] = item.reconsiders ? [first, { kind: 'item-form', of: item.id, from }] : [first];
  const meetings = sources.meetings.flatMap((meeting): readonly Sheet[] => {
    const held = meeting.state === 'open' || meeting.state === 'closed' || meeting.state === 'failed';
    const kinds = ['notice', 'agenda', ...(held ? ['record'] : []), ...(meeting.state === 'closed' ? ['minutes'] : [])];
    return kinds.map((kind) => ({ kind: kind as Sheet['kind'], of: meeting.id, from: { ...from, meeting } }));
  });
  const follow = item.resolutions.flatMap((id): readonly Sheet[] => {
    const resolution = sources.resolutions?.get(id);
    if (!resolution) return [];
    const { source } = resolution;
    const meeting = sources.meetings.find((m) => source.kind === 'meeting' && m.id === source.meeting);
    return [{ kind: 'follow-up', of: id, from: { ...from, resolution, meeting } }];
  });
  return [...form, ...meetings, ...follow];
}

/** A reconsideration is written about the resolution it would change. */
const reconsidered = (item: AgendaItem, from: Sources): Sources =>
  item.reconsiders ? { ...from, resolution: from.resolutions?.get(item.reconsiders), meeting: undefined } : from;

/** What was said in talks and votes is for the members of the body that decides and its recorder (form 12). */
function seesTalks(item: AgendaItem, { reader, meetings }: CaseSources): boolean {
  const decides = item.legs.findLast((l) => l.body === 'party' || l.body === 'principal')?.body;
  const recused = item.recusals.some((r) => r.member === reader.id);
  const recorded = meetings.some((m) => m.body === decides && m.recorder === reader.id);
  return !recused && (recorded || reader.bodies.some((b) => b === decides));
}

const twoFigures = (n: number) => String(n).padStart(2, '0');

/**
 * 一事一卷: the papers of one item that the reader may have, an extract of the audit log and a list of contents that says
 * what was left out and why. Names are UTF-8, at most 80 characters.
 */
export async function makeCaseFolder(item: AgendaItem, sources: CaseSources): Promise<Paper> {
  const files: Record<string, Uint8Array> = {};
  const contents: string[] = [];
  for (const { kind, of, from } of sheetsOf(item, sources)) {
    const may = mayHave(sources.reader, { kind }, from);
    if (may !== true) {
      contents.push(`未列入　${PAPERS[kind]} ${of}　${may.why}`);
      continue;
    }
    const { name, bytes } = await makePaper({ kind, of }, from);
    const numbered = fileName([twoFigures(contents.length + 1), name.replace(/\.docx$/, '')], 'docx');
    files[numbered] = bytes;
    contents.push(numbered);
  }
  const audit = fileName([twoFigures(contents.length + 1), '审计摘录', item.id], 'txt');
  files[audit] = auditExtract(item.id, sources.deeds, sources.roster, seesTalks(item, sources));
  files['00-目录.txt'] = asTextFile([...headOf(item, sources), ...contents, audit]);
  const title = isRestricted(item) ? '' : item.title;
  // Stored with the school's day: a file from the future would puzzle whoever unpacks it.
  return { name: paperName('folder', item.id, title), bytes: zipSync(files, { mtime: `${sources.day}T12:00:00` }) };
}

const headOf = (item: AgendaItem, { school, reader, day }: CaseSources): readonly string[] => [
  `${school.name}　${item.id}　${item.title}`,
  ...(school.demo ? ['演示：人员、编号和数值均为演示值'] : []),
  `${zhDay(day)}为${reader.name}（${reader.title}）制作，只含其有权查看的材料。`,
  '',
];
