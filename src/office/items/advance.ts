import { type AgendaItem, openGates } from '../../domain/agenda-item.ts';
import type { Meeting, Outcome } from '../../domain/meeting.ts';
import type { Body } from '../../domain/member.ts';
import { askNext } from './ask-next.ts';
import { reopened, talkGate } from './gates.ts';
import { isOutside } from './legs.ts';
import type { Scene } from '../scene.ts';

/** The items that may be listed for a body now. */
export const readyItems = (scene: Scene, body: Body): readonly AgendaItem[] =>
  scene.all('item').filter((i) => i.state === 'ready' && i.legs[i.leg]?.body === body);

/** Where an item under way stands by its gates: ready, or still being prepared. */
export const settled = (item: AgendaItem): AgendaItem =>
  item.state === 'preparing' && openGates(item).length === 0
    ? { ...item, state: 'ready' }
    : item.state === 'ready' && openGates(item).length > 0
      ? { ...item, state: 'preparing' }
      : item;

/** Lists a ready item for a meeting and gives it its official number, `D-2026-03-02` (form 0.2; X for the principal's). */
export function listOn(scene: Scene, item: AgendaItem, meeting: Meeting): AgendaItem {
  const code = meeting.body === 'party' ? 'D' : 'X';
  const place = scene.next(`listed:${meeting.id}`);
  const two = (n: number) => String(n).padStart(2, '0');
  const number = `${code}-${meeting.year}-${two(meeting.ordinal)}-${two(place)}`;
  const next = scene.putItem({ ...item, state: 'listed', meeting: meeting.id, number });
  scene.did('list-item', item.id, { meeting: meeting.id, number });
  return next;
}

/** Takes a listed item off a meeting that will not deal with it; it stays ready for the next. */
export function unlist(scene: Scene, item: AgendaItem, why: string): AgendaItem {
  const { meeting, number: _, ...rest } = item;
  const next = scene.putItem({ ...rest, state: 'ready' });
  scene.did('unlist-item', item.id, { meeting, why });
  return next;
}

interface Ended {
  readonly meeting: Meeting;
  readonly outcome: Outcome;
  /** What was decided, as the minutes give it. */
  readonly text: string;
  /** Deferred: the day to talk again. */
  readonly talkAgainOn?: string;
}

/** What a meeting's outcome makes of an item: on to the next body, decided, or waiting for another talk. */
export function afterMeeting(
  scene: Scene,
  item: AgendaItem,
  { meeting, outcome, text, talkAgainOn }: Ended,
): AgendaItem {
  const { meeting: _, ...free } = item;
  const done = { at: scene.at, meeting: meeting.id, note: text };
  scene.did('meeting-outcome', item.id, { meeting: meeting.id, outcome });
  if (outcome === 'deferred') {
    return scene.putItem(
      deferredAgain({ ...free, state: 'deferred' }, talkAgainOn ?? scene.workdays.shift(scene.day, 5), scene),
    );
  }
  const legs = item.legs.map((l, n) => (n === item.leg ? { ...l, done } : l));
  const goesOn = outcome !== 'rejected' && item.leg + 1 < item.legs.length;
  if (!goesOn) return scene.putItem({ ...free, legs, state: 'decided' });
  // A body outside the school's meetings may ask for no steps of its own: then its result is all that is waited for.
  const moved = { ...free, legs, leg: item.leg + 1, state: 'preparing' } as const;
  const next = scene.putItem(isOutside(moved) ? settled(moved) : moved);
  askNext(scene, undefined, next);
  return next;
}

/** After a deferral the talk of secretary and principal, and the chair's word, are needed anew. */
function deferredAgain(item: AgendaItem, talkAgainOn: string, scene: Scene): AgendaItem {
  const again = item.gates.map((g) =>
    g.leg === item.leg && (g.code === 'chair' || g.code === 'sp_talk')
      ? reopened(g, scene.by.id, scene.at, '会议暂缓')
      : g,
  );
  const talks = again.some((g) => g.leg === item.leg && g.code === 'sp_talk');
  return { ...item, talkAgainOn, gates: talks ? again : [...again, talkGate(item.leg)] };
}
