import { useState } from 'hono/jsx/dom';
import type { CardAction } from '../../domain/message.ts';
import { type ActionState, isCommand, isSuperseded, stateOf } from './card-state.ts';
import { type Outcome, press } from './conversation.ts';
import { Form, type Values } from './form.tsx';
import type { Said } from './history.ts';
import { keyOf, memberOf, type Room } from './school.ts';

interface ActionsProps {
  readonly said: Said;
  readonly actions: readonly CardAction[];
  /** Where a button's answer leads, shown on the button. */
  readonly leads: ReadonlyMap<string, string>;
  readonly me: string;
  readonly room: Room;
  readonly onPress: () => void;
}

/** A card's buttons. What needs more than a press opens a form, which stays until it was taken. */
export function Actions({ said, actions, leads, me, room, onPress }: ActionsProps) {
  const [form, setForm] = useState<string | null>(null);
  const mine = said.to === undefined || said.to === me;
  const usable = mine ? actions : actions.filter(isCommand);
  if (actions.length === 0) return null;
  if (usable.length === 0) return <p class="for-other">这张卡片的按钮由{memberOf(said.to!).name}来按。</p>;
  const send = async (action: CardAction, values: Values): Promise<Outcome> => {
    onPress();
    const outcome = await press(room, me, said, action, values);
    if (outcome.kind === 'done' || outcome.kind === 'worded') setForm(null);
    return outcome;
  };
  const states = usable.map((action) => ({ action, state: stateOf(action, said, keyOf(room), me) }));
  const open = states.find(
    ({ action, state }) => action.id === form && state !== 'pressed' && state !== 'past',
  )?.action;
  return (
    <>
      <div class="actions" role="group" aria-label="可以选">
        {states.map(({ action, state }) => (
          <ActionButton
            key={action.id}
            action={action}
            leadsTo={leads.get(action.label)}
            state={state}
            isOpen={form === action.id}
            onPress={() => (action.fields ? setForm(form === action.id ? null : action.id) : void send(action, {}))}
          />
        ))}
      </div>
      {open && (
        <Form
          key={open.id}
          name={`${said.id}/${open.id}`}
          action={open}
          onSend={(values) => send(open, values)}
          onCancel={() => setForm(null)}
        />
      )}
      {isSuperseded(said, keyOf(room)) && <p class="for-other">这件事后面有新的卡片，请在新卡片上办。</p>}
    </>
  );
}

interface ButtonProps {
  readonly action: CardAction;
  readonly leadsTo: string | undefined;
  readonly state: ActionState;
  readonly isOpen: boolean;
  readonly onPress: () => void;
}

const NOTES: Record<ActionState, string> = { live: '', sending: '（提交中…）', pressed: '（已提交）', past: '' };

function ActionButton({ action, leadsTo, state, isOpen, onPress }: ButtonProps) {
  const note = NOTES[state];
  return (
    <button
      type="button"
      class={`button ${action.style}${leadsTo ? ' choice' : ''}${state === 'pressed' ? ' pressed' : ''}`}
      disabled={state !== 'live'}
      aria-expanded={action.fields ? String(isOpen) : undefined}
      title={state === 'past' ? '已经有了新的回答' : undefined}
      onClick={onPress}
    >
      {state === 'pressed' && <span aria-hidden="true">✓ </span>}
      {leadsTo ? <b>{action.label}</b> : action.label}
      {note && <span class={isCommand(action) ? '' : 'sr'}>{note}</span>}
      {leadsTo && <span class="leads">{leadsTo}</span>}
    </button>
  );
}
