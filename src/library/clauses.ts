import type { Clause, Level } from '../rules/rulebook.ts';

const ORDER: readonly Level[] = ['central', 'ministry', 'province', 'city', 'district', 'school'];
const CERTAINTY = ['original', 'excerpt', 'recalled'] as const;

/** Clauses by id; unknown ids are left out. */
export class Clauses {
  readonly #byId: ReadonlyMap<string, Clause>;
  readonly all: readonly Clause[];

  constructor(all: readonly Clause[]) {
    this.all = all;
    this.#byId = new Map(all.map((c) => [c.id, c]));
  }

  get(id: string): Clause | undefined {
    return this.#byId.get(id);
  }

  /** The clauses cited, those in force on `day`, higher level first, better checked first, at most `limit`. */
  cited(ids: readonly string[], day: string, limit: number): Clause[] {
    return [...new Set(ids)]
      .map((id) => this.#byId.get(id))
      .filter((c) => c !== undefined && (c.until === undefined || day < c.until))
      .map((c) => c!)
      .sort(
        (a, b) =>
          ORDER.indexOf(a.level) - ORDER.indexOf(b.level) ||
          CERTAINTY.indexOf(a.checked) - CERTAINTY.indexOf(b.checked),
      )
      .slice(0, limit);
  }
}
