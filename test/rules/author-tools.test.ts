import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { compiledKnowledge, ROOT } from '../../src/entry/knowledge/compiled.ts';
import { type Fault, readYaml } from '../../src/entry/knowledge/read-files.ts';
import { differencesOf } from '../../src/entry/rules/diff.ts';
import { explainAll } from '../../src/entry/rules/explain.ts';
import { tryCases } from '../../src/entry/rules/try.ts';
import { checkBook } from '../../src/rules/check-book.ts';
import { lintBook } from '../../src/rules/lint-book.ts';
import { matterSchema } from '../../src/rules/matter-file.ts';
import { profileFileSchema } from '../../src/rules/shared-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'yishi-author-'));
afterAll(() => rmSync(folder, { recursive: true }));
const sound = readFileSync(join(ROOT, 'knowledge/matters/parent-committee.yaml'), 'utf8');

function faultsOf(text: string, schema: Parameters<typeof readYaml>[1] = matterSchema): Fault[] {
  const faults: Fault[] = [];
  writeFileSync(join(folder, 'a.yaml'), text);
  readYaml(join(folder, 'a.yaml'), schema, folder, faults);
  return faults;
}
const matterWith = (field: string, line: string) => sound.replace(new RegExp(`^${field}:.*(?:\\n[ ].*)*`, 'm'), line);

const { book } = await compiledKnowledge();

/** What a tool prints, and what it returns. */
async function printed(run: () => boolean | Promise<boolean>): Promise<[boolean, string]> {
  const lines: string[] = [];
  const spies = (['log', 'error'] as const).map((to) =>
    vi.spyOn(console, to).mockImplementation((line: string) => void lines.push(line)),
  );
  const well = await run();
  for (const spy of spies) spy.mockRestore();
  return [well, lines.join('\n')];
}

describe('findings are worded for people who write no code', () => {
  it.each([
    ['office', 'office: 总务处', '写成 { zh: …, en: … }'],
    ['pre', 'pre: [廉洁意见]', '用 knowledge/steps.yaml 里的代码'],
    ['pre', 'pre: dept', '写成列表'],
    ['since', 'since: 2026年9月1日', '日期写成 2026-09-01'],
    ['names', 'names: [甲]', '至少要 3 个'],
    ['confidence', 'confidence: 高', 'high、medium、low'],
    ['name', 'name: { zh: 甲 }', 'name.en 没有写'],
    ['name', 'name：甲', '冒号要用半角英文冒号，后面空一格'],
    ['name', 'name:\n\tzh: 甲', '缩进用空格，不用 Tab'],
  ])('%s written as %s', (field, line, says) => {
    const text = matterWith(field, line);
    const found = faultsOf(text);
    expect(found.map((f) => f.message).join('\n')).toContain(says);
    for (const { message } of found)
      expect(message).not.toMatch(/Invalid|expected|received|regex|\/\^|Implicit|Tabs|Unexpected/);
    const at = text.split('\n').findIndex((l) => l.startsWith(line.split('\n')[0]!)) + 1;
    expect(Math.abs(found[0]!.line - at)).toBeLessThanOrEqual(1);
  });

  it('an amount line in words', () => {
    const [fault] = faultsOf('id: yg\nname: 阳光小学\namountLines: { A1: 2万, A2: 100000 }\n', profileFileSchema);
    expect(fault).toMatchObject({ line: 3 });
    expect(fault?.message).toBe('amountLines.A1 写的是 "2万"；写数字，如 20000，不带“万”“元”和逗号');
  });
});

describe('an amount condition that cannot be read', () => {
  const [first, ...others] = book.matters;
  const broken = { ...first!, routes: [{ ...first!.routes[0]!, when: [{ amount: '小于A1' }] }] };

  it('is a finding, and the other matters are still weighed', () => {
    const wrong = { ...book, matters: [broken, ...others] };
    const amount = book.matters.flatMap((m) => m.facts).find((f) => f.id === 'amount')!;
    const found = checkBook(
      { ...wrong, matters: [{ ...broken, facts: [...broken.facts, amount] }, ...others] },
      () => null,
    );
    expect(found.map((f) => f.message).join()).toContain('金额条件「小于A1」写法不对');
    expect(() => lintBook(wrong, '9999-12-31')).not.toThrow();
  });
});

describe('the tools name what there is not', () => {
  it('try', async () => {
    expect(await printed(() => tryCases(['nosuch']))).toEqual([false, expect.stringContaining('没有事项 nosuch')]);
  });

  it('try counts in Chinese', async () => {
    expect((await printed(() => tryCases(['parent-committee'])))[1]).toMatch(/\d+ 个通过，\d+ 个不通过$/);
  });

  it('diff', async () => {
    expect(await printed(() => differencesOf(['nosuch']))).toEqual([false, expect.stringContaining('没有学校 nosuch')]);
  });

  it('explain takes a Chinese name, and lists several', async () => {
    const [well, text] = await printed(() => explainAll(['保安']));
    expect(well).toBe(true);
    expect(text).toContain('hire-nonestab-security-guard');
    expect((await printed(() => explainAll(['采购'])))[1]).toMatch(/有关的有 \d+ 个事项/);
    expect((await printed(() => explainAll(['天上的月亮'])))[0]).toBe(false);
  });
});

describe('npm run ask', () => {
  const ask = (school: string) =>
    execFileSync(process.execPath, ['--no-warnings', 'src/entry/ask.ts', '招一名编外保安要上党委会吗'], {
      cwd: ROOT,
      encoding: 'utf8',
      stdio: 'pipe',
      env: { ...process.env, YISHI_SCHOOL: school },
    });

  it('prints no number: nothing is kept there to replay', () => {
    expect(ask('demo')).not.toContain('编号');
  }, 30_000);

  it('refuses a school that YISHI_SCHOOL names and that there is not', () => {
    expect(() => ask('nosuch')).toThrow('没有学校 nosuch');
  }, 30_000);
});
