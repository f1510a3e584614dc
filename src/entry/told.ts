import type { Finding } from '../ports/platform.ts';

const MARKS: Readonly<Record<Finding['level'], string>> = {
  good: '✓ 正常',
  warning: '! 注意',
  bad: '✗ 不对',
  hint: '· 请看',
};

/** Prints what doctors found; the exit code is 1 when something is wrong. */
export function told(seen: readonly (readonly [label: string, findings: readonly Finding[]])[]): 0 | 1 {
  for (const [label, findings] of seen.filter(([, found]) => found.length > 0)) {
    console.log(`\n${label}`);
    for (const { level, found, todo } of findings) {
      console.log(`  ${MARKS[level]}　${found}`);
      if (todo) console.log(`  　　　　→ ${todo}`);
    }
  }
  return seen.some(([, findings]) => findings.some(({ level }) => level === 'bad')) ? 1 : 0;
}
