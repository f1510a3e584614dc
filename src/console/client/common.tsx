import { memberOf } from './school.ts';

/** The commands a person needs most; whoever sits in a meeting or prepares it also gets the meetings. */
function commandsFor(id: string): readonly string[] {
  const { roles, bodies } = memberOf(id);
  const meets = bodies.length > 0 || roles.includes('office');
  return ['/待办', '/议题', ...(meets ? ['/会议'] : []), '/决议', '/帮助'];
}

export const Common = ({ me, onSay }: { readonly me: string; readonly onSay: (text: string) => void }) => (
  <div class="common" role="group" aria-label="常用">
    {commandsFor(me).map((command) => (
      <button key={command} type="button" class="at" onClick={() => onSay(command)}>
        <span>{command}</span>
      </button>
    ))}
  </div>
);
