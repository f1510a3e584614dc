import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { readTaskTable } from '../documents/tables/read.ts';
import { EVERY, type DutyRow } from '../domain/duty.ts';
import type { SchoolProfile } from '../domain/school.ts';
import { rosterOf } from '../office/members/roster.ts';
import { importDuties } from '../office/reminders/import-duties.ts';
import type { Ledgers } from '../ports/ledger.ts';
import { dutiesFileSchema } from '../rules/shared-files.ts';
import { type Fault, readYaml } from './knowledge/read-files.ts';

/** Headings of a table, as schools write them. */
const COLUMNS: Readonly<Record<string, keyof DutyRow>> = {
  编号: 'id',
  名称: 'title',
  事项: 'title',
  责任人: 'owner',
  同时提醒: 'others',
  周期: 'every',
  频次: 'every',
  提前工作日: 'leadDays',
  依据: 'basis',
  待核: 'unverified',
  起始: 'since',
};
const PERIODS: Readonly<Record<string, (typeof EVERY)[number]>> = {
  每周: 'week',
  每月: 'month',
  每季度: 'quarter',
  每季: 'quarter',
  每半年: 'half-year',
  半年: 'half-year',
  每年: 'year',
};

function cell(field: keyof DutyRow, text: string): unknown {
  if (field === 'others') return text.split(/[、,，;；\s]+/).filter((name) => name !== '');
  if (field === 'leadDays') return Number(text);
  if (field === 'unverified') return /^(?:是|待核|true|1)$/i.test(text);
  return field === 'every' ? (PERIODS[text] ?? text) : text;
}

/** Rows of a .csv or .xlsx under the headings above; the same checks as for a YAML list. */
async function fromTable(path: string): Promise<{ rows: readonly DutyRow[]; faults: readonly string[] }> {
  const table = await readTaskTable(readFileSync(path), basename(path));
  if (table.kind !== 'table') return { rows: [], faults: [`${path} 读不了：请存成 .csv 或 .xlsx 再导入`] };
  const [head = [], ...lines] = table.sheets[0]!.rows;
  const unknown = head.filter((name) => name !== '' && !COLUMNS[name]);
  if (unknown.length > 0)
    return {
      rows: [],
      faults: [`第1行有不认识的列：${unknown.join('、')}；可用的列是${Object.keys(COLUMNS).join('、')}`],
    };
  const raw = lines
    .filter((line) => line.some((c) => c !== ''))
    .map((line) =>
      Object.fromEntries(
        head.flatMap((name, n) => (name && line[n] ? [[COLUMNS[name]!, cell(COLUMNS[name]!, line[n])]] : [])),
      ),
    );
  const read = dutiesFileSchema.safeParse(raw);
  if (read.success) return { rows: read.data as readonly DutyRow[], faults: [] };
  return {
    rows: [],
    faults: read.error.issues.map(
      ({ path: at, message }) => `第${Number(at[0] ?? 0) + 2}行 ${String(at[1] ?? '')}：${message}`,
    ),
  };
}

function fromYaml(path: string): { rows: readonly DutyRow[]; faults: readonly string[] } {
  const faults: Fault[] = [];
  const read = readYaml(path, dutiesFileSchema, process.cwd(), faults);
  return {
    rows: (read?.data ?? []) as readonly DutyRow[],
    faults: faults.map((f) => `${f.file}:${f.line} ${f.message}`),
  };
}

/** `npm run school -- duties import list.yaml|.csv|.xlsx [school]`: checked first; all of it or nothing. */
export async function importDutyList(
  path: string,
  profile: SchoolProfile,
  ledgers: Ledgers,
  now: number,
): Promise<boolean> {
  const { rows, faults } = /\.ya?ml$/i.test(path) ? fromYaml(path) : await fromTable(path);
  const ledger = ledgers.forSchool(profile.id);
  for (;;) {
    const shown = await ledger.show();
    const made = faults.length > 0 ? undefined : importDuties(rows, shown.records.duty, rosterOf(shown, profile));
    const wrong = made?.faults ?? faults;
    if (!made || wrong.length > 0 || made.puts.length === 0) {
      for (const line of wrong) console.error(line);
      console.error(wrong.length > 0 ? `没有导入：${wrong.length} 处要改` : '没有导入：清单是空的');
      return false;
    }
    if ((await ledger.commit({ head: shown.head, at: now, puts: made.puts, deeds: made.deeds, sends: [] })) === 'stale')
      continue;
    console.log(`已导入 ${profile.name} 的周期工作 ${made.puts.length} 项，发 /周期 可看。`);
    return true;
  }
}
