import { compiledKnowledge, ROOT } from '../knowledge/compiled.ts';
import { deskFrom } from '../knowledge/desk.ts';
import { loadKnowledge } from '../knowledge/load.ts';
import { runCase } from '../knowledge/run-case.ts';

/** Runs the cases of the matters named, or of all, through the real reader and engine. */
export async function tryCases(ids: readonly string[]): Promise<boolean> {
  const all = loadKnowledge(ROOT);
  if (all.faults.length > 0) {
    for (const f of all.faults) console.error(`${f.file}:${f.line} ${f.message}`);
    console.error(`规则文件有 ${all.faults.length} 处要改，改好再试`);
    return false;
  }
  const unknown = ids.filter((id) => !all.matterFiles.some((f) => f.data.id === id));
  if (unknown.length > 0) {
    console.error(
      `没有事项 ${unknown.join('、')}；编号就是 knowledge/matters 里的文件名，也可用 npm run rules -- explain 加中文名称查`,
    );
    return false;
  }
  const { reader } = deskFrom(await compiledKnowledge());
  const school = all.schools.find((s) => s.demo) ?? all.schools[0]!;
  const matters = new Map(all.book.matters.map((m) => [m.id, m]));
  const called = {
    decider: (code: keyof typeof all.book.ways) => all.book.ways[code].name.zh,
    matter: (id: string) => `${matters.get(id)?.name.zh ?? ''}（${id}）`,
  };
  let [passed, failed] = [0, 0];
  for (const file of all.matterFiles.filter((f) => !ids.length || ids.includes(f.data.id)))
    for (const [i, c] of file.data.cases.entries()) {
      const wrong = runCase(reader, matters.get(file.data.id)!, c, school, called);
      if (wrong === null) {
        passed++;
        continue;
      }
      failed++;
      console.log(
        `${file.file}:${file.lineOf(['cases', i])} ${c.name ?? c.ask ?? JSON.stringify(c.given)}\n    ${wrong}`,
      );
    }
  console.log(`${passed} 个通过，${failed} 个不通过`);
  return failed === 0;
}
