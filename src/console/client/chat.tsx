import { useEffect, useRef, useState } from 'hono/jsx/dom';
import { Composer } from './composer.tsx';
import { forget, isSlow, say } from './conversation.ts';
import { linesOf } from './history.ts';
import { Message } from './message.tsx';
import { isAddressed, keyOf, type Room, YISHI } from './school.ts';
import { Welcome } from './welcome.tsx';

/** One conversation: its head, what was said, and the composer. */
export function Chat({ me, room }: { readonly me: string; readonly room: Room }) {
  const key = keyOf(room);
  const lines = linesOf(key);
  const list = useRef<HTMLDivElement>(null);
  const pressedHere = useRef(false);
  const slow = isSlow(key);

  useEffect(() => {
    const last = lines[lines.length - 1];
    showLatest(list.current!);
    if (last?.by === YISHI && pressedHere.current) {
      pressedHere.current = false;
      document.getElementById(last.id)?.focus({ preventScroll: true });
    }
  }, [lines.length, slow]);

  const ask = (text: string) => say(room, me, room.kind === 'group' && !isAddressed(text) ? `@议事 ${text}` : text);
  return (
    <main class="chat">
      <div class="chat-head">
        <div>
          <h2>{room.name}</h2>
          <p>{room.kind === 'group' ? `${room.about} · 群里要 @议事 才会回答` : '只有您和议事看得到'}</p>
        </div>
        {lines.length > 0 && <Clear onClear={() => forget(room, me)} />}
      </div>
      <div class="lines" ref={list} role="region" aria-label={`${room.name}的消息`} tabIndex={0}>
        <div class="lines-in">
          {lines.length === 0 && <Welcome room={room} onAsk={ask} />}
          <ol class="said">
            {lines.map((said) => (
              <Message key={said.id} said={said} me={me} room={room} onPress={() => (pressedHere.current = true)} />
            ))}
          </ol>
          {slow && (
            <p class="slow">
              正在查规则
              <span class="dots" aria-hidden="true" />
            </p>
          )}
        </div>
      </div>
      <Composer room={room} onSay={(text) => say(room, me, text)} />
    </main>
  );
}

/** The newest question goes to the top when its answer is long, so that one reads from the beginning. */
function showLatest(list: HTMLElement): void {
  const mine = list.querySelectorAll<HTMLElement>('.line.mine');
  const last = mine[mine.length - 1];
  list.scrollTop = last ? last.offsetTop - list.offsetTop - 12 : 0;
}

/** Asks once more before it empties the conversation. */
function Clear({ onClear }: { readonly onClear: () => void }) {
  const [sure, setSure] = useState(false);
  return (
    <button
      type="button"
      class={sure ? 'button danger' : 'button quiet'}
      onClick={() => (sure ? onClear() : setSure(true))}
      onBlur={() => setSure(false)}
    >
      {sure ? '确认清空' : '清空'}
    </button>
  );
}
