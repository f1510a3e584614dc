import type { CardSection } from '../../domain/message.ts';
import { BULLET, clauseOf, markedOf, stepOf, untitled, wayOf } from './lines.ts';

/** The parts of a card. Every line is plain text and is put in as text. */
interface OpenProps {
  readonly section: CardSection;
  readonly is: string | null;
  readonly title: string;
  /** Left out where the word beside the colour says it better. */
  readonly headed: boolean;
}

export function Open({ section, is, title, headed }: OpenProps) {
  return (
    <section class={`part ${is ?? 'plain'}`}>
      {headed && <h4>{section.heading}</h4>}
      {is === 'steps' ? <Path lines={section.lines} /> : <Lines lines={untitled(section.lines, title)} />}
      <Links section={section} />
    </section>
  );
}

/** A ruling this short is set large. */
const SHORT = 44;

/** Paragraphs, with the dotted lines as a list after the first. */
function Lines({ lines }: { readonly lines: readonly string[] }) {
  const dotted = lines.filter((l) => BULLET.test(l));
  const [first, ...rest] = lines.filter((l) => !BULLET.test(l));
  return (
    <>
      {first && (
        <p class={first.length > SHORT ? 'first long' : 'first'}>
          <Marked line={first} />
        </p>
      )}
      {dotted.length > 0 && (
        <ul class="ways">
          {dotted.map((line) => (
            <Item key={line} halves={wayOf(line)} />
          ))}
        </ul>
      )}
      {rest.map((line, i) => (
        <p key={i}>
          <Marked line={line} />
        </p>
      ))}
    </>
  );
}

/** A step's line begins with how far it is: 未办, then the step. */
function Marked({ line }: { readonly line: string }) {
  const [mark, says] = markedOf(line);
  if (!mark) return <>{says}</>;
  return (
    <span class="marked">
      <b class={mark === '未办' || mark === '有分歧' ? 'mark todo' : 'mark'}>{mark}</b>
      <span>{says}</span>
    </span>
  );
}

const Item = ({ halves: [name, says] }: { readonly halves: [string, string] }) => (
  <li>
    {name && <b>{name}</b>}
    {says}
  </li>
);

/** The way to go, step by step. */
const Path = ({ lines }: { readonly lines: readonly string[] }) => (
  <ol class="path">
    {lines.map((line, i) => {
      const [body, action] = stepOf(line);
      return (
        <li key={i}>
          <span>
            {body && <b>{body} </b>}
            {action}
          </span>
        </li>
      );
    })}
  </ol>
);

export const Folded = ({ section }: { readonly section: CardSection }) => (
  <details>
    <summary>
      <span>{section.heading}</span>
      <span class="count">
        {section.lines.length}
        <span class="sr"> 条</span>
      </span>
    </summary>
    <ul>
      {section.lines.map((line) => (
        <Item key={line} halves={clauseOf(line)} />
      ))}
    </ul>
    <Links section={section} />
  </details>
);

const isWeb = (url: string | undefined): url is string => /^https?:\/\//.test(url ?? '');

function Links({ section }: { readonly section: CardSection }) {
  const links = (section.links ?? []).filter((l) => isWeb(l.url));
  if (links.length === 0) return null;
  return (
    <ul class="links">
      {links.map((l) => (
        <li key={l.text}>
          <a href={l.url} target="_blank" rel="noopener noreferrer">
            {l.text}
            <span class="sr">（在新窗口打开原文）</span>
          </a>
        </li>
      ))}
    </ul>
  );
}
