import { useEffect, useRef, useState } from 'hono/jsx/dom';
import { dateText, dayIn } from './clock.ts';
import { Composer } from './composer.tsx';
import { forget, isSlow, say, sendFile } from './conversation.ts';
import { linesOf, type Said } from './history.ts';
import { Message } from './message.tsx';
import { isAddressed, keyOf, type Room, YISHI } from './school.ts';
import { atEnd, showLatest } from './scroll.ts';
import { Welcome } from './welcome.tsx';

/** One conversation: its head, what was said, and the composer. */
export function Chat({ me, room }: { readonly me: string; readonly room: Room }) {
  const key = keyOf(room);
  const lines = linesOf(key);
  const list = useRef<HTMLDivElement>(null);
  const pressedHere = useRef(false);
  const seen = useRef(0);
  const [below, setBelow] = useState(false);
  const slow = isSlow(key);

  const last = lines[lines.length - 1];

  useEffect(() => {
    const told = last?.told && seen.current > 0 && seen.current < lines.length;
    seen.current = lines.length;
    if (last?.state === 'failed') return void (pressedHere.current = false);
    if (told && !atEnd(list.current!)) return setBelow(true);
    showLatest(list.current!, last);
    if (last?.by === YISHI && !last.told && pressedHere.current) {
      pressedHere.current = false;
      if (!last.refused) document.getElementById(last.id)?.focus({ preventScroll: true });
    }
  }, [lines.length, slow, last?.state]);

  const toBelow = () => {
    list.current!.scrollTop = list.current!.scrollHeight;
    setBelow(false);
  };
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
      <div
        class="lines"
        ref={list}
        role="region"
        aria-label={`${room.name}的消息`}
        tabIndex={0}
        onScroll={() => below && atEnd(list.current!) && setBelow(false)}
      >
        <div class="lines-in">
          {lines.length === 0 && <Welcome room={room} onAsk={ask} />}
          <ol class="said">
            {lines.map((said, i) => [
              isNewDay(said, lines[i - 1]) && (
                <li key={`${said.id}/day`} class="day">
                  {dateText(said.at)}
                </li>
              ),
              <Message key={said.id} said={said} me={me} room={room} onPress={() => (pressedHere.current = true)} />,
            ])}
          </ol>
          {slow && (
            <p class="slow">
              正在办理
              <span class="dots" aria-hidden="true" />
            </p>
          )}
        </div>
      </div>
      {below && (
        <button type="button" class="button primary below" onClick={toBelow}>
          有新消息 ↓
        </button>
      )}
      <Composer me={me} room={room} onSay={(text) => say(room, me, text)} onFile={(file) => sendFile(room, me, file)} />
    </main>
  );
}

const isNewDay = (said: Said, before: Said | undefined): boolean => !before || dayIn(said.at) !== dayIn(before.at);

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
