import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { documentReader } from '../../src/documents/read.ts';
import { ROOT } from '../../src/entry/knowledge/compiled.ts';
import { addDocument, type Added } from '../../src/library/add-document.ts';
import { citable } from '../../src/library/cite.ts';
import { confirmDocument, listDocuments, removeDocument, restoreDocument } from '../../src/library/keep-documents.ts';
import { familyOf } from '../../src/library/versions.ts';
import type { Database } from '../../src/ports/database.ts';
import type { LibraryStore, SchoolLibrary } from '../../src/ports/library.ts';
import { libraryOn } from '../../src/stores/library.ts';
import { sqliteDatabase } from '../../src/stores/sqlite.ts';
import { dataFolder } from '../fakes/process.ts';
import { bytesOf } from './make-files.ts';

const NOW = Date.parse('2026-11-20T02:00:00Z');
/** D1's limit, held to on every statement. */
function limited(db: Database): Database {
  const check = (params: readonly unknown[] = []) => {
    if (params.length > 100) throw new Error(`${params.length} parameters`);
  };
  return {
    ...db,
    all: (sql, params) => (check(params), db.all(sql, params)),
    batch: (statements) => (statements.forEach((s) => check(s.params)), db.batch(statements)),
  };
}
const open = (): LibraryStore => libraryOn(limited(sqliteDatabase(':memory:', join(ROOT, 'migrations'))));
const add = (library: SchoolLibrary, text: string, name = '办法.txt', options = {}): Promise<Added> =>
  addDocument(bytesOf(text), name, { library, reader: documentReader, now: () => NOW }, options);
const added = async (...args: Parameters<typeof add>) => {
  const result = await add(...args);
  if (result.kind !== 'added') throw new Error(JSON.stringify(result));
  return result;
};
const rule = (year: number, words = '校服由家长自愿选购') =>
  `甲县第一中学校服选用办法\n（${year}年3月1日教代会通过）\n第一条 ${words}，${year}年。\n第二条 本办法自${year}年9月1日起施行。`;

describe('adding', () => {
  it('keeps clauses that can be found in the source, and reads the facts', async () => {
    const library = open().forSchool('demo');
    const { document } = await added(
      library,
      '甲县第一中学议事规则\n第一条 加强党*织领导,抓紧抓好\n2、。要公开。\n第二条 自2024年9月1日起施行。',
    );
    expect(document).toMatchObject({
      title: '甲县第一中学议事规则',
      issuer: '甲县第一中学',
      level: 'school',
      effectiveFrom: '2024-09-01',
      state: 'added',
      clauses: 2,
      school: 'demo',
    });
    expect(document.guesses['effectiveFrom']).toEqual({ evidence: '自2024年9月1日起施行', sure: 'stated' });
    const [clause] = await library.clauses(document.id);
    expect(clause).toMatchObject({
      id: `${document.id}#a1`,
      text: '第一条 加强党组织领导，抓紧抓好。要公开。',
      raw: '第一条 加强党*织领导,抓紧抓好\n2、。要公开。',
      paragraph: 2,
    });
    const restored = clause!.marks.find((m) => m.kind === 'restored')!;
    expect([
      clause!.raw.slice(restored.rawStart, restored.rawEnd),
      clause!.text.slice(restored.start, restored.end),
    ]).toEqual(['*', '组']);
    expect(await library.clause(clause!.id)).toEqual(clause);
    expect((await library.texts(document.id))!.raw).toContain('党*织');
    expect(citable(document, clause!)).toMatchObject({
      section: '第一条（第2段）',
      level: 'school',
      checked: 'original',
    });
  });
  it('tells its progress', async () => {
    const seen: string[] = [];
    const articles = Array.from({ length: 800 }, (_, i) => `第${i + 1}条 第${i}件事。`).join('\n');
    const { document } = await added(open().forSchool('demo'), articles, 'a.txt', {
      onProgress: (p: { stage: string; done?: number; total?: number }) =>
        seen.push([p.stage, p.done, p.total].filter((x) => x !== undefined).join(' ')),
    });
    expect(document.clauses).toBe(800);
    expect(seen).toEqual(['reading', 'cleaning', 'splitting', 'saving 360 800', 'saving 720 800', 'saving 800 800']);
  });
  it('knows the same words again, under any name and in any form', async () => {
    const library = open().forSchool('demo');
    const first = await added(library, rule(2024));
    expect(await add(library, rule(2024).replaceAll('\n', '\r\n\r\n'), '副本.txt')).toMatchObject({
      kind: 'known',
      document: { id: first.document.id },
    });
    await removeDocument(first.document.id, library, NOW);
    expect(await add(library, rule(2024))).toMatchObject({ kind: 'known', document: { state: 'removed' } });
    expect(await listDocuments(library)).toHaveLength(1);
  });
  it('takes up what an interrupted adding left', async () => {
    const db = sqliteDatabase(':memory:', join(ROOT, 'migrations'));
    let left = 3;
    const failing = libraryOn({
      ...db,
      batch: (s) =>
        s.some((x) => x.sql.includes('INTO clause')) && left-- > 0
          ? Promise.reject(new Error('power cut'))
          : db.batch(s),
    }).forSchool('demo');
    await expect(add(failing, rule(2024))).rejects.toThrow('power cut');
    expect(await failing.list()).toEqual([]);
    left = 0;
    const { document } = await added(failing, rule(2024));
    expect(await failing.clauses(document.id)).toHaveLength(2);
  });
  it('refuses with the reader’s code and sentence', async () => {
    expect(await add(open().forSchool('demo'), '<html><script>x</script>', 'a.html')).toMatchObject({
      kind: 'refused',
      code: 'document-empty',
    });
    expect(await add(open().forSchool('demo'), '正文。', 'a.txt', { replaces: 'doc_none' })).toMatchObject({
      kind: 'refused',
      code: 'document-not-found',
    });
  });
});

describe('versions', () => {
  const cited = async (library: SchoolLibrary, day: string) =>
    (await library.inForce(day)).map((d) => d.clauses[0]!.text);
  it('sets the old aside from the day the new takes effect, and loses neither', async () => {
    const library = open().forSchool('demo');
    const old = await added(library, rule(2022));
    const { document, replaced } = await added(library, rule(2024, '校服自愿选购并公开价格'));
    expect(replaced?.id).toBe(old.document.id);
    expect(document).toMatchObject({ replaces: old.document.id, replacesFrom: '2024-09-01' });
    expect(await library.get(old.document.id)).toMatchObject({
      supersededBy: document.id,
      supersededFrom: '2024-09-01',
      state: 'added',
    });
    expect(await cited(library, '2024-08-31')).toEqual(['第一条 校服由家长自愿选购，2022年。']);
    expect(await cited(library, '2024-09-01')).toEqual(['第一条 校服自愿选购并公开价格，2024年。']);
    expect(await library.clauses(old.document.id)).toHaveLength(2);
  });
  it('brings the old one back when the new one is removed, and away again when it is restored', async () => {
    const library = open().forSchool('demo');
    await added(library, rule(2022));
    const { document } = await added(library, rule(2024));
    await removeDocument(document.id, library, NOW);
    expect(await cited(library, '2026-01-01')).toEqual(['第一条 校服由家长自愿选购，2022年。']);
    await restoreDocument(document.id, library, NOW);
    expect(await cited(library, '2026-01-01')).toEqual(['第一条 校服由家长自愿选购，2024年。']);
  });
  it('puts an older version behind the newer one that is there already', async () => {
    const library = open().forSchool('demo');
    const { document: newer } = await added(library, rule(2024));
    const older = await added(library, rule(2022));
    expect(older.newer?.id).toBe(newer.id);
    expect(await cited(library, '2026-01-01')).toEqual(['第一条 校服由家长自愿选购，2024年。']);
    expect(await cited(library, '2023-01-01')).toEqual(['第一条 校服由家长自愿选购，2022年。']);
  });
  it('goes by a person’s word, by the number, and by what the text itself repeals', async () => {
    const library = open().forSchool('demo');
    const old = await added(library, '采购管理旧办法\n第一条 甲。');
    expect(
      (await added(library, '采购流程新编说明\n第一条 乙。', 'b.txt', { replaces: old.document.id })).document.replaces,
    ).toBe(old.document.id);
    const numbered = await added(library, '甲教〔2024〕3号\n关于开学工作的通知\n请做好工作。');
    expect(
      (await added(library, '甲教[2024]3号\n关于秋季开学有关工作的补充通知\n请做好各项工作。')).document.replaces,
    ).toBe(numbered.document.id);
    const lab = await added(library, '实验室管理暂行规定\n第一条 甲。');
    expect(
      (await added(library, '实验室安全工作条例\n第一条 乙。\n第二条 原《实验室管理暂行规定》同时废止。')).document
        .replaces,
    ).toBe(lab.document.id);
  });
  it('does not take the plan of another year, or a namesake, for a version', async () => {
    const library = open().forSchool('demo');
    await added(library, '2023年秋季校服采购工作方案\n第一条 甲。');
    expect((await added(library, '2024年秋季校服采购工作方案\n第一条 乙。')).document.replaces).toBeNull();
    await added(library, '通知\n请按时到会，不得缺席。');
    expect((await added(library, '通知\n请交材料，不得迟交。')).document.replaces).toBeNull();
  });
  it.each([
    ['校服选用办法（试行）', '校服选用办法'],
    ['校服选用办法（2024年修订）', '校服选用办法'],
    ['甲教育局关于印发《校服选用办法》的通知', '校服选用办法'],
    ['《校服 选用办法》', '校服选用办法'],
    ['2023年工作计划', '2023年工作计划'],
  ])('%s belongs to %s', (title, family) => {
    expect(familyOf(title)).toBe(family);
  });
});

describe('keeping', () => {
  it('takes a person’s corrections, and only sound ones', async () => {
    const library = open().forSchool('demo');
    const { document } = await added(library, rule(2024));
    expect(await confirmDocument(document.id, { effectiveFrom: '2024-02-30' }, library, NOW)).toMatchObject({
      kind: 'wrong',
      message: expect.stringContaining('施行日期'),
    });
    expect(await confirmDocument(document.id, { effectiveUntil: '2020-01-01' }, library, NOW)).toMatchObject({
      kind: 'wrong',
    });
    expect(await confirmDocument(document.id, { replaces: document.id }, library, NOW)).toMatchObject({
      kind: 'wrong',
    });
    expect(await confirmDocument('doc_none', {}, library, NOW)).toMatchObject({ kind: 'not-found' });
    expect(
      await confirmDocument(
        document.id,
        { issuer: null, level: 'district', effectiveFrom: '2024-10-01' },
        library,
        NOW,
      ),
    ).toMatchObject({
      kind: 'done',
      document: {
        state: 'confirmed',
        issuer: null,
        level: 'district',
        effectiveFrom: '2024-10-01',
        issued: '2024-03-01',
      },
    });
  });
  it('finds older versions once the title is right, and never goes round in a circle', async () => {
    const library = open().forSchool('demo');
    const old = (await added(library, rule(2022))).document;
    const wrong = (await added(library, '扫描件之一\n第一条 新的。')).document;
    expect(
      await confirmDocument(wrong.id, { title: '校服选用办法甲县第一中学', issued: '2025-01-01' }, library, NOW),
    ).toMatchObject({ document: { replaces: null } });
    expect(await confirmDocument(wrong.id, { title: old.title }, library, NOW)).toMatchObject({
      document: { replaces: old.id, replacesFrom: '2025-01-01' },
    });
    expect(await confirmDocument(old.id, { replaces: wrong.id }, library, NOW)).toMatchObject({
      kind: 'wrong',
      message: '两份文件不能互相代替',
    });
    expect(await confirmDocument(wrong.id, { replaces: null }, library, NOW)).toMatchObject({
      document: { replaces: null },
    });
  });
  it('shows a school its own documents and the common ones, and lets it change only its own', async () => {
    const store = open();
    const [a, b, all] = [store.forSchool('a'), store.forSchool('b'), store.common()];
    const common = (await added(all, '甲省校服管理规定\n第一条 自愿。')).document;
    const own = (await added(a, rule(2024))).document;
    expect((await a.list()).map((d) => d.id).sort()).toEqual([common.id, own.id].sort());
    expect((await b.list()).map((d) => d.id)).toEqual([common.id]);
    expect(await b.get(own.id)).toBeNull();
    expect(await b.clauses(own.id)).toEqual([]);
    expect(await b.clause(`${own.id}#a1`)).toBeNull();
    expect(await b.texts(own.id)).toBeNull();
    expect(await removeDocument(own.id, b, NOW)).toMatchObject({ kind: 'not-found' });
    expect(await removeDocument(common.id, a, NOW)).toMatchObject({ kind: 'not-yours' });
    expect(await b.remove(own.id, NOW)).toBe(false);
    expect(await add(b, '甲省校服管理规定\n第一条 自愿。')).toMatchObject({ kind: 'known', document: { school: '' } });
    // The same words in two schools are two documents.
    expect((await added(b, rule(2024))).document.id).not.toBe(own.id);
    // What one school puts in place of a common document counts for that school alone.
    await added(a, '甲省校服管理规定本校执行办法\n第一条 更严。', 'c.txt', { replaces: common.id });
    expect((await a.get(common.id))!.supersededBy).not.toBeNull();
    expect((await b.get(common.id))!.supersededBy).toBeNull();
  });
  it('removes and restores to the state before, and only once', async () => {
    const library = open().forSchool('demo');
    const { id } = (await added(library, rule(2024))).document;
    await confirmDocument(id, {}, library, NOW);
    expect(await removeDocument(id, library, NOW)).toMatchObject({ kind: 'done', document: { state: 'removed' } });
    expect(await library.inForce('2026-01-01')).toEqual([]);
    expect(await removeDocument(id, library, NOW)).toMatchObject({ kind: 'wrong' });
    expect(await confirmDocument(id, {}, library, NOW)).toMatchObject({ kind: 'wrong' });
    expect(await restoreDocument(id, library, NOW)).toMatchObject({ kind: 'done', document: { state: 'confirmed' } });
    expect(await restoreDocument(id, library, NOW)).toMatchObject({ kind: 'wrong' });
  });
  it('keeps long texts whole, in pieces', async () => {
    const library = open().forSchool('demo');
    const long = `第一条 ${'长文😀'.repeat(120_000)}。`;
    const { document } = await added(library, long);
    expect((await library.texts(document.id))!.raw).toBe(long);
  });
});

it('does all of it from the command line, with a line for each file and an exit code', () => {
  const folder = dataFolder();
  const files = join(folder, 'files');
  mkdirSync(files);
  writeFileSync(join(files, '旧.txt'), rule(2022));
  writeFileSync(join(files, '新.md'), rule(2024));
  writeFileSync(join(files, '坏.pdf'), '%PDF-1.7 坏');
  const library = (...args: string[]): { out: string; code: number } => {
    try {
      return {
        out: execFileSync(process.execPath, ['--no-warnings', join(ROOT, 'src/entry/library.ts'), ...args], {
          cwd: files,
          encoding: 'utf8',
          env: { ...process.env, YISHI_DATA: folder },
          stdio: 'pipe',
        }),
        code: 0,
      };
    } catch (error) {
      const e = error as { stdout: string; stderr: string; status: number };
      return { out: e.stdout + e.stderr, code: e.status };
    }
  };
  const result = library('add', '旧.txt', '新.md', '坏.pdf', '没有.txt', '旧.txt');
  expect(result.code).toBe(1);
  expect(result.out).toMatch(/加入 旧\.txt → doc_\w{12}，2 条/);
  expect(result.out).toMatch(/自 2024-09-01 起不再引用，仍保留在库里/);
  expect(result.out).toMatch(/没有加入 坏\.pdf：文件已损坏.*［document-broken］/);
  expect(result.out).toMatch(/没有加入 没有\.txt：没有这个文件/);
  expect(result.out).toMatch(/已在库中 旧\.txt/);
  expect(result.out).toContain('共 5 份，3 份在库，2 份没有加入');
  const [, old] = /加入 旧\.txt → (doc_\w+)/.exec(result.out)!;
  const [, fresh] = /加入 新\.md → (doc_\w+)/.exec(result.out)!;
  expect(library('list').out).toContain(`2024-09-01 起由 ${fresh} 代替`);
  expect(library('show', `${fresh}#a1`).out).toContain('第一条 校服由家长自愿选购，2024年。');
  expect(library('confirm', fresh!, '--issuer', '甲县第一中学校', '--from', '2025-09-01')).toMatchObject({
    code: 0,
    out: expect.stringContaining('已确认'),
  });
  expect(library('list').out).toContain(`2025-09-01 起由 ${fresh} 代替`);
  expect(library('remove', fresh!).code).toBe(0);
  expect(library('list').out).toMatch(new RegExp(`${old}.*2 条\\n共 1 份`));
  expect(library('restore', fresh!).code).toBe(0);
  expect(library('show', 'doc_none').code).toBe(1);
  expect(library('add').code).toBe(2);
}, 60_000);
