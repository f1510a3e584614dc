import { existsSync, readFileSync } from 'node:fs';
import { differences } from '../../rules/check-school.ts';
import type { Matter, Rulebook } from '../../rules/rulebook.ts';
import { type Compiled, ROOT } from '../knowledge/compiled.ts';
import { loadKnowledge } from '../knowledge/load.ts';

/**
 * `diff <school>`: where a school's own list differs from the default. `diff <compiled.json>`: what changed since another
 * version of the rules, in the school's terms.
 */
export function differencesOf([what]: readonly string[]): boolean {
  const { book, schools } = loadKnowledge(ROOT);
  const school = schools.find((s) => s.id === what);
  if (school) {
    const list = differences(school, book);
    console.log(`${school.name} 与默认不同的有 ${list.length} 项`);
    for (const { matter, entry } of list)
      console.log(
        `· ${matter.name.zh}：默认${book.ways[matter.decider].name.zh}；本校（${entry.entry}，自 ${entry.since}）${book.ways[entry.decider].name.zh}`,
      );
    return true;
  }
  if (!what || !existsSync(what)) {
    const known = `写上学校编号（现有 ${schools.map((s) => s.id).join('、')}）或另一版编译好的 knowledge.json`;
    console.error(what ? `没有${what.endsWith('.json') ? '文件' : '学校'} ${what}；${known}` : known);
    return false;
  }
  const { book: old } = JSON.parse(readFileSync(what, 'utf8')) as Compiled;
  const lines = changes(old, book);
  console.log(`规则 ${old.version} → ${book.version}：${lines.length} 处不同`);
  for (const line of lines) console.log(`· ${line}`);
  return true;
}

/** What changed between two versions, matter by matter. */
export function changes(old: Rulebook, now: Rulebook): string[] {
  const name = (book: Rulebook, m: Matter) => book.ways[m.decider].name.zh;
  const before = new Map(old.matters.map((m) => [m.id, m]));
  const after = new Map(now.matters.map((m) => [m.id, m]));
  return [
    ...now.matters.filter((m) => !before.has(m.id)).map((m) => `新增 ${m.name.zh}：${name(now, m)}`),
    ...old.matters.filter((m) => !after.has(m.id)).map((m) => `删去 ${m.name.zh}`),
    ...now.matters.flatMap((m) => {
      const was = before.get(m.id);
      return was ? changesOf(was, m, old, now) : [];
    }),
  ];
}

function changesOf(was: Matter, is: Matter, old: Rulebook, now: Rulebook): string[] {
  const said: string[] = [];
  const say = (text: string) => said.push(`${is.name.zh}：${text}`);
  if (was.decider !== is.decider) say(`默认由“${old.ways[was.decider].name.zh}”改为“${now.ways[is.decider].name.zh}”`);
  const routes = new Map(was.routes.map((r) => [r.id, r]));
  for (const r of is.routes) {
    const before = routes.get(r.id);
    if (!before) say(`新增走向 ${r.id}：${now.ways[r.decider].name.zh}`);
    else if (before.decider !== r.decider)
      say(`走向 ${r.id} 由“${old.ways[before.decider].name.zh}”改为“${now.ways[r.decider].name.zh}”`);
    else if (JSON.stringify(before.when) !== JSON.stringify(r.when)) say(`走向 ${r.id} 的条件变了`);
  }
  for (const r of was.routes) if (!is.routes.some((x) => x.id === r.id)) say(`删去走向 ${r.id}`);
  if (said.length === 0 && JSON.stringify(was.note) !== JSON.stringify(is.note)) say('说明改了措辞');
  return said;
}
