import type { Bilingual } from '../domain/deciders.ts';
import type { FactFile, MatterFile, ProcedureFile, SourceFile } from './matter-file.ts';
import type { Clause, Coded, Condition, Fact, Matter, Option, Procedure, Route, Rulebook, Step } from './rulebook.ts';
import type { StepsFile } from './shared-files.ts';

/** Turns checked files into the compiled shapes: shared facts merged in, codes looked up, citations resolved. */

const asValue = (key: string) => (key === 'true' ? true : key === 'false' ? false : key);

function fact(id: string, own: FactFile, shared: FactFile | undefined): Fact {
  const merged = { ...shared, ...own };
  const options = Object.entries({ ...own.options, ...(own.kind ? {} : shared?.options), ...own.options }).map(
    ([key, o]): Option => ({ value: asValue(key), label: { zh: o.zh ?? key, en: o.en }, cues: o.cues }),
  );
  return {
    id,
    kind: merged.kind ?? 'choice',
    ask: merged.ask ?? { zh: `请说明${id}`, en: `Please state ${id}` },
    ...(merged.assume !== undefined && {
      assume: typeof merged.assume === 'string' ? asValue(merged.assume) : merged.assume,
    }),
    vague: merged.vague ?? [],
    options,
  };
}

const path = (steps: MatterFile['path']): Step[] | undefined =>
  steps?.map((s) => ({
    body: { zh: s.body, en: s.body },
    action: { zh: s.action, en: s.en ?? s.action },
    decides: false,
  }));

const coded = (list: readonly (string | Bilingual)[], texts: Readonly<Record<string, Bilingual>>): Coded[] =>
  list.map((item) =>
    typeof item === 'string'
      ? { code: item, text: texts[item] ?? { zh: item, en: item } }
      : { code: 'custom', text: item },
  );

function route(r: MatterFile['routes'][number], steps: StepsFile): Route {
  const own = path(r.path);
  return {
    id: r.id,
    when: (Array.isArray(r.when) ? r.when : [r.when]) as Condition,
    decider: r.decider,
    note: r.note,
    emergency: r.emergency,
    over: r.over ?? [],
    cites: r.cites ?? [],
    ...(r.since && { since: r.since }),
    ...(r.until && { until: r.until }),
    ...(r.party !== undefined && { party: r.party }),
    ...(own && { path: own }),
    ...(r.pre && { pre: coded(r.pre, steps.pre) }),
    ...(r.post && { post: coded(r.post, steps.post) }),
  };
}

/** Every fact a condition names, shared ones included even where the file does not repeat them. */
function factIds(file: MatterFile): string[] {
  const used = file.routes.flatMap((r) => (Array.isArray(r.when) ? r.when : [r.when]).flatMap((b) => Object.keys(b)));
  const withLines = used.includes('amount') ? ['threshold'] : [];
  return [...new Set([...Object.keys(file.facts), ...used, ...withLines])];
}

export function compileMatter(file: MatterFile, shared: Readonly<Record<string, FactFile>>, steps: StepsFile): Matter {
  const own = path(file.path);
  const {
    cases: _cases,
    facts: _facts,
    routes: _routes,
    path: _path,
    pre: _pre,
    post: _post,
    until,
    party,
    voting,
    ...rest
  } = file;
  return {
    ...rest,
    ...(until && { until }),
    ...(party !== undefined && { party }),
    ...(voting !== undefined && { voting: voting === 'null' ? null : voting }),
    ...(own && { path: own }),
    facts: factIds(file).map((id) => fact(id, file.facts[id] ?? {}, shared[id])),
    routes: file.routes.map((r) => route(r, steps)),
    pre: coded(file.pre, steps.pre),
    post: coded(file.post, steps.post),
  };
}

export function compileProcedure(file: ProcedureFile): Procedure {
  const { cases: _cases, compute, ...rest } = file;
  return { ...rest, ...(compute && { compute }) };
}

export const compileClauses = (file: SourceFile): Clause[] =>
  file.clauses.map((c) => ({
    id: `${file.id}#${c.key}`,
    title: file.title,
    issuer: file.issuer,
    date: file.date,
    section: c.section,
    level: file.level,
    checked: c.checked ?? file.checked,
    text: { zh: c.text, en: c.en ?? c.text },
    ...(file.url && { url: file.url }),
    ...(file.until && { until: file.until }),
  }));

export const compileWays = (steps: StepsFile): Rulebook['ways'] =>
  Object.fromEntries(
    Object.entries(steps.routes).map(([decider, way]) => [
      decider,
      {
        name: way.name,
        steps: way.steps.map((s) => ({
          body: { zh: s.body, en: s.en },
          action: { zh: s.act, en: s.act_en },
          decides: s.decides,
        })),
      },
    ]),
  ) as unknown as Rulebook['ways'];
