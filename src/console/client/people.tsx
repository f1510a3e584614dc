import { useId } from 'hono/jsx/dom';
import { Avatar } from './avatar.tsx';
import { SCHOOL } from './school.ts';
import { unreadOf } from './unread.ts';

/** How much is new; `about` says for whom or where to those who only hear it. */
export const Unread = ({ count }: { readonly count: number }) =>
  count === 0 ? null : (
    <span class="unread">
      {count > 99 ? '99+' : count}
      <span class="sr"> 条新消息</span>
    </span>
  );

/** Everyone of the demo school at one press: arrow keys go from one to the next. */
export function People({ me, onMember }: { readonly me: string; readonly onMember: (id: string) => void }) {
  const name = useId();
  return (
    <fieldset class="people">
      <legend>您现在是</legend>
      {SCHOOL.members.map((m) => (
        <label key={m.id} class={m.id === me ? 'person is-me' : 'person'}>
          <input type="radio" name={name} value={m.id} checked={m.id === me} onChange={() => onMember(m.id)} />
          <Avatar by={m.id} />
          <span class="person-name">
            {m.name}
            <small>{m.title}</small>
          </span>
          <Unread count={unreadOf(m.id)} />
        </label>
      ))}
    </fieldset>
  );
}
