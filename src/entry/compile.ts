import { compileAssets } from '../console/assets.ts';
import { compile, compiledKnowledge, ROOT } from './knowledge/compiled.ts';

/** `npm run compile`: makes of `knowledge/` the one module that Node and Workers load, or says what to mend. */
const faults = await compile();
for (const fault of faults) console.error(fault);
if (faults.length > 0) {
  console.error(`\n规则文件有 ${faults.length} 处要改，见上。`);
  process.exit(1);
}
await compileAssets(ROOT);
const { book } = await compiledKnowledge();
console.log(
  `规则 ${book.version}：${book.matters.length} 个事项，${book.procedures.length} 个程序问题，${book.clauses.length} 条依据`,
);
