import { Avatar } from './avatar.tsx';
import { type Room, SCHOOL, YISHI } from './school.ts';

/** The first thing a newcomer sees: who this is and questions to tap. */
export function Welcome({ room, onAsk }: { readonly room: Room; readonly onAsk: (text: string) => void }) {
  return (
    <section class="welcome" aria-labelledby="welcome">
      <Avatar by={YISHI} />
      <div>
        <h3 id="welcome">您好，我是议事</h3>
        <p>
          学校里一件事该由谁定、先做什么、上哪个会，用平常的话问我。我按规则答，给出依据；缺一个关键情况时，只问一个问题。
        </p>
        <p class="small">{room.kind === 'group' ? '点一个试试，会发到群里：' : '点一个试试：'}</p>
        <ul class="chips">
          {SCHOOL.suggestions.map((text) => (
            <li key={text}>
              <button
                type="button"
                class="chip"
                lang={/[\u3400-\u9fff]/.test(text) ? undefined : 'en'}
                onClick={() => onAsk(text)}
              >
                {text}
              </button>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
