import type { SchoolProfile } from '../../domain/school.ts';
import { factsFromData } from '../../reading/read-facts.ts';
import type { Reader } from '../../reading/reader.ts';
import { ruleOnReading } from '../../reading/rule-on-reading.ts';
import type { CaseFile } from '../../rules/matter-file.ts';
import { type Ruling, ruleOn } from '../../rules/rule-on.ts';
import type { Matter } from '../../rules/rulebook.ts';
import type { Decider } from '../../domain/deciders.ts';

/** How deciders and matters are called in what is said of a case; their codes when left out. */
export interface Called {
  decider(code: Decider): string;
  matter(id: string): string;
}
const BY_CODE: Called = { decider: (code) => code, matter: (id) => id };

const OUTCOMES: Readonly<Record<string, string>> = {
  settled: '已定',
  needs_facts: '要先问',
  contested: '需要人来定',
  unruled: '规则里没有写到',
};
const READ_AS: Readonly<Record<string, string>> = { matters: '', close: '几件相近的事（拿不准）：' };

/** Runs one case of a matter file; `null` when it came out as written, else what came instead. */
export function runCase(reader: Reader, matter: Matter, c: CaseFile, school: SchoolProfile, called = BY_CODE): string | null {
  const given = factsFromData(matter, c.given ?? {});
  const day = c.asOf ?? '2026-11-20';
  if (c.ask === undefined) return differs(c, ruleOn(matter, { known: given }, school, day), called);
  const understood = reader.read(c.ask, given.lines ?? school.amountLines);
  const found = understood.kind === 'matters' || understood.kind === 'close' ? understood.found : [];
  const wanted = c.expect.matter ?? matter.id;
  const hit = found.find((f) => f.matter.id === wanted);
  if (!hit || (understood.kind === 'close' && c.expect.outcome !== 'needs_facts'))
    return c.expect.outcome === 'unruled' && !hit
      ? null
      : `读成了 ${READ_AS[understood.kind] ?? ''}${found.map((f) => called.matter(f.matter.id)).join('、') || '没有这样的事项'}，应是 ${called.matter(wanted)}` +
          `（最像的：${reader.candidates(c.ask).slice(0, 4).map((x) => `${called.matter(x.id)} ${x.share.toFixed(2)}，读法 ${x.cue.toFixed(1)}`).join('；')}）`;
  if (c.expect.matter) return null;
  return differs(c, ruleOnReading(matter, hit.facts, given, school, day), called);
}

function differs(c: CaseFile, ruling: Ruling, called: Called): string | null {
  const { expect } = c;
  const wrong: string[] = [];
  const outcome = expect.outcome ?? (expect.asks ? 'needs_facts' : 'settled');
  const facts = JSON.stringify({ ...ruling.known.choices, amount: ruling.known.amount });
  if (ruling.kind !== outcome)
    wrong.push(`结果是“${OUTCOMES[ruling.kind] ?? ruling.kind}”${ruling.kind === 'needs_facts' ? `（问 ${ruling.ask.map((f) => f.id).join('、')}）` : ''}，应是“${OUTCOMES[outcome]}”`);
  if (ruling.kind === 'settled') {
    if (expect.decider && ruling.verdict.decider !== expect.decider)
      wrong.push(`定为“${called.decider(ruling.verdict.decider)}”，应是“${called.decider(expect.decider)}”`);
    if (expect.route && !ruling.verdict.routes.some((r) => r.id === expect.route))
      wrong.push(`走了 ${ruling.verdict.routes.map((r) => r.id).join('、') || '默认'}，应走 ${expect.route}`);
  }
  if (ruling.kind === 'needs_facts')
    for (const fact of expect.asks ?? []) if (!ruling.ask.some((f) => f.id === fact)) wrong.push(`没有问 ${fact}，问了 ${ruling.ask.map((f) => f.id).join('、')}`);
  for (const [fact, value] of Object.entries(expect.facts ?? {})) {
    const read = fact === 'amount' ? ruling.known.amount : ruling.known.choices[fact];
    const same = Array.isArray(read) ? read.map(String).includes(String(value)) : read === value;
    if (!same) wrong.push(`${fact} 读成 ${JSON.stringify(read)}，应是 ${String(value)}`);
  }
  return wrong.length ? `${wrong.join('；')}；读到的事实 ${facts}` : null;
}
