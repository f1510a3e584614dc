import type { SchoolProfile } from '../../domain/school.ts';
import { type DatedProfile, Schools } from '../../domain/schools.ts';

/** The schools of `knowledge/schools/` and those kept in the store, which go before a file of the same day. */
export function servedSchools(files: readonly SchoolProfile[], stored: readonly DatedProfile[] = []): Schools {
  return new Schools([...files.map((profile) => ({ since: profile.since, profile })), ...stored]);
}
