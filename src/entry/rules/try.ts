import { compiledKnowledge, ROOT } from '../knowledge/compiled.ts';
import { deskFrom } from '../knowledge/desk.ts';
import { loadKnowledge } from '../knowledge/load.ts';
import { runCase } from '../knowledge/run-case.ts';

/** Runs the cases of the matters named, or of all, through the real reader and engine. */
export async function tryCases(ids: readonly string[]): Promise<boolean> {
  const all = loadKnowledge(ROOT);
  const { reader } = deskFrom(await compiledKnowledge());
  const school = all.schools.find((s) => s.demo) ?? all.schools[0]!;
  let [passed, failed] = [0, 0];
  for (const file of all.matterFiles.filter((f) => !ids.length || ids.includes(f.data.id)))
    for (const [i, c] of file.data.cases.entries()) {
      const wrong = runCase(
        reader,
        all.book.matters.find((m) => m.id === file.data.id)!,
        c,
        school,
      );
      if (wrong === null) {
        passed++;
        continue;
      }
      failed++;
      console.log(
        `${file.file}:${file.lineOf(['cases', i])} ${c.name ?? c.ask ?? JSON.stringify(c.given)}\n    ${wrong}`,
      );
    }
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0;
}
