import { isAmountRange } from './condition.ts';
import type { Matter, Procedure, Rulebook, Value } from './rulebook.ts';

/** A finding about the book as a whole, at a field of one item; the compiler adds file and line. */
export interface Finding {
  readonly id: string;
  readonly path: readonly (string | number)[];
  readonly message: string;
}

type Parse = (cue: string) => unknown;

/** The nearest known name, for “did you mean”. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const grams = (s: string) => new Set(Array.from({ length: Math.max(1, s.length - 1) }, (_, i) => s.slice(i, i + 2)));
  const wanted = grams(name);
  const overlap = (s: string) =>
    [...grams(s)].filter((g) => wanted.has(g)).length / Math.max(grams(s).size, wanted.size);
  const best = known.toSorted((a, b) => overlap(b) - overlap(a))[0];
  return best !== undefined && overlap(best) > 0.3 ? best : undefined;
}
const hint = (name: string, known: readonly string[]) => {
  const near = nearest(name, known);
  return near ? `;是不是 ${near}?` : '';
};

function cues(id: string, list: readonly string[], path: (string | number)[], parse: Parse): Finding[] {
  return list.flatMap((cue, i) => {
    try {
      parse(cue);
      return [];
    } catch (error) {
      return [{ id, path: [...path, i], message: `读法写错：${(error as Error).message}` }];
    }
  });
}

function conditions(m: Matter): Finding[] {
  const known = m.facts.map((f) => f.id);
  return m.routes.flatMap((r, i) =>
    r.when.flatMap((block) =>
      Object.entries(block).flatMap(([factId, wanted]): Finding[] => {
        const path = ['routes', i, 'when'];
        const fact = m.facts.find((f) => f.id === factId);
        const inner = typeof wanted === 'object' && 'not' in wanted ? wanted.not : wanted;
        const values = (Array.isArray(inner) ? inner : [inner]) as readonly Value[];
        if (!fact) return [{ id: m.id, path, message: `条件用了没有列出的事实 ${factId}${hint(factId, known)}` }];
        if (factId === 'amount')
          return values
            .filter((v) => !isAmountRange(String(v)))
            .map((v) => ({
              id: m.id,
              path,
              message: `金额条件「${v}」写法不对；写 <A1、A1..A2、>=A2、<A2、>=A1 或 >=400000`,
            }));
        const options = fact.options.map((o) => String(o.value));
        return values
          .filter((v) => !options.includes(String(v)))
          .map((v) => ({ id: m.id, path, message: `条件要的 ${factId}: ${v} 不在选项里${hint(String(v), options)}` }));
      }),
    ),
  );
}

function facts(m: Matter): Finding[] {
  return m.facts.flatMap((f): Finding[] => {
    const path = ['facts', f.id];
    const options = f.options.map((o) => String(o.value));
    const found: Finding[] = [];
    if (f.kind !== 'amount' && f.kind !== 'profile' && options.length === 0)
      found.push({ id: m.id, path, message: `事实 ${f.id} 没有选项；写出 options` });
    if (f.assume !== undefined && f.kind === 'amount' && !isAmountRange(String(f.assume)))
      found.push({ id: m.id, path: [...path, 'assume'], message: `金额的前提「${f.assume}」写法不对；例如 <A2` });
    if (f.assume !== undefined && f.kind !== 'amount' && !options.includes(String(f.assume)))
      found.push({
        id: m.id,
        path: [...path, 'assume'],
        message: `前提「${f.assume}」不在选项里${hint(String(f.assume), options)}`,
      });
    return found;
  });
}

/** Names what the book refers to and does not have, and what is written so that it cannot be read. */
export function checkBook(book: Rulebook, parse: Parse): Finding[] {
  const clauses = book.clauses.map((c) => c.id);
  const matters = book.matters.map((m) => m.id);
  const cited = (id: string, list: readonly string[], path: (string | number)[]): Finding[] =>
    list.flatMap((c, i) =>
      clauses.includes(c) ? [] : [{ id, path: [...path, i], message: `引用了没有的条款 ${c}${hint(c, clauses)}` }],
    );
  const ofMatter = (m: Matter): Finding[] => [
    ...cues(m.id, m.cues, ['cues'], parse),
    ...m.facts.flatMap((f) => [
      ...cues(m.id, f.vague, ['facts', f.id, 'vague'], parse),
      ...f.options.flatMap((o) => cues(m.id, o.cues, ['facts', f.id, 'options', String(o.value), 'cues'], parse)),
    ]),
    ...facts(m),
    ...conditions(m),
    ...cited(m.id, m.cites, ['cites']),
    ...m.routes.flatMap((r, i) => cited(m.id, r.cites, ['routes', i, 'cites'])),
    ...m.routes.flatMap((r, i) =>
      (r.over === '*' ? [] : r.over)
        .filter((o) => !m.routes.some((other) => other.id === o))
        .map((o) => ({ id: m.id, path: ['routes', i, 'over'], message: `over 里的 ${o} 不是本文件的走向` })),
    ),
    ...m.near
      .map((n, i) => ({ n, i }))
      .filter(({ n }) => !matters.includes(n.id))
      .map(({ n, i }) => ({ id: m.id, path: ['near', i, 'id'], message: `没有事项 ${n.id}${hint(n.id, matters)}` })),
    ...[...m.pre, ...m.post]
      .filter((c) => c.code !== 'custom' && c.text.zh === c.code)
      .map((c) => ({ id: m.id, path: ['pre'], message: `没有程序代码 ${c.code};见 knowledge/steps.yaml` })),
    ...(m.voting && !book.voting[m.voting]
      ? [
          {
            id: m.id,
            path: ['voting'],
            message: `没有表决要求 ${m.voting};可用 ${Object.keys(book.voting).join('、')}`,
          },
        ]
      : []),
  ];
  const ofProcedure = (p: Procedure): Finding[] => [
    ...cues(p.id, p.cues, ['cues'], parse),
    ...cited(p.id, p.cites, ['cites']),
  ];
  return [...book.matters.flatMap(ofMatter), ...book.procedures.flatMap(ofProcedure)];
}
