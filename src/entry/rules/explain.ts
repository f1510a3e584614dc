import { valueLabel } from '../../wording/phrases.ts';
import type { Block, Matter, Rulebook, Value, Wanted } from '../../rules/rulebook.ts';
import { ROOT } from '../knowledge/compiled.ts';
import { loadKnowledge } from '../knowledge/load.ts';

/** Tells a matter's rules in plain words: who decides, under which conditions otherwise, what is asked, on what it rests. */
export function explainAll(ids: readonly string[]): boolean {
  const { book } = loadKnowledge(ROOT);
  const chosen = book.matters.filter((m) => ids.includes(m.id));
  if (chosen.length === 0) console.error(`写上事项编号，例如 npm run rules -- explain ${book.matters[0]?.id ?? ''}`);
  for (const m of chosen) console.log(explained(m, book));
  return chosen.length > 0;
}

function conditionWords(block: Block, matter: Matter): string {
  const said = (fact: string, wanted: Wanted) => {
    const f = matter.facts.find((x) => x.id === fact)!;
    return (Array.isArray(wanted) ? wanted : [wanted])
      .map((v) => valueLabel(f, v as Value, undefined, 'zh'))
      .join('或');
  };
  return Object.entries(block)
    .map(([fact, wanted]) =>
      typeof wanted === 'object' && 'not' in wanted ? `不是“${said(fact, wanted.not)}”` : `“${said(fact, wanted)}”`,
    )
    .join('且');
}

function explained(m: Matter, book: Rulebook): string {
  const clause = (id: string) => {
    const c = book.clauses.find((x) => x.id === id);
    return c ? `《${c.title}》${c.section}` : id;
  };
  const asked = m.facts.filter((f) => f.assume === undefined && f.kind !== 'profile');
  const assumed = m.facts.filter((f) => f.assume !== undefined);
  return [
    `【${m.name.zh}】${m.id}，自 ${m.since} 起，把握 ${m.confidence}`,
    `默认：${book.ways[m.decider].name.zh}。${m.note.zh}`,
    ...m.routes.map((r) => {
      const over = r.over === '*' ? '（压过其他走向）' : r.over.length ? `（压过 ${r.over.join('、')}）` : '';
      const when = r.when.map((b) => conditionWords(b, m)).join('；或者');
      return `· ${when} → ${r.emergency ? '先处置再补议，' : ''}${book.ways[r.decider].name.zh}${over}：${r.note.zh}`;
    }),
    `不知道就要问：${asked.map((f) => f.ask.zh).join(' ') || '没有'}`,
    `没人说就按这个前提：${assumed.map((f) => `${f.ask.zh}——${valueLabel(f, f.assume!, undefined, 'zh')}`).join('；') || '没有'}`,
    `依据：${m.cites.map(clause).join('、')}`,
    '',
  ].join('\n');
}
