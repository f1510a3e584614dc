import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../src/entry/knowledge/compiled.ts';
import { confirmDocument, removeDocument, restoreDocument } from '../../src/library/keep-documents.ts';
import { dataFolder } from '../fakes/process.ts';
import { add, added, NOW, open, rule, inForce } from './a-library.ts';

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
    expect(await inForce(library, '2026-01-01')).toEqual([]);
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
