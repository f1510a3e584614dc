import type { Child } from 'hono/jsx';
import { useEffect, useId, useRef } from 'hono/jsx/dom';
import { Avatar } from './avatar.tsx';
import { isUnread } from './history.ts';
import { keyOf, type Room, SCHOOL } from './school.ts';

interface PlacesProps {
  readonly me: string;
  readonly room: Room;
  readonly rooms: readonly Room[];
  readonly onMember: (id: string) => void;
  readonly onRoom: (key: string) => void;
}

/** Who I am and where I speak. */
export function Places({ me, room, rooms, onMember, onRoom }: PlacesProps) {
  const id = useId();
  return (
    <>
      <section class="who">
        <label for={id}>您现在是</label>
        <div class="who-row">
          <Avatar by={me} />
          <select id={id} value={me} onChange={(e: Event) => onMember((e.target as HTMLSelectElement).value)}>
            {SCHOOL.members.map((m) => (
              <option key={m.id} value={m.id} selected={m.id === me}>{`${m.name}　${m.title}`}</option>
            ))}
          </select>
        </div>
      </section>
      <nav class="rooms" aria-label="会话">
        <ul>
          {rooms.map((r) => (
            <li key={keyOf(r)}>
              <button
                type="button"
                class="room"
                aria-current={keyOf(r) === keyOf(room) ? 'page' : undefined}
                onClick={() => onRoom(keyOf(r))}
              >
                <span class="room-name">{r.name}</span>
                {isUnread(keyOf(r)) ? <span class="unread">新消息</span> : <span class="room-about">{r.about}</span>}
              </button>
            </li>
          ))}
        </ul>
      </nav>
      <DemoNote />
    </>
  );
}

const DemoNote = () => (
  <section class="note" aria-label="关于演示">
    <p>
      <strong>这是演示。</strong>学校和人物都是虚构的；金额线 A1、A2 是演示值，真用时以本校规定为准。
    </p>
    <p>聊天记录只留在这个浏览器标签页里，关掉就没有了。</p>
  </section>
);

/** The same on a phone, as a sheet from above. The browser's own dialog keeps the focus in it. */
export function Sheet({ children, onClose }: { readonly children: Child; readonly onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current!;
    element.showModal();
    element.addEventListener('close', onClose);
    return () => element.removeEventListener('close', onClose);
  }, []);
  const outside = (e: MouseEvent) => e.target === dialog.current && dialog.current!.close();
  return (
    <dialog ref={dialog} class="sheet" aria-label="换身份或会话" onClick={outside}>
      <div class="sheet-body">
        {children}
        <button type="button" class="button" onClick={() => dialog.current!.close()}>
          回到聊天
        </button>
      </div>
    </dialog>
  );
}
