import type { AgendaItem } from '../../domain/agenda-item.ts';
import type { Scene } from '../scene.ts';

/** What every agenda item begins with. */
type Beginning = 'id' | 'leg' | 'supplements' | 'recusals' | 'attachments' | 'resolutions' | 'raisedAt';

/** A new agenda item under the next number; nothing has been added to it yet. */
export const newItem = (scene: Scene, given: Omit<AgendaItem, Beginning>): AgendaItem => ({
  ...given,
  id: `Y${scene.next('Y')}`,
  leg: 0,
  supplements: [],
  recusals: [],
  attachments: [],
  resolutions: [],
  raisedAt: scene.at,
});
