import type { Card, CardAction, Reply } from '../domain/message.ts';
import { type Added, addDocument } from '../library/add-document.ts';
import { confirmDocument, type Kept, removeDocument, restoreDocument } from '../library/keep-documents.ts';
import type { Shelves } from '../library/shelf.ts';
import type { DocumentReader } from '../ports/documents.ts';
import type { LibraryDocument, LibraryStore } from '../ports/library.ts';
import { LEVELS } from '../wording/phrases.ts';

/** Where files sent to the assistant go. */
export interface Intake {
  readonly library: LibraryStore;
  readonly reader: DocumentReader;
  readonly shelves?: Shelves | undefined;
  readonly now: () => number;
}

/** Who may put documents into the school's library (role matrix, procedure section 8: the office keeps the papers). */
const MAY_ADD: ReadonlySet<string> = new Set(['office', 'secretary', 'principal', 'deputy_secretary']);
const NOT_YOURS: Reply = {
  text: '往学校文件库里放文件，由书记、校长、专职副书记或办公室主任来做。请把文件发给办公室主任。',
};

const FACTS = [
  ['title', '标题'],
  ['issuer', '发文'],
  ['number', '文号'],
  ['issued', '日期'],
  ['effectiveFrom', '施行'],
  ['effectiveUntil', '失效'],
] as const;

/** What was read from the document, for the person to confirm or correct. */
function confirmCard(document: LibraryDocument, extra: readonly string[]): Card {
  const facts = FACTS.map(([key, label]) => `${label}：${document[key] ?? '没有读到'}${guess(document, key)}`);
  const field = (name: string, label: string) => ({ name, label, type: 'text' as const, required: false });
  const action = (
    id: string,
    label: string,
    style: CardAction['style'],
    fields?: CardAction['fields'],
  ): CardAction => ({
    id: `document:${id}:${document.id}`,
    label,
    style,
    ...(fields && { fields }),
  });
  return {
    title: `《${document.title}》`,
    tone: document.state === 'confirmed' ? 'settled' : 'asks',
    summary: `已放进文件库，共${document.clauses}条，请确认读到的信息`,
    sections: [
      {
        heading: '读到的信息',
        lines: [...facts, `层级：${LEVELS[document.level].zh}`, `分成${document.clauses}条，编号 ${document.id}`],
      },
      ...(extra.length ? [{ heading: '请注意', lines: extra }] : []),
    ],
    actions: [
      action('confirm', '信息没错，确认', 'primary'),
      action('correct', '改一改再确认', 'default', [
        field('title', '标题'),
        field('issuer', '发文机关'),
        field('number', '文号'),
        field('issued', '印发日期（2024-09-01）'),
        field('effectiveFrom', '施行日期'),
        field('effectiveUntil', '失效日期'),
      ]),
      action('remove', '放错了，移除', 'danger'),
    ],
  };
}

const guess = (document: LibraryDocument, key: string): string => {
  const g = document.guesses[key];
  return g && document.state !== 'confirmed' && g.sure !== 'stated' ? '（推断，请核对）' : '';
};

function said(added: Added): Reply {
  switch (added.kind) {
    case 'added': {
      const { document, replaced, newer } = added;
      const extra = [
        ...document.warnings,
        ...(replaced ? [`《${replaced.title}》旧版自 ${document.replacesFrom} 起不再引用，仍保留在库里。`] : []),
        ...(newer ? ['库里已有更新的一版，这一份作为旧版保存。'] : []),
      ];
      return {
        text: `已放进文件库：《${document.title}》，${document.clauses}条。请确认读到的信息。`,
        card: confirmCard(document, extra),
      };
    }
    case 'known':
      return added.document.state === 'removed'
        ? removedReply(added.document, '这份文件放进来过，后来移除了。')
        : { text: `这份文件已经在库里了：《${added.document.title}》（${added.document.id}）。` };
    default:
      return { text: `没有放进去：${added.message}` };
  }
}

const removedReply = (document: LibraryDocument, text: string): Reply => ({
  text,
  card: {
    title: '已移除',
    tone: 'neutral',
    summary: `《${document.title}》（${document.id}）`,
    sections: [],
    actions: [{ id: `document:restore:${document.id}`, label: '恢复', style: 'default' }],
  },
});

const VERBS: ReadonlySet<string> = new Set(['confirm', 'correct', 'remove', 'restore']);
/** What the form of the card may change. */
const CORRECTABLE: ReadonlySet<string> = new Set([
  'title',
  'issuer',
  'number',
  'issued',
  'effectiveFrom',
  'effectiveUntil',
]);

/** A file sent in a direct chat. Groups are no place for it: not everybody there may see it. */
export async function takeDocument(
  file: { name: string; bytes: Uint8Array },
  from: string,
  school: string,
  intake: Intake,
): Promise<Reply> {
  if (!MAY_ADD.has(from)) return NOT_YOURS;
  const added = await addDocument(file.bytes, file.name, {
    reader: intake.reader,
    library: intake.library.forSchool(school),
    now: intake.now,
  });
  intake.shelves?.changed(school);
  return said(added);
}

/** A button of the confirming card: `document:<verb>:<id>`. */
export async function keepDocument(
  action: { id: string; values: Readonly<Record<string, string>> },
  from: string,
  school: string,
  intake: Intake,
): Promise<Reply> {
  if (!MAY_ADD.has(from)) return NOT_YOURS;
  const [, verb, ...rest] = action.id.split(':');
  const id = rest.join(':');
  const library = intake.library.forSchool(school);
  const given = Object.fromEntries(
    Object.entries(action.values)
      .map(([k, v]) => [k, v.trim()] as const)
      .filter(([k, v]) => CORRECTABLE.has(k) && v !== ''),
  );
  if (!verb || !VERBS.has(verb)) return { text: '这个按钮认不得，请用最近一张卡片上的按钮。' };
  const kept: Kept =
    verb === 'remove'
      ? await removeDocument(id, library, intake.now())
      : verb === 'restore'
        ? await restoreDocument(id, library, intake.now())
        : await confirmDocument(id, given, library, intake.now());
  intake.shelves?.changed(school);
  if (kept.kind !== 'done') return { text: kept.message };
  const name = `《${kept.document.title}》（${kept.document.id}）`;
  if (verb === 'remove') return removedReply(kept.document, `${name}已移除，不再引用，随时可以恢复。`);
  return { text: verb === 'restore' ? `${name}已恢复。` : `${name}已确认。` };
}
