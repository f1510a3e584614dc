import type { SchoolProfile } from './school.ts';

export interface DatedProfile {
  /** In force from this calendar day on. */
  readonly since: string;
  readonly profile: SchoolProfile;
}

/** All schools served, each with the profiles it has had; a question gets the one in force on its day. */
export class Schools {
  readonly #byId = new Map<string, DatedProfile[]>();

  constructor(dated: readonly DatedProfile[]) {
    for (const d of dated) this.put(d);
  }

  /** Adds a profile, or takes the place of the one of the same day. */
  put(dated: DatedProfile): void {
    const { id } = dated.profile;
    const others = (this.#byId.get(id) ?? []).filter((d) => d.since !== dated.since);
    this.#byId.set(
      id,
      [...others, dated].sort((a, b) => (a.since < b.since ? 1 : -1)),
    );
  }

  /** The profile in force on a day; `undefined` for a school that is not served, or not yet. */
  on(id: string, day: string): SchoolProfile | undefined {
    return this.#byId.get(id)?.find((d) => d.since <= day)?.profile;
  }

  has(id: string): boolean {
    return this.#byId.has(id);
  }
}
