import { useEffect, useId, useRef, useState } from 'hono/jsx/dom';
import {
  dateText,
  dayIn,
  demoNow,
  hasClock,
  lastMove,
  minuteIn,
  type Moved,
  moveTo,
  nextWorkday,
  shortText,
  timeText,
} from './clock.ts';
import { proclaim } from './history.ts';
import { fetchAll } from './inbox.ts';
import { SCHOOL } from './school.ts';

const DRAWN_MS = 60;

/** The demo's clock and its ways forward (快进); below, who was told what on the way. */
export function FastForward({ onSee }: { readonly onSee: (to: string) => void }) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');
  const [other, setOther] = useState(false);
  const [, tick] = useState(0);
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    const timer = setInterval(() => tick((n) => n + 1), 10_000);
    return () => clearInterval(timer);
  }, []);
  const go = async (minute: string) => {
    setBusy(true);
    setProblem('');
    try {
      const moved = await moveTo(minute);
      proclaim(movedText(moved));
      setOther(false);
      await fetchAll();
    } catch (error) {
      setProblem((error as Error).message);
    } finally {
      setBusy(false);
      setTimeout(() => box.current?.scrollIntoView({ block: 'end' }), DRAWN_MS);
    }
  };
  if (!hasClock()) return null;
  const now = demoNow();
  const moved = lastMove();
  const steps: readonly [string, () => string][] = [
    ['到明天早上8:00', () => `${dayIn(demoNow(), 1)}T08:00`],
    ['到下一个工作日', () => `${nextWorkday(demoNow(), SCHOOL.exceptions)}T08:00`],
    ['+7天', () => minuteIn(demoNow(), 7)],
  ];
  return (
    <section ref={box} class="clock" aria-label="演示时间" aria-busy={busy ? 'true' : undefined}>
      <p class="clock-now">
        <span>快进 · 演示时间（北京）</span>
        <time dateTime={`${minuteIn(now)}+08:00`}>
          {dateText(now)} <b>{timeText(now)}</b>
        </time>
      </p>
      <div class="clock-steps" role="group" aria-label="快进到">
        {steps.map(([label, minute]) => (
          <button key={label} type="button" class="button" disabled={busy} onClick={() => void go(minute())}>
            {label}
          </button>
        ))}
        <button type="button" class="button" aria-expanded={String(other)} onClick={() => setOther(!other)}>
          别的时间
        </button>
      </div>
      {other && <OtherTime busy={busy} onGo={(minute) => void go(minute)} />}
      {busy && <p class="clock-busy">正在快进…</p>}
      {problem && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      {moved && !busy && <Summary moved={moved} onSee={onSee} />}
    </section>
  );
}

function OtherTime({ busy, onGo }: { readonly busy: boolean; readonly onGo: (minute: string) => void }) {
  const id = useId();
  const box = useRef<HTMLInputElement>(null);
  const submit = (e: Event) => {
    e.preventDefault();
    if (box.current!.value) onGo(box.current!.value.slice(0, 16));
  };
  return (
    <form class="clock-other" onSubmit={submit}>
      <label for={id}>快进到（北京时间）</label>
      <input id={id} ref={box} type="datetime-local" required min={minuteIn(demoNow())} />
      <button type="submit" class="button" disabled={busy}>
        快进
      </button>
    </form>
  );
}

/** A digest's first line ends with how much there is: 议事提醒 2026年11月23日（周一）：共1项. */
const gist = (text: string): string => {
  const line = text.split('\n')[0]!;
  return /：(共\d+项.*)$/.exec(line)?.[1] ?? line.replace(/ \d{4}年.*/, '');
};

/** Each who was told something, how often, and the gist of the last. */
function receivers({ sent }: Moved): { to: string; name: string; count: number; says: string }[] {
  const names = [...new Set(sent.map((s) => s.to))];
  return names.map((to) => {
    const theirs = sent.filter((s) => s.to === to);
    const says = gist(theirs[theirs.length - 1]!.text);
    return { to, name: nameOf(to), count: theirs.length, says };
  });
}

const nameOf = (to: string): string =>
  [...SCHOOL.groups, ...SCHOOL.members].find((known) => known.id === to)?.name ?? to;

const movedText = ({ now, sent }: Moved): string =>
  `已到${shortText(now)}，${sent.length ? `途中发出${sent.length}份提醒。` : '途中没有要发的提醒。'}`;

const Summary = ({ moved, onSee }: { readonly moved: Moved; readonly onSee: (to: string) => void }) => (
  <div class="moved">
    <p>{movedText(moved)}</p>
    <ul>
      {receivers(moved).map(({ to, name, count, says }) => (
        <li key={to}>
          <button type="button" class="got" onClick={() => onSee(to)}>
            <b>{name}</b>
            {count > 1 && <span class="got-count">{count}份</span>}
            <span class="got-says">{says}</span>
          </button>
        </li>
      ))}
    </ul>
  </div>
);
