import { valueLabel } from '../../wording/phrases.ts';
import type { Block, Matter, Rulebook, Value, Wanted } from '../../rules/rulebook.ts';
import { ROOT } from '../knowledge/compiled.ts';
import { loadKnowledge } from '../knowledge/load.ts';

/** Tells a matter's rules in plain words: who decides, under which conditions otherwise, what is asked, on what it rests. */
export function explainAll(asked: readonly string[]): boolean {
  const { book } = loadKnowledge(ROOT);
  if (asked.length === 0)
    console.error(`写上事项编号或名称，例如 npm run rules -- explain ${book.matters[0]?.id ?? ''}，或 explain 家委会`);
  return asked.map((name) => explainOne(name, book)).every(Boolean) && asked.length > 0;
}

/** The matter of this number or name; those whose name has the text in it, or that people call so, are listed. */
function explainOne(asked: string, book: Rulebook): boolean {
  const exact = book.matters.find((m) => m.id === asked || m.name.zh === asked);
  const like = (text: string) => text.toLowerCase().includes(asked.toLowerCase());
  const named = book.matters.filter((m) => like(m.name.zh) || like(m.name.en) || like(m.id));
  const found = exact ? [exact] : named.length > 0 ? named : book.matters.filter((m) => m.names.some(like));
  if (found.length === 0) {
    console.error(`没有叫“${asked}”的事项；换个说法，编号就是 knowledge/matters 里的文件名`);
    return false;
  }
  if (found.length === 1) console.log(explained(found[0]!, book));
  else {
    console.log(`与“${asked}”有关的有 ${found.length} 个事项，写上编号再看：`);
    for (const m of found) console.log(`· ${m.name.zh}　${m.id}`);
  }
  return true;
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
