import { Avatar } from './avatar.tsx';
import { CardView } from './card.tsx';
import { timeText } from './clock.ts';
import { again } from './conversation.ts';
import { Files } from './files.tsx';
import type { Said } from './history.ts';
import { besideCard } from './lines.ts';
import { byMention, keyOf, memberOf, type Room, YISHI } from './school.ts';

interface MessageProps {
  readonly said: Said;
  readonly me: string;
  readonly room: Room;
  readonly onPress: () => void;
}

/** One message: mine on the right, everyone else's on the left, with who and when above it. */
export function Message({ said, me, room, onPress }: MessageProps) {
  const mine = said.by === me;
  const name = said.by === YISHI ? '议事' : memberOf(said.by).name;
  const words = said.card ? besideCard(said.text, said.card) : said.text;
  const answers = said.by === YISHI && room.kind === 'group' && said.to ? `回复 ${memberOf(said.to).name}` : '';
  return (
    <li class={`line ${mine ? 'mine' : 'theirs'}${said.by === YISHI ? ' yishi' : ''}`}>
      <Avatar by={said.by} />
      <div class="line-body" id={said.id} tabIndex={-1}>
        <p class="meta">
          <span class={mine ? 'sr' : 'name'}>{mine ? '我' : name}</span>
          {answers && <span>{answers}</span>}
          <time dateTime={new Date(said.at).toISOString()}>{timeText(said.at)}</time>
        </p>
        {words && <p class="bubble">{withMentions(words)}</p>}
        {said.card && <CardView said={said} card={said.card} me={me} room={room} onPress={onPress} />}
        {said.files && <Files files={said.files} me={me} />}
        {said.state === 'failed' && <Failed said={said} roomKey={keyOf(room)} />}
      </div>
    </li>
  );
}

const withMentions = (text: string) =>
  byMention(text).map((part, i) =>
    i % 2 ? (
      <b key={i} class="mention">
        {part}
      </b>
    ) : (
      part
    ),
  );

function Failed({ said, roomKey }: { readonly said: Said; readonly roomKey: string }) {
  return (
    <p class="failed">
      <span>{said.fault}</span>
      {said.request && (
        <button type="button" class="button quiet" onClick={() => again(roomKey, said)}>
          再发一次
        </button>
      )}
    </p>
  );
}
