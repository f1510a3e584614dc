import { useEffect, useState } from 'hono/jsx/dom';
import { Chat } from './chat.tsx';
import { announcement, opened } from './conversation.ts';
import { isUnread, keep, recall, subscribe } from './history.ts';
import { Places, Sheet } from './places.tsx';
import { keyOf, memberOf, roomsOf, SCHOOL } from './school.ts';

const NEWCOMER = 'teacher';

/** The page: who I am and where on the left (a sheet on a phone), the conversation on the right. */
export function App() {
  const [me, setMe] = useState(memberOf(recall('me') ?? NEWCOMER).id);
  const [at, setAt] = useState(recall('room') ?? '');
  const [sheet, setSheet] = useState(false);
  const [, redraw] = useState(0);
  useEffect(() => subscribe(() => redraw((n) => n + 1)), []);

  const rooms = roomsOf(me);
  const room = rooms.find((r) => keyOf(r) === at) ?? rooms[0]!;
  opened(keyOf(room));

  const go = (key: string) => {
    keep('room', key);
    setAt(key);
    setSheet(false);
  };
  const become = (id: string) => {
    keep('me', id);
    setMe(id);
    if (room.kind === 'direct') go(`direct:${id}`);
  };
  const places = <Places me={me} room={room} rooms={rooms} onMember={become} onRoom={go} />;

  return (
    <div class="shell">
      <a class="skip" href="#say">
        跳到输入框
      </a>
      <header class="banner">
        <img class="seal" src="/favicon.svg" alt="" width="40" height="40" />
        <div class="brand">
          <h1>议事</h1>
          <p>{SCHOOL.school}（演示）</p>
        </div>
        <button type="button" class="switch" aria-haspopup="dialog" onClick={() => setSheet(true)}>
          <span class="sr">换身份或会话，现在是</span>
          {memberOf(me).name}
          {rooms.some((r) => isUnread(keyOf(r))) && <span class="unread">新消息</span>}
          <span aria-hidden="true" class="caret" />
        </button>
      </header>
      <aside class="aside" aria-label="身份和会话">
        {places}
      </aside>
      <Chat key={`${me}/${keyOf(room)}`} me={me} room={room} />
      {sheet && <Sheet onClose={() => setSheet(false)}>{places}</Sheet>}
      <div class="sr" role="status" aria-live="polite">
        {announcement()}
      </div>
    </div>
  );
}
