import { describe, expect, it } from 'vitest';
import { removeDocument, restoreDocument } from '../../src/library/keep-documents.ts';
import { familyOf } from '../../src/library/versions.ts';
import type { SchoolLibrary } from '../../src/ports/library.ts';
import { added, NOW, open, rule, inForce } from './a-library.ts';

describe('versions', () => {
  const cited = async (library: SchoolLibrary, day: string) =>
    (await inForce(library, day)).map((d) => d.clauses[0]!.text);
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
