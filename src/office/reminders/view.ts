import type { AgendaItem } from '../../domain/agenda-item.ts';
import type { Duty, Snooze } from '../../domain/duty.ts';
import type { Meeting } from '../../domain/meeting.ts';
import type { Roster } from '../../domain/member.ts';
import type { Resolution } from '../../domain/resolution.ts';
import type { SchoolProfile } from '../../domain/school.ts';
import type { Workdays } from '../../domain/workdays.ts';
import type { RecordKind, Records, Shown } from '../../ports/ledger.ts';
import type { Scene } from '../scene.ts';
import { dutiesOf } from './duties.ts';

/** What reminders are made from: the open records and the school's own facts. */
export interface View {
  readonly items: readonly AgendaItem[];
  readonly meetings: readonly Meeting[];
  readonly resolutions: readonly Resolution[];
  readonly duties: readonly Duty[];
  readonly snoozes: readonly Snooze[];
  readonly school: SchoolProfile;
  readonly roster: Roster;
  readonly workdays: Workdays;
}

type People = Pick<View, 'school' | 'roster' | 'workdays'>;

const viewFrom = (all: <K extends RecordKind>(kind: K) => readonly Records[K][], people: People): View => ({
  items: all('item'),
  meetings: all('meeting'),
  resolutions: all('resolution'),
  duties: dutiesOf(all('duty'), people.school, people.roster),
  snoozes: all('snooze'),
  school: people.school,
  roster: people.roster,
  workdays: people.workdays,
});

/** The view of a deed under way. */
export const viewOfScene = (scene: Scene): View => viewFrom((kind) => scene.all(kind), scene);

/** The view of the register as it stands. */
export const viewOfShown = ({ records }: Shown, people: People): View =>
  viewFrom((kind) => [...records[kind].values()] as never, people);
