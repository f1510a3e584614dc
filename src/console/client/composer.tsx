import { useEffect, useRef, useState } from 'hono/jsx/dom';
import { Attach, type Chosen } from './attach.tsx';
import { Common } from './common.tsx';
import { fit } from './field.tsx';
import { keep, recall } from './history.ts';
import { isAddressed, keyOf, type Room } from './school.ts';

const LONGEST = 3900;
const MENTION = '@议事 ';

interface ComposerProps {
  readonly me: string;
  readonly room: Room;
  readonly onSay: (text: string) => void;
  readonly onFile: (file: Chosen) => void;
}

/** Where one writes. Enter sends, Shift+Enter breaks the line; an Enter that ends an input method's word does neither. */
export function Composer({ me, room, onSay, onFile }: ComposerProps) {
  const box = useRef<HTMLTextAreaElement>(null);
  const [auto, setAuto] = useState(recall('auto') !== 'no');
  const group = room.kind === 'group';
  const draft = `draft:${keyOf(room)}`;

  useEffect(() => {
    box.current!.value = recall(draft) ?? '';
    fit(box.current!);
  }, []);

  const written = () => {
    keep(draft, box.current!.value);
    fit(box.current!);
  };
  const send = () => {
    const text = box.current!.value.trim();
    if (text === '') return box.current!.focus();
    onSay(group && auto && !isAddressed(text) ? MENTION + text : text);
    box.current!.value = '';
    written();
    box.current!.focus();
  };
  const mention = () => {
    const { value } = box.current!;
    if (!isAddressed(value)) box.current!.value = MENTION + value;
    written();
    box.current!.focus();
  };
  const keyed = (e: KeyboardEvent) => {
    if (e.key !== 'Enter' || e.shiftKey || e.isComposing || e.keyCode === 229) return;
    e.preventDefault();
    send();
  };
  const automatic = (e: Event) => {
    const on = (e.target as HTMLInputElement).checked;
    keep('auto', on ? 'yes' : 'no');
    setAuto(on);
  };

  return (
    <form class="composer" aria-label="写消息" onSubmit={(e: Event) => (e.preventDefault(), send())}>
      <div class="hint">
        <Common me={me} onSay={onSay} />
        {group && (
          <button type="button" class="at" onClick={mention}>
            <span>@议事</span>
          </button>
        )}
        {group && (
          <label class="check">
            <input type="checkbox" checked={auto} onChange={automatic} />
            {auto ? '发出时自动 @议事' : '自动 @议事（没 @ 时它不回答）'}
          </label>
        )}
      </div>
      <div class="write">
        {!group && <Attach onFile={onFile} />}
        <label class="sr" for="say">{`发到${room.name}，回车发送，Shift 加回车换行`}</label>
        <textarea
          id="say"
          ref={box}
          rows={1}
          maxlength={LONGEST}
          placeholder={group ? '问一件事，或发 /命令' : '问事或发 /命令'}
          enterkeyhint="send"
          onInput={written}
          onKeyDown={keyed}
        />
        <button type="submit" class="button primary send">
          发送
        </button>
      </div>
    </form>
  );
}
