import type { Card, CardAction } from '../../domain/message.ts';
import { linesOf, type Said } from './history.ts';

/** Which buttons of a card have been pressed, and which still mean something. */
export type ActionState = 'live' | 'sending' | 'pressed' | 'past';

/** Buttons that only make sense for the question just answered. */
const ofTheMoment = (action: CardAction): boolean => /^(fact:|draft)/.test(action.id);
/** Buttons that only show something may be pressed as often as one likes. */
const shows = (action: CardAction): boolean =>
  !action.fields && /^\/(待办|议题|会议|议程|决议|清单|帮助|提醒)( [YHJRP]\d+)?$/.test(action.id);

/** Commands say themselves who may; the rest belongs to the conversation of the one who asked. */
export const isCommand = (action: CardAction): boolean => action.id.startsWith('/');

/** The record a card is about: `编号 Y1` in the small print, or in the title at the front or in brackets. */
export function recordOf(card: Card): string | undefined {
  const found =
    /编号\s?([YHJRP]\d+)/.exec(card.footer ?? '') ?? /^([YHJRP]\d+)(?=\s)|（([YHJRP]\d+)）/.exec(card.title);
  return found?.[1] ?? found?.[2];
}

/** Whether the same person has been given a newer card of the same record, with buttons. */
export function isSuperseded(said: Said, key: string): boolean {
  const record = said.card && recordOf(said.card);
  if (!record) return false;
  const lines = linesOf(key);
  return lines
    .slice(lines.findIndex((s) => s.id === said.id) + 1)
    .some((s) => s.card && s.card.actions.length > 0 && s.to === said.to && recordOf(s.card) === record);
}

export function stateOf(action: CardAction, card: Said, key: string, me: string): ActionState {
  const said = linesOf(key);
  const presses = said.filter((s) => s.by === me && s.pressed?.card === card.id && s.state !== 'failed');
  const own = presses.filter((s) => s.pressed!.action === action.id);
  if (own.some((s) => s.state === 'sending')) return 'sending';
  if (isCommand(action)) return commandState(action, card, key, own);
  if (own.length > 0) return 'pressed';
  if (!ofTheMoment(action)) return 'live';
  const later = said.slice(said.findIndex((s) => s.id === card.id) + 1).some((s) => s.card && s.to === card.to);
  return later || presses.some((s) => s.state === 'sending') ? 'past' : 'live';
}

/** A form that was answered in words alone may have been refused: it can be sent again. */
function commandState(action: CardAction, card: Said, key: string, own: readonly Said[]): ActionState {
  const done = own.some((s) => s.outcome === 'done' || (s.outcome === 'worded' && !action.fields));
  if (done && !shows(action)) return 'pressed';
  return isSuperseded(card, key) && !shows(action) ? 'past' : 'live';
}
