import { join } from 'node:path';
import type { LibraryDocument, SchoolLibrary } from '../../ports/library.ts';
import type { Kept } from '../../library/keep-documents.ts';
import { libraryOn } from '../../stores/library.ts';
import { sqliteDatabase } from '../../stores/sqlite.ts';
import { ROOT } from '../knowledge/compiled.ts';
import { settingsFrom } from '../settings.ts';

/** What the document commands share: the options that say whose library, and how a document is shown in a line. */
export const WHOSE = { school: { type: 'string' }, common: { type: 'boolean', default: false } } as const;

/** Opens the library of the school named, else of the school served here; `--common` the one shared by all schools. */
export async function withLibrary<T>(
  { school, common }: { school?: string | undefined; common?: boolean | undefined },
  work: (library: SchoolLibrary) => Promise<T>,
): Promise<T> {
  const settings = settingsFrom(process.env);
  const database = sqliteDatabase(join(settings.YISHI_DATA, 'yishi.db'), join(ROOT, 'migrations'));
  try {
    const store = libraryOn(database);
    return await work(common ? store.common() : store.forSchool(school ?? settings.YISHI_SCHOOL));
  } finally {
    await database.close();
  }
}

const LEVELS = {
  central: '中央',
  ministry: '部委',
  province: '省级',
  city: '市级',
  district: '县区',
  school: '学校',
} as const;
const SURE: Readonly<Record<string, string>> = { stated: '文中写明', likely: '按位置推断', guessed: '猜测' };
const STATES = { added: '待确认', confirmed: '已确认', removed: '已移除' } as const;

/** One line for a list. */
export function lineOf(d: LibraryDocument): string {
  const replaced = d.supersededBy ? `，${d.supersededFrom} 起由 ${d.supersededBy} 代替` : '';
  return `${d.id}  ${STATES[d.state]}  ${d.school === '' ? '共用' : '本校'}  ${LEVELS[d.level]}  《${d.title}》${d.number ?? ''}  ${d.clauses} 条${replaced}`;
}

/** The facts with what each rests on, for the person who is to confirm them. */
export function factLines(d: LibraryDocument): string[] {
  const row = (name: string, label: string, value: string | null) => {
    const guess = d.guesses[name];
    const basis =
      !guess || d.state === 'confirmed' ? '' : `（${SURE[guess.sure] ?? guess.sure}：${guess.evidence.slice(0, 40)}）`;
    return `  ${label}：${value ?? '没有读到'}${value === null ? '' : basis}`;
  };
  return [
    row('title', '标题', d.title),
    row('issuer', '发文', d.issuer),
    row('number', '文号', d.number),
    row('level', '层级', LEVELS[d.level]),
    row('issued', '日期', d.issued),
    row('effectiveFrom', '施行', d.effectiveFrom),
    row('effectiveUntil', '失效', d.effectiveUntil),
    ...(d.replaces ? [`  代替：${d.replaces}（自 ${d.replacesFrom}）`] : []),
    ...(d.supersededBy ? [`  被代替：${d.supersededBy}（自 ${d.supersededFrom}）`] : []),
    ...d.warnings.map((w) => `  注意：${w}`),
  ];
}

/** Tells how a change ended; the exit code. */
export function tell(kept: Kept, done: string): number {
  if (kept.kind === 'done') {
    console.log(`${done}：${lineOf(kept.document)}`);
    return 0;
  }
  console.error(kept.message);
  return 1;
}
