import type { Child } from 'hono/jsx';
import { useEffect, useRef } from 'hono/jsx/dom';
import { FastForward } from './fast-forward.tsx';
import { People, Unread } from './people.tsx';
import { keyOf, type Room } from './school.ts';
import { unreadIn } from './unread.ts';

interface PlacesProps {
  readonly me: string;
  readonly room: Room;
  readonly rooms: readonly Room[];
  readonly onMember: (id: string) => void;
  readonly onRoom: (key: string) => void;
  /** To whom or which group something was sent: there one wants to look. */
  readonly onSee: (to: string) => void;
}

/** Who I am, where I speak, and when it is. */
export function Places({ me, room, rooms, onMember, onRoom, onSee }: PlacesProps) {
  return (
    <>
      <People me={me} onMember={onMember} />
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
                <span class="room-about">{r.about}</span>
                <Unread count={unreadIn(me, keyOf(r))} />
              </button>
            </li>
          ))}
        </ul>
      </nav>
      <FastForward onSee={onSee} />
      <DemoNote />
    </>
  );
}

const DemoNote = () => (
  <section class="note" aria-label="关于演示">
    <p>
      <strong>这是演示。</strong>学校和人物都是虚构的；金额线 A1、A2 是演示值，真用时以本校规定为准。
    </p>
    <p>您说的话只留在这个浏览器标签页里；议题、会议、决议记在本机的台账里。</p>
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
