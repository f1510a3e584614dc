import type { Card } from '../../domain/message.ts';
import { Actions } from './actions.tsx';
import type { Said } from './history.ts';
import { isSheet, leadsOf, tidied } from './lines.ts';
import type { Room } from './school.ts';
import { Folded, Open } from './sections.tsx';
import { headingOf, isRuling, langOf, namesMatter, opens, stateAndRest, toneOf } from './tone.ts';

interface CardProps {
  readonly said: Said;
  readonly card: Card;
  readonly me: string;
  readonly room: Room;
  readonly onPress: () => void;
}

/** What can wait until someone wants to look it up. */
const FOLDED = new Set(['before', 'meeting', 'after', 'basis']);
const NOBODYS: ReadonlyMap<string, string> = new Map();

/** An answer as a card: how it ended, the ruling and the way to go in the open, the rest folded, then what can be done. */
export function CardView({ said, card, me, room, onPress }: CardProps) {
  const tone = toneOf(card);
  const leads = said.to === me ? leadsOf(card) : NOBODYS;
  const sections = tidied(card, leads).map((section) => ({
    section,
    is: opens(section) ? 'conclusion' : headingOf(section),
  }));
  const confirm = sections.filter(({ is }) => is === 'open');
  const folded = sections.filter(({ section, is }) => (is === null ? isSheet(section.lines) : FOLDED.has(is)));
  const open = sections.filter((s) => !confirm.includes(s) && !folded.includes(s));
  const asks = card.tone === 'asks' && isRuling(card);
  const summary = isRuling(card) ? '' : untold(card);
  const shown = ({ section, is }: (typeof sections)[number]) => (
    <Open
      key={section.heading}
      section={section}
      is={is}
      title={card.title}
      headed={is !== 'conclusion' || card.tone === 'settled'}
    />
  );
  const folds = folded.length > 0 && (
    <div class="folds">
      {folded.map(({ section }) => (
        <Folded key={section.heading} section={section} />
      ))}
    </div>
  );
  return (
    <article
      class={`card ${card.tone}`}
      lang={langOf(card) === 'en' ? 'en' : undefined}
      aria-labelledby={`${said.id}-title`}
    >
      <header class="card-head">
        <span class="tone">
          <span class="sign" aria-hidden="true">
            {tone.sign}
          </span>
          {tone.word}
        </span>
        <h3 id={`${said.id}-title`} class={namesMatter(card) ? '' : 'sr'}>
          {card.title}
        </h3>
      </header>
      {summary && <p class="summary">{summary}</p>}
      {open.map(shown)}
      {!asks && folds}
      {confirm.map(shown)}
      <Actions said={said} actions={card.actions} leads={leads} me={me} room={room} onPress={onPress} />
      {asks && folds}
      {card.footer && <footer>{card.footer}</footer>}
    </article>
  );
}

/** The summary, where no line of the card says it again. */
function untold(card: Card): string {
  const [, rest] = stateAndRest(card);
  const told = card.sections.some((s) => s.lines.some((line) => line.includes(rest)));
  return told || card.title === rest ? '' : rest;
}
