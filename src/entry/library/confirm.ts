import { parseArgs } from 'node:util';
import { confirmDocument, type Corrections } from '../../library/keep-documents.ts';
import type { DocumentFacts } from '../../ports/library.ts';
import { factLines, tell, WHOSE, withLibrary } from './open.ts';

const LEVELS: Readonly<Record<string, DocumentFacts['level']>> = {
  中央: 'central',
  central: 'central',
  部委: 'ministry',
  ministry: 'ministry',
  省级: 'province',
  省: 'province',
  province: 'province',
  市级: 'city',
  市: 'city',
  city: 'city',
  县区: 'district',
  县: 'district',
  区: 'district',
  district: 'district',
  学校: 'school',
  school: 'school',
};
const text = { type: 'string' } as const;
const USAGE =
  '用法：npm run library -- confirm <文件编号> [--title …] [--issuer …] [--number …] [--level 学校] [--issued 2024-03-05] [--from 2024-09-01] [--until 2027-09-01] [--replaces 旧文件编号]；写 - 表示没有';

/** `npm run library -- confirm ID […]`: a person has looked at what was read, and corrects what was wrong. */
export async function run(args: readonly string[]): Promise<number> {
  const options = {
    ...WHOSE,
    title: text,
    issuer: text,
    number: text,
    level: text,
    issued: text,
    from: text,
    until: text,
    replaces: text,
  };
  const { values: v, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
  const [id] = positionals;
  const level = v.level === undefined ? undefined : LEVELS[v.level];
  if (id === undefined || positionals.length > 1 || (v.level !== undefined && !level)) {
    console.error(
      v.level !== undefined && !level ? `没有 ${v.level} 这一级；可写 中央、部委、省级、市级、县区、学校` : USAGE,
    );
    return 2;
  }
  const orNone = (value: string) => (value === '-' ? null : value);
  const corrections: Corrections = {
    ...(v.title !== undefined && { title: v.title }),
    ...(v.issuer !== undefined && { issuer: orNone(v.issuer) }),
    ...(v.number !== undefined && { number: orNone(v.number) }),
    ...(level && { level }),
    ...(v.issued !== undefined && { issued: orNone(v.issued) }),
    ...(v.from !== undefined && { effectiveFrom: orNone(v.from) }),
    ...(v.until !== undefined && { effectiveUntil: orNone(v.until) }),
    ...(v.replaces !== undefined && { replaces: orNone(v.replaces) }),
  };
  return withLibrary(v, async (library) => {
    const kept = await confirmDocument(id, corrections, library, Date.now());
    const code = tell(kept, '已确认');
    if (kept.kind === 'done') console.log(factLines(kept.document).join('\n'));
    return code;
  });
}
