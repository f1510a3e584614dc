import { useEffect, useRef, useState } from 'hono/jsx/dom';
import { Chat } from './chat.tsx';
import { demoNow, readClock, shortText } from './clock.ts';
import { announcement, keep, opened, recall, subscribe } from './history.ts';
import { fetchFor, listen, startAfresh } from './inbox.ts';
import { Unread } from './people.tsx';
import { Places, Sheet } from './places.tsx';
import { keyOf, memberOf, roomsOf, SCHOOL } from './school.ts';
import { looking, unreadIn, unreadOf } from './unread.ts';

const NEWCOMER = 'teacher';

/** Where a person goes: to what is new, here before the direct chat; else where the person was, or the same kind of place. */
function placeFor(id: string, here: string): string {
  const direct = `direct:${id}`;
  const same = here.startsWith('direct:') ? direct : here;
  if (unreadIn(id, same) > 0) return same;
  return unreadIn(id, direct) > 0 ? direct : (recall(`room:${id}`) ?? same);
}

/** The page: who I am, where and when on the left (a sheet on a phone), the conversation on the right. */
export function App() {
  const [me, setMe] = useState(memberOf(recall('me') ?? NEWCOMER).id);
  const [at, setAt] = useState(recall('room') ?? '');
  const [sheet, setSheet] = useState(false);
  const [, redraw] = useState(0);
  const who = useRef(me);
  who.current = me;
  useEffect(() => subscribe(() => redraw((n) => n + 1)), []);
  useEffect(() => {
    let stop = () => {};
    void readClock().then(() => {
      startAfresh();
      stop = listen(() => who.current!);
    });
    return () => stop();
  }, []);

  const rooms = roomsOf(me);
  const room = rooms.find((r) => keyOf(r) === at) ?? rooms[0]!;
  opened(keyOf(room));
  looking(me, keyOf(room));

  const go = (key: string, member = me) => {
    keep('room', key);
    keep(`room:${member}`, key);
    setAt(key);
    setSheet(false);
    void fetchFor(member);
  };
  const become = (id: string, key = placeFor(id, keyOf(room))) => {
    keep('me', id);
    keep(`room:${me}`, keyOf(room));
    setMe(id);
    go(key, id);
  };
  const see = (to: string) => {
    const group = SCHOOL.groups.find((g) => g.id === to);
    if (!group) return become(to, `direct:${to}`);
    become(group.members.includes(me) ? me : group.members[0]!, `group:${to}`);
  };
  const unread = SCHOOL.members.reduce((sum, m) => sum + unreadOf(m.id), 0);
  const places = (
    <Places me={me} room={room} rooms={rooms} onMember={(id) => become(id)} onRoom={(key) => go(key)} onSee={see} />
  );

  return (
    <div class="shell">
      <a class="skip" href="#say">
        跳到输入框
      </a>
      <header class="banner">
        <img class="seal" src="/favicon.svg" alt="" width="40" height="40" />
        <div class="brand">
          <h1>
            议事<small>演示</small>
          </h1>
          <p class="where">{SCHOOL.school}（演示）</p>
          <p class="when">{shortText(demoNow())}</p>
        </div>
        <button type="button" class="switch" aria-haspopup="dialog" onClick={() => setSheet(true)}>
          <span class="sr">换身份或会话，现在是</span>
          {memberOf(me).name}
          <Unread count={unread} />
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
