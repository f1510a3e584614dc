import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../src/entry/knowledge/compiled.ts';
import { citable } from '../../src/library/cite.ts';
import { listDocuments, removeDocument } from '../../src/library/keep-documents.ts';
import { libraryOn } from '../../src/stores/library.ts';
import { sqliteDatabase } from '../../src/stores/sqlite.ts';
import { add, added, NOW, open, rule } from './a-library.ts';

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
